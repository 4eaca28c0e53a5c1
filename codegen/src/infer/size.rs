//! One element or any number: a scalar needs a reason.
//!
//! The kinds of evidence, the strongest first: a check of the length; code that tests for other lengths; a default or words that show
//! several; code that goes over elements; a condition, which takes one; a default that is one; words for one thing. What the functions
//! that a value is handed to take says little: a function of vectors takes scalars, too.

use super::join::{Collected, family};
use crate::ir::code::Expr;
use crate::ir::types::{Term, Type, Vector};
use crate::ir::{Confidence, Source};

/// The type with each kind of vector as scalar or vector. `given` is what the package's own functions hand over.
pub fn sized(ty: Type, collected: &Collected<'_>, given: &Type) -> Type {
    ty.clone().map(|term| match term {
        Term::Vector(vector) => {
            let scalar = is_scalar(collected, given, family(&Term::Vector(vector))).unwrap_or(vector.scalar);
            Term::Vector(Vector { scalar, ..vector })
        }
        other => other,
    })
}

/// Whether vectors of this kind are one element; `None` where nothing tells.
fn is_scalar(collected: &Collected<'_>, given: &Type, kind: u8) -> Option<bool> {
    let Collected { formal, signs, default, said, .. } = collected;
    let one = signs.one.map_or(Confidence::None, |(strength, _)| strength);
    let many = signs.many.map_or(Confidence::None, |(strength, _)| strength);
    let of_kind = |ty: &Type| {
        ty.terms().find_map(|term| match term {
            Term::Vector(vector) if family(term) == kind => Some(vector.scalar),
            _ => None,
        })
    };
    let flag = matches!(formal.default, Some(Expr::Logical(Some(_))));
    let default = default.as_ref().and_then(of_kind);
    let literal = formal.default.as_ref().is_some_and(is_literal);
    let words = said.ty.as_ref().and_then(of_kind);
    let handed = || {
        signs.signs.iter().any(|sign| sign.source == Source::Callee && of_kind(&sign.ty) == Some(false))
            || of_kind(given) == Some(false)
    };
    if one == Confidence::Hard {
        return Some(true);
    }
    if many >= Confidence::Strong || (literal && default == Some(false)) {
        return Some(false);
    }
    if words == Some(false) && said.plain && !flag {
        return Some(false);
    }
    if words == Some(true) && said.plain && said.scalar == Some(true) {
        return Some(true);
    }
    if many >= Confidence::Likely && one < Confidence::Likely {
        return Some(false);
    }
    if words == Some(false) && literal && !flag {
        return Some(false);
    }
    if one >= Confidence::Likely || default == Some(true) {
        return Some(true);
    }
    match words {
        Some(true) if said.plain || default == Some(false) => Some(true),
        Some(true) if many < Confidence::Weak && !handed() => Some(true),
        Some(_) => Some(false),
        None => default.or_else(|| if handed() { Some(false) } else { None }),
    }
}

/// Whether a default is written out: it says by itself how many elements it has.
fn is_literal(default: &Expr) -> bool {
    match default {
        Expr::Call(call) => match call.name() {
            Some("c") => true,
            Some("-" | "(") => call.arg(0).is_some_and(is_literal),
            _ => false,
        },
        Expr::Symbol(_) | Expr::Function(_) | Expr::Opaque(_) => false,
        _ => true,
    }
}
