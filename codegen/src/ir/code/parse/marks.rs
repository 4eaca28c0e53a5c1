//! What [`deparse`](crate::ir::code::deparse) marks with `@`, as no R code says it.

use super::super::{Expr, Name, Vector, grammar};
use super::lexer::{Fail, Token};
use super::{Inside, Node, Parser};

impl Parser<'_> {
    /// Reads what is marked. The token is the `@`.
    pub fn mark(&mut self) -> Result<Node, Fail> {
        let expr = match self.lexer.byte(0) {
            b'(' => {
                self.advance()?;
                let inner =
                    self.bracketed(Inside::Parentheses, b')', |this| this.expr(grammar::HELP, true))?;
                return match (&inner.expr, &self.token) {
                    (Expr::String(_), Token::Bracket(b'(')) => self.call_of(inner, true),
                    _ => Ok(inner),
                };
            }
            b'<' => self.opaque()?,
            b'a'..=b'z' => return self.vector(),
            _ => self.marked_number()?,
        };
        self.advance()?;
        Ok(Node { expr, height: 1 })
    }

    /// Whether the empty argument is what is marked; then it is skipped. The token is the `@`.
    pub fn skip_missing(&mut self) -> Result<bool, Fail> {
        const WORD: &str = "missing";
        let rest = &self.lexer.text[self.lexer.at..];
        if !rest.starts_with(WORD) || grammar::continues_name(self.lexer.byte(WORD.len())) {
            return Ok(false);
        }
        self.lexer.at += WORD.len();
        self.advance()?;
        Ok(true)
    }

    fn opaque(&mut self) -> Result<Expr, Fail> {
        self.lexer.at += 1;
        let name = if matches!(self.lexer.byte(0), b'"') {
            Name::from(&*self.lexer.quoted()?)
        } else {
            Name::from(self.raw_word())
        };
        if self.lexer.byte(0) != b'>' {
            return self.lexer.fail(self.lexer.at, "'@<' without '>'");
        }
        self.lexer.at += 1;
        Ok(Expr::Opaque(name))
    }

    fn raw_word(&mut self) -> &str {
        let start = self.lexer.at;
        while grammar::continues_name(self.lexer.byte(0)) {
            self.lexer.at += 1;
        }
        &self.lexer.text[start..self.lexer.at]
    }

    fn marked_number(&mut self) -> Result<Expr, Fail> {
        let real = self.signed()?;
        match self.lexer.byte(0) {
            b'L' => {
                self.lexer.at += 1;
                if real.fract() == 0.0 && (f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(&real) {
                    Ok(Expr::Integer(Some(real as i32)))
                } else {
                    self.lexer.fail(self.lexer.at, "this is no integer")
                }
            }
            sign @ (b'+' | b'-') => {
                let end = self.lexer.at;
                self.lexer.at += usize::from(sign == b'+');
                let imaginary = self.signed();
                match imaginary {
                    Ok(imaginary) if self.lexer.byte(0) == b'i' => {
                        self.lexer.at += 1;
                        Ok(Expr::Complex(Some((real, imaginary))))
                    }
                    _ => {
                        self.lexer.at = end;
                        Ok(Expr::Double(Some(real)))
                    }
                }
            }
            _ => Ok(Expr::Double(Some(real))),
        }
    }

    fn signed(&mut self) -> Result<f64, Fail> {
        let negative = self.lexer.byte(0) == b'-';
        self.lexer.at += usize::from(negative);
        let rest = &self.lexer.text[self.lexer.at..];
        let size = match (rest.starts_with("Inf"), rest.starts_with("NaN")) {
            (true, _) => f64::INFINITY,
            (_, true) => f64::NAN,
            _ => return Ok(if negative { -self.lexer.magnitude()? } else { self.lexer.magnitude()? }),
        };
        self.lexer.at += 3;
        Ok(if negative { -size } else { size })
    }

    fn vector(&mut self) -> Result<Node, Fail> {
        let at = self.lexer.at;
        let word = self.raw_word();
        let Some(&(_, kind)) = grammar::KINDS.iter().find(|(known, _)| *known == word) else {
            return self.lexer.fail(at, "'@' before what is no type of R");
        };
        self.advance()?;
        let mut vector = Vector { kind, elements: Vec::new(), names: None, class: Vec::new(), length: 0 };
        let mut length = None;
        if self.is_operator("<") {
            while !self.is_operator(">") {
                self.advance()?;
                let Token::Symbol(word) = self.advance()? else { return self.unexpected() };
                match &*word {
                    "class" => vector.class = self.strings()?,
                    "names" => vector.names = Some(self.strings()?),
                    "length" => {
                        length = self.lexer.text[self.start..self.lexer.at].parse().ok();
                        if length.is_none() {
                            return self.unexpected();
                        }
                        self.advance()?;
                    }
                    _ => return self.unexpected(),
                }
                if self.token != Token::Semicolon && !self.is_operator(">") {
                    return self.unexpected();
                }
            }
            self.advance()?;
        }
        if self.token != Token::Bracket(b'(') {
            return self.unexpected();
        }
        let (args, below) = self.bracketed(Inside::Parentheses, b')', |this| {
            if this.token == Token::Bracket(b')') { Ok((Vec::new(), 0)) } else { this.args() }
        })?;
        if args.iter().any(|arg| arg.name.is_some()) {
            vector.names = Some(args.iter().map(|arg| arg.name.clone().unwrap_or_default()).collect());
        }
        for arg in args {
            match arg.value {
                Some(value) => vector.elements.push(value),
                None => return self.lexer.fail(at, "an element of this vector is empty"),
            }
        }
        vector.length = length.unwrap_or(vector.elements.len() as u64);
        self.node(Expr::Vector(Box::new(vector)), below)
    }

    fn is_operator(&self, name: &str) -> bool {
        matches!(&self.token, Token::Operator(operator) if operator == name)
    }

    /// Strings with commas between them, or none.
    fn strings(&mut self) -> Result<Vec<Name>, Fail> {
        let mut strings = Vec::new();
        while let Token::String(text) = &self.token {
            strings.push(Name::from(&**text));
            self.advance()?;
            if self.token != Token::Comma {
                break;
            }
            self.advance()?;
        }
        Ok(strings)
    }
}
