//! R code as a tree of our own.
//!
//! In R everything that happens is a call ("R Language Definition", chapter 6), and the tree keeps to that: `if`, `<-`,
//! `{` and `x[i]` are calls of functions with these names. What cannot be written as text (environments, pointers, whole
//! data sets that a package builder left in a body) is [`Expr::Opaque`].

mod deparse;
mod grammar;
mod parse;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use deparse::{deparse, one_line};
pub use parse::{MAX_DEPTH, ParseError, parse, parse_all};

/// A name that many places share.
pub type Name = Arc<str>;

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// `NULL`.
    Null,
    /// `TRUE`, `FALSE`, `NA`.
    Logical(Option<bool>),
    /// `1L`, `NA_integer_`.
    Integer(Option<i32>),
    /// `1`, `1e-8`, `Inf`, `NaN`; `None` is `NA_real_`.
    Double(Option<f64>),
    /// `2i`; `None` is `NA_complex_`.
    Complex(Option<(f64, f64)>),
    /// `"text"`, `NA_character_`.
    String(Option<Name>),
    /// A name that is looked up.
    Symbol(Name),
    /// A call.
    Call(Box<Call>),
    /// `function(x, y = 2) body`.
    Function(Box<Lambda>),
    /// A vector that stands in the code as a value: `quote(f(x))` with a vector put in for `x`.
    Vector(Box<Vector>),
    /// A value that has no text, by its type: `environment`, `externalptr`, `S4`, `closure`, …
    Opaque(Name),
}

/// A call: what is called, and with what.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// Most often a symbol; `pkg::f` is itself a call of `::`.
    pub callee: Expr,
    /// The arguments, in the order in which they are written.
    pub args: Vec<Arg>,
}

/// An argument of a call.
#[derive(Clone, Debug, PartialEq)]
pub struct Arg {
    /// Its name, where it is given with one.
    pub name: Option<Name>,
    /// Its value; `None` is the empty argument of `x[, 1]`.
    pub value: Option<Expr>,
}

/// A function in the code.
#[derive(Clone, Debug, PartialEq)]
pub struct Lambda {
    /// Its formals.
    pub formals: Vec<Formal>,
    /// Its body.
    pub body: Expr,
}

/// A formal argument.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Formal {
    /// Its name; `...` is one, too.
    pub name: Name,
    /// Its default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Expr>,
}

/// A vector that stands in the code as a value, without attributes other than names.
#[derive(Clone, Debug, PartialEq)]
pub struct Vector {
    /// `logical`, `integer`, `double`, `complex`, `character`, `raw`, `list` or `expression`.
    pub kind: super::Kind,
    /// The elements, as expressions; cut off after [`MOST_ELEMENTS`].
    pub elements: Vec<Expr>,
    /// The names of the elements, where there are any.
    pub names: Option<Vec<Name>>,
    /// The class attribute; empty where there is none.
    pub class: Vec<Name>,
    /// How many elements there are.
    pub length: u64,
}

/// How many elements of a vector in the code are kept.
pub const MOST_ELEMENTS: usize = 64;

impl Expr {
    /// The name, if this is a symbol.
    pub fn symbol(&self) -> Option<&str> {
        match self {
            Expr::Symbol(name) => Some(name),
            _ => None,
        }
    }

    /// The text, if this is a string that is not NA.
    pub fn string(&self) -> Option<&str> {
        match self {
            Expr::String(Some(text)) => Some(text),
            _ => None,
        }
    }

    /// The call, if this is one.
    pub fn call(&self) -> Option<&Call> {
        match self {
            Expr::Call(call) => Some(call),
            _ => None,
        }
    }

    /// The call, if this is one of the function `name`, with or without a package before it.
    pub fn call_of(&self, name: &str) -> Option<&Call> {
        self.call().filter(|call| call.name() == Some(name))
    }
}

impl Call {
    /// The name of the function that is called: `f` of `f(x)`, `p::f(x)` and `"f"(x)`.
    pub fn name(&self) -> Option<&str> {
        match &self.callee {
            Expr::Symbol(name) | Expr::String(Some(name)) => Some(name),
            Expr::Call(_) => self.qualified().map(|(_, name)| name),
            _ => None,
        }
    }

    /// Package and name, if this is a call of `p::f` or `p:::f`.
    pub fn qualified(&self) -> Option<(&str, &str)> {
        qualified(&self.callee)
    }

    /// The value of the argument at `index`, if it is there and not empty.
    pub fn arg(&self, index: usize) -> Option<&Expr> {
        self.args.get(index)?.value.as_ref()
    }

    /// The value of the argument that is given with this name.
    pub fn named(&self, name: &str) -> Option<&Expr> {
        self.args.iter().find(|arg| arg.name.as_deref() == Some(name))?.value.as_ref()
    }
}

/// Package and name of `p::f` or `p:::f`.
pub fn qualified(expr: &Expr) -> Option<(&str, &str)> {
    let Expr::Call(call) = expr else { return None };
    let Expr::Symbol(operator) = &call.callee else { return None };
    if !matches!(&**operator, "::" | ":::") || call.args.len() != 2 {
        return None;
    }
    let text = |index| call.arg(index).and_then(|one| one.symbol().or_else(|| one.string()));
    Some((text(0)?, text(1)?))
}

/// As text: one string, or one for each line.
impl Serialize for Expr {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = deparse(self);
        if text.contains('\n') {
            serializer.collect_seq(text.split('\n'))
        } else {
            serializer.serialize_str(&text)
        }
    }
}

impl<'de> Deserialize<'de> for Expr {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Expr, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Text {
            Line(String),
            Lines(Vec<String>),
        }
        let text = match Text::deserialize(deserializer)? {
            Text::Line(line) => line,
            Text::Lines(lines) => lines.join("\n"),
        };
        parse(&text).map_err(serde::de::Error::custom)
    }
}
