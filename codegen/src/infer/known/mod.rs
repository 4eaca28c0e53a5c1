//! What is known about R's own functions that R code does not say: primitives, `.Internal`s, and what their results are
//! made of.

use crate::ir::code::Expr;
use crate::ir::types::Type;

/// An argument of a call whose result is asked for.
#[derive(Clone, Debug)]
pub struct Operand<'a> {
    /// The name that it is given with.
    pub name: Option<&'a str>,
    /// What is known about its value.
    pub ty: Type,
    /// Its code: a literal says more than its type.
    pub code: Option<&'a Expr>,
}

/// A parameter of one of R's own functions.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownParameter {
    /// Its name.
    pub name: String,
    /// What it takes.
    pub ty: Type,
    /// Whether it can be left out.
    pub optional: bool,
    /// Whether R stops where something else is given.
    pub hard: bool,
}

/// The parameters of the function `name` of R itself; `None` where nothing is known.
pub fn parameters(name: &str) -> Option<&'static [KnownParameter]> {
    let _ = name;
    None
}

/// The type of the result of calling the function `name` of R itself with these arguments; `None` where nothing is known.
pub fn result(name: &str, operands: &[Operand<'_>]) -> Option<Type> {
    let _ = (name, operands);
    None
}
