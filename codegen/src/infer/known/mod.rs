//! What is known about R's own functions that R code does not say: primitives, `.Internal`s, and what their results are
//! made of.
//!
//! The knowledge is data: the files `*.types` beside this one list functions with their parameters and results, in the notation
//! of [`crate::ir::types`]. Where the result depends on the operands, a line names a rule, which is a function of `rules`.
//!
//! A result is what every valid call gives. Three liberties are taken, because R code everywhere takes them: an index is not
//! out of bounds, sums of integers do not overflow, and an operand of unknown type has no method of its own for functions whose
//! result is fixed by convention (`length`, `sum`, `is.na`, `paste`, …).

mod call;
mod rules;
mod table;
#[cfg(test)]
mod tests;

use crate::ir::code::Expr;
use crate::ir::types::{Arrow, Type};

/// An argument of a call whose result is asked for.
#[derive(Clone, Debug)]
pub struct Operand<'a> {
    /// The name that it is given with.
    pub name: Option<&'a str>,
    /// What is known about its value. [`Type::never`] without code is the empty argument of `x[, 1]`; `...` is an
    /// argument `...` that is passed on.
    pub ty: Type,
    /// Its code: a literal says more than its type.
    pub code: Option<&'a Expr>,
}

impl<'a> Operand<'a> {
    /// An argument of this type, without name and code.
    pub fn of(ty: Type) -> Operand<'a> {
        Operand { name: None, ty, code: None }
    }

    /// The empty argument of `x[, 1]`.
    pub fn empty() -> Operand<'a> {
        Operand::of(Type::never())
    }

    /// Whether nothing stands between the commas.
    pub fn is_empty(&self) -> bool {
        self.code.is_none() && self.ty.is_never()
    }
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

impl KnownParameter {
    /// What it is given most often: vectors, where it also takes matrices, arrays and data frames.
    pub fn usual(&self) -> Type {
        use crate::ir::types::Term;
        let shaped = |term: &Term| match term {
            Term::Matrix(_) => true,
            Term::Class(names) => names.iter().any(|name| matches!(name.as_str(), "array" | "data.frame")),
            _ => false,
        };
        if self.ty.terms().any(|term| matches!(term, Term::Vector(_))) {
            self.ty.clone().filter(|term| !shaped(term))
        } else {
            self.ty.clone()
        }
    }
}

/// The parameters of the function `name` of R itself; `None` where nothing is known.
pub fn parameters(name: &str) -> Option<&'static [KnownParameter]> {
    Some(&table::entry(name)?.parameters)
}

/// The package of R that the function `name` belongs to; `None` where nothing is known about it.
pub fn package(name: &str) -> Option<&'static str> {
    Some(&table::entry(name)?.package)
}

/// The type of the result of calling the function `name` of R itself with these arguments; `None` where nothing is known.
pub fn result(name: &str, operands: &[Operand<'_>]) -> Option<Type> {
    let entry = table::entry(name)?;
    entry.result(name, operands, false)
}

/// The same, guessed where it is not certain: an operand of unknown type is taken for a vector without class, a scalar index
/// for one that picks one element.
pub fn likely(name: &str, operands: &[Operand<'_>]) -> Option<Type> {
    let entry = table::entry(name)?;
    entry.result(name, operands, true)
}

/// The type of what the function `name` gives, whatever valid arguments it is called with; `None` where nothing is known.
pub fn returns(name: &str) -> Option<Type> {
    let entry = table::entry(name)?;
    if let Some(whole) = &entry.whole {
        return Some(whole.clone());
    }
    let operands: Vec<Operand<'_>> = entry
        .parameters
        .iter()
        .map(|parameter| Operand {
            name: (parameter.name != "...").then_some(parameter.name.as_str()),
            ty: if parameter.name == "..." && parameter.ty.is_any() {
                crate::ir::types::Term::Dots.into()
            } else {
                parameter.ty.clone()
            },
            code: None,
        })
        .collect();
    entry.result(name, &operands, false)
}

/// What the function `name` gives at all, where that is written down.
pub fn whole(name: &str) -> Option<Type> {
    table::entry(name)?.whole.clone()
}

/// The type of the function `name` of R itself: for `FUN = name`.
pub fn arrow(name: &str) -> Option<Arrow> {
    let entry = table::entry(name)?;
    Some(Arrow {
        parameters: entry.parameters.iter().map(|parameter| parameter.ty.clone()).collect(),
        returns: returns(name).unwrap_or(Type::Any),
    })
}

/// The elements that every object of R's class `class` has, where the class is a list: `values` and `vectors` of `eigen`.
pub fn fields(class: &str) -> Option<&'static [(String, Type)]> {
    table::fields(class)
}

/// The names of all functions about which something is known, sorted.
pub fn names() -> impl Iterator<Item = &'static str> {
    table::names()
}
