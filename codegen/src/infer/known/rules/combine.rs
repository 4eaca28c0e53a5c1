//! Putting values together.

use std::collections::BTreeSet;

use super::{Call, Plain, Shape, each, is_one_of, vector};
use crate::infer::known::Operand;
use crate::infer::known::call::Slot;
use crate::ir::types::{Atomic, Term, Type, Vector};

/// What a combination may be so far, by rank: R's order is raw, logical, …, character, list.
type Kinds = BTreeSet<Kind>;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Nothing,
    Raw,
    Of(Atomic),
    List,
}

fn kind(atomic: Atomic) -> Kind {
    if atomic == Atomic::Raw { Kind::Raw } else { Kind::Of(atomic) }
}

fn atomic(kind: Kind) -> Option<Atomic> {
    match kind {
        Kind::Raw => Some(Atomic::Raw),
        Kind::Of(atomic) => Some(atomic),
        Kind::Nothing | Kind::List => None,
    }
}

fn with(kinds: &Kinds, options: &Kinds) -> Kinds {
    kinds.iter().flat_map(|a| options.iter().map(|b| *a.max(b))).collect()
}

/// `c()`.
pub fn c(call: &Call<'_>) -> Option<Type> {
    if call.spread {
        return None;
    }
    if let Some(ty) = first_class(call) {
        return ty;
    }
    let mut kinds = Kinds::from([Kind::Nothing]);
    let mut elements = Type::never();
    let mut na = false;
    // The values that are known say what the others are.
    let some = call.dots.iter().any(|one| !one.ty.is_any() && !one.ty.takes_null());
    for operand in &call.dots {
        if operand.ty.is_any() {
            if call.likely && some {
                continue;
            }
            return None;
        }
        let mut options = Kinds::new();
        for term in operand.ty.terms() {
            match term {
                Term::Null => _ = options.insert(Kind::Nothing),
                Term::List(ty) => {
                    elements = elements.or((**ty).clone());
                    options.insert(Kind::List);
                }
                Term::Record(fields) => {
                    elements = fields.iter().fold(elements, |sum, (_, ty)| sum.or(ty.clone()));
                    options.insert(Kind::List);
                }
                Term::Function(_) | Term::Environment | Term::Code => {
                    elements = elements.or(term.clone().into());
                    options.insert(Kind::List);
                }
                // Not at the head, its codes or numbers go in.
                Term::Class(names) if is_one_of(names, &["factor"]) => {
                    options.insert(Kind::Of(Atomic::Integer));
                    na = true;
                }
                Term::Class(names) if is_one_of(names, &["Date", "POSIXct", "difftime"]) => {
                    options.insert(Kind::Of(Atomic::Double));
                    na = true;
                }
                term => {
                    let plain = Plain::of(term)?;
                    let of = plain
                        .atomic
                        .or((call.likely && plain.shape > Shape::Vector).then_some(Atomic::Double))?;
                    na |= plain.na;
                    elements = elements.or(vector(of, true, plain.na));
                    options.insert(kind(of));
                }
            }
        }
        kinds = with(&kinds, &options);
    }
    let scalar = match &call.dots[..] {
        [one] => one.ty.terms().all(|term| Plain::of(term).is_some_and(|plain| plain.shape == Shape::Scalar)),
        _ => false,
    };
    Some(
        kinds
            .into_iter()
            .map(|kind| match (kind, atomic(kind)) {
                (_, Some(atomic)) => Term::Vector(Vector { atomic, scalar, na }),
                (Kind::List, _) => Term::List(Box::new(elements.clone())),
                _ => Term::Null,
            })
            .collect(),
    )
}

/// Where the first operand has a class, it decides.
fn first_class(call: &Call<'_>) -> Option<Option<Type>> {
    let first = call.dots.first()?;
    let class = |term: &Term| matches!(term, Term::Class(_)) && Plain::of(term).is_none();
    if !first.ty.terms().any(class) {
        return None;
    }
    let same = |name: &str| {
        let is = |one: &Operand<'_>| {
            !one.ty.is_any()
                && one.ty.terms().all(|term| matches!(term, Term::Class(names) if is_one_of(names, &[name])))
        };
        let fits = match name {
            "factor" => call.dots.iter().all(|one| is(one)),
            _ => is(first),
        };
        fits.then(|| first.ty.clone())
    };
    Some(["factor", "Date", "POSIXct", "difftime", "noquote"].into_iter().find_map(same).or_else(|| {
        let frame = |term: &Term| matches!(term, Term::Class(names) if is_one_of(names, &["data.frame"]));
        first.ty.terms().all(frame).then(Type::list)
    }))
}

/// `list()`: a record where all elements are named.
pub fn list(call: &Call<'_>) -> Option<Type> {
    if call.spread {
        return Some(Type::list());
    }
    let mut names = BTreeSet::new();
    let named =
        call.dots.iter().all(|one| one.name.is_some_and(|name| !name.is_empty() && names.insert(name)));
    if named && !call.dots.is_empty() {
        let fields = call.dots.iter().map(|one| (one.name.unwrap_or_default().to_owned(), one.ty.clone()));
        return Some(Term::Record(fields.collect()).into());
    }
    let elements = call.dots.iter().fold(Type::never(), |sum, one| sum.or(one.ty.clone()));
    Some(Term::List(Box::new(elements)).into())
}

/// `unlist()`.
pub fn unlist(call: &Call<'_>) -> Option<Type> {
    each(&call.ty("x"), |term| match term {
        Term::List(elements) => {
            let (kinds, na) = leaves(elements)?;
            Some(flattened(kinds.into_iter().chain([Kind::Nothing]).collect(), na))
        }
        Term::Record(fields) => {
            let mut kinds = Kinds::from([Kind::Nothing]);
            let mut na = false;
            for (_, ty) in fields {
                let (options, more) = leaves(ty)?;
                kinds = with(&kinds, &options);
                na |= more;
            }
            Some(flattened(kinds, na))
        }
        Term::Class(names) if is_one_of(names, &["data.frame"]) => None,
        // What is no list comes back as it is.
        Term::Other(_) => None,
        other => Some(other.clone().into()),
    })
}

fn flattened(kinds: Kinds, na: bool) -> Type {
    kinds
        .into_iter()
        .map(|kind| match atomic(kind) {
            Some(atomic) => Term::Vector(Vector { atomic, scalar: false, na }),
            None => Term::Null,
        })
        .collect()
}

/// What remains of an element when a list is flattened.
fn leaves(ty: &Type) -> Option<(Kinds, bool)> {
    if ty.is_any() {
        return None;
    }
    let mut kinds = Kinds::new();
    let mut na = false;
    for term in ty.terms() {
        match term {
            Term::Null => _ = kinds.insert(Kind::Nothing),
            Term::List(inner) => {
                let (more, missing) = leaves(inner)?;
                kinds.extend(more);
                kinds.insert(Kind::Nothing);
                na |= missing;
            }
            Term::Record(fields) => {
                let mut all = Kinds::from([Kind::Nothing]);
                for (_, ty) in fields {
                    let (options, missing) = leaves(ty)?;
                    all = with(&all, &options);
                    na |= missing;
                }
                kinds.extend(all);
            }
            term => {
                let plain = Plain::of(term)?;
                kinds.insert(kind(plain.atomic?));
                na |= plain.na;
            }
        }
    }
    Some((kinds, na))
}

/// `cbind()` and `rbind()`: a matrix, or a data frame where one of the operands is one.
pub fn bind(call: &Call<'_>) -> Option<Type> {
    let is_frame = |term: &Term| matches!(term, Term::Class(names) if is_one_of(names, &["data.frame"]));
    if call.dots.iter().any(|one| one.ty.terms().next().is_some() && one.ty.terms().all(is_frame)) {
        return Some(Type::class("data.frame"));
    }
    if call.spread {
        return None;
    }
    let mut kinds = Some(Kinds::from([Kind::Nothing]));
    let mut frame = false;
    let mut some = false;
    for operand in &call.dots {
        if operand.ty.is_any() {
            return None;
        }
        let mut options = Some(Kinds::new());
        for term in operand.ty.terms() {
            let of = match term {
                Term::Null => Some(Kind::Nothing),
                Term::List(_) | Term::Record(_) => None,
                Term::Class(names) if is_one_of(names, &["data.frame"]) => {
                    frame = true;
                    continue;
                }
                Term::Class(names) if is_one_of(names, &["factor"]) => Some(Kind::Of(Atomic::Integer)),
                Term::Class(names) if is_one_of(names, &["Date", "POSIXct", "difftime"]) => {
                    Some(Kind::Of(Atomic::Double))
                }
                term => Plain::of(term)?.atomic.map(kind),
            };
            options = options.zip(of).map(|(mut options, of)| {
                options.insert(of);
                options
            });
        }
        some |= !operand.ty.takes_null();
        kinds = kinds
            .zip(options)
            .map(|(kinds, options)| if options.is_empty() { kinds } else { with(&kinds, &options) });
    }
    let mut ty: Type = match kinds {
        None => Term::Matrix(None).into(),
        Some(kinds) => kinds
            .into_iter()
            .filter(|kind| *kind != Kind::Nothing || !some)
            .map(|kind| atomic(kind).map_or(Term::Null, |atomic| Term::Matrix(Some(atomic))))
            .collect(),
    };
    if frame {
        ty.insert(Term::class("data.frame"));
    }
    Some(ty)
}

/// `switch()`: one of its arms, or NULL.
pub fn switch(call: &Call<'_>) -> Option<Type> {
    if call.spread {
        return None;
    }
    let mut ty = Type::never();
    let mut default = false;
    for arm in &call.dots {
        // `a = , b = 1`: the first falls through to the second.
        if arm.is_empty() {
            continue;
        }
        default |= arm.name.is_none();
        ty = ty.or(arm.ty.clone());
    }
    Some(if default { ty } else { ty.or_null() })
}

/// `ifelse()`: the shape of the test, elements of both.
pub fn ifelse(call: &Call<'_>) -> Option<Type> {
    let test = call.ty("test");
    let test = if test.is_any() && call.likely { super::vector_na(Atomic::Logical) } else { test };
    let values = [call.ty("yes"), call.ty("no")];
    let mut kinds: Vec<(Atomic, bool)> = Vec::new();
    for ty in &values {
        if ty.is_any() {
            return None;
        }
        for term in ty.terms() {
            match term {
                Term::Null => {}
                Term::Class(names) if is_one_of(names, &["factor"]) => kinds.push((Atomic::Integer, true)),
                Term::Class(names) if is_one_of(names, &["Date", "POSIXct", "difftime"]) => {
                    kinds.push((Atomic::Double, true));
                }
                term => {
                    let plain = Plain::of(term)?;
                    kinds.push((plain.atomic?, plain.na));
                }
            }
        }
    }
    each(&test, |term| {
        let test = Plain::of(term)?;
        let parts: Option<Vec<Type>> = kinds
            .iter()
            .map(|&(atomic, na)| Plain { atomic: Some(atomic), shape: test.shape, na: na || test.na }.ty())
            .collect();
        Some(parts?.into_iter().fold(Type::never(), Type::or))
    })
}

/// `paste()`, `sprintf()`, `file.path()`: text as long as the longest operand.
pub fn paste(call: &Call<'_>) -> Option<Type> {
    let one = |operand: &Operand<'_>| {
        !operand.ty.is_any()
            && operand.ty.terms().next().is_some()
            && operand
                .ty
                .terms()
                .all(|term| Plain::of(term).is_some_and(|plain| plain.shape == Shape::Scalar))
    };
    let collapsed = match call.slot("collapse") {
        Slot::Given(operand) => one(operand),
        _ => false,
    };
    let mut all: Vec<&Operand<'_>> = call.dots.clone();
    all.extend(call.given("fmt"));
    let scalar = collapsed || (!call.spread && !all.is_empty() && all.iter().all(|operand| one(operand)));
    Some(vector(Atomic::Character, scalar, false))
}
