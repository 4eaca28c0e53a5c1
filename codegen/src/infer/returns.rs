//! What a function returns.

use super::documentation::SaidOfValue;
use super::flow::observed::Observed;
use crate::ir::code::Expr;
use crate::ir::types::{Term, Type, Vector};
use crate::ir::{Confidence, Evidence, Position, Source};

/// What is known about a function's result.
pub struct Collected<'a, 'o> {
    /// The walk over the body.
    pub observed: Option<&'o Observed<'a>>,
    /// What the methods of a generic give together: [`Type::Any`] where that of one of them is not known.
    pub methods: Option<Type>,
    /// What R's documentation promises of the methods of a generic.
    pub promised: Option<(Type, String)>,
    /// The page.
    pub said: &'o SaidOfValue,
    /// The argument that the page names as what comes back, and its type.
    pub same: Option<(String, Type)>,
    /// The text of code.
    pub quoted: &'o dyn Fn(&Expr) -> String,
}

/// The result of a function, from the ends of its body, the methods of a generic, and the help. `guess` gives what the ends of
/// the body most likely are: it is asked where nothing better is known.
pub fn returns<'a>(collected: Collected<'a, '_>, guess: impl FnOnce() -> Vec<(Type, &'a Expr)>) -> Position {
    let Collected { observed, methods, promised, said, same, quoted } = collected;
    let mut evidence = Vec::new();
    let mut known = Type::never();
    let mut unknown = false;
    let mut ends = 0;
    let mut note = |source, ty: &Type, strength, place: String| {
        evidence.push(Evidence { source, ty: ty.clone(), strength, alternative: false, place });
    };
    for (value, code) in observed.iter().flat_map(|one| &one.exits) {
        ends += 1;
        if value.ty.is_any() {
            unknown = true;
            continue;
        }
        known = known.or(value.ty.clone());
        note(Source::Body, &value.ty, Confidence::Strong, quoted(code));
    }
    if let Some(ty) = methods {
        ends += 1;
        if ty.is_any() {
            unknown = true;
        } else {
            note(Source::Registration, &ty, Confidence::Likely, "the methods of the generic".to_owned());
            known = known.or(ty);
        }
    }
    if let Some((name, ty)) = &same {
        note(Source::Documentation, ty, Confidence::Likely, format!("{name}: {}", said.whole.place));
    }
    let words = said.whole.ty.clone();
    if let Some(ty) = &words {
        let strength = if said.whole.plain { Confidence::Likely } else { Confidence::Weak };
        note(Source::Documentation, ty, strength, said.whole.place.clone());
    }
    let stops = observed.is_some_and(|one| {
        one.exits.is_empty() && one.dispatches.is_none() && one.standard_generic.is_none()
    });
    // Only calls of itself: nothing is known.
    let circular = known.is_never() && !stops;
    let (ty, confidence) = if (ends > 0 || stops) && !unknown && !circular {
        (known, Confidence::Strong)
    } else if let Some((_, ty)) = same {
        (known.or(ty), Confidence::Likely)
    } else if let Some(words) = words.clone().filter(|_| said.whole.plain) {
        (known.or(words), Confidence::Likely)
    } else {
        let mut guessed = Type::never();
        for (ty, code) in guess() {
            if !ty.is_any() && !known.takes(&ty) {
                note(Source::Body, &ty, Confidence::Weak, quoted(code));
            }
            guessed = guessed.or(ty);
        }
        if let Some((ty, place)) = &promised {
            note(Source::Knowledge, ty, Confidence::Weak, place.clone());
        }
        // A list in the code may well get its class on the way; and what comes back "if" is not all that does.
        let object = |ty: &Type| ty.terms().any(|term| matches!(term, Term::Class(_)));
        let bare = guessed.terms().any(|term| matches!(term, Term::List(_) | Term::Record(_)));
        let guessed = if words.as_ref().is_some_and(object) && bare { Type::Any } else { guessed };
        let words = words.filter(|_| !is_conditional(&said.whole.place));
        match (promised, words) {
            _ if !guessed.is_any() && !guessed.is_never() => (guessed, Confidence::Weak),
            (_, Some(words)) => (known.or(words), Confidence::Weak),
            (Some((ty, _)), None) => (known.or(ty), Confidence::Weak),
            (None, None) if said.nothing => (known.or(Type::null()), Confidence::Weak),
            (None, None) => (Type::Any, Confidence::None),
        }
    };
    let ty = match &said.whole.ty {
        Some(words) => as_said(ty, words),
        None => ty,
    };
    evidence.sort_by(|a, b| b.strength.cmp(&a.strength).then_with(|| a.cmp(b)));
    evidence.dedup();
    let ty = simplified(with_components(ty, said));
    let confidence = if ty.is_any() { Confidence::None } else { confidence };
    Position { ty, confidence, evidence }
}

/// The help knows how many elements there are: "a number", where the code may give any number of them.
fn as_said(ty: Type, words: &Type) -> Type {
    let Some(Term::Vector(word)) = words.only() else { return ty };
    if !word.scalar {
        return ty;
    }
    ty.map(|term| match term {
        Term::Vector(found) if word.atomic.takes(found.atomic) => {
            Term::Vector(Vector { scalar: true, ..found })
        }
        other => other,
    })
}

/// Whether a text begins with a condition.
fn is_conditional(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default().to_lowercase();
    matches!(first.as_str(), "if" | "when" | "for" | "depending" | "unless")
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
