//! Numbers, strings, and names in backticks.

use std::borrow::Cow;

use super::super::Expr;
use super::lexer::{Fail, Lexer, Token};

impl<'a> Lexer<'a> {
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

    pub fn number(&mut self) -> Result<Expr, Fail> {
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

    pub fn raw_string(&mut self) -> Result<Token<'a>, Fail> {
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
