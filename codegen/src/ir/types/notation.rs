//! Types as text, and back.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Arrow, Atomic, Term, Type, Vector};
use crate::ir::text::is_invisible;

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Type::Any => f.write_str("any"),
            Type::Union(terms) if terms.is_empty() => f.write_str("never"),
            Type::Union(terms) => {
                // NULL comes last: it is an aside.
                let (null, others): (Vec<&Term>, Vec<&Term>) =
                    terms.iter().partition(|term| **term == Term::Null);
                for (index, term) in others.into_iter().chain(null).enumerate() {
                    if index > 0 {
                        f.write_str(" | ")?;
                    }
                    write!(f, "{term}")?;
                }
                Ok(())
            }
        }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Term::Null => f.write_str("null"),
            Term::Literal(text) => quoted(f, text, '"'),
            Term::Vector(vector) => {
                let na = if vector.na { "^" } else { "" };
                let many = if vector.scalar { "" } else { "[]" };
                write!(f, "{na}{}{many}", vector.atomic.word())
            }
            Term::Matrix(None) => f.write_str("class<`matrix`>"),
            Term::Matrix(Some(atomic)) => write!(f, "matrix<{}>", atomic.word()),
            Term::Class(names) => {
                f.write_str("class<")?;
                for (index, name) in names.iter().enumerate() {
                    if index > 0 {
                        f.write_str(", ")?;
                    }
                    quoted(f, name, '`')?;
                }
                f.write_str(">")
            }
            Term::List(element) => write!(f, "list<{element}>"),
            Term::Record(fields) => {
                f.write_str("struct<")?;
                for (index, (name, ty)) in fields.iter().enumerate() {
                    if index > 0 {
                        f.write_str(", ")?;
                    }
                    quoted(f, name, '`')?;
                    write!(f, ": {ty}")?;
                }
                f.write_str(">")
            }
            Term::Function(None) => f.write_str("class<`function`>"),
            Term::Function(Some(arrow)) => write!(f, "({arrow})"),
            Term::Environment => f.write_str("env"),
            Term::Code => f.write_str("expression"),
            Term::Other(word) => f.write_str(word),
            Term::Dots => f.write_str("..."),
        }
    }
}

impl fmt::Display for Arrow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<")?;
        for (index, ty) in self.parameters.iter().enumerate() {
            if index > 0 {
                f.write_str(", ")?;
            }
            write!(f, "{ty}")?;
        }
        match &self.returns {
            Type::Union(terms) if terms.len() > 1 => write!(f, "> => ({})", self.returns),
            returns => write!(f, "> => {returns}"),
        }
    }
}

/// Text in quotes, on one line: line breaks of every kind and characters that a terminal would obey are escaped.
pub(super) fn quoted(f: &mut impl fmt::Write, text: &str, quote: char) -> fmt::Result {
    write!(f, "{quote}")?;
    for c in text.chars() {
        match c {
            '\n' => f.write_str("\\n")?,
            c if c == quote || c == '\\' => write!(f, "\\{c}")?,
            c if is_invisible(c) => write!(f, "{}", c.escape_unicode())?,
            c => write!(f, "{c}")?,
        }
    }
    write!(f, "{quote}")
}

/// The character of `\u{2028}`, behind the `u`.
fn escaped(chars: &mut std::str::CharIndices<'_>) -> Option<char> {
    let (_, '{') = chars.next()? else { return None };
    let mut code = 0_u32;
    loop {
        match chars.next()?.1 {
            '}' => return char::from_u32(code),
            digit => code = code.checked_mul(16)?.checked_add(digit.to_digit(16)?)?,
        }
    }
}

/// What is wrong with the text of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// Where, in bytes from the start.
    pub offset: usize,
    /// What would be right there.
    pub expected: String,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at character {}: expected {}", self.offset + 1, self.expected)
    }
}

impl std::error::Error for ParseError {}

impl FromStr for Type {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Type, ParseError> {
        let mut parser = Parser { text, at: 0 };
        let ty = parser.union()?;
        parser.end()?;
        Ok(ty)
    }
}

impl FromStr for Arrow {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Arrow, ParseError> {
        let mut parser = Parser { text, at: 0 };
        let arrow = parser.arrow()?;
        parser.end()?;
        Ok(arrow)
    }
}

impl Serialize for Type {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Type {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Type, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(|error| serde::de::Error::custom(format!("the type {text:?}: {error}")))
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

type Result<T, E = ParseError> = std::result::Result<T, E>;

impl Parser<'_> {
    fn rest(&mut self) -> &str {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        &self.text[self.at..]
    }

    fn take(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    fn need(&mut self, token: &str) -> Result<()> {
        if self.take(token) { Ok(()) } else { self.fail(&format!("`{token}`")) }
    }

    fn fail<T>(&self, expected: &str) -> Result<T> {
        Err(ParseError { offset: self.at, expected: expected.to_owned() })
    }

    fn end(&mut self) -> Result<()> {
        if self.rest().is_empty() { Ok(()) } else { self.fail("the end, or `|`") }
    }

    fn union(&mut self) -> Result<Type> {
        let mut ty = self.member()?;
        while self.take("|") {
            ty = ty.or(self.member()?);
        }
        Ok(ty)
    }

    fn arrow(&mut self) -> Result<Arrow> {
        self.need("<")?;
        let mut parameters = Vec::new();
        while !self.take(">") {
            if !parameters.is_empty() {
                self.need(",")?;
            }
            parameters.push(self.union()?);
        }
        self.need("=>")?;
        Ok(Arrow { parameters, returns: self.member()? })
    }

    fn member(&mut self) -> Result<Type> {
        if self.rest().starts_with('<') {
            return Ok(Term::Function(Some(Box::new(self.arrow()?))).into());
        }
        if self.take("(") {
            let inner = self.union()?;
            self.need(")")?;
            return Ok(inner);
        }
        if self.take("?") {
            return Ok(self.member()?.or_null());
        }
        if self.take("...") {
            return Ok(Term::Dots.into());
        }
        if self.rest().starts_with('"') {
            return Ok(Term::Literal(self.quoted('"')?).into());
        }
        let na = self.take("^");
        let start = self.at;
        let word = self.word()?;
        if let Some(atomic) = Atomic::from_word(&word) {
            return Ok(Term::Vector(Vector { atomic, scalar: !self.take("[]"), na }).into());
        }
        if na {
            self.at = start;
            return self.fail("a type of vector after `^`");
        }
        Ok(match word.as_str() {
            "any" => Type::Any,
            "never" => Type::never(),
            "null" => Type::null(),
            "env" | "environment" => Term::Environment.into(),
            "expression" => Term::Code.into(),
            "list" => {
                let mut element = Type::Any;
                if self.take("<") {
                    element = self.union()?;
                    self.need(">")?;
                }
                Term::List(Box::new(element)).into()
            }
            "matrix" => {
                self.need("<")?;
                let word = self.word()?;
                let Some(atomic) = Atomic::from_word(&word) else {
                    self.at -= word.len();
                    return self.fail("a type of vector");
                };
                self.need(">")?;
                Term::Matrix(Some(atomic)).into()
            }
            "class" => self.class()?.into(),
            "struct" => self.record()?.into(),
            _ => Term::Other(word).into(),
        })
    }

    fn class(&mut self) -> Result<Term> {
        self.need("<")?;
        let mut names = vec![self.quoted('`')?];
        while self.take(",") {
            names.push(self.quoted('`')?);
        }
        self.need(">")?;
        Ok(Term::Class(names).normal())
    }

    fn record(&mut self) -> Result<Term> {
        self.need("<")?;
        let mut fields = Vec::new();
        while !self.take(">") {
            if !fields.is_empty() {
                self.need(",")?;
            }
            let name = self.quoted('`')?;
            self.need(":")?;
            fields.push((name, self.union()?));
        }
        Ok(Term::Record(fields))
    }

    fn word(&mut self) -> Result<String> {
        let rest = self.rest();
        let length =
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.'))).unwrap_or(rest.len());
        if length == 0 {
            return self.fail("a type");
        }
        let word = rest[..length].to_owned();
        self.at += length;
        Ok(word)
    }

    fn quoted(&mut self, quote: char) -> Result<String> {
        let rest = self.rest();
        let Some(body) = rest.strip_prefix(quote) else { return self.fail(&format!("`{quote}`")) };
        let mut text = String::new();
        let mut chars = body.char_indices();
        while let Some((index, c)) = chars.next() {
            match c {
                '\\' => match chars.next() {
                    Some((_, 'n')) => text.push('\n'),
                    Some((_, 'u')) => match escaped(&mut chars) {
                        Some(c) => text.push(c),
                        None => break,
                    },
                    Some((_, other)) => text.push(other),
                    None => break,
                },
                c if c == quote => {
                    self.at += 1 + index + quote.len_utf8();
                    return Ok(text);
                }
                c => text.push(c),
            }
        }
        self.fail(&format!("a closing {quote}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_back() {
        for text in [
            "any",
            "null",
            "double | null",
            "^double[]",
            "\"greater\" | \"less\" | \"two.sided\"",
            "class<`matrix`> | class<`aov`, `lm`>",
            "list<double[]>",
            "struct<`par`: double[], `value`: double>",
            "(<double[], ...> => double)",
            "(<any> => (double | null))",
            "matrix<double>",
            "env | expression | externalptr",
            "class<`function`>",
            "\"a\\\"b\\n\\u{2028}\"",
        ] {
            let ty: Type = text.parse().unwrap();
            assert_eq!(ty.to_string(), text);
        }
        assert_eq!("?double".parse::<Type>().unwrap().to_string(), "double | null");
    }

    #[test]
    fn vectors_merge() {
        for (text, merged) in [
            ("double | integer[]", "double[]"),
            ("integer | double", "double"),
            ("logical | double", "logical | double"),
            ("\"a\" | character", "character"),
            ("double | any", "any"),
            ("class<`lm`> | class<`glm`, `lm`>", "class<`lm`>"),
        ] {
            assert_eq!(text.parse::<Type>().unwrap().to_string(), merged, "{text}");
        }
    }

    #[test]
    fn errors_say_where() {
        let error = "double | [".parse::<Type>().unwrap_err();
        assert_eq!(error.to_string(), "at character 10: expected a type");
        assert!("class<`x".parse::<Type>().is_err());
        assert!("^list".parse::<Type>().is_err());
    }
}
