//! Results that are made of an operand's elements, or of one operand or another.

use super::shape::{KEPT, one_of};
use super::{Call, Plain, Shape, each, is_one_of, number, vector, vector_na};
use crate::infer::known::Operand;
use crate::infer::known::call::Slot;
use crate::ir::types::{Atomic, Term, Type};

/// `which()`.
pub fn vector_index(call: &Call<'_>) -> Option<Type> {
    (call.flag("arr.ind", false) == Some(false)).then(|| Type::vector(Atomic::Integer))
}

/// `union()`, `setdiff()`, `intersect()`.
pub fn sets(call: &Call<'_>) -> Option<Type> {
    let plain = |name: &str| {
        each(&call.ty(name), |term| match term {
            Term::Null => Some(Type::never()),
            term => {
                let plain = Plain::of(term)?;
                Plain { shape: Shape::Vector, ..plain }.ty()
            }
        })
    };
    let (x, y) = (plain("x")?, plain("y")?);
    // From R 4.2 on also classes stay, so that only plain vectors are certain.
    let atomic = |ty: &Type| ty.only().and_then(Plain::of);
    match (atomic(&x), atomic(&y)) {
        (Some(a), Some(b)) if a.atomic == b.atomic => Plain { na: a.na || b.na, ..a }.ty(),
        (Some(a), Some(b)) => {
            let of = a.atomic.zip(b.atomic).map(|(a, b)| a.max(b));
            if call.name == "setdiff" { a.ty() } else { Plain { atomic: of, na: a.na || b.na, ..a }.ty() }
        }
        _ if call.name == "setdiff" => Some(x),
        _ => None,
    }
}

/// `append()`: as `c()` of both.
pub fn append(call: &Call<'_>) -> Option<Type> {
    let (x, values) = (call.given("x")?.clone(), call.given("values")?.clone());
    let unnamed = [Operand { name: None, ..x }, Operand { name: None, ..values }];
    let ty = crate::infer::known::result("c", &unnamed)?;
    Some(ty.vectors())
}

/// `head()`, `tail()`, `subset()`, `Filter()`: fewer of the same.
pub fn ends(call: &Call<'_>) -> Option<Type> {
    each(&call.ty("x"), |term| match term {
        Term::Null | Term::List(_) | Term::Matrix(_) | Term::Function(_) => Some(term.clone().into()),
        Term::Record(_) => Some(Term::List(Box::new(one_of(term)?)).into()),
        Term::Class(names) if is_one_of(names, KEPT) || is_one_of(names, &["data.frame"]) => {
            Some(term.clone().into())
        }
        term => {
            let plain = Plain::of(term).filter(|plain| plain.shape <= Shape::Vector)?;
            Plain { shape: Shape::Vector, ..plain }.ty()
        }
    })
}

/// `seq()`: its arguments are matched by its methods.
pub fn sequence(call: &Call<'_>) -> Option<Type> {
    if call.spread {
        return None;
    }
    let names = ["from", "to", "by", "length.out", "along.with"];
    let mut slots: [Option<&Operand<'_>>; 5] = [None; 5];
    let mut rest = Vec::new();
    for operand in call.operands {
        let at = operand.name.and_then(|name| {
            names.iter().position(|one| *one == name).or_else(|| {
                (!name.is_empty()).then(|| names.iter().position(|one| one.starts_with(name))).flatten()
            })
        });
        match at {
            Some(at) => slots[at] = Some(operand),
            None => rest.push(operand),
        }
    }
    let mut rest = rest.into_iter();
    for slot in &mut slots {
        if slot.is_none() {
            *slot = rest.next();
        }
    }
    let [from, to, by, length, along] = slots;
    let integer = |operand: &Operand<'_>, literal: bool| {
        (literal && operand.code.and_then(number).is_some_and(|value| value.fract() == 0.0))
            || (!operand.ty.is_any()
                && operand.ty.terms().all(|term| {
                    Plain::of(term).is_some_and(|one| one.atomic.is_some_and(|of| of <= Atomic::Integer))
                }))
    };
    let Some(first) = from.or(to) else { return Some(Type::vector(Atomic::Double)) };
    if first.ty.is_any() {
        return call.likely.then(|| Type::vector(Atomic::Double));
    }
    // seq(x) counts along x, or up to it.
    let alone = to.is_none() && by.is_none() && length.is_none() && along.is_none();
    let whole = length.is_none()
        && along.is_none()
        && from.is_none_or(|one| integer(one, true))
        && by.is_none_or(|one| integer(one, false));
    each(&first.ty, |term| match term {
        Term::Class(names) if is_one_of(names, &["Date", "POSIXct"]) => Some(term.clone().into()),
        term => {
            let plain = Plain::of(term)?;
            let counts = alone && plain.shape > Shape::Scalar && plain.shape != Shape::Matrix;
            let whole = whole && plain.atomic.is_some_and(|of| of <= Atomic::Double);
            let along = counts && plain.atomic == Some(Atomic::Integer);
            Some(Type::vector(if whole || along { Atomic::Integer } else { Atomic::Double }))
        }
    })
}

/// `inherits()`: with `which = TRUE` the places.
pub fn inherits(call: &Call<'_>) -> Option<Type> {
    Some(match call.flag("which", false) {
        Some(false) => Type::scalar(Atomic::Logical),
        Some(true) => Type::vector(Atomic::Integer),
        None => Type::scalar(Atomic::Logical).or(Type::vector(Atomic::Integer)),
    })
}

/// `setNames()`.
pub fn set_names(call: &Call<'_>) -> Option<Type> {
    let x = match call.slot("object") {
        Slot::Missing => return Some(call.ty("nm")).filter(|ty| !ty.is_any()),
        _ => call.ty("object"),
    };
    let names = call.given("nm").and_then(|nm| nm.code).and_then(super::strings);
    each(&x, |term| match (term, &names) {
        (Term::Record(fields), Some(names)) if names.len() == fields.len() => {
            let fields = names.iter().cloned().zip(fields.iter().map(|(_, ty)| ty.clone()));
            Some(Term::Record(fields.collect()).into())
        }
        (Term::Record(_), _) => Some(Term::List(Box::new(one_of(term)?)).into()),
        _ => Some(term.clone().into()),
    })
}

/// `unname()`.
pub fn unname(call: &Call<'_>) -> Option<Type> {
    each(&call.ty("obj"), |term| match term {
        Term::Record(_) => Some(Term::List(Box::new(one_of(term)?)).into()),
        _ => Some(term.clone().into()),
    })
}

/// `drop()`: dimensions of extent one go.
pub fn drop(call: &Call<'_>) -> Option<Type> {
    each(&call.ty("x"), |term| match term {
        Term::Matrix(elements) => {
            let atomic = elements.or(call.likely.then_some(Atomic::Double))?;
            Some(Type::from(term.clone()).or(vector(atomic, false, true)))
        }
        Term::Class(names) if is_one_of(names, &["array"]) => None,
        _ => Some(term.clone().into()),
    })
}

/// `try()`: the value, or an error as an object.
pub fn attempt(call: &Call<'_>) -> Option<Type> {
    let value = call.ty("expr");
    let error = Type::class("try-error");
    if value.is_any() { None } else { Some(value.or(error)) }
}

/// `Sys.getenv()`: of one name one string, of none all with a class.
pub fn getenv(call: &Call<'_>) -> Option<Type> {
    let x = match call.slot("x") {
        Slot::Missing => return Some(Type::class("Dlist")),
        _ => call.ty("x"),
    };
    let scalar =
        !x.is_any() && x.terms().all(|term| Plain::of(term).is_some_and(|one| one.shape == Shape::Scalar));
    Some(vector(Atomic::Character, scalar, !call.missing("unset")))
}

/// `sample()`: of `1:x` for one number.
pub fn sample(call: &Call<'_>) -> Option<Type> {
    let one = call.given("size").is_some_and(|operand| operand.code.and_then(number) == Some(1.0));
    let ty = match call.given("x") {
        Some(x) if x.code.and_then(number).is_some_and(|value| value >= 1.0) => Type::vector(Atomic::Integer),
        _ => each(&call.ty("x"), |term| match term {
            Term::Record(_) => Some(Term::List(Box::new(one_of(term)?)).into()),
            Term::List(_) => Some(term.clone().into()),
            Term::Class(names) if is_one_of(names, KEPT) => Some(term.clone().into()),
            Term::Class(names) if is_one_of(names, &["data.frame"]) => Some(Type::list()),
            term => {
                let plain = Plain::of(term)?;
                Plain { shape: Shape::Vector, ..plain }.ty()
            }
        })?,
    };
    Some(if one {
        ty.map(|term| match term {
            Term::Vector(vector) => Term::Vector(crate::ir::types::Vector { scalar: true, ..vector }),
            other => other,
        })
    } else {
        ty
    })
}

/// `x %||% y`: `y` where `x` is NULL.
pub fn otherwise(call: &Call<'_>) -> Option<Type> {
    let (x, y) = (call.ty("x"), call.ty("y"));
    if x.is_any() || (y.is_any() && x.takes_null()) {
        return None;
    }
    Some(if x.takes_null() { x.without_null().or(y) } else { x })
}

/// `pmin()`, `pmax()`: the elements of all, in the shape of the first.
pub fn parallel(call: &Call<'_>) -> Option<Type> {
    if call.spread {
        return None;
    }
    let mut shapes: Option<Plain> = None;
    for operand in &call.dots {
        let ty =
            if operand.ty.is_any() && call.likely { vector_na(Atomic::Double) } else { operand.ty.clone() };
        if ty.is_any() {
            return None;
        }
        for term in ty.terms() {
            let plain = Plain::of(term)?;
            shapes = Some(match shapes {
                None => plain,
                Some(sum) => Plain {
                    atomic: sum.atomic.zip(plain.atomic).map(|(a, b)| a.max(b)),
                    shape: sum.shape.max(plain.shape),
                    na: sum.na || plain.na,
                },
            });
        }
    }
    let all = shapes?;
    // Whether dimensions stay depends on lengths.
    if all.shape > Shape::Vector {
        let atomic = all.atomic.or(call.likely.then_some(Atomic::Double))?;
        return Some(Plain { shape: Shape::Matrix, ..all }.ty()?.or(vector(atomic, false, all.na)));
    }
    all.ty()
}

/// The type behind the colon, unless one of the parameters before it is given (other than as `FALSE`).
pub fn unless(call: &Call<'_>) -> Option<Type> {
    let colon = call.words.iter().position(|word| word == ":")?;
    let plain =
        call.words[..colon].iter().all(|name| call.missing(name) || call.flag(name, false) == Some(false));
    if plain { call.words[colon + 1..].join(" ").parse().ok() } else { None }
}

/// The type behind the colon where the first argument surely has one of the classes before it; NULL for a plain vector where
/// `null` is among them.
pub fn given(call: &Call<'_>) -> Option<Type> {
    let colon = call.words.iter().position(|word| word == ":")?;
    let classes = &call.words[..colon];
    let class = |name: &str| classes.iter().any(|one| one == name);
    let ty: Type = call.words[colon + 1..].join(" ").parse().ok()?;
    each(&call.operands.first()?.ty, |term| match term {
        Term::Matrix(_) if class("matrix") => Some(ty.clone()),
        Term::Class(names) if names.iter().any(|name| class(name)) => Some(ty.clone()),
        Term::Vector(_) | Term::Literal(_) | Term::Null if class("null") => Some(Type::null()),
        _ => None,
    })
}
