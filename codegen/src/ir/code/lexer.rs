//! R code cut into tokens, as `gram.y` of R 4.2 does it.

use std::borrow::Cow;

use super::Expr;
use super::grammar;

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

    /// The digits from here on, in base 10 or 16.
    fn digits(&mut self, hexadecimal: bool) -> usize {
        let start = self.at;
        while if hexadecimal { self.byte(0).is_ascii_hexdigit() } else { self.byte(0).is_ascii_digit() } {
            self.at += 1;
        }
        self.at - start
    }

    fn exponent(&mut self) -> Result<(), Fail> {
        self.at += 1;
        if matches!(self.byte(0), b'+' | b'-') {
            self.at += 1;
        }
        if self.digits(false) == 0 { self.fail(self.at, "the exponent has no digits") } else { Ok(()) }
    }

    /// A number without sign and suffix.
    pub fn magnitude(&mut self) -> Result<f64, Fail> {
        let start = self.at;
        if self.byte(0) == b'0' && matches!(self.byte(1), b'x' | b'X') {
            self.at += 2;
            let mut digits = self.digits(true);
            let point = self.byte(0) == b'.';
            if point {
                self.at += 1;
                digits += self.digits(true);
            }
            let power = matches!(self.byte(0), b'p' | b'P');
            let end = self.at;
            if power {
                self.exponent()?;
            }
            if digits == 0 || (point && !power) {
                return self.fail(start, "this is no hexadecimal number");
            }
            return Ok(hexadecimal(&self.text[start + 2..end], &self.text[end..self.at]));
        }
        self.digits(false);
        if self.byte(0) == b'.' {
            self.at += 1;
            self.digits(false);
        }
        if matches!(self.byte(0), b'e' | b'E') {
            self.exponent()?;
        }
        match self.text[start..self.at].parse() {
            Ok(number) => Ok(number),
            Err(_) => self.fail(start, "this is no number"),
        }
    }

    fn number(&mut self) -> Result<Expr, Fail> {
        let number = self.magnitude()?;
        Ok(match self.byte(0) {
            b'L' => {
                self.at += 1;
                // As R does: 1.5L and 3000000000L are doubles.
                if number.fract() == 0.0 && number <= f64::from(i32::MAX) {
                    Expr::Integer(Some(number as i32))
                } else {
                    Expr::Double(Some(number))
                }
            }
            b'i' => {
                self.at += 1;
                Expr::Complex(Some((0.0, number)))
            }
            _ => Expr::Double(Some(number)),
        })
    }

    fn raw_string(&mut self) -> Result<Token<'a>, Fail> {
        let start = self.at;
        let quote = self.byte(1);
        let rest = &self.text[start + 2..];
        let dashes = rest.bytes().take_while(|&byte| byte == b'-').count();
        let close = match rest.as_bytes().get(dashes) {
            Some(b'(') => ')',
            Some(b'[') => ']',
            Some(b'{') => '}',
            _ => return self.fail(start, "this raw string does not start with a bracket"),
        };
        let end = format!("{close}{}{}", "-".repeat(dashes), char::from(quote));
        let content = &rest[dashes + 1..];
        match content.find(&end) {
            Some(length) => {
                self.at = start + 2 + dashes + 1 + length + end.len();
                Ok(Token::String(Cow::Borrowed(&content[..length])))
            }
            None => self.fail(start, "this raw string does not end"),
        }
    }

    /// What stands between quotes or backticks.
    pub fn quoted(&mut self) -> Result<Cow<'a, str>, Fail> {
        let start = self.at;
        let quote = self.byte(0);
        let content = &self.text[start + 1..];
        let Some(first) = content.bytes().position(|byte| byte == quote || byte == b'\\') else {
            return self.fail(start, "what is quoted here does not end");
        };
        self.at = start + 1 + first;
        if self.byte(0) == quote {
            self.at += 1;
            return Ok(Cow::Borrowed(&content[..first]));
        }
        // Bytes, as `\x` can write the bytes of one character one by one.
        let mut bytes = content.as_bytes()[..first].to_vec();
        while self.byte(0) != quote {
            if self.at >= self.text.len() {
                return self.fail(start, "what is quoted here does not end");
            }
            if self.byte(0) == b'\\' {
                self.escape(&mut bytes)?;
            } else {
                bytes.push(self.byte(0));
                self.at += 1;
            }
        }
        self.at += 1;
        // Text that is not UTF-8 is read like this from live R, too.
        Ok(Cow::Owned(match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
        }))
    }

    fn escape(&mut self, out: &mut Vec<u8>) -> Result<(), Fail> {
        let start = self.at;
        let letter = self.byte(1);
        self.at += 2;
        let plain = match letter {
            b'n' => b'\n',
            b't' => b'\t',
            b'r' => b'\r',
            b'a' => 7,
            b'b' => 8,
            b'f' => 12,
            b'v' => 11,
            b'\\' | b'"' | b'\'' | b'`' | b' ' | b'\n' => letter,
            b'0'..=b'7' => {
                self.at -= 1;
                let mut value = 0;
                for _ in 0..3 {
                    if let digit @ b'0'..=b'7' = self.byte(0) {
                        value = value * 8 + u32::from(digit - b'0');
                        self.at += 1;
                    }
                }
                // R keeps the lowest byte.
                (value & 0xff) as u8
            }
            b'x' => match self.code(2) {
                Some(value) => value as u8,
                None => return self.fail(start, "'\\x' without digits"),
            },
            b'u' | b'U' => {
                let braces = self.byte(0) == b'{';
                self.at += usize::from(braces);
                let code = self.code(if letter == b'u' { 4 } else { 8 });
                if braces && self.byte(0) != b'}' {
                    return self.fail(start, "the braces of this character do not end");
                }
                self.at += usize::from(braces);
                let Some(c) = code.and_then(char::from_u32) else {
                    return self.fail(start, "this is no character");
                };
                out.extend(c.encode_utf8(&mut [0; 4]).bytes());
                return Ok(());
            }
            _ => return self.fail(start, "this escape is not one of R's"),
        };
        out.push(plain);
        Ok(())
    }

    /// Up to `most` hexadecimal digits.
    fn code(&mut self, most: usize) -> Option<u32> {
        let start = self.at;
        while self.at - start < most && self.byte(0).is_ascii_hexdigit() {
            self.at += 1;
        }
        u32::from_str_radix(&self.text[start..self.at], 16).ok()
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

/// The number with these digits, which may have a point, and this exponent (`p-3`, or nothing).
fn hexadecimal(digits: &str, exponent: &str) -> f64 {
    let mut number = 0.0;
    let mut power = exponent.get(1..).map_or(0, |text| {
        text.parse::<i32>().unwrap_or_else(|_| if text.starts_with('-') { -100_000 } else { 100_000 })
    });
    let mut fraction = false;
    for byte in digits.bytes() {
        match char::from(byte).to_digit(16) {
            Some(digit) => {
                number = number * 16.0 + f64::from(digit);
                power -= if fraction { 4 } else { 0 };
            }
            None => fraction = true,
        }
    }
    // In steps, as powers below the smallest normal number are not exact.
    while power > 0 && number.is_finite() && number != 0.0 {
        let step = power.min(1000);
        number *= f64::from(step).exp2();
        power -= step;
    }
    while power < 0 && number != 0.0 {
        let step = power.max(-1000);
        number *= f64::from(step).exp2();
        power -= step;
    }
    number
}
