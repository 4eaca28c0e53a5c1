//! R code from text: the grammar of R 4.2, and the marks of [`deparse`](super::deparse) for what is no R code.
//!
//! Operators are read by precedence climbing. Chains such as `a + b + c` and `x$a$b(c)` are read in a loop; everything else
//! that nests takes stack, which is why deep texts get a stack of their own and very deep ones are refused.

mod lexer;
mod literal;
mod marks;
mod words;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use super::grammar::{self, Assoc, EQUALS, HELP, Level, SHALLOW};
use super::{Arg, Call, Expr, Name};
use lexer::{Fail, Lexer, Token};

/// How deeply a tree may nest that is read from text.
pub const MAX_DEPTH: usize = 1_000;
/// The stack for texts that nest up to there. It is virtual memory until it is used.
const STACK: usize = 64 << 20;

/// Why a text is not R code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// Line and column, counted from one.
    pub position: (usize, usize),
    /// What is wrong there.
    pub reason: String,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.position.0, self.position.1, self.reason)
    }
}

impl std::error::Error for ParseError {}

/// Reads one expression.
///
/// # Errors
/// When the text is not one expression.
pub fn parse(text: &str) -> Result<Expr, ParseError> {
    read(text, |parser| {
        parser.skip_lines()?;
        let expr = parser.expr(HELP, true)?.expr;
        while matches!(parser.token, Token::Line | Token::Semicolon) {
            parser.advance()?;
        }
        if parser.token == Token::End { Ok(expr) } else { parser.unexpected() }
    })
}

/// Reads the expressions of a text, as in a file of R code.
///
/// # Errors
/// When the text is not R code.
pub fn parse_all(text: &str) -> Result<Vec<Expr>, ParseError> {
    read(text, |parser| {
        let mut all = Vec::new();
        while parser.token != Token::End {
            parser.statement(&mut all, &Token::End)?;
        }
        Ok(all.into_iter().filter_map(|arg| arg.value).collect())
    })
}

fn read<T: Send>(
    text: &str,
    entry: impl Fn(&mut Parser<'_>) -> Result<T, Fail> + Sync,
) -> Result<T, ParseError> {
    let run = |limit| {
        let mut parser = Parser::new(text, limit);
        let result = parser.advance().and_then(|_| entry(&mut parser));
        let result = match result {
            Ok(_) if parser.placeholders > 0 => {
                parser.lexer.fail(parser.start, "'_' stands where no pipe puts a value")
            }
            result => result,
        };
        (result, parser.too_deep)
    };
    let result = match run(SHALLOW) {
        (_, true) => std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().stack_size(STACK);
            match thread.spawn_scoped(scope, || run(MAX_DEPTH).0).map(std::thread::ScopedJoinHandle::join) {
                Ok(Ok(result)) => result,
                _ => Err(Fail {
                    at: 0,
                    reason: "there is no memory for a text that nests this deeply".to_owned(),
                }),
            }
        }),
        (result, false) => result,
    };
    result.map_err(|fail| {
        let before = text.get(..fail.at).unwrap_or(text);
        let line = before.rfind('\n').map_or(0, |end| end + 1);
        let position = (1 + before.matches('\n').count(), 1 + before[line..].chars().count());
        ParseError { position, reason: fail.reason }
    })
}

/// An expression, and how deeply it nests.
pub struct Node {
    pub expr: Expr,
    pub height: usize,
}

/// What the innermost bracket is. It says what the end of a line means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Inside {
    Nothing,
    Braces,
    Parentheses,
}

pub struct Parser<'a> {
    pub lexer: Lexer<'a>,
    /// The token to look at next, and where it starts.
    pub token: Token<'a>,
    pub start: usize,
    inside: Inside,
    names: BTreeMap<&'a str, Name>,
    depth: usize,
    limit: usize,
    too_deep: bool,
    /// How many `_` wait for their pipe.
    placeholders: usize,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str, limit: usize) -> Parser<'a> {
        Parser {
            lexer: Lexer { text, at: 0 },
            token: Token::Line,
            start: 0,
            inside: Inside::Nothing,
            names: BTreeMap::new(),
            depth: 0,
            limit,
            too_deep: false,
            placeholders: 0,
        }
    }

    /// Goes on to the next token; gives the one that was there.
    pub fn advance(&mut self) -> Result<Token<'a>, Fail> {
        loop {
            let (start, token) = self.lexer.next()?;
            self.start = start;
            if token != Token::Line || self.inside != Inside::Parentheses {
                return Ok(std::mem::replace(&mut self.token, token));
            }
        }
    }

    fn skip_lines(&mut self) -> Result<(), Fail> {
        while self.token == Token::Line {
            self.advance()?;
        }
        Ok(())
    }

    pub fn unexpected<T>(&self) -> Result<T, Fail> {
        let what = match &self.token {
            Token::End => "the end of the text".to_owned(),
            Token::Line => "the end of the line".to_owned(),
            _ => format!("'{}'", &self.lexer.text[self.start..self.lexer.at]),
        };
        self.lexer.fail(self.start, format!("{what} is not expected here"))
    }

    fn expect(&mut self, token: &Token<'_>) -> Result<(), Fail> {
        if self.token == *token { self.advance().map(|_| ()) } else { self.unexpected() }
    }

    /// Reads what stands between brackets. The token is the opening one.
    pub fn bracketed<T>(
        &mut self,
        inside: Inside,
        close: u8,
        read: impl FnOnce(&mut Parser<'a>) -> Result<T, Fail>,
    ) -> Result<T, Fail> {
        let outer = std::mem::replace(&mut self.inside, inside);
        self.advance()?;
        let content = read(self)?;
        if self.token != Token::Bracket(close) {
            return self.unexpected();
        }
        self.inside = outer;
        self.advance()?;
        Ok(content)
    }

    fn name(&mut self, text: Cow<'a, str>) -> Name {
        match text {
            Cow::Borrowed(text) => self.names.entry(text).or_insert_with(|| Name::from(text)).clone(),
            Cow::Owned(text) => Name::from(text),
        }
    }

    fn symbol(&mut self, text: &'a str) -> Expr {
        Expr::Symbol(self.name(Cow::Borrowed(text)))
    }

    pub fn node(&mut self, expr: Expr, below: usize) -> Result<Node, Fail> {
        let height = below + 1;
        if height > MAX_DEPTH { self.deep() } else { Ok(Node { expr, height }) }
    }

    fn deep<T>(&mut self) -> Result<T, Fail> {
        self.too_deep = true;
        self.lexer.fail(self.start, format!("this nests deeper than {MAX_DEPTH} levels"))
    }

    fn call(&mut self, name: Cow<'a, str>, parts: impl IntoIterator<Item = Node>) -> Result<Node, Fail> {
        let callee = Expr::Symbol(self.name(name));
        let mut below = 0;
        let args = parts.into_iter().map(|node| {
            below = below.max(node.height);
            Arg { name: None, value: Some(node.expr) }
        });
        let args = args.collect();
        self.node(Expr::Call(Box::new(Call { callee, args })), below)
    }

    /// Reads an expression whose operators are all of the level `min` at least. `equals` says whether `=` assigns here.
    pub fn expr(&mut self, min: Level, equals: bool) -> Result<Node, Fail> {
        if self.depth == self.limit {
            return self.deep();
        }
        self.depth += 1;
        let node = self.expr_within(min, equals);
        self.depth -= 1;
        node
    }

    fn expr_within(&mut self, min: Level, equals: bool) -> Result<Node, Fail> {
        let mut left = self.operand(equals)?;
        let mut compared = false;
        loop {
            match &self.token {
                Token::Bracket(b'(') => left = self.call_of(left, false)?,
                Token::Bracket(b'[') => left = self.index_of(left, "[")?,
                Token::DoubleBracket => left = self.index_of(left, "[[")?,
                Token::Operator(name) => {
                    if matches!(&**name, "$" | "@") {
                        left = self.element_of(left)?;
                        continue;
                    }
                    let Some((level, assoc)) = grammar::infix(name) else { return Ok(left) };
                    if level < min || (level == EQUALS && !equals) {
                        return Ok(left);
                    }
                    if assoc == Assoc::Not && compared {
                        return self.unexpected();
                    }
                    compared = assoc == Assoc::Not;
                    left = self.infix(left, level, assoc, equals)?;
                }
                _ => return Ok(left),
            }
        }
    }

    /// Reads an operator and its right side.
    fn infix(&mut self, left: Node, level: Level, assoc: Assoc, equals: bool) -> Result<Node, Fail> {
        let Token::Operator(name) = self.advance()? else { return self.unexpected() };
        let waiting = self.placeholders;
        let right_min = if assoc == Assoc::Right { level } else { level + 1 };
        let right = self.expr(right_min, equals && level <= EQUALS)?;
        match &*name {
            "->" => self.call(Cow::Borrowed("<-"), [right, left]),
            "->>" => self.call(Cow::Borrowed("<<-"), [right, left]),
            "|>" => self.pipe(left, right, waiting),
            _ => self.call(name, [left, right]),
        }
    }

    fn pipe(&mut self, left: Node, right: Node, waiting: usize) -> Result<Node, Fail> {
        let height = left.height.max(right.height);
        let found = self.placeholders - waiting;
        self.placeholders = waiting;
        let Expr::Call(mut call) = right.expr else {
            return self.lexer.fail(self.start, "the right side of a pipe is a call");
        };
        if found == 0 {
            call.args.insert(0, Arg { name: None, value: Some(left.expr) });
        } else {
            let place = call
                .args
                .iter()
                .position(|arg| arg.name.is_some() && arg.value.as_ref().is_some_and(is_placeholder));
            let place = match place {
                Some(index) => call.args[index].value.as_mut(),
                None => head(&mut call),
            };
            match place {
                Some(place) if found == 1 => *place = left.expr,
                _ => return self.lexer.fail(self.start, "'_' stands for one named argument of the call"),
            }
        }
        self.node(Expr::Call(call), height)
    }

    /// Reads the arguments of a call. As in R, a string that is called is a name, unless it is to be `kept`.
    pub fn call_of(&mut self, callee: Node, kept: bool) -> Result<Node, Fail> {
        let (args, below) = self.bracketed(Inside::Parentheses, b')', |this| {
            if this.token == Token::Bracket(b')') { Ok((Vec::new(), 0)) } else { this.args() }
        })?;
        let height = callee.height.max(below);
        let callee = match callee.expr {
            Expr::String(Some(name)) if !kept => Expr::Symbol(name),
            callee => callee,
        };
        self.node(Expr::Call(Box::new(Call { callee, args })), height)
    }

    fn index_of(&mut self, object: Node, name: &'static str) -> Result<Node, Fail> {
        let (mut args, below) = if name == "[" {
            self.bracketed(Inside::Parentheses, b']', Self::args)?
        } else {
            // The second bracket belongs to the inside: lines do not end between the two.
            self.bracketed(Inside::Parentheses, b']', |this| {
                let args = this.args()?;
                this.expect(&Token::Bracket(b']'))?;
                Ok(args)
            })?
        };
        args.insert(0, Arg { name: None, value: Some(object.expr) });
        let callee = self.symbol(name);
        self.node(Expr::Call(Box::new(Call { callee, args })), object.height.max(below))
    }

    fn element_of(&mut self, object: Node) -> Result<Node, Fail> {
        let Token::Operator(name) = self.advance()? else { return self.unexpected() };
        self.skip_lines()?;
        let element = self.element()?;
        self.call(name, [object, Node { expr: element, height: 1 }])
    }

    /// Reads the name or string that stands beside `$`, `@` and `::`.
    fn element(&mut self) -> Result<Expr, Fail> {
        if !matches!(self.token, Token::Symbol(_) | Token::String(_)) {
            return self.unexpected();
        }
        Ok(match self.advance()? {
            Token::Symbol(text) => Expr::Symbol(self.name(text)),
            Token::String(text) => Expr::String(Some(self.name(text))),
            _ => Expr::Null,
        })
    }

    /// Reads arguments up to the closing bracket. Gives how deeply they nest, too.
    pub fn args(&mut self) -> Result<(Vec<Arg>, usize), Fail> {
        let mut args = Vec::new();
        let mut below = 0;
        loop {
            let (arg, height) = self.arg()?;
            args.push(arg);
            below = below.max(height);
            if self.token != Token::Comma {
                return Ok((args, below));
            }
            self.advance()?;
        }
    }

    fn arg(&mut self) -> Result<(Arg, usize), Fail> {
        let named = match &self.token {
            Token::Symbol(_) | Token::String(_) | Token::Constant(Expr::Null) => self.lexer.is_named(),
            _ => false,
        };
        let mut name = None;
        if named {
            name = Some(match self.advance()? {
                Token::Symbol(text) | Token::String(text) => self.name(text),
                _ => Name::from("NULL"),
            });
            self.advance()?;
        }
        if matches!(self.token, Token::Comma | Token::Bracket(b')' | b']')) {
            return Ok((Arg { name, value: None }, 0));
        }
        if self.token == Token::Operator(Cow::Borrowed("@")) && self.skip_missing()? {
            return Ok((Arg { name, value: None }, 0));
        }
        let node = self.expr(HELP, false)?;
        Ok((Arg { name, value: Some(node.expr) }, node.height))
    }

    /// Reads what can stand on its own: a constant, a name, brackets, or a word or operator with what it takes.
    fn operand(&mut self, equals: bool) -> Result<Node, Fail> {
        self.skip_lines()?;
        match &self.token {
            Token::Bracket(b'(') => {
                let inner = self.bracketed(Inside::Parentheses, b')', |this| this.expr(HELP, true))?;
                return self.call(Cow::Borrowed("("), [inner]);
            }
            Token::Bracket(b'{') => return self.block(),
            Token::Operator(name) if &**name == "@" => return self.mark(),
            Token::Operator(name) => {
                let Some(level) = grammar::prefix(name) else { return self.unexpected() };
                let Token::Operator(name) = self.advance()? else { return self.unexpected() };
                let operand = self.expr(level, equals && level <= EQUALS)?;
                return self.call(name, [operand]);
            }
            Token::Backslash => return self.function(),
            Token::Keyword(keyword) => {
                let keyword = *keyword;
                return self.keyword(keyword);
            }
            Token::Symbol(_) | Token::String(_) => {
                let expr = self.element()?;
                let Token::Operator(name) = &self.token else { return Ok(Node { expr, height: 1 }) };
                if !matches!(&**name, "::" | ":::") {
                    return Ok(Node { expr, height: 1 });
                }
                let Token::Operator(name) = self.advance()? else { return self.unexpected() };
                let object = self.element()?;
                return self.call(name, [expr, object].map(|expr| Node { expr, height: 1 }));
            }
            Token::Constant(_) | Token::Placeholder => {}
            _ => return self.unexpected(),
        }
        match self.advance()? {
            Token::Constant(expr) => Ok(Node { expr, height: 1 }),
            _ => {
                self.placeholders += 1;
                let expr = self.symbol("_");
                Ok(Node { expr, height: 1 })
            }
        }
    }
}

fn is_placeholder(expr: &Expr) -> bool {
    expr.symbol() == Some("_")
}

/// The `_` that `_$a[[1]]` starts with.
fn head(call: &mut Call) -> Option<&mut Expr> {
    if !matches!(call.callee.symbol(), Some("$" | "@" | "[" | "[[")) {
        return None;
    }
    match call.args.first_mut()?.value.as_mut()? {
        Expr::Call(inner) => head(inner),
        object => Some(object).filter(|object| is_placeholder(object)),
    }
}
