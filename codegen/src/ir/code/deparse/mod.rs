//! R code as text.
//!
//! The text is R code, laid out like R's own `deparse()`, and [`parse`](super::parse) reads it back to an equal tree.
//! R's `deparse()` cannot promise that: it writes `(a + b) * c` for a tree without parentheses, and `"f"(x)` for a call of
//! a string. Here operators whose operands need parentheses that the tree does not have are written as calls,
//! `` `+`(a, b) * c ``. What no R code says is marked with an `@` where R expects a value, so that R refuses it:
//!
//! | text | what it is |
//! |---|---|
//! | `@-5L`, `@-1.5`, `@-Inf`, `@1+2i` | a number in the tree; `-5L` is a call of `-` |
//! | `@integer(1L, 2L)`, `@list(a = 1, b = 2)` | a vector ([`Expr::Vector`]) |
//! | `@character<class "x"; length 900>("a", "b")` | its class attribute; its length, when elements were left out |
//! | `@<environment>`, `@<"any text">` | a value without text ([`Expr::Opaque`]) |
//! | `@("f")(x)`, `@(function(x) x)(1)` | parentheses that are not in the tree |
//! | `f(@missing)` | an empty argument that is the only one; `f()` is a call without arguments |
//!
//! Names of no length are written as two backticks. `parse` follows trees to a depth of
//! [`MAX_DEPTH`](super::MAX_DEPTH); there is no limit here.

mod constant;

use super::grammar::{self, ASSIGN, Assoc, EQUALS, Level, POSTFIX, SHALLOW};
use super::{Arg, Call, Expr, Lambda};

/// From this column on a line ends after the next comma or operator.
const WIDTH: usize = 60;
/// What a level of nesting may need of the stack, in bytes.
const FRAME: usize = 8 * 1024;

/// The text of an expression, which [`parse`](super::parse) reads back to an equal one.
pub fn deparse(expr: &Expr) -> String {
    let mut printer = Printer::new(SHALLOW);
    printer.expr(expr, EQUALS, Follow::NOTHING);
    if !printer.too_deep {
        return printer.out;
    }
    let height = height(expr);
    let deep = || {
        let mut printer = Printer::new(height);
        printer.expr(expr, EQUALS, Follow::NOTHING);
        printer.out
    };
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(height * FRAME + (1 << 20));
        match thread.spawn_scoped(scope, deep).map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(text)) => text,
            _ => "@<deep>".to_owned(),
        }
    })
}

/// The text of an expression on one line of at most `max` characters: a longer one ends in `…`.
pub fn one_line(expr: &Expr, max: usize) -> String {
    let mut printer = Printer::new(SHALLOW);
    printer.flat = true;
    printer.max = max;
    printer.budget = max;
    printer.expr(expr, EQUALS, Follow::NOTHING);
    let mut text = printer.out;
    let mut ends = text.char_indices().map(|(index, _)| index).skip(max.saturating_sub(1));
    if let Some(end) = ends.next()
        && (ends.next().is_some() || max == 0)
    {
        text.truncate(end);
        if max > 0 {
            text.push('…');
        }
    }
    text
}

/// How deeply a tree nests, found without recursion.
fn height(expr: &Expr) -> usize {
    let mut highest = 0;
    let mut rest = vec![(expr, 1)];
    while let Some((expr, height)) = rest.pop() {
        highest = highest.max(height);
        match expr {
            Expr::Call(call) => {
                rest.push((&call.callee, height + 1));
                rest.extend(call.args.iter().filter_map(|arg| Some((arg.value.as_ref()?, height + 1))));
            }
            Expr::Function(lambda) => {
                rest.push((&lambda.body, height + 1));
                rest.extend(
                    lambda.formals.iter().filter_map(|one| Some((one.default.as_ref()?, height + 1))),
                );
            }
            Expr::Vector(vector) => rest.extend(vector.elements.iter().map(|one| (one, height + 1))),
            _ => {}
        }
    }
    highest
}

/// What comes after an expression and could be taken for a part of it.
#[derive(Clone, Copy)]
struct Follow {
    /// The level of the operator that follows; 0 where none does.
    level: Level,
    /// Whether `else` follows.
    alternative: bool,
}

impl Follow {
    const NOTHING: Follow = Follow { level: 0, alternative: false };

    fn level(level: Level) -> Follow {
        Follow { level, alternative: false }
    }
}

struct Printer {
    out: String,
    /// Where the line starts that is being written.
    line: usize,
    indent: usize,
    /// Whether the innermost bracket is `{`, where `else` can stand on a line of its own.
    in_block: bool,
    /// Everything on one line.
    flat: bool,
    /// How many characters are wanted, and the number of bytes after which to count them.
    max: usize,
    budget: usize,
    done: bool,
    depth: usize,
    limit: usize,
    too_deep: bool,
}

impl Printer {
    fn new(limit: usize) -> Printer {
        Printer {
            out: String::new(),
            line: 0,
            indent: 0,
            in_block: false,
            flat: false,
            max: usize::MAX,
            budget: usize::MAX,
            done: false,
            depth: 0,
            limit,
            too_deep: false,
        }
    }

    /// Writes an expression where operators below the level `min` would be read as belonging to something else.
    fn expr(&mut self, expr: &Expr, min: Level, follow: Follow) {
        if self.full() {
            return;
        }
        if self.depth == self.limit {
            self.too_deep = !self.flat;
            self.out.push_str(if self.flat { "…" } else { "" });
            return;
        }
        self.depth += 1;
        match expr {
            Expr::Call(call) => self.call(call, min, follow),
            Expr::Function(lambda) if follow.level > 0 => {
                self.out.push_str("@(");
                self.function(lambda, Follow::NOTHING);
                self.out.push(')');
            }
            Expr::Function(lambda) => self.function(lambda, follow),
            Expr::Vector(vector) => self.vector(vector),
            _ => self.constant(expr),
        }
        self.depth -= 1;
    }

    /// Whether nothing more needs to be written.
    fn full(&mut self) -> bool {
        if !self.done && self.out.len() > self.budget {
            // One character too many shows that something is left out.
            let chars = self.out.chars().count();
            self.done = chars > self.max;
            self.budget = self.out.len() + self.max.saturating_sub(chars);
        }
        self.done || self.too_deep
    }

    fn call(&mut self, call: &Call, min: Level, follow: Follow) {
        match &call.callee {
            // Most calls are of functions with a plain name, and none of these has a syntax of its own.
            Expr::Symbol(name) if grammar::is_plain(name) => self.out.push_str(name),
            Expr::Symbol(name) => {
                if self.syntax(name, &call.args, min, follow) {
                    return;
                }
                self.quoted(name, '`');
            }
            // Read back, `"f"(x)` is a call of the name.
            Expr::String(Some(text)) => {
                self.out.push_str("@(");
                self.string(text);
                self.out.push(')');
            }
            callee => self.expr(callee, POSTFIX, Follow::level(POSTFIX)),
        }
        self.out.push('(');
        match &call.args[..] {
            [Arg { name: None, value: None }] => self.out.push_str("@missing"),
            args => self.args(args),
        }
        self.out.push(')');
    }

    /// Writes a call in the syntax that R has for it; false if there is none, or none that fits here.
    fn syntax(&mut self, name: &str, args: &[Arg], min: Level, follow: Follow) -> bool {
        if matches!(name, "[" | "[[") {
            return self.index(name, args);
        }
        if args.iter().any(|arg| arg.name.is_some() || arg.value.is_none()) {
            return false;
        }
        let value = |index: usize| args.get(index).and_then(|arg: &Arg| arg.value.as_ref());
        match (name, value(0), value(1), args.len()) {
            ("{", ..) => self.block(args),
            ("(", Some(inner), _, 1) => {
                self.out.push('(');
                self.bracketed(|this| this.expr(inner, EQUALS, Follow::NOTHING));
                self.out.push(')');
            }
            ("next" | "break", None, ..) => self.out.push_str(name),
            ("$" | "@", Some(object), Some(element), 2) if is_word(element) => {
                self.expr(object, POSTFIX, Follow::level(POSTFIX));
                self.out.push_str(name);
                self.constant(element);
            }
            ("::" | ":::", Some(package), Some(object), 2) if is_word(package) && is_word(object) => {
                self.constant(package);
                self.out.push_str(name);
                self.constant(object);
            }
            (_, Some(operand), None, 1) if name != "?" && grammar::prefix(name).is_some() => {
                let level = grammar::prefix(name).unwrap_or(POSTFIX);
                // It would take the operator that follows.
                if follow.level >= level {
                    return false;
                }
                self.out.push_str(name);
                self.expr(operand, level, follow);
            }
            (_, Some(left), Some(right), 2) if grammar::infix(name).is_some() => {
                return self.infix(name, left, right, min, follow);
            }
            _ => return self.keyword(name, args, follow),
        }
        true
    }

    /// What starts with a word and ends in an expression that takes all that follows.
    fn keyword(&mut self, name: &str, args: &[Arg], follow: Follow) -> bool {
        if follow.level > 0 {
            return false;
        }
        let value = |index: usize| args.get(index).and_then(|arg: &Arg| arg.value.as_ref());
        match (name, value(0), value(1), value(2), args.len()) {
            ("if", Some(condition), Some(consequence), None, 2) if !follow.alternative => {
                self.condition(condition, consequence, None, follow);
            }
            ("if", Some(condition), Some(consequence), Some(alternative), 3) => {
                self.condition(condition, consequence, Some(alternative), follow);
            }
            ("for", Some(Expr::Symbol(variable)), Some(over), Some(body), 3) => {
                self.out.push_str("for (");
                self.name(variable);
                self.out.push_str(" in ");
                self.bracketed(|this| this.expr(over, ASSIGN, Follow::NOTHING));
                self.out.push_str(") ");
                self.expr(body, EQUALS, follow);
            }
            ("while", Some(condition), Some(body), None, 2) => {
                self.out.push_str("while (");
                self.bracketed(|this| this.expr(condition, ASSIGN, Follow::NOTHING));
                self.out.push_str(") ");
                self.expr(body, EQUALS, follow);
            }
            ("repeat", Some(body), None, None, 1) => {
                self.out.push_str("repeat ");
                self.expr(body, EQUALS, follow);
            }
            _ => return false,
        }
        true
    }

    fn condition(
        &mut self,
        condition: &Expr,
        consequence: &Expr,
        alternative: Option<&Expr>,
        follow: Follow,
    ) {
        self.out.push_str("if (");
        self.bracketed(|this| this.expr(condition, ASSIGN, Follow::NOTHING));
        self.out.push(')');
        let lines = self.in_block && !self.flat && !is_block(consequence);
        let inner = Follow { level: 0, alternative: follow.alternative || alternative.is_some() };
        if lines {
            self.indent += 1;
            self.new_line();
            self.expr(consequence, EQUALS, inner);
            self.indent -= 1;
        } else {
            self.out.push(' ');
            self.expr(consequence, EQUALS, inner);
        }
        if let Some(alternative) = alternative {
            if lines {
                self.new_line();
            } else {
                self.out.push(' ');
            }
            self.out.push_str("else ");
            self.expr(alternative, EQUALS, follow);
        }
    }

    fn infix(&mut self, name: &str, left: &Expr, right: &Expr, min: Level, follow: Follow) -> bool {
        // `?` never stands inside of anything, `|>` and `->` are read as what they stand for.
        let Some((level, assoc)) = grammar::infix(name) else { return false };
        if level < min.max(EQUALS) || matches!(name, "|>" | "->" | "->>") {
            return false;
        }
        let (left_min, right_min) = match assoc {
            Assoc::Left => (level, level + 1),
            Assoc::Right => (level + 1, level),
            Assoc::Not => (level + 1, level + 1),
        };
        self.expr(left, left_min, Follow::level(level));
        if matches!(name, "^" | ":" | "/" | "%%" | "%/%") {
            self.out.push_str(name);
            self.expr(right, right_min, follow);
            return true;
        }
        self.out.push(' ');
        self.out.push_str(name);
        let mut broken = false;
        self.space_or_line(&mut broken);
        self.expr(right, right_min, follow);
        self.indent -= usize::from(broken);
        true
    }

    fn index(&mut self, name: &str, args: &[Arg]) -> bool {
        let [Arg { name: None, value: Some(object) }, indices @ ..] = args else { return false };
        if indices.is_empty() {
            return false;
        }
        self.expr(object, POSTFIX, Follow::level(POSTFIX));
        self.out.push_str(name);
        self.args(indices);
        self.out.push_str(if name == "[" { "]" } else { "]]" });
        true
    }

    fn block(&mut self, statements: &[Arg]) {
        if statements.is_empty() {
            self.out.push_str("{}");
            return;
        }
        let outer = std::mem::replace(&mut self.in_block, true);
        self.out.push('{');
        self.indent += 1;
        for (index, statement) in statements.iter().enumerate() {
            if self.full() {
                break;
            }
            if !self.flat {
                self.new_line();
            } else {
                self.out.push_str(if index == 0 { " " } else { "; " });
            }
            if let Some(value) = &statement.value {
                self.expr(value, EQUALS, Follow::NOTHING);
            }
        }
        self.indent -= 1;
        if self.flat {
            self.out.push(' ');
        } else {
            self.new_line();
        }
        self.out.push('}');
        self.in_block = outer;
    }

    fn function(&mut self, lambda: &Lambda, follow: Follow) {
        self.out.push_str("function(");
        self.bracketed(|this| {
            let mut broken = false;
            for (index, formal) in lambda.formals.iter().enumerate() {
                if this.full() {
                    break;
                }
                if index > 0 {
                    this.out.push(',');
                    this.space_or_line(&mut broken);
                }
                this.name(&formal.name);
                if let Some(default) = &formal.default {
                    this.out.push_str(" = ");
                    this.expr(default, ASSIGN, Follow::NOTHING);
                }
            }
            this.indent -= usize::from(broken);
        });
        self.out.push_str(") ");
        self.expr(&lambda.body, EQUALS, follow);
    }

    fn args(&mut self, args: &[Arg]) {
        self.list(args.iter().map(|arg| (arg.name.as_deref(), arg.value.as_ref())));
    }

    fn list<'a>(&mut self, items: impl Iterator<Item = (Option<&'a str>, Option<&'a Expr>)>) {
        self.bracketed(|this| {
            let mut broken = false;
            for (index, (name, value)) in items.enumerate() {
                if this.full() {
                    break;
                }
                if index > 0 {
                    this.out.push(',');
                    this.space_or_line(&mut broken);
                }
                if let Some(name) = name {
                    this.name(name);
                    this.out.push_str(" = ");
                }
                if let Some(value) = value {
                    this.expr(value, ASSIGN, Follow::NOTHING);
                }
            }
            this.indent -= usize::from(broken);
        });
    }

    /// Writes what stands between parentheses or brackets.
    fn bracketed(&mut self, write: impl FnOnce(&mut Printer)) {
        let outer = std::mem::replace(&mut self.in_block, false);
        write(self);
        self.in_block = outer;
    }

    fn new_line(&mut self) {
        self.out.push('\n');
        self.line = self.out.len();
        // As R does: from the fifth level on by two.
        let spaces = self.indent.min(4) * 4 + self.indent.saturating_sub(4) * 2;
        self.out.extend(std::iter::repeat_n(' ', spaces));
    }

    /// A space, or the end of a line that is long enough.
    fn space_or_line(&mut self, broken: &mut bool) {
        if self.flat || self.out.len() - self.line <= WIDTH {
            self.out.push(' ');
            return;
        }
        self.indent += usize::from(!*broken);
        *broken = true;
        self.new_line();
    }
}

/// Whether this can stand beside `$` and `::`.
fn is_word(expr: &Expr) -> bool {
    matches!(expr, Expr::Symbol(_) | Expr::String(Some(_)))
}

fn is_block(expr: &Expr) -> bool {
    let Expr::Call(call) = expr else { return false };
    call.callee.symbol() == Some("{") && call.args.iter().all(|arg| arg.name.is_none() && arg.value.is_some())
}
