//! `[`, `[[`, `$`, and assigning to them.

use super::shape::{KEPT, one_of};
use super::{Call, Plain, Shape, each, is_one_of, number, strings, vector, vector_na};
use crate::infer::known::Operand;
use crate::ir::code::Expr;
use crate::ir::types::{Atomic, Term, Type, Vector};

/// How much an index picks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Picks {
    All,
    One,
    /// One, unless it is 0 or negative.
    PerhapsOne,
    Some,
}

fn picks(operand: &Operand<'_>) -> Picks {
    if operand.is_empty() {
        return Picks::All;
    }
    match operand.code {
        Some(Expr::String(Some(_))) => return Picks::One,
        Some(code) => {
            if let Some(value) = number(code) {
                return if value >= 1.0 { Picks::One } else { Picks::Some };
            }
        }
        None => {}
    }
    let mut all = operand.ty.terms().peekable();
    if all.peek().is_none() {
        return Picks::Some;
    }
    let plain: Option<Vec<Plain>> = all.map(Plain::of).collect();
    match plain {
        Some(plain) if plain.iter().all(|one| one.shape == Shape::Scalar) => {
            if plain.iter().all(|one| one.atomic == Some(Atomic::Character)) {
                Picks::One
            } else if plain.iter().all(|one| one.atomic != Some(Atomic::Logical)) {
                Picks::PerhapsOne
            } else {
                Picks::Some
            }
        }
        _ => Picks::Some,
    }
}

/// What is subset, the indices, and `drop`.
struct Parts<'a> {
    x: &'a Operand<'a>,
    indices: Vec<&'a Operand<'a>>,
    /// `None` where it is not known.
    drop: Option<bool>,
}

fn parts<'a>(call: &Call<'a>, last: usize) -> Option<Parts<'a>> {
    let (x, rest) = call.operands.split_first()?;
    let rest = &rest[..rest.len().checked_sub(last)?];
    let mut drop = Some(true);
    let mut indices = Vec::new();
    for operand in rest {
        match operand.name {
            Some("drop") => {
                drop = match operand.code {
                    Some(Expr::Logical(value)) => *value,
                    _ => None,
                };
            }
            Some("exact") => {}
            _ if operand.ty.only() == Some(&Term::Dots) => return None,
            _ => indices.push(operand),
        }
    }
    Some(Parts { x, indices, drop })
}

/// `x[i]`, `x[i, j]`.
pub fn subset(call: &Call<'_>) -> Option<Type> {
    let Parts { x, indices, drop } = parts(call, 0)?;
    let picked: Vec<Picks> = indices.iter().map(|one| picks(one)).collect();
    // An index that is NA picks NA.
    let missing =
        indices.iter().any(|one| one.ty.terms().any(|term| Plain::of(term).is_some_and(|one| one.na)));
    let is_one = |at: usize| picked[at] == Picks::One || (call.likely && picked[at] == Picks::PerhapsOne);
    if indices.is_empty() || picked[..] == [Picks::All] {
        return Some(x.ty.clone()).filter(|ty| !ty.is_any());
    }
    each(&x.ty, |term| match term {
        Term::Null => Some(Type::null()),
        Term::Vector(found) => {
            let scalar = indices.len() == 1 && is_one(0);
            Some(Term::Vector(Vector { scalar, na: found.na || missing, ..*found }).into())
        }
        Term::Literal(_) => Some(vector(Atomic::Character, is_one(0), missing)),
        Term::List(_) => Some(term.clone().into()),
        Term::Record(fields) => Some(record(fields, indices[0])),
        Term::Code => Some(Term::Code.into()),
        Term::Matrix(elements) => {
            let atomic = elements.or(call.likely.then_some(Atomic::Double));
            let matrix: Type = Term::Matrix(*elements).into();
            match picked.len() {
                1 => Some(vector(atomic?, is_one(0), true)),
                2 if drop == Some(false) => Some(matrix),
                2 => {
                    let whole = matrix.or(vector(atomic?, false, true));
                    Some(match (is_one(0), is_one(1)) {
                        _ if drop.is_none() => whole,
                        (true, true) => vector(atomic?, true, true),
                        (true, false) | (false, true) => vector(atomic?, false, true),
                        // x[i, j] with vectors: usually a matrix, a vector where one of them picks one.
                        (false, false) => whole,
                    })
                }
                _ => Some(Type::never()),
            }
        }
        Term::Class(names) if is_one_of(names, &["data.frame"]) => frame(call, term, &indices, drop),
        Term::Class(names) if is_one_of(names, KEPT) => Some(term.clone().into()),
        _ => None,
    })
}

/// `df["x"]` and `df[i, , drop = FALSE]` are data frames; of `df[i, ]` with one column R makes a vector.
fn frame(call: &Call<'_>, term: &Term, indices: &[&Operand<'_>], drop: Option<bool>) -> Option<Type> {
    let same = || Some(term.clone().into());
    match indices {
        [one] => {
            let vector = !one.ty.is_any()
                && one
                    .ty
                    .terms()
                    .all(|term| Plain::of(term).is_some_and(|plain| plain.shape <= Shape::Vector));
            if vector || call.likely { same() } else { None }
        }
        [_, _] if drop == Some(false) => same(),
        [_, columns] if call.likely && picks(columns) == Picks::All => same(),
        _ => None,
    }
}

fn record(fields: &[(String, Type)], index: &Operand<'_>) -> Type {
    if let Some(names) = index.code.and_then(strings) {
        let found: Option<Vec<(String, Type)>> =
            names.iter().map(|name| fields.iter().find(|(field, _)| field == name).cloned()).collect();
        if let Some(found) = found {
            return Term::Record(found).into();
        }
    }
    let all = fields.iter().fold(Type::null(), |sum, (_, ty)| sum.or(ty.clone()));
    Term::List(Box::new(all)).into()
}

/// `x[[i]]`, `x[[i, j]]`.
pub fn element(call: &Call<'_>) -> Option<Type> {
    let Parts { x, indices, .. } = parts(call, 0)?;
    let index = *indices.first()?;
    each(&x.ty, |term| match term {
        Term::Null => Some(Type::null()),
        Term::Vector(_) | Term::Literal(_) | Term::Matrix(Some(_)) => one_of(term),
        Term::List(_) | Term::Record(_) if indices.len() > 1 => None,
        Term::Record(fields) => {
            if let Some(name) = index.code.and_then(Expr::string) {
                let found = fields.iter().find(|(field, _)| field == name);
                return Some(found.map_or_else(Type::null, |(_, ty)| ty.clone()));
            }
            if let Some(at) = index.code.and_then(number) {
                let field = (at >= 1.0).then(|| fields.get(at as usize - 1)).flatten();
                return Some(field.map_or_else(Type::never, |(_, ty)| ty.clone()));
            }
            list_element(&one_of(term)?, index)
        }
        Term::List(inner) => list_element(inner, index),
        Term::Class(names) if is_one_of(names, KEPT) => Some(term.clone().into()),
        _ => None,
    })
}

/// An element of a list: one that is asked for by a name may not be there, and an index of several goes into the depth.
fn list_element(inner: &Type, index: &Operand<'_>) -> Option<Type> {
    if inner.is_any() {
        return None;
    }
    let by_name = index.ty.is_any()
        || index.ty.terms().any(|term| match term {
            Term::Literal(_) => true,
            Term::Vector(vector) => vector.atomic == Atomic::Character,
            _ => false,
        });
    let nested = inner.terms().any(|term| matches!(term, Term::List(_) | Term::Record(_)));
    if nested && picks(index) == Picks::Some {
        return None;
    }
    Some(if by_name { inner.clone().or_null() } else { inner.clone() })
}

/// The name behind `$` or `@`.
fn field_name<'a>(operand: &Operand<'a>) -> Option<&'a str> {
    let code = operand.code?;
    code.symbol().or_else(|| code.string())
}

/// `x$name`.
pub fn dollar(call: &Call<'_>) -> Option<Type> {
    let [x, name] = call.operands else { return None };
    let name = field_name(name)?;
    each(&x.ty, |term| match term {
        Term::Null => Some(Type::null()),
        Term::Record(fields) => {
            if let Some((_, ty)) = fields.iter().find(|(field, _)| field == name) {
                return Some(ty.clone());
            }
            // R completes the beginning of a name, if it is the only one.
            let mut begun = fields.iter().filter(|(field, _)| field.starts_with(name));
            match (begun.next(), begun.next()) {
                (Some((_, ty)), None) => Some(ty.clone()),
                _ => Some(Type::null()),
            }
        }
        Term::List(inner) if !inner.is_any() => Some((**inner).clone().or_null()),
        Term::Vector(_) | Term::Literal(_) | Term::Matrix(Some(_)) | Term::Function(_) => Some(Type::never()),
        _ => None,
    })
}

/// What a list becomes when an element is set.
fn set(term: &Term, name: Option<&str>, value: &Type) -> Option<Type> {
    let removes = value.only() == Some(&Term::Null);
    Some(match (term, name) {
        (Term::Record(fields), Some(name)) => {
            let mut fields = fields.clone();
            let at = fields.iter().position(|(field, _)| field == name);
            match at {
                Some(at) if removes => _ = fields.remove(at),
                None if removes => {}
                // NULL takes the element away, another value sets it.
                _ if value.takes_null() => return as_list(term, value),
                Some(at) => fields[at].1 = value.clone(),
                None => fields.push((name.to_owned(), value.clone())),
            }
            Term::Record(fields).into()
        }
        // An empty list that is filled by name.
        (Term::List(inner), Some(name)) if inner.is_never() && !value.takes_null() => {
            Term::Record(vec![(name.to_owned(), value.clone())]).into()
        }
        _ => return as_list(term, value),
    })
}

fn as_list(term: &Term, value: &Type) -> Option<Type> {
    let inner = one_of(term)?;
    Some(Term::List(Box::new(inner.or(value.clone().without_null()))).into())
}

/// `x$name <- value`.
pub fn dollar_set(call: &Call<'_>) -> Option<Type> {
    let [x, name, value] = call.operands else { return None };
    let name = field_name(name);
    each(&x.ty, |term| match term {
        Term::Record(_) | Term::List(_) => set(term, name, &value.ty),
        Term::Null => match name {
            Some(name) if !value.ty.takes_null() => {
                Some(Term::Record(vec![(name.to_owned(), value.ty.clone())]).into())
            }
            _ => Some(Type::list().or_null()),
        },
        // An object keeps its class.
        Term::Class(names) if Plain::of(term).is_none() && !is_one_of(names, &["factor"]) => {
            Some(term.clone().into())
        }
        Term::Environment | Term::Other(_) => Some(term.clone().into()),
        Term::Vector(_) | Term::Literal(_) => Some(Type::list()),
        _ => None,
    })
}

/// `x[[i]] <- value`.
pub fn element_set(call: &Call<'_>) -> Option<Type> {
    let Parts { x, indices, .. } = parts(call, 1)?;
    let value = call.operands.last()?;
    let [index, ..] = indices[..] else { return None };
    each(&x.ty, |term| match term {
        Term::Record(_) | Term::List(_) if indices.len() == 1 => {
            set(term, index.code.and_then(Expr::string), &value.ty)
        }
        Term::Environment => Some(term.clone().into()),
        Term::Class(_) if Plain::of(term).is_none() => Some(term.clone().into()),
        Term::Null => {
            let one: Option<Vec<Plain>> =
                if value.ty.is_any() { None } else { value.ty.terms().map(Plain::of).collect() };
            match one {
                Some(all) if all.iter().all(|one| one.shape == Shape::Scalar) => {
                    Some(value.ty.clone().vectors())
                }
                Some(_) => Some(Term::List(Box::new(value.ty.clone())).into()),
                None => None,
            }
        }
        _ => replaced(call, term, value),
    })
}

/// `x[i] <- value`, `x[i, j] <- value`.
pub fn subset_set(call: &Call<'_>) -> Option<Type> {
    let Parts { x, .. } = parts(call, 1)?;
    let value = call.operands.last()?;
    each(&x.ty, |term| match term {
        Term::Record(_) | Term::List(_) => {
            let inner = one_of(term)?;
            let more = each(&value.ty, one_of).unwrap_or(Type::Any);
            Some(Term::List(Box::new(inner.or(more))).into())
        }
        Term::Class(_) if Plain::of(term).is_none() => Some(term.clone().into()),
        Term::Null => each(&value.ty, |value| match value {
            Term::Null | Term::List(_) => Some(value.clone().into()),
            value => {
                let plain = Plain::of(value)?;
                Plain { shape: Shape::Vector, na: true, ..plain }.ty()
            }
        }),
        _ => replaced(call, term, value),
    })
}

/// A vector or matrix after some of its elements became others: the wider type of both.
fn replaced(call: &Call<'_>, term: &Term, value: &Operand<'_>) -> Option<Type> {
    let plain = Plain::of(term)?;
    let ty = match &value.ty {
        Type::Any if call.likely => vector_na(plain.atomic.unwrap_or(Atomic::Double)),
        ty => ty.clone(),
    };
    each(&ty, |value| {
        let other = match value {
            // x[i] <- NULL is an error, also of nothing.
            Term::Null => return Some(Type::never()),
            Term::List(_) | Term::Record(_) => {
                let inner = one_of(term)?.or(one_of(value)?);
                return match plain.shape {
                    Shape::Scalar | Shape::Vector => Some(Term::List(Box::new(inner)).into()),
                    Shape::Matrix => Some(Term::Matrix(None).into()),
                    Shape::Array => Some(Type::class("array")),
                };
            }
            // Its codes go in.
            Term::Class(names) if is_one_of(names, &["factor"]) => Some(Atomic::Integer),
            Term::Class(names) if is_one_of(names, &["Date", "POSIXct", "difftime"]) => Some(Atomic::Double),
            value => Plain::of(value)?.atomic,
        };
        let na = plain.na || Plain::of(value).is_none_or(|one| one.na);
        // It may have grown.
        let shape = plain.shape.max(Shape::Vector);
        Plain { atomic: plain.atomic.zip(other).map(|(a, b)| a.max(b)), shape, na }.ty()
    })
}
