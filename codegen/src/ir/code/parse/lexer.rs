//! R code cut into tokens, as `gram.y` of R 4.2 does it.

use std::borrow::Cow;

use super::super::{Expr, grammar};

/// A piece of R code.
#[derive(Clone, Debug, PartialEq)]
pub enum Token<'a> {
    /// The end of the text.
    End,
    /// The end of a line.
    Line,
    /// `;`
    Semicolon,
    Comma,
    /// `(`, `)`, `{`, `}`, `[`, `]`
    Bracket(u8),
    /// `[[`; it is closed by two of `]`.
    DoubleBracket,
    /// A name, and whether it stands in backticks.
    Symbol(Cow<'a, str>),
    String(Cow<'a, str>),
    /// A number, and the words that stand for values.
    Constant(Expr),
    Keyword(Keyword),
    /// An operator, also those that can stand before their operand.
    Operator(Cow<'a, str>),
    /// `\`, the short form of `function`.
    Backslash,
    /// `_`, where a pipe puts its left side.
    Placeholder,
}

/// The words that are no values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyword {
    Function,
    While,
    Repeat,
    For,
    If,
    In,
    Else,
    Next,
    Break,
}

/// What is wrong, and where: in bytes from the start.
#[derive(Debug)]
pub struct Fail {
    pub at: usize,
    pub reason: String,
}

/// Where the lexer stands in the text.
#[derive(Clone)]
pub struct Lexer<'a> {
    pub text: &'a str,
    pub at: usize,
}

impl<'a> Lexer<'a> {
    pub fn fail<T>(&self, at: usize, reason: impl Into<String>) -> Result<T, Fail> {
        Err(Fail { at, reason: reason.into() })
    }

    /// The byte `ahead` of here; 0 past the end.
    pub fn byte(&self, ahead: usize) -> u8 {
        self.text.as_bytes().get(self.at + ahead).copied().unwrap_or(0)
    }

    /// Skips what separates tokens, but not the end of a line.
    pub fn skip_blanks(&mut self) {
        loop {
            match self.byte(0) {
                b' ' | b'\t' | b'\r' | b'\x0c' => self.at += 1,
                b'#' => self.at += self.text[self.at..].find('\n').unwrap_or(self.text.len() - self.at),
                0x80.. => match self.text[self.at..].chars().next() {
                    Some(c) if c.is_whitespace() || c == '\u{feff}' => self.at += c.len_utf8(),
                    _ => return,
                },
                _ => return,
            }
        }
    }

    /// The next token, and where it starts.
    pub fn next(&mut self) -> Result<(usize, Token<'a>), Fail> {
        self.skip_blanks();
        let start = self.at;
        let token = match self.byte(0) {
            0 if start == self.text.len() => Token::End,
            b'0'..=b'9' => Token::Constant(self.number()?),
            b'.' if self.byte(1).is_ascii_digit() => Token::Constant(self.number()?),
            b'r' | b'R' if matches!(self.byte(1), b'"' | b'\'') => self.raw_string()?,
            b'a'..=b'z' | b'A'..=b'Z' | b'.' | 0x80.. => self.word()?,
            b'"' | b'\'' => Token::String(self.quoted()?),
            b'`' => Token::Symbol(self.quoted()?),
            byte => {
                let (length, token) = self.mark(byte)?;
                self.at += length;
                token
            }
        };
        Ok((start, token))
    }

    fn mark(&self, byte: u8) -> Result<(usize, Token<'a>), Fail> {
        let next = self.byte(1);
        let operator = |name: &'static str| (name.len(), Token::Operator(Cow::Borrowed(name)));
        Ok(match (byte, next) {
            (b'\n', _) => (1, Token::Line),
            (b';', _) => (1, Token::Semicolon),
            (b',', _) => (1, Token::Comma),
            (b'[', b'[') => (2, Token::DoubleBracket),
            (b'(' | b')' | b'{' | b'}' | b'[' | b']', _) => (1, Token::Bracket(byte)),
            (b'<', b'=') => operator("<="),
            (b'<', b'-') => operator("<-"),
            (b'<', b'<') if self.byte(2) == b'-' => operator("<<-"),
            (b'<', _) => operator("<"),
            (b'-', b'>') if self.byte(2) == b'>' => operator("->>"),
            (b'-', b'>') => operator("->"),
            (b'-', _) => operator("-"),
            (b'>', b'=') => operator(">="),
            (b'>', _) => operator(">"),
            (b'!', b'=') => operator("!="),
            (b'!', _) => operator("!"),
            (b'=', b'=') => operator("=="),
            (b'=', b'>') => return self.fail(self.at, "'=>' is no operator"),
            (b'=', _) => operator("="),
            (b':', b':') if self.byte(2) == b':' => operator(":::"),
            (b':', b':') => operator("::"),
            (b':', b'=') => operator(":="),
            (b':', _) => operator(":"),
            (b'&', b'&') => operator("&&"),
            (b'&', _) => operator("&"),
            (b'|', b'|') => operator("||"),
            (b'|', b'>') => operator("|>"),
            (b'|', _) => operator("|"),
            (b'*', b'*') => (2, Token::Operator(Cow::Borrowed("^"))),
            (b'*', _) => operator("*"),
            (b'+', _) => operator("+"),
            (b'/', _) => operator("/"),
            (b'^', _) => operator("^"),
            (b'~', _) => operator("~"),
            (b'?', _) => operator("?"),
            (b'$', _) => operator("$"),
            (b'@', _) => operator("@"),
            (b'\\', _) => (1, Token::Backslash),
            (b'_', _) if !grammar::continues_name(next) => (1, Token::Placeholder),
            (b'%', _) => {
                let rest = &self.text[self.at..];
                match rest[1..].find(['%', '\n']) {
                    Some(end) if rest.as_bytes()[end + 1] == b'%' => {
                        (end + 2, Token::Operator(Cow::Borrowed(&rest[..end + 2])))
                    }
                    _ => return self.fail(self.at, "'%' without a second one on the line"),
                }
            }
            _ => return self.fail(self.at, format!("'{}' has no meaning here", byte.escape_ascii())),
        })
    }

    fn word(&mut self) -> Result<Token<'a>, Fail> {
        let start = self.at;
        let rest = &self.text.as_bytes()[start..];
        let mut length = rest.iter().position(|&byte| !grammar::continues_name(byte)).unwrap_or(rest.len());
        if rest.get(length).is_some_and(|byte| !byte.is_ascii()) {
            let continues = |c: char| {
                if c.is_ascii() { grammar::continues_name(c as u8) } else { c.is_alphanumeric() }
            };
            let rest = &self.text[start..];
            length = rest.find(|c| !continues(c)).unwrap_or(rest.len());
        }
        let word = &self.text[start..start + length];
        if !word.starts_with(|c: char| c.is_alphabetic() || c == '.') {
            let c = self.text[start..].chars().next().unwrap_or_default();
            return self.fail(start, format!("'{}' has no meaning here", c.escape_unicode()));
        }
        self.at += length;
        let keyword = match word {
            "function" => Keyword::Function,
            "while" => Keyword::While,
            "repeat" => Keyword::Repeat,
            "for" => Keyword::For,
            "if" => Keyword::If,
            "in" => Keyword::In,
            "else" => Keyword::Else,
            "next" => Keyword::Next,
            "break" => Keyword::Break,
            "NULL" => return Ok(Token::Constant(Expr::Null)),
            "NA" => return Ok(Token::Constant(Expr::Logical(None))),
            "TRUE" => return Ok(Token::Constant(Expr::Logical(Some(true)))),
            "FALSE" => return Ok(Token::Constant(Expr::Logical(Some(false)))),
            "Inf" => return Ok(Token::Constant(Expr::Double(Some(f64::INFINITY)))),
            "NaN" => return Ok(Token::Constant(Expr::Double(Some(f64::NAN)))),
            "NA_integer_" => return Ok(Token::Constant(Expr::Integer(None))),
            "NA_real_" => return Ok(Token::Constant(Expr::Double(None))),
            "NA_character_" => return Ok(Token::Constant(Expr::String(None))),
            "NA_complex_" => return Ok(Token::Constant(Expr::Complex(None))),
            _ => return Ok(Token::Symbol(Cow::Borrowed(word))),
        };
        Ok(Token::Keyword(keyword))
    }

    /// Whether the next token is the `=` of a named argument.
    pub fn is_named(&self) -> bool {
        let mut ahead = self.clone();
        loop {
            ahead.skip_blanks();
            match ahead.byte(0) {
                b'\n' => ahead.at += 1,
                b'=' => return !matches!(ahead.byte(1), b'=' | b'>'),
                _ => return false,
            }
        }
    }
}
