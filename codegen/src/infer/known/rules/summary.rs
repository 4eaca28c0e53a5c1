//! Results that sum an operand up: the group Summary (`?groupGeneric`), means, variances.

use super::{Call, Plain, Shape, each, is_one_of, vector};
use crate::infer::known::call::Slot;
use crate::ir::types::{Atomic, Term, Type};

/// Whether NA cannot come out: the operands hold none, or `na.rm = TRUE` drops them.
fn without_na(call: &Call<'_>) -> bool {
    if call.flag("na.rm", false) == Some(true) {
        return true;
    }
    call.dots.iter().all(|one| {
        !one.ty.is_any()
            && one.ty.terms().all(|term| match term {
                Term::Null => true,
                term => Plain::of(term).is_some_and(|plain| !plain.na),
            })
    })
}

/// `sum`, `prod`: one number.
pub fn sum(call: &Call<'_>) -> Option<Type> {
    let na = !without_na(call);
    let mut ty = Type::never();
    let mut atomic = if call.name == "prod" { Atomic::Double } else { Atomic::Integer };
    for operand in &call.dots {
        if operand.ty.is_any() {
            atomic = atomic.max(Atomic::Double);
        }
        for term in operand.ty.terms() {
            match term {
                Term::Null => {}
                Term::Class(names) if is_one_of(names, &["difftime"]) => ty.insert(term.clone()),
                Term::Class(names) if is_one_of(names, &["data.frame", "ts", "table", "array", "matrix"]) => {
                    atomic = atomic.max(Atomic::Double);
                }
                Term::Dots => atomic = atomic.max(Atomic::Double),
                // A class may have its own method.
                Term::Class(_) | Term::Other(_) => return None,
                term => match Plain::of(term).map(|plain| plain.atomic) {
                    Some(None) => atomic = atomic.max(Atomic::Double),
                    Some(Some(one)) if one <= Atomic::Complex => atomic = atomic.max(one),
                    _ => {}
                },
            }
        }
    }
    Some(ty.or(vector(atomic, true, na)))
}

/// `max`, `min`: one element; `range`: two.
pub fn extreme(call: &Call<'_>) -> Option<Type> {
    let na = !without_na(call);
    let scalar = call.name != "range";
    let mut ty = Type::never();
    let mut atomic: Option<Atomic> = None;
    let mut text = false;
    let mut sure = false;
    for operand in &call.dots {
        if operand.ty.is_any() || operand.ty.only() == Some(&Term::Dots) {
            if !call.likely {
                return None;
            }
            atomic = atomic.max(Some(Atomic::Double));
        }
        for term in operand.ty.terms() {
            match term {
                Term::Null | Term::Dots => {}
                Term::Class(names)
                    if is_one_of(names, &["Date", "POSIXct", "difftime", "ordered", "factor"]) =>
                {
                    ty.insert(term.clone());
                }
                Term::Class(names) if is_one_of(names, &["data.frame", "ts", "table"]) => {
                    atomic = atomic.max(Some(Atomic::Double));
                }
                Term::Class(_) | Term::Other(_) => {
                    Plain::of(term)?;
                    atomic = atomic.max(Some(Atomic::Double));
                }
                term => match Plain::of(term) {
                    Some(Plain { atomic: Some(Atomic::Character), .. }) => text = true,
                    Some(Plain { atomic: Some(one), shape, .. }) if one <= Atomic::Double => {
                        sure |= shape == Shape::Scalar && operand.ty.only().is_some();
                        atomic = atomic.max(Some(one.max(Atomic::Integer)));
                    }
                    Some(Plain { atomic: None, .. }) => atomic = atomic.max(Some(Atomic::Double)),
                    _ => {}
                },
            }
        }
    }
    if let Some(one) = atomic {
        // max(integer(0)) is -Inf.
        ty = ty.or(vector(if sure { one } else { one.max(Atomic::Double) }, scalar, na));
    }
    if text {
        ty = ty.or(vector(Atomic::Character, scalar, na));
    }
    Some(ty)
}

/// `all`, `any`.
pub fn truth(call: &Call<'_>) -> Option<Type> {
    Some(vector(Atomic::Logical, true, !without_na(call)))
}

/// `mean`, `median`: one number of numbers.
pub fn moment(call: &Call<'_>) -> Option<Type> {
    let drops = call.flag("na.rm", false) == Some(true);
    let x = call.ty("x");
    if x.is_any() {
        return call.likely.then(|| vector(Atomic::Double, true, !drops));
    }
    each(&x, |term| match term {
        Term::Class(names) if is_one_of(names, &["Date", "POSIXct", "difftime"]) => Some(term.clone().into()),
        Term::Class(names) if is_one_of(names, &["ts"]) => Some(vector(Atomic::Double, true, !drops)),
        term => {
            let plain = Plain::of(term)?;
            let of = match plain.atomic {
                Some(Atomic::Complex) => Atomic::Complex,
                _ => Atomic::Double,
            };
            Some(vector(of, true, plain.na && !drops))
        }
    })
}

/// `var`, `cov`, `cor`: one number of two vectors, a matrix where an operand has columns.
pub fn spread(call: &Call<'_>) -> Option<Type> {
    let mut ty = Type::never();
    let matrix: Type = Term::Matrix(Some(Atomic::Double)).into();
    let number = vector(Atomic::Double, true, true);
    let columns = |ty: &Type| -> Option<(bool, bool)> {
        if ty.is_any() {
            return None;
        }
        let mut found = (false, false);
        for term in ty.terms() {
            match term {
                Term::Null => found.0 = true,
                Term::Class(names) if is_one_of(names, &["data.frame"]) => found.1 = true,
                term => match Plain::of(term)?.shape {
                    Shape::Scalar | Shape::Vector => found.0 = true,
                    _ => found.1 = true,
                },
            }
        }
        Some(found)
    };
    let x = columns(&call.ty("x"));
    let y = match call.slot("y") {
        Slot::Missing => Some((true, false)),
        Slot::Given(operand) => columns(&operand.ty),
        Slot::Unsure => None,
    };
    match (x, y) {
        (Some(x), Some(y)) => {
            if x.0 && y.0 {
                ty = ty.or(number);
            }
            if x.1 || y.1 {
                ty = ty.or(matrix);
            }
        }
        (Some((false, true)), None) | (None, Some((false, true))) => ty = matrix,
        _ => ty = number.or(matrix),
    }
    Some(ty)
}
