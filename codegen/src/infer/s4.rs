//! S4: the types that the classes of methods stand for, and what generics take and give through their methods.
//!
//! Dispatch refuses every class for which there is no method ("Methods_Details" in R's help), so the class in a method's signature is
//! a hard type; other packages may add methods, so a generic stays open.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::context::{Context, Fixed};
use super::flow::{self, observed::Observed};
use super::join::family;
use crate::ir::types::{Term, Type, Vector};
use crate::ir::{Confidence, Evidence, Overload, Package, Parameter, Position, S4Method, Signature, Source};

/// How deep unions of classes may be made of others.
const MOST_UNIONS: usize = 8;

/// The generics whose methods nobody calls by name: conversions are `as`, `initialize` is `new`.
const UNNAMED: [&str; 4] = ["coerce", "coerce<-", "initialize", "loadMethod"];

/// The S4 methods of a package, as far as they have been studied.
pub struct Methods<'a> {
    all: &'a [S4Method],
    /// Their indices by generic.
    by_generic: BTreeMap<&'a str, Vec<usize>>,
    /// The signatures of this round; `None` while one is being found.
    memo: RefCell<BTreeMap<usize, Option<Rc<Signature>>>>,
    /// The signatures of the round before.
    earlier: BTreeMap<usize, Rc<Signature>>,
    observed: RefCell<BTreeMap<usize, Rc<Observed<'a>>>>,
    /// What is the same in each round.
    fixed: RefCell<BTreeMap<usize, Rc<Fixed>>>,
}

impl<'a> Methods<'a> {
    pub fn new(package: &'a Package) -> Methods<'a> {
        let mut by_generic: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, method) in package.s4_methods.iter().enumerate() {
            by_generic.entry(&method.generic).or_default().push(index);
        }
        Methods {
            all: &package.s4_methods,
            by_generic,
            memo: RefCell::default(),
            earlier: BTreeMap::new(),
            observed: RefCell::default(),
            fixed: RefCell::default(),
        }
    }

    /// The methods of a generic, with their indices.
    pub fn of(&self, generic: &str) -> impl Iterator<Item = (usize, &'a S4Method)> {
        let indices = self.by_generic.get(generic).map(Vec::as_slice).unwrap_or_default();
        indices.iter().filter_map(|&index| Some((index, self.all.get(index)?)))
    }

    /// The signature of this round; that of the round before while it is being found.
    pub fn known(&self, index: usize) -> Option<Option<Rc<Signature>>> {
        let known = self.memo.borrow().get(&index).cloned()?;
        Some(known.or_else(|| self.before(index)))
    }

    /// The signature of the round before.
    pub fn before(&self, index: usize) -> Option<Rc<Signature>> {
        self.earlier.get(&index).cloned()
    }

    /// The study of a method begins.
    pub fn open(&self, index: usize) {
        self.memo.borrow_mut().insert(index, None);
    }

    /// The study of a method ends.
    pub fn done(&self, index: usize, signature: Rc<Signature>) {
        self.memo.borrow_mut().insert(index, Some(signature));
    }

    /// What the walk over the body of a method has seen.
    pub fn observed(&self, index: usize) -> Option<Rc<Observed<'a>>> {
        self.observed.borrow().get(&index).cloned()
    }

    /// Keeps what a walk has seen.
    pub fn observe(&self, index: usize, observed: Rc<Observed<'a>>) {
        self.observed.borrow_mut().insert(index, observed);
    }

    /// What is the same for a method in each round.
    pub fn fixed(&self, index: usize, find: impl FnOnce() -> Fixed) -> Rc<Fixed> {
        if let Some(fixed) = self.fixed.borrow().get(&index) {
            return fixed.clone();
        }
        let fixed = Rc::new(find());
        self.fixed.borrow_mut().insert(index, fixed.clone());
        fixed
    }

    /// Starts the next round, and gives what this one has seen.
    pub fn next_round(&mut self) -> BTreeMap<usize, Rc<Observed<'a>>> {
        let memo = std::mem::take(&mut *self.memo.borrow_mut());
        self.earlier = memo.into_iter().filter_map(|(index, one)| Some((index, one?))).collect();
        std::mem::take(&mut *self.observed.borrow_mut())
    }
}

/// The type of the objects of a class: R's own for its basic classes, with the members of a union that are such. Everything, where
/// the class says nothing.
pub fn of_class(package: &Package, name: &str) -> Type {
    let mut ty = Type::never();
    let mut seen = BTreeSet::new();
    add_class(package, name, MOST_UNIONS, &mut seen, &mut ty);
    ty
}

fn add_class<'a>(
    package: &'a Package,
    name: &'a str,
    depth: usize,
    seen: &mut BTreeSet<&'a str>,
    ty: &mut Type,
) {
    if !seen.insert(name) {
        return;
    }
    let add = |ty: &mut Type, more: Type| *ty = std::mem::replace(ty, Type::Any).or(more);
    let Ok(place) = package.s4_classes.binary_search_by(|one| one.name.as_str().cmp(name)) else {
        // Unions of other packages say their members in their names, by convention.
        let members: Vec<&str> = name.split("_OR_").filter(|one| !one.is_empty()).collect();
        add(ty, if name == "oldClass" { Type::Any } else { flow::of_class(name) });
        if members.len() > 1 {
            members.iter().for_each(|one| add(ty, flow::of_class(one)));
        }
        return;
    };
    let class = &package.s4_classes[place];
    add(ty, Term::class(name).into());
    if !class.r#virtual && !class.union || depth == 0 {
        return;
    }
    // An object of a subclass inherits from the union; a vector does not say so.
    for member in &class.subclasses {
        let own = package.s4_classes.binary_search_by(|one| one.name.as_str().cmp(member)).is_ok();
        let basic = !matches!(flow::of_class(member).only(), Some(Term::Class(_)));
        if own || basic || member.contains("_OR_") {
            let mut inner = Type::never();
            add_class(package, member, depth - 1, seen, &mut inner);
            // The classes of the members are the union's: only R's own types are news.
            add(ty, inner.filter(|term| basic || !matches!(term, Term::Class(_))));
        }
    }
}

/// The class for which a method is chosen by an argument.
fn class<'a>(method: &'a S4Method, name: &str) -> Option<&'a str> {
    method.signature.iter().find(|one| one.name == name).map(|one| one.class.as_str())
}

/// The type for which a method is chosen by an argument, where it says something.
pub fn declared(package: &Package, method: &S4Method, name: &str) -> Option<Type> {
    let class = class(method, name).filter(|class| !matches!(*class, "ANY" | "missing"))?;
    Some(of_class(package, class)).filter(|ty| !ty.is_any())
}

/// What the declaration of a method says about one of its parameters.
pub fn declare(package: &Package, method: &S4Method, parameter: &mut Parameter) {
    let Some(class) = class(method, &parameter.name) else { return };
    if class == "missing" {
        parameter.optional = true;
        return;
    }
    let Some(ty) = declared(package, method, &parameter.name) else { return };
    let classes: Vec<&str> = method.signature.iter().map(|one| one.class.as_str()).collect();
    let evidence = Evidence {
        source: Source::Registration,
        ty: ty.clone(),
        strength: Confidence::Hard,
        alternative: false,
        place: format!("setMethod({}, {})", method.generic, classes.join(", ")),
    };
    let position = &mut parameter.position;
    let found = std::mem::replace(&mut position.ty, Type::Any);
    let sure = position.confidence >= Confidence::Likely;
    // The body may say that vectors are of one element.
    let is_one = |vector: Vector| {
        found.terms().any(|term| match term {
            Term::Vector(other) => other.scalar && family(term) == family(&Term::Vector(vector)),
            _ => false,
        })
    };
    position.ty = ty.map(|term| match term {
        Term::Vector(vector) => Term::Vector(Vector { scalar: sure && is_one(vector), ..vector }),
        other => other,
    });
    position.confidence = Confidence::Hard;
    position.evidence.insert(0, evidence);
}

/// What the methods of a generic say about one of its parameters.
#[derive(Debug, Default)]
pub struct Found {
    /// What they take; `None` where one of them may take anything.
    pub ty: Option<Type>,
    /// Whether a method wants it left out.
    pub optional: bool,
}

/// The methods that do more than refuse.
fn useful<'a>(context: &Context<'a>, generic: &str) -> Vec<(&'a S4Method, Rc<Signature>)> {
    let methods = context.s4.of(generic);
    let methods = methods.filter_map(|(index, method)| Some((method, context.s4_summary(index)?)));
    methods.filter(|(_, signature)| !signature.returns.ty.is_never()).collect()
}

/// The function that the generic was before, which is its method for everything else.
fn default<'a>(context: &Context<'a>, generic: &str) -> Option<Option<&'a Signature>> {
    let package = &context.s4.of(generic).next()?.1.package;
    if *package == context.package.name {
        return None;
    }
    Some(context.foreign.get(&format!("{package}::{generic}")))
}

/// What the methods of a generic take at the place of its parameter `name`.
pub fn parameter(context: &Context<'_>, generic: &str, name: &str) -> Found {
    let mut found = Found::default();
    let mut ty = Type::never();
    let mut anything = false;
    for (method, signature) in useful(context, generic) {
        let place = signature.parameters.iter().find(|one| one.name == name);
        match (class(method, name), declared(context.package, method, name)) {
            (Some("missing"), _) => found.optional = true,
            (_, Some(declared)) => ty = ty.or(declared),
            _ => match place.filter(|one| !one.position.ty.is_any()) {
                Some(place) => ty = ty.or(place.position.ty.clone()),
                None => anything = true,
            },
        }
    }
    match default(context, generic) {
        Some(Some(signature)) => match signature.parameters.iter().find(|one| one.name == name) {
            Some(one) if !one.position.ty.is_any() => ty = ty.or(one.position.ty.clone()),
            _ => anything = true,
        },
        Some(None) => anything = true,
        None => {}
    }
    found.ty = Some(ty).filter(|ty| !anything && !ty.is_any() && !ty.is_never());
    found
}

/// What the methods of a generic return.
pub fn returns(context: &Context<'_>, generic: &str) -> Type {
    let mut ty = Type::never();
    for (_, signature) in useful(context, generic) {
        ty = ty.or(signature.returns.ty.clone());
    }
    match default(context, generic) {
        Some(Some(signature)) => ty = ty.or(signature.returns.ty.clone()),
        Some(None) => ty = Type::Any,
        None => {}
    }
    if !ty.is_any() && !ty.is_never() {
        return ty;
    }
    let declared = context.package.s4_generics.iter().find(|one| one.name == generic);
    let declared = declared.map(|one| one.value_class.as_slice()).unwrap_or_default();
    let declared = declared.iter().fold(Type::never(), |ty, class| ty.or(of_class(context.package, class)));
    if declared.is_never() { Type::Any } else { declared }
}

/// What each method of a generic takes and gives. What a method says nothing about is what the generic says.
pub fn overloads(
    context: &Context<'_>,
    generic: &str,
    parameters: &[Parameter],
    result: &Type,
) -> Vec<Overload> {
    let mut found = BTreeSet::new();
    let shown = |one: &Parameter| match one.name.as_str() {
        "..." => Term::Dots.into(),
        _ => one.position.ty.clone(),
    };
    let returned = |ty: &Type| if ty.is_any() { result.clone() } else { ty.clone() };
    for (method, signature) in useful(context, generic) {
        let place = |one: &Parameter| match class(method, &one.name) {
            _ if one.name == "..." => Term::Dots.into(),
            Some("missing") => Type::never(),
            Some(_) => declared(context.package, method, &one.name).unwrap_or(Type::Any),
            None => match signature.parameters.iter().find(|other| other.name == one.name) {
                Some(known) if !known.position.ty.is_any() => known.position.ty.clone(),
                _ => shown(one),
            },
        };
        found.insert(Overload {
            parameters: parameters.iter().map(place).collect(),
            returns: returned(&signature.returns.ty),
        });
    }
    if let Some(default) = default(context, generic) {
        let known = |one: &Parameter| {
            let other = default?.parameters.iter().find(|other| other.name == one.name)?;
            Some(shown(other))
        };
        found.insert(Overload {
            parameters: parameters.iter().map(|one| known(one).unwrap_or_else(|| any(one))).collect(),
            returns: default.map_or(Type::Any, |one| one.returns.ty.clone()),
        });
    }
    found.into_iter().collect()
}

fn any(parameter: &Parameter) -> Type {
    if parameter.name == "..." { Term::Dots.into() } else { Type::Any }
}

/// Studies all methods, also those of generics of other packages.
pub fn study_all(context: &Context<'_>) {
    for (index, method) in context.package.s4_methods.iter().enumerate() {
        if !matches!(method.generic.as_str(), "coerce" | "coerce<-") {
            context.s4_summary(index);
        }
    }
}

/// The generics of other packages for which there are methods here.
pub fn extended(context: &Context<'_>) -> Vec<Signature> {
    let methods = context.package.s4_methods.iter();
    let theirs = methods.filter(|one| {
        one.package != context.package.name
            && !UNNAMED.contains(&one.generic.as_str())
            && context.function(&one.generic).is_none()
    });
    let generics: BTreeMap<&str, &S4Method> = theirs.map(|one| (one.generic.as_str(), one)).collect();
    let signature = |(generic, first): (&str, &S4Method)| {
        let all = useful(context, generic);
        let (_, signature) = all.first()?;
        let mut parameters = signature.parameters.clone();
        for parameter in parameters.iter_mut().filter(|one| one.name != "...") {
            let mut ty = Type::never();
            for (method, signature) in &all {
                if class(method, &parameter.name) == Some("missing") {
                    parameter.optional = true;
                    continue;
                }
                let other = signature.parameters.iter().find(|one| one.name == parameter.name);
                ty = ty.or(other.map_or(Type::Any, |one| one.position.ty.clone()));
            }
            parameter.open = true;
            parameter.position = of_methods(ty);
        }
        let returns =
            of_methods(all.iter().fold(Type::never(), |ty, (_, one)| ty.or(one.returns.ty.clone())));
        let mut overloads = BTreeSet::new();
        for (method, signature) in &all {
            let place = |one: &Parameter| match class(method, &one.name) {
                _ if one.name == "..." => Term::Dots.into(),
                Some("missing") => Type::never(),
                _ => {
                    let other = signature.parameters.iter().find(|other| other.name == one.name);
                    other.map_or(Type::Any, |one| one.position.ty.clone())
                }
            };
            overloads.insert(Overload {
                parameters: parameters.iter().map(place).collect(),
                returns: signature.returns.ty.clone(),
            });
        }
        Some(Signature {
            name: format!("{}::{generic}", first.package),
            parameters,
            returns,
            invisible: false,
            overloads: overloads.into_iter().collect(),
        })
    };
    let mut found: Vec<Signature> = generics.into_iter().filter_map(signature).collect();
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

/// A position of a generic about which only its methods say something.
fn of_methods(ty: Type) -> Position {
    if ty.is_any() || ty.is_never() {
        return Position::unknown();
    }
    let evidence = Evidence {
        source: Source::Registration,
        ty: ty.clone(),
        strength: Confidence::Strong,
        alternative: false,
        place: "the methods of the package".to_owned(),
    };
    Position { ty, confidence: Confidence::Strong, evidence: vec![evidence] }
}
