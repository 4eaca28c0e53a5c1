//! What a function returns.

use super::documentation::SaidOfValue;
use super::flow::observed::Observed;
use crate::ir::code::one_line;
use crate::ir::types::{Term, Type};
use crate::ir::{Confidence, Evidence, Position, Source};

/// How long the code that a piece of evidence quotes may be.
const PLACE: usize = 100;

/// The result of a function, from the ends of its body, the methods of a generic, and the help.
pub fn returns(observed: Option<&Observed<'_>>, methods: Option<Type>, said: &SaidOfValue) -> Position {
    let mut evidence = Vec::new();
    let mut known = Type::never();
    let mut unknown = false;
    let mut ends = 0;
    if let Some(observed) = observed {
        for (value, code) in &observed.exits {
            ends += 1;
            let ty = &value.ty;
            if ty.is_any() {
                unknown = true;
                continue;
            }
            known = known.or(ty.clone());
            evidence.push(Evidence {
                source: Source::Body,
                ty: ty.clone(),
                strength: Confidence::Strong,
                alternative: false,
                place: one_line(code, PLACE),
            });
        }
    }
    if let Some(ty) = methods {
        ends += 1;
        if ty.is_any() {
            unknown = true;
        } else {
            evidence.push(Evidence {
                source: Source::Registration,
                ty: ty.clone(),
                strength: Confidence::Likely,
                alternative: false,
                place: "the methods of the generic".to_owned(),
            });
            known = known.or(ty);
        }
    }
    let words = said.whole.ty.clone();
    if let Some(ty) = &words {
        evidence.push(Evidence {
            source: Source::Documentation,
            ty: ty.clone(),
            strength: if said.whole.plain { Confidence::Likely } else { Confidence::Weak },
            alternative: false,
            place: said.whole.place.clone(),
        });
    }
    evidence.sort_by(|a, b| b.strength.cmp(&a.strength).then_with(|| a.cmp(b)));
    evidence.dedup();
    let stops =
        observed.is_some_and(|one| one.exits.is_empty() && one.dispatches.is_none() && !one.standard_generic);
    // Only calls of itself: nothing is known.
    let circular = known.is_never() && !stops;
    let (ty, confidence) = if (ends > 0 || stops) && !unknown && !circular {
        (known, Confidence::Strong)
    } else {
        match words {
            Some(words) => {
                let strength = if said.whole.plain { Confidence::Likely } else { Confidence::Weak };
                (known.or(words), strength)
            }
            None if said.nothing => (known.or(Type::null()), Confidence::Weak),
            None => (Type::Any, Confidence::None),
        }
    };
    let ty = simplified(with_components(ty, said));
    let confidence = if ty.is_any() { Confidence::None } else { confidence };
    Position { ty, confidence, evidence }
}

/// A list whose components the help names is a record.
fn with_components(ty: Type, said: &SaidOfValue) -> Type {
    if said.components.is_empty() {
        return ty;
    }
    let component = |name: &str| {
        said.components.iter().find(|(one, _)| one == name).and_then(|(_, said)| said.ty.clone())
    };
    match ty.only() {
        Some(Term::List(element)) if element.is_any() => {
            let fields = said
                .components
                .iter()
                .map(|(name, said)| (name.clone(), said.ty.clone().unwrap_or(Type::Any)));
            Term::Record(fields.collect()).into()
        }
        Some(Term::Record(fields)) => {
            let fields = fields.iter().map(|(name, ty)| {
                let ty = if ty.is_any() { component(name).unwrap_or(Type::Any) } else { ty.clone() };
                (name.clone(), ty)
            });
            Term::Record(fields.collect()).into()
        }
        _ => ty,
    }
}

/// A union of very many classes or records says no more than that it is one of them.
fn simplified(ty: Type) -> Type {
    let records = ty.terms().filter(|term| matches!(term, Term::Record(_) | Term::List(_))).count();
    if records > 1 {
        let element = Type::list();
        return ty.filter(|term| !matches!(term, Term::Record(_) | Term::List(_))).or(element);
    }
    ty
}
