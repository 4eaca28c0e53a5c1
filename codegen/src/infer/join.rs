//! From evidence to a type.
//!
//! Soundness comes first: a type that refuses a valid call is worse than a wide one. Checks, registrations and defaults are the
//! core; tests that choose a branch add to it; documentation widens it within its own kind, and supplies the whole only where
//! the code says nothing; signs from mere use count only where nothing else does.

use std::collections::BTreeSet;

use super::documentation::Said;
use super::flow::observed::{ParameterSigns, Sign};
use super::size;
use crate::ir::code::{Expr, Formal};
use crate::ir::types::{Arrow, Atomic, Term, Type, Vector};
use crate::ir::{Confidence, Dots, Evidence, Mode, Parameter, Position, Source};

/// What there is to join for one parameter.
pub struct Collected<'a> {
    /// The formal argument.
    pub formal: &'a Formal,
    /// What the body shows.
    pub signs: &'a ParameterSigns<'a>,
    /// The type of its default, where it has one that is known.
    pub default: Option<Type>,
    /// The classes for which the function is registered, when this is the argument that selects the method.
    pub registered: Option<(Type, String)>,
    /// What the help says.
    pub said: Said,
    /// What the package's own functions hand to it, and whether that is all that they do.
    pub given: Option<(Type, bool)>,
    /// What the package's other parameters of this name are.
    pub namesakes: Option<Type>,
    /// Whether other packages can make a generic take more here.
    pub open: bool,
    /// What the methods of a generic take at this place.
    pub methods: Option<Type>,
}

/// A parameter's evidence, and the type that it supports; `quoted` is the text of code.
pub fn parameter(collected: &Collected<'_>, quoted: &dyn Fn(&Expr) -> String) -> Parameter {
    let Collected { formal, signs, .. } = collected;
    let mut evidence = evidence(collected, quoted);
    let mode = mode(signs);
    let optional = formal.default.is_some() || signs.may_be_missing;
    let mut choices = Vec::new();
    let (ty, confidence) = if mode == Mode::Value {
        decide(collected, &mut choices)
    } else {
        (Term::Code.into(), Confidence::Strong)
    };
    if let (Mode::Code | Mode::Masked, Some(place)) = (mode, signs.masked.or(signs.quoted)) {
        evidence.push(Evidence {
            source: Source::Body,
            ty: Term::Code.into(),
            strength: Confidence::Strong,
            alternative: false,
            place: quoted(place),
        });
    }
    evidence.sort_by(|a, b| b.strength.cmp(&a.strength).then_with(|| a.cmp(b)));
    evidence.dedup();
    Parameter {
        name: formal.name.to_string(),
        optional,
        open: collected.open,
        mode,
        position: Position { ty, confidence, evidence },
        choices,
        dots: None,
    }
}

/// A parameter that takes everything, whatever else is said about it.
pub fn anything(collected: &Collected<'_>, quoted: &dyn Fn(&Expr) -> String) -> Parameter {
    let found = parameter(collected, quoted);
    let position = Position { ty: Type::Any, confidence: Confidence::None, ..found.position };
    Parameter { position, ..found }
}

/// The parameter `...`.
pub fn dots(observed: &super::flow::observed::Observed<'_>) -> Parameter {
    let dots = if !observed.forwarded.is_empty() {
        Dots::Forwarded(observed.forwarded.iter().cloned().collect())
    } else if observed.collected {
        Dots::Collected
    } else {
        Dots::Ignored
    };
    Parameter {
        name: "...".to_owned(),
        optional: true,
        open: false,
        mode: Mode::Value,
        position: Position { ty: Term::Dots.into(), confidence: Confidence::Hard, evidence: Vec::new() },
        choices: Vec::new(),
        dots: Some(dots),
    }
}

fn mode(signs: &ParameterSigns<'_>) -> Mode {
    match (signs.quoted, signs.masked, signs.evaluated) {
        (_, Some(_), false) => Mode::Masked,
        (Some(_), None, false) => Mode::Code,
        _ => Mode::Value,
    }
}

/// Everything that was said, as it is shown to users.
fn evidence(collected: &Collected<'_>, quoted: &dyn Fn(&Expr) -> String) -> Vec<Evidence> {
    let Collected { formal, signs, default, registered, said, methods, .. } = collected;
    let mut out = Vec::new();
    let mut push = |source, ty: &Type, strength, alternative, place: String| {
        out.push(Evidence { source, ty: ty.clone(), strength, alternative, place });
    };
    if let Some((ty, place)) = registered {
        push(Source::Registration, ty, Confidence::Strong, false, place.clone());
    }
    if let (Some(ty), Some(code)) = (default, &formal.default) {
        push(Source::Default, ty, Confidence::Strong, false, quoted(code));
    }
    if let Some(ty) = methods {
        push(Source::Registration, ty, Confidence::Strong, true, "the methods of the generic".to_owned());
    }
    if let Some((strings, several, place)) = &signs.choices {
        let ty = enumeration(strings, *several);
        push(Source::Check, &ty, Confidence::Hard, false, quoted(place));
    }
    for sign in &signs.signs {
        push(sign.source, &sign.ty, sign.strength, sign.alternative, quoted(sign.place));
    }
    if let Some(place) = signs.may_be_null {
        push(Source::Branch, &Type::null(), Confidence::Strong, true, quoted(place));
    }
    if let Some((ty, _)) = &collected.given {
        push(Source::Caller, ty, Confidence::Weak, false, "the package's own calls".to_owned());
    }
    if let Some(ty) = &collected.namesakes {
        let place = format!("other parameters that are called {}", formal.name);
        push(Source::Namesake, ty, Confidence::Weak, false, place);
    }
    if let Some(ty) = &said.ty {
        let strength = if said.plain { Confidence::Likely } else { Confidence::Weak };
        push(Source::Documentation, ty, strength, false, said.place.clone());
    }
    out
}

fn enumeration(strings: &[String], several: bool) -> Type {
    if several {
        return Type::vector(Atomic::Character);
    }
    strings.iter().map(|one| Term::Literal(one.clone())).collect()
}

/// A number is taken where an integer is; a record is taken as any list; a literal string as any string.
fn as_input(ty: &Type) -> Type {
    plain(ty).map(|term| match term {
        Term::Vector(vector) if matches!(vector.atomic, Atomic::Integer | Atomic::Double) => {
            Term::Vector(Vector { atomic: Atomic::Double, na: false, ..vector })
        }
        Term::Vector(vector) => Term::Vector(Vector { na: false, ..vector }),
        Term::Record(_) | Term::List(_) => Term::List(Box::new(Type::Any)),
        Term::Literal(_) => Term::Vector(Vector::scalar(Atomic::Character)),
        Term::Function(_) => Term::Function(None),
        other => other,
    })
}

/// What R's own functions take or give is often a vector or one of many classes of the same make: the vector is what is meant.
fn plain(ty: &Type) -> Type {
    const MAKES: &[&str] = &[
        "array",
        "data.frame",
        "Date",
        "POSIXct",
        "POSIXlt",
        "difftime",
        "factor",
        "ordered",
        "ts",
        "noquote",
        "numeric_version",
        "table",
        "AsIs",
    ];
    let is_make = |term: &&Term| match term {
        Term::Matrix(_) => true,
        Term::Class(names) => names.iter().all(|name| MAKES.contains(&name.as_str())),
        _ => false,
    };
    let vectors = ty.terms().filter(|term| family(term) != 0).count();
    let others: Vec<&Term> = ty.terms().filter(|term| family(term) == 0 && **term != Term::Null).collect();
    if vectors == 0 || others.len() < 2 || !others.iter().all(is_make) {
        return ty.clone();
    }
    ty.clone().filter(|term| family(term) != 0 || *term == Term::Null).map(|term| match term {
        Term::Vector(vector) if vector.atomic == Atomic::Complex => {
            Term::Vector(Vector { atomic: Atomic::Double, ..vector })
        }
        other => other,
    })
}

/// Whether a weak sign says something: three kinds of vectors at once say nothing.
fn says_something(ty: &Type) -> bool {
    let kinds: BTreeSet<u8> = ty.terms().map(family).filter(|kind| *kind != 0).collect();
    kinds.len() < 3
}

/// A default as an input. NA of type logical stands for what is not known yet: it says nothing.
fn without_na(ty: Type) -> Type {
    as_input(
        &ty.filter(|term| !matches!(term, Term::Vector(Vector { atomic: Atomic::Logical, na: true, .. }))),
    )
}

/// What satisfies two requirements.
fn meet(a: Type, b: Type) -> Type {
    if a.is_any() || a.takes(&b) {
        return b;
    }
    if b.is_any() || b.takes(&a) {
        return a;
    }
    match (a.only(), b.only()) {
        (Some(Term::Vector(vector)), Some(Term::Matrix(_)))
        | (Some(Term::Matrix(_)), Some(Term::Vector(vector))) => Term::Matrix(Some(vector.atomic)).into(),
        _ => a.or(b),
    }
}

/// The kinds of values that are alike.
pub fn family(term: &Term) -> u8 {
    match term {
        Term::Vector(Vector { atomic: Atomic::Logical, .. }) => 1,
        Term::Vector(Vector { atomic: Atomic::Character, .. }) | Term::Literal(_) => 3,
        Term::Vector(Vector { atomic: Atomic::Raw, .. }) => 4,
        Term::Vector(_) => 2,
        _ => 0,
    }
}

fn decide(collected: &Collected<'_>, choices: &mut Vec<String>) -> (Type, Confidence) {
    let Collected { formal, signs, default, registered, said, methods, .. } = collected;
    let of = |wanted: &dyn Fn(&Sign<'_>) -> bool| {
        let found = signs.signs.iter().filter(|sign| wanted(sign));
        found.fold(Type::never(), |ty, sign| ty.or(as_input(&sign.ty)))
    };
    let of_raw = |wanted: &dyn Fn(&Sign<'_>) -> bool| {
        let found = signs.signs.iter().filter(|sign| wanted(sign));
        found.fold(Type::never(), |ty, sign| ty.or(sign.ty.clone()))
    };
    let alternatives = of(&|sign| sign.alternative && sign.source != Source::Callee);
    let fallback = without_na(of_raw(&|sign: &Sign<'_>| sign.source == Source::Default));
    let checks = signs.signs.iter().filter(|sign| sign.source == Source::Check && !sign.alternative);
    let hard = checks.clone().any(|sign| sign.strength == Confidence::Hard);
    let null_checked = checks.clone().any(|sign| sign.ty.takes_null());
    let checked = checks.map(|sign| as_input(&sign.ty)).reduce(meet).filter(|ty| *ty != Type::null());
    let given =
        collected.given.as_ref().map_or_else(Type::never, |(ty, _)| as_input(&ty.clone().without_null()));
    // A union of very many kinds is what is left of knowing little.
    let given = given.filter(|term| *term != Term::Code);
    let given = if given.terms().count() > 3 || !says_something(&given) { Type::never() } else { given };
    // NA stands for "not given": the default says nothing about what else is taken.
    let na_default = matches!(formal.default, Some(Expr::Logical(None)));
    let computed = matches!(formal.default, Some(Expr::Call(_) | Expr::Symbol(_)));
    let default_ty = default
        .as_ref()
        .map(|ty| without_na(ty.clone().without_null()))
        .filter(|ty| !ty.is_never() && !ty.is_any() && !na_default);
    let is_flag = matches!(formal.default, Some(Expr::Logical(Some(_))));
    let may_be_null = signs.may_be_null.is_some() && !signs.must_not_be_null;
    let nullable = may_be_null
        || said.nullable
        || matches!(formal.default, Some(Expr::Null))
        || default.as_ref().is_some_and(|ty| !ty.is_any() && ty.takes_null())
        || null_checked;
    let finish = |ty: Type, confidence: Confidence| {
        if ty.is_any() || ty.is_never() {
            return (Type::Any, Confidence::None);
        }
        let numeric = ty.terms().any(|term| family(term) == 2);
        let ty = if na_default && !numeric { ty.or(Type::scalar(Atomic::Logical)) } else { ty };
        let ty = with_arrow(ty, signs.called.as_ref());
        (if nullable { ty.or_null() } else { ty }, confidence)
    };

    // An enumeration says it all, with a default of another kind beside it.
    if let Some((strings, several, _)) = &signs.choices
        && registered.is_none()
    {
        choices.clone_from(strings);
        let mut ty = enumeration(strings, *several);
        if let Some(other) = &default_ty {
            ty = ty.or(other.clone().filter(|term| family(term) != 3));
        }
        ty = ty
            .or(alternatives.filter(|term| family(term) != 3))
            .or(fallback.filter(|term| family(term) != 3));
        return finish(ty, Confidence::Hard);
    }

    // An argument that is only handed on takes what those functions take.
    let handed_on = (signs.uses > 0 && signs.uses == signs.handed)
        .then(|| as_input(&signs.wrapped.clone().without_null()));
    let handed_on = handed_on.filter(|ty| !ty.is_any() && !ty.is_never() && ty.terms().count() <= 5);
    let mut confidence = Confidence::None;
    let mut ty = Type::never();
    if let Some((class, _)) = registered {
        ty = class.clone();
        confidence = Confidence::Strong;
    }
    if ty.is_never()
        && let Some(checked) = checked
    {
        ty = checked.without_null();
        confidence = if hard { Confidence::Hard } else { Confidence::Strong };
    }
    if let Some(methods) = methods
        && registered.is_none()
    {
        ty = ty.or(methods.clone());
        confidence = confidence.max(Confidence::Strong);
    }
    // Code that is evaluated in an environment is as well evaluated in a data frame or a list (`eval`).
    let in_environment = fallback.terms().any(|term| *term == Term::Environment);
    let fallback =
        if in_environment { fallback.or(Type::class("data.frame")).or(Type::list()) } else { fallback };
    let defaults = fallback.or(default_ty.clone().unwrap_or_else(Type::never));
    if !defaults.is_never() && !defaults.is_any() && registered.is_none() {
        // The default is legal, whatever is asked of what is given instead.
        ty = ty.or(defaults);
        confidence = confidence.max(Confidence::Strong);
    }
    if registered.is_none() && !alternatives.is_never() {
        ty = ty.or(alternatives.clone().without_null());
        confidence = confidence.max(Confidence::Likely);
    }
    // Only alternatives: what the other way takes may be something else.
    let only_alternatives = confidence == Confidence::Likely && !ty.is_never();
    if ty.is_never() || only_alternatives {
        let strong = of(&|sign| {
            !sign.alternative
                && sign.strength >= Confidence::Likely
                && matches!(sign.source, Source::Body | Source::Callee | Source::Knowledge)
        });
        if !strong.is_never() {
            ty = ty.or(strong);
            confidence = Confidence::Likely;
        }
    }
    let weak = || {
        of(&|sign| {
            !sign.alternative
                && sign.strength == Confidence::Weak
                && says_something(&sign.ty)
                && matches!(sign.source, Source::Body | Source::Callee | Source::Knowledge | Source::Coercion)
        })
    };
    if ty.is_never() {
        if let Some(words) = &said.ty {
            ty = words.clone().without_null();
            confidence = if said.plain { Confidence::Likely } else { Confidence::Weak };
        } else {
            confidence = Confidence::Weak;
            ty = if given.is_never() { weak() } else { given.clone() };
            if let (true, Some(namesakes)) = (ty.is_never(), &collected.namesakes) {
                // How many elements the other has is its own affair; flags are flags.
                let namesakes = namesakes.clone().map(|term| match term {
                    Term::Vector(vector)
                        if vector.atomic != Atomic::Logical && vector.atomic != Atomic::Character =>
                    {
                        Term::Vector(Vector { scalar: false, ..vector })
                    }
                    other => other,
                });
                return finish(namesakes, confidence);
            }
        }
    } else if only_alternatives && confidence == Confidence::Likely {
        // The other way takes something else: without a word about it nothing can be said.
        let alone = ty == alternatives.clone().without_null() && ty.only().is_some();
        let rest = match &said.ty {
            Some(words) => words.clone(),
            None => weak(),
        };
        if rest.is_never() && alone {
            return finish(Type::Any, Confidence::None);
        }
        ty = ty.or(rest);
        // Where a function is one of several ways, its name is another (`match.fun`).
        if matches!(ty.only(), Some(Term::Function(_))) {
            ty = ty.or(Type::scalar(Atomic::Character));
        }
    } else if let Some(words) = &said.ty
        && registered.is_none()
    {
        let shaped = checked_shape(&ty, words);
        ty = widened(shaped, words, said, is_flag, hard, computed);
    }
    if ty.is_any() || ty.is_never() {
        return finish(ty, Confidence::None);
    }
    if registered.is_some() {
        return finish(ty, confidence);
    }
    if let Some(handed_on) = handed_on
        && !hard
        && !is_flag
        && said.ty.is_none()
    {
        for term in handed_on.terms() {
            let kind = family(term);
            if kind == 0 || !ty.terms().any(|one| family(one) == kind) {
                ty.insert(term.clone());
            }
        }
    }
    if !hard && !is_flag {
        let classes = signs.signs.iter().filter(|sign| sign.source == Source::Callee && sign.alternative);
        for term in classes.flat_map(|sign| sign.ty.terms()) {
            if matches!(term, Term::Class(_)) {
                ty.insert(term.clone());
            }
        }
    }
    let ty = size::sized(also_given(ty, &given, is_flag, hard), collected, &given);
    finish(ty, confidence)
}

/// A check of the kind of elements leaves the shape open: where the help says that it is a matrix, it is.
fn checked_shape(ty: &Type, words: &Type) -> Type {
    let is_shape = |term: &Term| {
        matches!(term, Term::Matrix(_)) || matches!(term, Term::Class(names) if names[..] == ["array"])
    };
    let is_many = |term: &Term| matches!(term, Term::Vector(vector) if !vector.scalar);
    let shapes: Vec<&Term> = words.terms().filter(|term| is_shape(term)).collect();
    if shapes.is_empty() || !ty.terms().any(is_many) {
        return ty.clone();
    }
    let keeps_vector = words.terms().any(is_many);
    let mut out = Type::never();
    for term in ty.terms() {
        match term {
            Term::Vector(vector) if !vector.scalar => {
                if keeps_vector {
                    out.insert(term.clone());
                }
                for shape in &shapes {
                    out.insert(match shape {
                        Term::Matrix(_) => Term::Matrix(Some(vector.atomic)),
                        other => (*other).clone(),
                    });
                }
            }
            other => out.insert(other.clone()),
        }
    }
    out
}

/// A type with what the documentation adds to it.
fn widened(ty: Type, words: &Type, said: &Said, is_flag: bool, hard: bool, computed: bool) -> Type {
    if words.is_any() {
        return ty;
    }
    let families: BTreeSet<u8> = ty.terms().map(family).collect();
    let mut out = ty.clone();
    for term in words.terms() {
        let kind = family(term);
        let same = kind != 0 && families.contains(&kind);
        // A flag is a flag, unless the words name a flag among other things.
        let flag_too = !is_flag || words.terms().any(|one| family(one) == 1);
        if !same && (said.plain || computed) && flag_too && !hard && *term != Term::Null {
            out.insert(term.clone());
        }
    }
    out
}

/// A type with what the package's own functions hand to the parameter: they know that it is taken.
fn also_given(ty: Type, given: &Type, is_flag: bool, hard: bool) -> Type {
    let mut out = if given.is_never() { ty } else { given_shape(ty, given) };
    for term in given.terms() {
        match term {
            Term::Class(_) | Term::Environment | Term::Function(_) | Term::List(_) if !hard && !is_flag => {
                out.insert(term.clone());
            }
            _ => {}
        }
    }
    out
}

/// Vectors, and matrices of the same where such are handed over.
fn given_shape(ty: Type, given: &Type) -> Type {
    let matrix = given.terms().any(|term| matches!(term, Term::Matrix(_)));
    let vector = ty.terms().find_map(|term| match term {
        Term::Vector(vector) if !vector.scalar => Some(*vector),
        _ => None,
    });
    match vector {
        Some(vector) if matrix => ty.or(Term::Matrix(Some(vector.atomic)).into()),
        _ => ty,
    }
}

fn with_arrow(ty: Type, called: Option<&Arrow>) -> Type {
    let Some(arrow) = called else { return ty };
    ty.map(|term| match term {
        Term::Function(None) => Term::Function(Some(Box::new(arrow.clone()))),
        other => other,
    })
}
