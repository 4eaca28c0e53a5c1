//! What a walk knows about the functions that a body calls.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use super::caught::caught;
use super::documentation::{Said, SaidOfValue};
use super::flow::observed::Observed;
use super::known;
use super::signatures::{Foreign, Role, Subject};
use crate::ir::code::{Expr, Name, one_line, qualified};
use crate::ir::types::Type;
use crate::ir::{Confidence, Function, Mode, Package, RecordClass, S3Method, Signature, Source, Unstudied};

/// The packages whose functions code may call without an import, after base: they are attached when R starts.
const ATTACHED: &[&str] = &["stats", "utils", "graphics", "grDevices", "methods"];

/// How deep functions are followed into the functions that they call.
const MOST_NESTED: usize = 60;

/// How long the code that a piece of evidence quotes may be.
const PLACE: usize = 100;

/// What a name means where it is called.
#[derive(Clone, Copy, Debug)]
pub enum Target<'a> {
    /// A function of the package itself.
    Own(&'a Function),
    /// A function of another package.
    Foreign(&'a str, &'a Signature),
    /// A function of R itself, of which at most [`known`] says something.
    Base(&'a str),
    /// Nothing is known.
    Unknown,
}

/// The registered functions by shape.
fn alike<'a>(
    package: &'a Package,
    registered: &BTreeMap<&'a str, Vec<&'a S3Method>>,
) -> BTreeMap<usize, Vec<&'a Function>> {
    let mut by_shape: BTreeMap<usize, Vec<&Function>> = BTreeMap::new();
    for function in package.functions.iter().filter(|one| registered.contains_key(one.name.as_str())) {
        by_shape.entry(shape(function)).or_default().push(function);
    }
    by_shape
}

/// A number that functions of the same code share.
fn shape(function: &Function) -> usize {
    fn size(expr: &Expr) -> usize {
        match expr {
            Expr::Call(call) => {
                let args = call.args.iter().filter_map(|arg| arg.value.as_ref()).map(size);
                1 + size(&call.callee) + args.sum::<usize>()
            }
            Expr::Function(lambda) => 2 + size(&lambda.body),
            Expr::Symbol(name) => 1 + name.len(),
            _ => 1,
        }
    }
    function.body.as_ref().map_or(0, size) * 31 + function.formals.len()
}

/// What the help and the registrations say about a function.
pub struct Fixed {
    /// By parameter.
    pub said: Vec<Said>,
    /// By parameter: whether it is said to be code among the columns of a data frame.
    pub masked: Vec<bool>,
    /// About the result.
    pub value: SaidOfValue,
    /// The classes that the function is registered for, by the index of the parameter.
    pub registered: [Option<(Type, String)>; 2],
}

enum Memo {
    /// It is being studied: a function that calls itself.
    Open,
    Done(Rc<Signature>),
}

/// A package, and what is known about the functions that its code calls.
pub struct Context<'a> {
    pub package: &'a Package,
    pub foreign: &'a Foreign,
    functions: BTreeMap<&'a str, &'a Function>,
    imports: BTreeMap<&'a str, (&'a str, &'a str)>,
    /// The methods by generic.
    methods: BTreeMap<&'a str, Vec<&'a S3Method>>,
    /// The registered functions by the length of their code, to find those that are the same.
    alike: BTreeMap<usize, Vec<&'a Function>>,
    /// The registrations by function.
    registered: BTreeMap<&'a str, Vec<&'a S3Method>>,
    /// What names mean, as far as it has been asked.
    targets: RefCell<BTreeMap<&'a str, Target<'a>>>,
    /// What is the same for a function in each round, as far as it has been asked.
    fixed: RefCell<BTreeMap<&'a str, Rc<Fixed>>>,
    /// Whether this is the last round: only then anybody reads the evidence.
    last: bool,
    memo: RefCell<BTreeMap<&'a str, Memo>>,
    predicates: RefCell<BTreeMap<&'a str, Option<Type>>>,
    observed: RefCell<BTreeMap<&'a str, Rc<Observed<'a>>>>,
    depth: Cell<usize>,
    /// The S4 methods.
    pub(super) s4: super::s4::Methods<'a>,
    /// The functions whose study failed, and why.
    unstudied: RefCell<BTreeMap<&'a str, String>>,
    /// The signatures of the round before.
    earlier: BTreeMap<&'a str, Rc<Signature>>,
    records: Vec<RecordClass>,
    /// What the round before has seen functions to be given: the types by parameter, and whether something else was given, too.
    given: BTreeMap<&'a str, BTreeMap<usize, (Type, bool)>>,
    /// The types that the round before has found for parameters, by name: how many have it.
    namesakes: BTreeMap<String, BTreeMap<Type, usize>>,
    pub(super) pages: super::pages::Index<'a>,
}

impl<'a> Context<'a> {
    pub fn new(package: &'a Package, foreign: &'a Foreign) -> Context<'a> {
        let functions = package.functions.iter().map(|one| (one.name.as_str(), one)).collect();
        let imports = package
            .imports
            .iter()
            .map(|one| {
                let original = one.original.as_deref().unwrap_or(&one.name);
                (one.name.as_str(), (one.package.as_str(), original))
            })
            .collect();
        let mut methods: BTreeMap<&str, Vec<&S3Method>> = BTreeMap::new();
        let mut registered: BTreeMap<&str, Vec<&S3Method>> = BTreeMap::new();
        for method in &package.s3_methods {
            methods.entry(&method.generic).or_default().push(method);
            registered.entry(&method.function).or_default().push(method);
        }
        Context {
            package,
            foreign,
            functions,
            imports,
            methods,
            alike: alike(package, &registered),
            registered,
            targets: RefCell::default(),
            fixed: RefCell::default(),
            last: false,
            memo: RefCell::default(),
            predicates: RefCell::default(),
            observed: RefCell::default(),
            depth: Cell::new(0),
            s4: super::s4::Methods::new(package),
            unstudied: RefCell::default(),
            earlier: BTreeMap::new(),
            records: Vec::new(),
            given: BTreeMap::new(),
            namesakes: BTreeMap::new(),
            pages: super::pages::Index::new(package),
        }
    }

    /// Whether the package is R's own base.
    pub fn is_base(&self) -> bool {
        self.package.name == "base"
    }

    /// The function of the package with this name.
    pub fn function(&self, name: &str) -> Option<&'a Function> {
        self.functions.get(name).copied()
    }

    /// The methods that the package registers for a generic.
    pub fn methods(&self, generic: &str) -> &[&'a S3Method] {
        self.methods.get(generic).map(Vec::as_slice).unwrap_or_default()
    }

    /// What a function is registered as.
    pub fn registered(&self, function: &str) -> &[&'a S3Method] {
        self.registered.get(function).map(Vec::as_slice).unwrap_or_default()
    }

    /// What a function and all that are the same code are registered as: one function is often a method for several classes.
    pub fn registered_alike(&self, function: &'a Function) -> Vec<&'a S3Method> {
        let mut methods = self.registered(&function.name).to_vec();
        if methods.is_empty() {
            return methods;
        }
        let alike = self.alike.get(&shape(function)).map(Vec::as_slice).unwrap_or_default();
        for other in alike {
            if other.name != function.name && other.body == function.body && other.formals == function.formals
            {
                methods.extend(self.registered(&other.name));
            }
        }
        methods
    }

    /// Whether a name that R itself defines means something else in the package's code.
    pub fn shadows(&self, name: &str) -> bool {
        !self.is_base()
            && (self.functions.contains_key(name)
                || self
                    .imports
                    .get(name)
                    .is_some_and(|(package, _)| *package != "base" && *package != "methods"))
    }

    /// What a name means where it is called.
    pub fn target(&self, callee: &'a Expr) -> Target<'a> {
        if let Some((package, name)) = qualified(callee) {
            if package == self.package.name {
                return self.function(name).map_or(Target::Unknown, Target::Own);
            }
            if package == "base" {
                return self.of_base(name);
            }
            return self.of_package(package, name);
        }
        match callee {
            Expr::Symbol(name) => self.named(name),
            Expr::String(Some(name)) => self.named(name),
            _ => Target::Unknown,
        }
    }

    /// What a name means where it is called without its package.
    pub fn named(&self, name: &'a str) -> Target<'a> {
        if let Some(target) = self.targets.borrow().get(name) {
            return *target;
        }
        let target = self.find(name);
        self.targets.borrow_mut().insert(name, target);
        target
    }

    fn find(&self, name: &'a str) -> Target<'a> {
        if let Some(function) = self.function(name) {
            return Target::Own(function);
        }
        if let Some(&(package, original)) = self.imports.get(name) {
            return self.of_package(package, original);
        }
        if let found @ (Target::Foreign(..) | Target::Base(_)) = self.of_base(name) {
            return found;
        }
        for package in ATTACHED {
            if let found @ Target::Foreign(..) = self.of_package(package, name) {
                return found;
            }
        }
        Target::Unknown
    }

    fn of_base(&self, name: &'a str) -> Target<'a> {
        if let found @ Target::Foreign(..) = self.of_package("base", name) {
            return found;
        }
        if known::parameters(name).is_some() { Target::Base(name) } else { Target::Unknown }
    }

    fn of_package(&self, package: &'a str, name: &str) -> Target<'a> {
        match self.foreign.get_key_value(&format!("{package}::{name}")) {
            Some((_, signature)) => Target::Foreign(package, signature),
            None => Target::Unknown,
        }
    }

    /// The signature of a function of another package, by its name alone.
    pub fn named_signature(&self, name: &str) -> Option<&'a Signature> {
        let imported = self.imports.get(name).map(|(package, original)| format!("{package}::{original}"));
        let attached = ATTACHED.iter().chain(&["base"]).map(|package| format!("{package}::{name}"));
        imported.into_iter().chain(attached).find_map(|key| self.foreign.get(&key))
    }

    /// Whether a name is known to be a function, whatever else a variable of that name may be.
    pub fn is_function(&self, name: &'a str) -> bool {
        !matches!(self.named(name), Target::Unknown)
    }

    /// What is the same for a function in each round; `find` tells it when it is first asked for.
    pub fn fixed(&self, function: &'a Function, find: impl FnOnce() -> Fixed) -> Rc<Fixed> {
        if let Some(fixed) = self.fixed.borrow().get(function.name.as_str()) {
            return fixed.clone();
        }
        let fixed = Rc::new(find());
        self.fixed.borrow_mut().insert(&function.name, fixed.clone());
        fixed
    }

    /// The code that a piece of evidence quotes, where anybody reads it.
    pub fn quoted(&self, code: &Expr) -> String {
        if self.last { one_line(code, PLACE) } else { String::new() }
    }

    /// Starts the next round: with the signatures of this one, and the classes that it has found.
    pub fn next_round(&mut self, records: Vec<RecordClass>, last: bool) {
        self.last = last;
        let memo = std::mem::take(&mut *self.memo.borrow_mut());
        self.earlier = memo
            .into_iter()
            .filter_map(|(name, memo)| match memo {
                Memo::Done(signature) => Some((name, signature)),
                Memo::Open => None,
            })
            .collect();
        self.records = records;
        let observed = std::mem::take(&mut *self.observed.borrow_mut());
        let of_methods = self.s4.next_round();
        self.given.clear();
        for observed in observed.values().chain(of_methods.values()) {
            for (function, index, ty) in &observed.given {
                let place = self.given.entry(function).or_default().entry(*index);
                let place = place.or_insert_with(|| (Type::never(), false));
                if ty.is_any() {
                    place.1 = true;
                } else {
                    place.0 = std::mem::replace(&mut place.0, Type::Any).or(ty.clone());
                }
            }
        }
        self.namesakes.clear();
        for signature in self.earlier.values() {
            for parameter in &signature.parameters {
                let sure =
                    parameter.position.confidence >= Confidence::Likely && parameter.mode == Mode::Value;
                let guessed =
                    parameter.position.evidence.first().is_none_or(|one| one.source == Source::Namesake);
                if sure && !guessed && !parameter.open {
                    let ty = parameter.position.ty.clone().without_null();
                    *self.namesakes.entry(parameter.name.clone()).or_default().entry(ty).or_default() += 1;
                }
            }
        }
    }

    /// What the package's own functions give to a parameter, and whether that is all.
    pub fn given(&self, function: &str, index: usize) -> Option<(Type, bool)> {
        let (ty, more) = self.given.get(function)?.get(&index)?;
        if ty.is_never() || ty.is_any() { None } else { Some((ty.clone(), !more)) }
    }

    /// The type that the package's other parameters of this name have, where most agree.
    pub fn namesakes(&self, name: &str) -> Option<Type> {
        let types = self.namesakes.get(name)?;
        let all: usize = types.values().sum();
        let (ty, count) = types.iter().max_by_key(|(_, count)| **count)?;
        if count * 3 >= all * 2 { Some(ty.clone()) } else { None }
    }

    /// The signature of a function in the round before.
    pub fn before(&self, name: &str) -> Option<Rc<Signature>> {
        self.earlier.get(name).cloned()
    }

    /// The type of an element of the objects of a class.
    pub fn field(&self, classes: &[String], name: &str) -> Option<Type> {
        super::records::field_of(&self.records, classes, name)
    }

    /// The signature of a function of the package; `None` while it is being studied.
    pub fn summary(&self, name: &str) -> Option<Rc<Signature>> {
        let function = self.function(name)?;
        match self.memo.borrow().get(name) {
            Some(Memo::Done(signature)) => return Some(signature.clone()),
            Some(Memo::Open) => return self.before(name),
            None => {}
        }
        if self.depth.get() > MOST_NESTED {
            return self.before(name);
        }
        self.depth.set(self.depth.get() + 1);
        self.memo.borrow_mut().insert(&function.name, Memo::Open);
        let studied = caught(|| super::signatures::study_function(self, function));
        let signature = Rc::new(studied.unwrap_or_else(|reason| {
            self.unstudied.borrow_mut().insert(&function.name, reason);
            super::signatures::unknown(function)
        }));
        self.memo.borrow_mut().insert(&function.name, Memo::Done(signature.clone()));
        self.depth.set(self.depth.get() - 1);
        Some(signature)
    }

    /// The signature of an S4 method; `None` while it is being studied.
    pub fn s4_summary(&self, index: usize) -> Option<Rc<Signature>> {
        let method = self.package.s4_methods.get(index)?;
        if let Some(known) = self.s4.known(index) {
            return known;
        }
        let before = self.s4.before(index);
        if self.depth.get() > MOST_NESTED {
            return before;
        }
        self.depth.set(self.depth.get() + 1);
        self.s4.open(index);
        let subject = Subject { function: &method.function, role: Role::S4(method, index), before };
        let studied = caught(|| super::signatures::study_subject(self, &subject));
        let signature = Rc::new(studied.unwrap_or_else(|reason| {
            self.unstudied.borrow_mut().insert(&method.generic, reason);
            super::signatures::unknown(&method.function)
        }));
        self.s4.done(index, signature.clone());
        self.depth.set(self.depth.get() - 1);
        Some(signature)
    }

    /// The functions whose study failed in any round.
    pub fn unstudied(&self) -> Vec<Unstudied> {
        let all = self.unstudied.borrow();
        all.iter()
            .map(|(name, reason)| Unstudied { name: (*name).to_owned(), reason: reason.clone() })
            .collect()
    }

    /// What the walk over a function's body has seen, once it has been studied.
    pub fn observed(&self, name: &str) -> Option<Rc<Observed<'a>>> {
        self.observed.borrow().get(name).cloned()
    }

    /// Keeps what a walk has seen.
    pub fn observe(&self, function: &'a Function, observed: Rc<Observed<'a>>) {
        self.observed.borrow_mut().insert(&function.name, observed);
    }

    /// The type for which a function of the package tests its first argument, if it does nothing else: `is.foo`.
    pub fn predicate(&self, name: &str) -> Option<Type> {
        let function = self.function(name)?;
        if let Some(known) = self.predicates.borrow().get(name) {
            return known.clone();
        }
        self.predicates.borrow_mut().insert(&function.name, None);
        let found = self.find_predicate(function);
        self.predicates.borrow_mut().insert(&function.name, found.clone());
        found
    }

    fn find_predicate(&self, function: &'a Function) -> Option<Type> {
        let first = function.formals.first()?;
        let mut body = function.body.as_ref()?;
        while let Some(call) = body.call() {
            match call.name()? {
                "{" | "(" | "return" if call.args.len() == 1 => body = call.arg(0)?,
                _ => break,
            }
        }
        super::flow::tests_first(self, &function.formals, body).filter(|_| &*first.name != "...")
    }

    /// The strings of a constant of the package.
    pub fn constant_strings(&self, name: &Name) -> Vec<String> {
        let constant = self.package.constants.iter().find(|one| one.name == **name);
        match constant.and_then(|one| one.value.as_ref()) {
            Some(Expr::String(Some(text))) => vec![text.to_string()],
            Some(Expr::Call(call)) if call.name() == Some("c") => {
                call.args.iter().filter_map(|arg| arg.value.as_ref()?.string().map(str::to_owned)).collect()
            }
            Some(Expr::Vector(vector)) => {
                vector.elements.iter().filter_map(|one| one.string().map(str::to_owned)).collect()
            }
            _ => Vec::new(),
        }
    }
}
