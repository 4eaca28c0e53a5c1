//! What starts with a word, and blocks.

use std::borrow::Cow;

use super::super::grammar::{EQUALS, HELP};
use super::super::{Arg, Call, Expr, Formal, Lambda};
use super::lexer::{Fail, Keyword, Token};
use super::{Inside, Node, Parser};

impl<'a> Parser<'a> {
    pub fn block(&mut self) -> Result<Node, Fail> {
        let (statements, below) = self.bracketed(Inside::Braces, b'}', |this| {
            let mut statements = Vec::new();
            let mut below = 0;
            while this.token != Token::Bracket(b'}') {
                below = below.max(this.statement(&mut statements, &Token::Bracket(b'}'))?);
            }
            Ok((statements, below))
        })?;
        let callee = self.symbol("{");
        self.node(Expr::Call(Box::new(Call { callee, args: statements })), below)
    }

    /// Reads a statement, if there is one before the end of the line, and what separates it from the next.
    pub fn statement(&mut self, out: &mut Vec<Arg>, close: &Token<'_>) -> Result<usize, Fail> {
        let mut height = 0;
        if !matches!(self.token, Token::Line | Token::Semicolon) {
            let node = self.expr(HELP, true)?;
            height = node.height;
            out.push(Arg { name: None, value: Some(node.expr) });
        }
        if matches!(self.token, Token::Line | Token::Semicolon) {
            self.advance()?;
        } else if self.token != *close {
            return self.unexpected();
        }
        Ok(height)
    }

    pub fn keyword(&mut self, keyword: Keyword) -> Result<Node, Fail> {
        match keyword {
            Keyword::Function => self.function(),
            Keyword::If => self.condition(),
            Keyword::For => {
                self.advance()?;
                self.skip_lines()?;
                let (variable, over) = self.parenthesised(|this| {
                    let Token::Symbol(_) = this.token else { return this.unexpected() };
                    let variable = this.element()?;
                    this.expect(&Token::Keyword(Keyword::In))?;
                    Ok((Node { expr: variable, height: 1 }, this.expr(HELP, false)?))
                })?;
                let body = self.expr(EQUALS, true)?;
                self.call(Cow::Borrowed("for"), [variable, over, body])
            }
            Keyword::While => {
                self.advance()?;
                self.skip_lines()?;
                let condition = self.parenthesised(|this| this.expr(HELP, false))?;
                let body = self.expr(EQUALS, true)?;
                self.call(Cow::Borrowed("while"), [condition, body])
            }
            Keyword::Repeat => {
                self.advance()?;
                let body = self.expr(EQUALS, true)?;
                self.call(Cow::Borrowed("repeat"), [body])
            }
            Keyword::Next | Keyword::Break => {
                self.advance()?;
                self.call(Cow::Borrowed(if keyword == Keyword::Next { "next" } else { "break" }), [])
            }
            Keyword::In | Keyword::Else => self.unexpected(),
        }
    }

    fn parenthesised<T>(&mut self, read: impl FnOnce(&mut Parser<'a>) -> Result<T, Fail>) -> Result<T, Fail> {
        if self.token != Token::Bracket(b'(') {
            return self.unexpected();
        }
        self.bracketed(Inside::Parentheses, b')', read)
    }

    fn condition(&mut self) -> Result<Node, Fail> {
        self.advance()?;
        self.skip_lines()?;
        let condition = self.parenthesised(|this| this.expr(HELP, false))?;
        let consequence = self.expr(EQUALS, true)?;
        // Between braces `else` can stand on a line of its own.
        if self.token == Token::Line && self.inside == Inside::Braces {
            let (start, lexer) = (self.start, self.lexer.clone());
            // What follows may not even be a token; then it is not `else`.
            let skipped = self.skip_lines();
            if skipped.is_err() || self.token != Token::Keyword(Keyword::Else) {
                self.token = Token::Line;
                self.start = start;
                self.lexer = lexer;
            }
        }
        if self.token != Token::Keyword(Keyword::Else) {
            return self.call(Cow::Borrowed("if"), [condition, consequence]);
        }
        self.advance()?;
        let alternative = self.expr(EQUALS, true)?;
        self.call(Cow::Borrowed("if"), [condition, consequence, alternative])
    }

    pub fn function(&mut self) -> Result<Node, Fail> {
        self.advance()?;
        self.skip_lines()?;
        let (formals, below) = self.parenthesised(|this| {
            let mut formals = Vec::new();
            let mut below = 0;
            while this.token != Token::Bracket(b')') || !formals.is_empty() {
                let Token::Symbol(_) = this.token else { return this.unexpected() };
                let Token::Symbol(name) = this.advance()? else { return this.unexpected() };
                let name = this.name(name);
                let mut default = None;
                if this.token == Token::Operator(Cow::Borrowed("=")) {
                    this.advance()?;
                    let node = this.expr(HELP, false)?;
                    below = below.max(node.height);
                    default = Some(node.expr);
                }
                formals.push(Formal { name, default });
                if this.token != Token::Comma {
                    break;
                }
                this.advance()?;
            }
            Ok((formals, below))
        })?;
        let body = self.expr(EQUALS, true)?;
        let below = below.max(body.height);
        self.node(Expr::Function(Box::new(Lambda { formals, body: body.expr })), below)
    }
}
