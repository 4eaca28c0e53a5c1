//! Attributes: classes, dimensions, names.

use super::shape::{extents, one_of};
use super::{Call, Plain, Shape, each, is_one_of, strings, vector};
use crate::infer::known::Operand;
use crate::infer::known::call::Slot;
use crate::ir::code::Expr;
use crate::ir::types::{Atomic, Term, Type};

/// The words that `class<-` takes for a conversion, not for a class.
const BASIC: &[&str] = &[
    "numeric",
    "double",
    "integer",
    "logical",
    "character",
    "complex",
    "raw",
    "list",
    "function",
    "matrix",
    "array",
    "name",
    "call",
    "expression",
    "environment",
    "NULL",
];

/// What an object of these classes is.
fn classed(names: Vec<String>) -> Option<Type> {
    if is_one_of(&names, BASIC) { None } else { Some(Term::Class(names).into()) }
}

/// The type after the class attribute is set to `value`.
fn with_class(x: &Type, value: &Operand<'_>) -> Option<Type> {
    match value.code {
        Some(Expr::Null) => stripped(x),
        Some(code) => {
            let names = strings(code).or_else(|| beginning(code))?;
            classed(names)
        }
        None => {
            let found: Option<Vec<String>> = match value.ty.only() {
                Some(Term::Literal(name)) => Some(vec![name.clone()]),
                _ => None,
            };
            classed(found?)
        }
    }
}

/// `c("a", class(x))`: at least the strings that are there.
fn beginning(code: &Expr) -> Option<Vec<String>> {
    let call = code.call_of("c").or_else(|| code.call_of("append")).or_else(|| code.call_of("union"))?;
    let names: Vec<String> = call
        .args
        .iter()
        .filter(|arg| arg.name.is_none())
        .filter_map(|arg| arg.value.as_ref()?.string().map(str::to_owned))
        .collect();
    (!names.is_empty()).then_some(names)
}

/// The type without its class attribute.
fn stripped(x: &Type) -> Option<Type> {
    each(x, |term| match term {
        Term::Class(names) if is_one_of(names, &["factor"]) => Some(vector(Atomic::Integer, false, true)),
        Term::Class(names) if is_one_of(names, &["Date", "POSIXct", "difftime"]) => {
            Some(vector(Atomic::Double, false, true))
        }
        Term::Class(names) if is_one_of(names, &["data.frame", "POSIXlt"]) => Some(Type::list()),
        Term::Class(names) if is_one_of(names, &["array"]) => Some(term.clone().into()),
        Term::Class(_) | Term::Other(_) => None,
        other => Some(other.clone().into()),
    })
}

/// `unclass()`.
pub fn unclass(call: &Call<'_>) -> Option<Type> {
    stripped(&call.ty("x"))
}

/// `structure(x, class = "name")`.
pub fn structure(call: &Call<'_>) -> Option<Type> {
    if call.spread {
        return None;
    }
    let named = |name: &str| call.dots.iter().copied().find(|one| one.name == Some(name));
    let data = call.given(".Data")?.ty.clone();
    let shaped = match named("dim").or_else(|| named(".Dim")) {
        Some(dim) => with_dim(&data, dim),
        None => Some(data),
    };
    if let Some(class) = named("class").or_else(|| named(".Class")) {
        return with_class(&shaped.unwrap_or(Type::Any), class);
    }
    let shaped = shaped?;
    Some(if named("names").or_else(|| named(".Names")).is_some() { renamed(shaped) } else { shaped })
}

/// `class(x) <- value`.
pub fn class_set(call: &Call<'_>) -> Option<Type> {
    with_class(&call.ty("x"), call.given("value")?)
}

/// `attr(x, which) <- value`.
pub fn attribute_set(call: &Call<'_>) -> Option<Type> {
    let which = call.given("which")?.code?.string()?;
    let value = call.given("value")?;
    let x = call.ty("x");
    match which {
        "class" => with_class(&x, value),
        "dim" => with_dim(&x, value),
        "names" => Some(renamed(x)).filter(|ty| !ty.is_any()),
        "levels" | "tsp" => None,
        _ => Some(x).filter(|ty| !ty.is_any()),
    }
}

fn with_dim(x: &Type, value: &Operand<'_>) -> Option<Type> {
    each(x, |term| match term {
        Term::List(_) | Term::Record(_) => None,
        term => {
            let plain = Plain::of(term)?;
            let matrix: Type = Term::Matrix(plain.atomic).into();
            match value.code {
                Some(Expr::Null) => Plain { shape: plain.shape.min(Shape::Vector), ..plain }.ty(),
                Some(code) => Some(match extents(code) {
                    Some(2) => matrix,
                    Some(_) => Type::class("array"),
                    None => matrix.or(Type::class("array")),
                }),
                None => None,
            }
        }
    })
}

/// `dim(x) <- value`.
pub fn dim_set(call: &Call<'_>) -> Option<Type> {
    with_dim(&call.ty("x"), call.given("value")?)
}

/// A record that gets other names is a list.
fn renamed(ty: Type) -> Type {
    ty.map(|term| match &term {
        Term::Record(_) => one_of(&term).map_or(term, |inner| Term::List(Box::new(inner))),
        _ => term,
    })
}

/// `names(x) <- value`.
pub fn names_set(call: &Call<'_>) -> Option<Type> {
    let x = call.ty("x");
    let names = call.given("value").and_then(|value| value.code).and_then(strings);
    if let (Some(Term::Record(fields)), Some(names)) = (x.only(), names)
        && names.len() == fields.len()
    {
        let fields = names.into_iter().zip(fields.iter().map(|(_, ty)| ty.clone()));
        return Some(Term::Record(fields.collect()).into());
    }
    Some(renamed(x)).filter(|ty| !ty.is_any())
}

/// `length(x) <- value`.
pub fn length_set(call: &Call<'_>) -> Option<Type> {
    each(&call.ty("x"), |term| match term {
        Term::List(inner) => Some(Term::List(Box::new((**inner).clone().or_null())).into()),
        Term::Record(_) => Some(Term::List(Box::new(one_of(term)?.or_null())).into()),
        Term::Class(names) if is_one_of(names, &["factor", "Date", "POSIXct", "difftime"]) => {
            Some(term.clone().into())
        }
        term => {
            let plain = Plain::of(term)?;
            Plain { shape: Shape::Vector, na: true, ..plain }.ty()
        }
    })
}

/// `storage.mode(x) <- value`, `mode(x) <- value`.
pub fn mode_set(call: &Call<'_>) -> Option<Type> {
    let word = match call.slot("value") {
        Slot::Given(operand) => operand.code?.string()?,
        _ => return None,
    };
    let atomic = if word == "numeric" { Atomic::Double } else { Atomic::from_word(word)? };
    each(&call.ty("x"), |term| match term {
        Term::List(_) | Term::Record(_) | Term::Null => Some(vector(atomic, false, true)),
        term => {
            let plain = Plain::of(term)?;
            Plain { atomic: Some(atomic), ..plain }.ty()
        }
    })
}
