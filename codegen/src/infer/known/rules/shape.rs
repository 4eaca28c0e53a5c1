//! Results that are as long as an operand, and making vectors, matrices and lists.

use super::{Call, Plain, Shape, each, elements, is_one_of, number, vector, vector_na};
use crate::infer::known::Operand;
use crate::infer::known::call::Slot;
use crate::ir::code::Expr;
use crate::ir::types::{Atomic, Term, Type, Vector};

/// The classes whose values keep their class when they are cut, repeated or sorted.
pub const KEPT: &[&str] = &["factor", "Date", "POSIXct", "difftime", "noquote", "numeric_version"];

/// The operand itself.
pub fn same(call: &Call<'_>) -> Option<Type> {
    let ty = call.given(call.word(0))?.ty.clone();
    // With other elements, too, it is a list still.
    let open = |term| if matches!(term, Term::Record(_)) { Term::List(Box::new(Type::Any)) } else { term };
    Some(if call.word(1) == "open" { ty.map(open) } else { ty })
}

/// Elements of the operand in a vector without dimensions: `sort`, `rev`, `unique`. With the word `keep` a matrix or data frame
/// stays one.
pub fn many(call: &Call<'_>) -> Option<Type> {
    each(&call.ty(call.word(0)), |term| match term {
        Term::Null => Some(Type::null()),
        Term::Record(fields) => {
            let inner = fields.iter().fold(Type::never(), |sum, (_, ty)| sum.or(ty.clone()));
            Some(Term::List(Box::new(inner)).into())
        }
        Term::List(_) => Some(term.clone().into()),
        Term::Class(names) if is_one_of(names, KEPT) => Some(term.clone().into()),
        Term::Matrix(_) if call.word(1) == "keep" => Some(term.clone().into()),
        Term::Class(names) if call.word(1) == "keep" && is_one_of(names, &["data.frame", "array"]) => {
            Some(term.clone().into())
        }
        term => {
            let mut plain = Plain::of(term)?;
            plain.shape = plain.shape.min(Shape::Vector);
            if plain.shape == Shape::Scalar && call.word(1) == "longer" {
                plain.shape = Shape::Vector;
            }
            plain.ty()
        }
    })
}

/// Elements of the type of the first word in the shape of the operand that the second names: `nchar`, `is.na`.
pub fn keep(call: &Call<'_>) -> Option<Type> {
    let (atomic, na) = elements(call.word(0))?;
    let mut ty = call.ty(call.word(1));
    if ty.is_any() && call.likely {
        ty = vector_na(atomic);
    }
    each(&ty, |term| match term {
        Term::Null | Term::List(_) | Term::Record(_) => Some(vector(atomic, false, na)),
        Term::Class(names) if is_one_of(names, &["data.frame"]) => match call.name {
            "is.na" => Some(Term::Matrix(Some(atomic)).into()),
            "format" => Some(term.clone().into()),
            _ => None,
        },
        Term::Class(names) if is_one_of(names, KEPT) => Some(vector(atomic, false, na)),
        term => {
            let plain = Plain::of(term)?;
            Plain { atomic: Some(atomic), na: na && plain.na, ..plain }.ty()
        }
    })
}

/// Elements of the type of the first word in a vector, one where each operand that the other words name is one.
pub fn along(call: &Call<'_>) -> Option<Type> {
    let (atomic, na) = elements(call.word(0))?;
    let mut scalar = !call.spread;
    let mut missing = call.word(0).starts_with("^^");
    for name in &call.words[1..] {
        match call.slot(name) {
            Slot::Given(operand) => {
                let plain: Option<Vec<Plain>> = match &operand.ty {
                    Type::Any => None,
                    ty => ty.terms().map(Plain::of).collect(),
                };
                scalar &= plain.as_ref().is_some_and(|all| all.iter().all(|one| one.shape == Shape::Scalar));
                missing |= plain.is_none_or(|all| all.iter().any(|one| one.na));
            }
            Slot::Missing => {}
            Slot::Unsure => missing = true,
        }
    }
    Some(vector(atomic, scalar, na && missing))
}

/// The same, but dimensions are kept: `dnorm`. Nothing is known where an operand is not.
pub fn vectorised(call: &Call<'_>) -> Option<Type> {
    let (atomic, na) = elements(call.word(0))?;
    let mut shapes = vec![(Shape::Scalar, false)];
    for name in &call.words[1..] {
        let ty = match call.slot(name) {
            Slot::Given(operand) if operand.ty.is_any() => return guess(call, atomic, na),
            Slot::Given(operand) => operand.ty.clone(),
            Slot::Missing => continue,
            Slot::Unsure => return guess(call, atomic, na),
        };
        let mut next = Vec::new();
        for term in ty.terms() {
            let (shape, missing) = match term {
                Term::Null => (Shape::Vector, false),
                Term::Class(names) if is_one_of(names, &["factor", "difftime"]) => (Shape::Vector, true),
                term => Plain::of(term).map(|plain| (plain.shape, plain.na))?,
            };
            for (other, also) in &shapes {
                let pair = (shape.max(*other), missing || *also);
                if !next.contains(&pair) {
                    next.push(pair);
                }
            }
        }
        shapes = next;
    }
    let mut ty = Type::never();
    for (shape, missing) in shapes {
        ty = ty.or(Plain { atomic: Some(atomic), shape, na: na && missing }.ty()?);
    }
    Some(ty)
}

fn guess(call: &Call<'_>, atomic: Atomic, na: bool) -> Option<Type> {
    call.likely.then(|| vector(atomic, false, na))
}

/// `numeric(n)`, `character(n)`: the first word is the element, the second the parameter.
pub fn length(call: &Call<'_>) -> Option<Type> {
    let (atomic, na) = elements(call.word(0))?;
    let one = call.given(call.word(1)).is_some_and(|operand| is_one(operand));
    Some(vector(atomic, one, na))
}

fn is_one(operand: &Operand<'_>) -> bool {
    operand.code.and_then(number) == Some(1.0)
}

/// `vector("list", n)`.
pub fn mode(call: &Call<'_>) -> Option<Type> {
    let mode = match call.slot("mode") {
        Slot::Missing => "logical",
        Slot::Given(operand) => operand.code?.string()?,
        Slot::Unsure => return None,
    };
    let scalar = call.given("length").is_some_and(|operand| is_one(operand));
    let zero = match mode {
        "list" => return Some(Term::List(Box::new(Type::null())).into()),
        "expression" => return Some(Term::Code.into()),
        "numeric" => Atomic::Double,
        word => Atomic::from_word(word)?,
    };
    Some(vector(zero, scalar, false))
}

/// `as.numeric(x)`: a vector of the word's type, without attributes.
pub fn coerce(call: &Call<'_>) -> Option<Type> {
    let (atomic, _) = elements(call.word(0))?;
    let x = match call.slot("x") {
        Slot::Given(operand) if !operand.ty.is_any() => &operand.ty,
        Slot::Missing => return Some(Type::vector(atomic)),
        _ => return Some(vector_na(atomic)),
    };
    let mut ty = Type::never();
    for term in x.terms() {
        ty = ty.or(match Plain::of(term) {
            Some(plain) => {
                let lossy = match plain.atomic {
                    Some(Atomic::Character) => atomic != Atomic::Character,
                    Some(from) => from > Atomic::Integer && atomic == Atomic::Integer && !call.likely,
                    None => true,
                };
                vector(atomic, plain.shape == Shape::Scalar, atomic != Atomic::Raw && (plain.na || lossy))
            }
            None => match term {
                Term::Null => Type::vector(atomic),
                // A name or a call: as.character(quote(f(x))) is a vector.
                _ => vector_na(atomic),
            },
        });
    }
    Some(ty)
}

/// `as.vector(x, mode)`.
pub fn as_vector(call: &Call<'_>) -> Option<Type> {
    let mode = match call.slot("mode") {
        Slot::Missing => "any",
        Slot::Given(operand) => operand.code?.string()?,
        Slot::Unsure => return None,
    };
    if mode == "list" {
        return Some(Type::list());
    }
    if mode != "any" {
        let atomic = if mode == "numeric" { Atomic::Double } else { Atomic::from_word(mode)? };
        return Some(vector_na(atomic));
    }
    each(&call.ty("x"), |term| match term {
        Term::Class(names) if is_one_of(names, &["factor"]) => Some(vector_na(Atomic::Character)),
        Term::Null | Term::List(_) | Term::Record(_) => Some(term.clone().into()),
        term => {
            let mut plain = Plain::of(term)?;
            plain.shape = plain.shape.min(Shape::Vector);
            plain.atomic = plain.atomic.or(call.likely.then_some(Atomic::Double));
            plain.ty()
        }
    })
}

/// `as.list(x)`.
pub fn as_list(call: &Call<'_>) -> Option<Type> {
    let x = call.ty("x");
    let list = |element: Type| -> Type { Term::List(Box::new(element)).into() };
    if x.is_any() {
        return Some(Type::list());
    }
    each(&x, |term| {
        Some(match term {
            Term::List(_) | Term::Record(_) => term.clone().into(),
            Term::Null => list(Type::never()),
            term => match Plain::of(term).and_then(|plain| plain.atomic.map(|atomic| (atomic, plain.na))) {
                Some((atomic, na)) => list(vector(atomic, true, na)),
                None => Type::list(),
            },
        })
    })
}

/// `rep()`: more of the same.
pub fn rep(call: &Call<'_>) -> Option<Type> {
    each(&call.ty("x"), |term| match term {
        Term::Null => Some(Type::null()),
        Term::Record(fields) => {
            let inner = fields.iter().fold(Type::never(), |sum, (_, ty)| sum.or(ty.clone()));
            Some(Term::List(Box::new(inner)).into())
        }
        Term::List(_) => Some(term.clone().into()),
        Term::Class(names) if is_one_of(names, KEPT) => Some(term.clone().into()),
        term => {
            let mut plain = Plain::of(term)?;
            plain.shape = Shape::Vector;
            plain.atomic = plain.atomic.or(call.likely.then_some(Atomic::Double));
            plain.ty()
        }
    })
}

/// The elements of an operand; `None` where they are not known.
fn content(ty: &Type) -> Option<Atomic> {
    let mut most = None;
    for term in ty.terms() {
        most = most.max(Some(Plain::of(term)?.atomic?));
    }
    most
}

/// `matrix()`.
pub fn matrix(call: &Call<'_>) -> Option<Type> {
    let elements = match call.slot("data") {
        Slot::Missing => Some(Atomic::Logical),
        Slot::Given(operand) => content(&operand.ty),
        Slot::Unsure => None,
    };
    Some(Term::Matrix(elements).into())
}

/// `array()`: a matrix where two extents are given.
pub fn array(call: &Call<'_>) -> Option<Type> {
    let elements = match call.slot("data") {
        Slot::Missing => Some(Atomic::Logical),
        Slot::Given(operand) => content(&operand.ty),
        Slot::Unsure => None,
    };
    let matrix: Type = Term::Matrix(elements).into();
    Some(match call.slot("dim") {
        Slot::Missing => Type::class("array"),
        Slot::Given(operand) => match operand.code.and_then(extents) {
            Some(2) => matrix,
            Some(_) => Type::class("array"),
            None => matrix.or(Type::class("array")),
        },
        Slot::Unsure => matrix.or(Type::class("array")),
    })
}

/// How many extents an expression gives: `c(2, n)` are two, where each is one number.
pub fn extents(code: &Expr) -> Option<usize> {
    if number(code).is_some() {
        return Some(1);
    }
    if let Expr::Vector(vector) = code {
        return usize::try_from(vector.length).ok();
    }
    let call = code.call_of("c")?;
    // dim(x) and the like may be longer than one.
    let single = |code: &Expr| {
        number(code).is_some()
            || code.call().and_then(|call| call.name()).is_some_and(|name| {
                matches!(name, "length" | "nrow" | "ncol" | "NROW" | "NCOL" | "nlevels" | "sum" | "max")
            })
    };
    call.args.iter().all(|arg| arg.value.as_ref().is_some_and(single)).then_some(call.args.len())
}

/// `t()`.
pub fn transpose(call: &Call<'_>) -> Option<Type> {
    each(&call.ty("x"), |term| match term {
        Term::Class(names) if is_one_of(names, &["data.frame"]) => Some(Term::Matrix(None).into()),
        Term::List(_) | Term::Record(_) => Some(Term::Matrix(None).into()),
        term => {
            let plain = Plain::of(term).filter(|plain| plain.shape <= Shape::Matrix)?;
            Some(Term::Matrix(plain.atomic).into())
        }
    })
}

/// `diag()`: the diagonal of a matrix, a matrix of anything else.
pub fn diag(call: &Call<'_>) -> Option<Type> {
    let square: Type = Term::Matrix(Some(Atomic::Double)).into();
    let x = match call.slot("x") {
        Slot::Missing => return Some(square),
        Slot::Given(operand) => &operand.ty,
        Slot::Unsure => return None,
    };
    each(x, |term| match Plain::of(term)? {
        Plain { shape: Shape::Matrix, atomic, na } => {
            let atomic = atomic.or(call.likely.then_some(Atomic::Double))?;
            Some(vector(atomic, false, na))
        }
        Plain { shape: Shape::Array, .. } => None,
        Plain { shape: Shape::Scalar, atomic: Some(_), .. }
            if call.missing("nrow") && call.missing("ncol") =>
        {
            Some(square.clone())
        }
        Plain { atomic, .. } => Some(Term::Matrix(atomic.map(|one| one.max(Atomic::Double))).into()),
    })
}

/// `outer()` and `%o%`: a matrix where both operands are vectors.
pub fn outer(call: &Call<'_>) -> Option<Type> {
    let mut vectors = true;
    for name in ["X", "Y"] {
        let ty = call.ty(name);
        if ty.is_any() {
            return None;
        }
        for term in ty.terms() {
            vectors &= Plain::of(term)?.shape <= Shape::Vector;
        }
    }
    let product = || content(&call.ty("X")).max(content(&call.ty("Y"))).map(|one| one.max(Atomic::Double));
    let elements = if call.missing("FUN") { product() } else { None };
    Some(if vectors { Term::Matrix(elements).into() } else { Type::class("array") })
}

/// The elements of a term as one element each.
pub fn one_of(term: &Term) -> Option<Type> {
    match term {
        Term::Vector(found) => Some(Term::Vector(Vector { scalar: true, ..*found }).into()),
        Term::Literal(_) => Some(term.clone().into()),
        Term::Matrix(Some(atomic)) => Some(vector(*atomic, true, true)),
        Term::List(inner) => Some((**inner).clone()),
        Term::Record(fields) => Some(fields.iter().fold(Type::never(), |sum, (_, ty)| sum.or(ty.clone()))),
        Term::Null => Some(Type::null()),
        _ => None,
    }
}
