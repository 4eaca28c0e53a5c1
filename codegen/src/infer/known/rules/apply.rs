//! Functions that call functions.

use super::{Call, Plain, Shape, vector};
use crate::infer::known::call::Slot;
use crate::ir::types::{Term, Type, Vector};

/// What the function that is given for the parameter gives; `any` where that is not known.
fn returned(call: &Call<'_>, name: &str) -> Type {
    match call.slot(name) {
        Slot::Given(operand) => match operand.ty.only() {
            Some(Term::Function(Some(arrow))) => arrow.returns.clone(),
            _ => operand
                .code
                .and_then(|code| code.string())
                .and_then(crate::infer::known::returns)
                .unwrap_or(Type::Any),
        },
        _ => Type::Any,
    }
}

/// `lapply`, `Map`: a list of what the function gives. The word names the function's parameter.
pub fn lapply(call: &Call<'_>) -> Option<Type> {
    let returns = returned(call, call.word(0));
    let returns = if returns.is_never() { Type::Any } else { returns };
    Some(Term::List(Box::new(returns)).into())
}

/// `sapply`, `mapply`: a list; or a vector where all results are one element, or a matrix.
pub fn sapply(call: &Call<'_>) -> Option<Type> {
    let simplify = ["simplify", "SIMPLIFY"]
        .into_iter()
        .filter(|name| !call.missing(name))
        .find_map(|name| Some(call.flag(name, true)))
        .unwrap_or(Some(true))?;
    let returns = returned(call, call.word(0));
    if !simplify {
        return Some(Term::List(Box::new(returns)).into());
    }
    if returns.is_any() || returns.is_never() {
        return None;
    }
    let scalars: Option<Vec<Plain>> = returns.terms().map(Plain::of).collect();
    let scalars = scalars?;
    if scalars.iter().any(|one| one.shape != Shape::Scalar) {
        return None;
    }
    let ty: Type = scalars
        .into_iter()
        .filter_map(|one| one.atomic.map(|atomic| Term::Vector(Vector { atomic, scalar: false, na: one.na })))
        .collect();
    // Of nothing it makes an empty list.
    let empty = Term::List(Box::new(Type::never())).into();
    Some(if call.likely { ty } else { ty.or(empty) })
}

/// `vapply`: by `FUN.VALUE`.
pub fn vapply(call: &Call<'_>) -> Option<Type> {
    let value = call.ty("FUN.VALUE");
    if value.is_any() {
        return None;
    }
    let mut ty = Type::never();
    for term in value.terms() {
        match term {
            Term::Vector(one) if one.scalar => ty = ty.or(vector(one.atomic, false, true)),
            Term::Literal(_) => ty = ty.or(vector(crate::ir::types::Atomic::Character, false, true)),
            Term::Vector(many) => {
                ty = ty.or(vector(many.atomic, false, true)).or(Term::Matrix(Some(many.atomic)).into());
            }
            Term::List(_) => ty = ty.or(Type::list()).or(Term::Matrix(None).into()),
            _ => return None,
        }
    }
    Some(ty)
}

/// `do.call`: what the function gives.
pub fn do_call(call: &Call<'_>) -> Option<Type> {
    Some(returned(call, "what")).filter(|ty| !ty.is_any())
}

/// What the function gives that the word names: `withVisible`'s kin, `Reduce` of one.
pub fn value(call: &Call<'_>) -> Option<Type> {
    Some(returned(call, call.word(0))).filter(|ty| !ty.is_any())
}
