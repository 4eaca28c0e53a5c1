//! Functions that call functions.

use super::shape::one_of;
use super::{Call, Plain, Shape, each, vector};
use crate::infer::known::call::Slot;
use crate::infer::known::{self, Operand};
use crate::ir::code::Expr;
use crate::ir::types::{Term, Type, Vector};

/// What the function that is given for the parameter gives; `any` where that is not known. `over` is what it is called on.
fn returned(call: &Call<'_>, name: &str, over: Option<&Operand<'_>>) -> Type {
    let Slot::Given(operand) = call.slot(name) else { return Type::Any };
    let arrow = match operand.ty.only() {
        Some(Term::Function(Some(arrow))) => Some(arrow),
        _ => None,
    };
    // One of R's own, by its name: the elements that it is called on say more.
    let own = match operand.code {
        Some(Expr::String(Some(name))) => Some(&**name),
        Some(Expr::Symbol(name)) if arrow.is_some_and(|arrow| known::arrow(name).as_ref() == Some(arrow)) => {
            Some(&**name)
        }
        _ => None,
    };
    let of_element = own.zip(over).and_then(|(name, over)| {
        let element = each(&over.ty, one_of)?;
        known::result(name, &[Operand::of(element)])
    });
    of_element
        .or_else(|| arrow.map(|arrow| arrow.returns.clone()))
        .or_else(|| own.and_then(known::returns))
        .unwrap_or(Type::Any)
}

/// What an apply function goes over, where it gives its function nothing else.
fn over<'a>(call: &Call<'a>) -> Option<&'a Operand<'a>> {
    call.given("X").filter(|_| call.dots.is_empty())
}

/// `lapply`, `Map`: a list of what the function gives. The word names the function's parameter.
pub fn lapply(call: &Call<'_>) -> Option<Type> {
    let returns = returned(call, call.word(0), over(call));
    let returns = if returns.is_never() { Type::Any } else { returns };
    Some(Term::List(Box::new(returns)).into())
}

/// `sapply`, `mapply`: a list; or a vector where all results are one element, or a matrix.
pub fn sapply(call: &Call<'_>) -> Option<Type> {
    let simplify = ["simplify", "SIMPLIFY"]
        .into_iter()
        .filter(|name| !call.missing(name))
        .map(|name| call.flag(name, true))
        .next()
        .unwrap_or(Some(true))?;
    let returns = returned(call, call.word(0), over(call));
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
    Some(returned(call, "what", None)).filter(|ty| !ty.is_any())
}

/// What the function gives that the word names: `withVisible`'s kin, `Reduce` of one.
pub fn value(call: &Call<'_>) -> Option<Type> {
    Some(returned(call, call.word(0), over(call))).filter(|ty| !ty.is_any())
}
