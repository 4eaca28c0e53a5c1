//! What has no code in it: numbers, strings, names, vectors and what has no text.

use std::fmt::Write;

use super::super::{Expr, Name, Vector, grammar};
use super::Printer;

impl Printer {
    pub fn vector(&mut self, vector: &Vector) {
        let kind =
            grammar::KINDS.iter().find(|(_, kind)| *kind == vector.kind).map_or("other", |(word, _)| word);
        self.out.push('@');
        self.out.push_str(kind);
        let inline = |names: &&Vec<Name>| !names.is_empty() && names.len() == vector.elements.len();
        let names = vector.names.as_ref().filter(inline);
        let mut open = '<';
        let mut words = |this: &mut Printer, word: &str, strings: &[Name]| {
            this.out.push(std::mem::replace(&mut open, ';'));
            if this.out.ends_with(';') {
                this.out.push(' ');
            }
            this.out.push_str(word);
            for (index, text) in strings.iter().enumerate() {
                this.out.push_str(if index == 0 { " " } else { ", " });
                this.string(text);
            }
        };
        if !vector.class.is_empty() {
            words(self, "class", &vector.class);
        }
        if let Some(names) = vector.names.as_ref().filter(|_| names.is_none()) {
            words(self, "names", names);
        }
        if vector.length != vector.elements.len() as u64 {
            words(self, "length", &[]);
            _ = write!(self.out, " {}", vector.length);
        }
        if open == ';' {
            self.out.push('>');
        }
        self.out.push('(');
        self.list(vector.elements.iter().enumerate().map(|(index, element)| {
            (names.and_then(|names| names.get(index)).map(|name| &**name), Some(element))
        }));
        self.out.push(')');
    }

    /// Writes what has no parts.
    pub fn constant(&mut self, expr: &Expr) {
        match expr {
            Expr::Null => self.out.push_str("NULL"),
            Expr::Logical(Some(true)) => self.out.push_str("TRUE"),
            Expr::Logical(Some(false)) => self.out.push_str("FALSE"),
            Expr::Logical(None) => self.out.push_str("NA"),
            Expr::Integer(Some(number)) => {
                let mark = if *number < 0 { "@" } else { "" };
                _ = write!(self.out, "{mark}{number}L");
            }
            Expr::Integer(None) => self.out.push_str("NA_integer_"),
            Expr::Double(Some(number)) => {
                if number.is_sign_negative() && !number.is_nan() {
                    self.out.push('@');
                }
                self.double(*number);
            }
            Expr::Double(None) => self.out.push_str("NA_real_"),
            Expr::Complex(Some((real, imaginary))) => self.complex(*real, *imaginary),
            Expr::Complex(None) => self.out.push_str("NA_complex_"),
            Expr::String(Some(text)) => self.string(text),
            Expr::String(None) => self.out.push_str("NA_character_"),
            Expr::Symbol(name) => self.name(name),
            Expr::Opaque(name) => {
                self.out.push_str("@<");
                if !name.is_empty() && name.bytes().all(grammar::continues_name) {
                    self.out.push_str(name);
                } else {
                    self.string(name);
                }
                self.out.push('>');
            }
            Expr::Call(_) | Expr::Function(_) | Expr::Vector(_) => {}
        }
    }

    /// The shortest digits that read back to the same number.
    fn double(&mut self, number: f64) {
        let size = number.abs();
        _ = if number.is_nan() {
            self.out.write_str("NaN")
        } else if number.is_infinite() {
            self.out.write_str(if number > 0.0 { "Inf" } else { "-Inf" })
        } else if number == 0.0 || (1e-5..1e15).contains(&size) {
            write!(self.out, "{number}")
        } else {
            write!(self.out, "{number:e}")
        };
    }

    fn complex(&mut self, real: f64, imaginary: f64) {
        let plain = real.to_bits() == 0 && imaginary.is_finite() && imaginary.is_sign_positive();
        if !plain {
            self.out.push('@');
            self.double(real);
            if !imaginary.is_sign_negative() || imaginary.is_nan() {
                self.out.push('+');
            }
        }
        self.double(imaginary);
        self.out.push('i');
    }

    pub fn name(&mut self, name: &str) {
        if grammar::is_plain(name) {
            self.out.push_str(name);
        } else {
            self.quoted(name, '`');
        }
    }

    pub fn string(&mut self, text: &str) {
        self.quoted(text, '"');
    }

    pub fn quoted(&mut self, text: &str, quote: char) {
        self.out.push(quote);
        let simple = |byte: u8| matches!(byte, b' '..=b'~') && byte != b'\\' && byte != quote as u8;
        if text.bytes().all(simple) && text.len() < self.budget {
            self.out.push_str(text);
            self.out.push(quote);
            return;
        }
        for c in text.chars() {
            if self.full() {
                break;
            }
            match c {
                '\n' => self.out.push_str("\\n"),
                '\t' => self.out.push_str("\\t"),
                '\r' => self.out.push_str("\\r"),
                '\\' => self.out.push_str("\\\\"),
                _ if c == quote => self.out.extend(['\\', quote]),
                // R knows no \u between backticks.
                '\0'..'\u{80}' if c.is_control() && quote == '`' => {
                    _ = write!(self.out, "\\x{:02x}", u32::from(c));
                }
                _ if grammar::needs_escape(c) => {
                    _ = write!(self.out, "\\u{{{:x}}}", u32::from(c));
                }
                _ => self.out.push(c),
            }
        }
        self.out.push(quote);
    }
}
