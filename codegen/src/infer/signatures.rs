//! The signatures of a package's functions.
//!
//! All bodies are walked several times. The first round knows nothing about parameters; each one after it starts from what the one
//! before has found: the types of parameters, the classes that the package makes, what its functions hand to each other.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::caught::caught;
use super::context::{Context, Fixed};
use super::documentation::{self, Said, SaidOfValue};
use super::flow::{
    self,
    observed::{Observed, ParameterSigns},
};
use super::join::{self, Collected};
use super::{classes, generics, known, pages, records, returns, s4};
use crate::ir::code::{Expr, Formal, Name};
use crate::ir::types::{Atomic, Term, Type};
use crate::ir::{
    Confidence, Evidence, Function, Mode, Package, Parameter, Position, S4Method, Signature, Source, Types,
    Unstudied,
};

/// The signatures of functions of other packages, by `package::function`.
pub type Foreign = BTreeMap<String, Signature>;

/// How often all bodies are walked.
const ROUNDS: usize = 3;

/// How much stack the walk over deeply nested code may need.
const STACK: usize = 256 << 20;

/// Studies all functions of a package.
pub fn study(package: &Package, foreign: &Foreign) -> Types {
    if package.functions.is_empty() && package.s4_classes.is_empty() {
        return Types::default();
    }
    let work = || caught(|| rounds(package, foreign));
    // Code may be nested deeply, and functions call each other: this thread has the stack for both.
    let types = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        match thread.map(std::thread::ScopedJoinHandle::join) {
            Ok(joined) => joined.unwrap_or_else(|_| Err("the thread ended".to_owned())),
            Err(_) => work(),
        }
    });
    types.unwrap_or_else(|reason| Types {
        signatures: package.functions.iter().map(unknown).collect(),
        unstudied: package
            .functions
            .iter()
            .map(|one| Unstudied { name: one.name.clone(), reason: reason.clone() })
            .collect(),
        ..Types::default()
    })
}

fn rounds(package: &Package, foreign: &Foreign) -> Types {
    let mut context = Context::new(package, foreign);
    let names: Vec<&str> = package.functions.iter().map(|one| one.name.as_str()).collect();
    for name in &names {
        context.summary(name);
    }
    s4::study_all(&context);
    for round in 2..=ROUNDS {
        let records = records::records(&context);
        context.next_round(records, round == ROUNDS);
        for name in &names {
            context.summary(name);
        }
        s4::study_all(&context);
    }
    let signatures =
        names.iter().filter_map(|name| context.summary(name)).map(|one| (*one).clone()).collect();
    let records = records::records(&context);
    let extended = s4::extended(&context);
    let classes = classes::all(&context);
    Types { signatures, records, extended, classes, unstudied: context.unstudied() }
}

/// The signature of a function of which nothing is known.
pub fn unknown(function: &Function) -> Signature {
    let position = || Position { ty: Type::Any, confidence: Confidence::None, evidence: Vec::new() };
    let parameter = |formal: &Formal| match &*formal.name {
        "..." => join::dots(&Observed::default()),
        name => Parameter {
            name: name.to_owned(),
            optional: formal.default.is_some(),
            open: false,
            mode: Mode::Value,
            position: position(),
            choices: Vec::new(),
            dots: None,
        },
    };
    Signature {
        name: function.name.clone(),
        parameters: function.formals.iter().map(parameter).collect(),
        returns: position(),
        invisible: false,
        overloads: Vec::new(),
    }
}

/// What is studied: a function of the namespace, or a method.
pub struct Subject<'a> {
    pub function: &'a Function,
    pub role: Role<'a>,
    /// What the round before has found.
    pub before: Option<Rc<Signature>>,
}

/// What a function is.
pub enum Role<'a> {
    /// A function of the namespace.
    Function,
    /// An S4 method, with its index in the package.
    S4(&'a S4Method, usize),
    /// A method of a class whose methods see these variables.
    Member(Vec<(Name, Type)>),
}

/// Studies one function.
pub fn study_function<'a>(context: &Context<'a>, function: &'a Function) -> Signature {
    #[cfg(test)]
    assert!(function.name != "panics when it is studied", "as it says");
    let before = context.before(&function.name);
    study_subject(context, &Subject { function, role: Role::Function, before })
}

/// Studies a function or a method.
pub fn study_subject<'a>(context: &Context<'a>, subject: &Subject<'a>) -> Signature {
    let function = subject.function;
    let is_function = matches!(subject.role, Role::Function);
    let declared = |name: &str| match subject.role {
        Role::S4(method, _) => s4::declared(context.package, method, name),
        _ => None,
    };
    let mut types: Vec<Type> = match &subject.before {
        Some(signature) => signature.parameters.iter().map(|one| one.position.ty.clone()).collect(),
        None => function.formals.iter().map(|one| declared(&one.name).unwrap_or(Type::Any)).collect(),
    };
    types.resize(function.formals.len(), Type::Any);
    let scope = match &subject.role {
        Role::Member(scope) => scope.as_slice(),
        _ => &[],
    };
    let observed = function
        .body
        .as_ref()
        .map(|body| Rc::new(flow::walk_within(context, &function.formals, body, &types, scope)));
    if let Some(observed) = &observed {
        match subject.role {
            Role::Function => context.observe(function, observed.clone()),
            Role::S4(_, index) => context.s4.observe(index, observed.clone()),
            Role::Member(_) => {}
        }
    }
    let fixed = match subject.role {
        Role::Function => context.fixed(function, || fixed(context, &subject.role, function)),
        Role::S4(_, index) => context.s4.fixed(index, || fixed(context, &subject.role, function)),
        Role::Member(_) => Rc::new(fixed(context, &subject.role, function)),
    };
    let quoted = |code: &Expr| context.quoted(code);
    let generic = observed.as_ref().and_then(|one| one.standard_generic.clone()).filter(|_| is_function);
    let nothing = ParameterSigns::default();
    let mut parameters = Vec::with_capacity(function.formals.len());
    for (index, formal) in function.formals.iter().enumerate() {
        if &*formal.name == "..." {
            parameters.push(match &observed {
                Some(observed) => join::dots(observed),
                None => join::dots(&Observed::default()),
            });
            continue;
        }
        // What a generic hands to its default method is whatever has no method of its own.
        let is_default = is_function
            && index == 0
            && context.registered(&function.name).iter().any(|method| method.class == "default");
        let default = match &observed {
            Some(observed) => observed.defaults.get(index).cloned().flatten(),
            None => formal.default.as_ref().map(|default| default_type(context, function, default, &types)),
        };
        let said = referred(context, function, &formal.name, fixed.said[index].clone());
        let by_s4 = generic.as_deref().map(|generic| s4::parameter(context, generic, &formal.name));
        let methods =
            match &by_s4 {
                Some(found) => found.ty.clone(),
                None => observed.as_ref().and_then(|one| one.dispatches.as_ref()).and_then(
                    |(generic, selector)| of_methods(context, generic, &formal.name, index == *selector),
                ),
            };
        let collected = Collected {
            formal,
            signs: observed.as_ref().map_or(&nothing, |one| &one.parameters[index]),
            default,
            registered: fixed.registered.get(index).cloned().flatten(),
            said,
            given: if is_default || !is_function { None } else { context.given(&function.name, index) },
            namesakes: if is_default { None } else { context.namesakes(&formal.name) },
            open: observed.as_ref().is_some_and(|one| {
                one.standard_generic.is_some()
                    || one.dispatches.as_ref().is_some_and(|(_, selector)| index == *selector)
            }),
            methods,
        };
        let mut parameter = if is_function && index == 0 && context.predicate(&function.name).is_some() {
            // A predicate is there to be asked about anything.
            join::anything(&collected, &quoted)
        } else {
            join::parameter(&collected, &quoted)
        };
        if fixed.masked.get(index) == Some(&true) && parameter.mode == Mode::Value {
            masked(formal, &mut parameter);
        }
        if let Role::S4(method, _) = subject.role {
            s4::declare(context.package, method, &mut parameter);
        }
        parameter.optional |= by_s4.is_some_and(|one| one.optional);
        if is_function {
            known_parameter(context, function, &mut parameter);
        }
        parameters.push(parameter);
    }
    let methods = match &generic {
        // What follows the call of the methods has seen their value already.
        Some(generic) if observed.as_ref().is_some_and(|one| one.is_only_generic()) => {
            Some(s4::returns(context, generic))
        }
        _ => observed.as_ref().and_then(|one| one.dispatches.as_ref()).map(|(generic, _)| {
            let mut ty = Type::never();
            for method in context.methods(generic) {
                match context.summary(&method.function) {
                    Some(signature) => ty = ty.or(signature.returns.ty.clone()),
                    None => return Type::Any,
                }
            }
            if ty.is_never() { Type::Any } else { ty }
        }),
    };
    let observed_body = observed.as_deref().filter(|one| generic.is_none() || !one.is_only_generic());
    let said = &fixed.value;
    let same = said.same_as.as_ref().and_then(|name| {
        let named = |one: &&crate::ir::Parameter| one.name == *name || name.is_empty();
        let parameter = parameters.iter().find(named)?;
        let ty = parameter.position.ty.clone();
        (!ty.is_any() && !parameter.open).then(|| (parameter.name.clone(), ty))
    });
    let promised = match subject.role {
        Role::Function => generics::promised(context, function, &parameters),
        Role::S4(method, _) => generics::promised_of_method(&method.generic, &parameters),
        Role::Member(_) => None,
    };
    let collected =
        returns::Collected { observed: observed_body, methods, promised, said, same, quoted: &quoted };
    let mut result = returns::returns(collected, || match &function.body {
        Some(body) if observed_body.is_some_and(|one| one.dispatches.is_none()) => {
            flow::guess(context, &function.formals, body, &types)
        }
        _ => Vec::new(),
    });
    if is_function {
        known_result(context, function, &mut result);
    }
    let overloads =
        generic.map(|generic| s4::overloads(context, &generic, &parameters, &result.ty)).unwrap_or_default();
    Signature {
        name: function.name.clone(),
        parameters,
        returns: result,
        invisible: observed.as_ref().is_some_and(|one| one.invisible),
        overloads,
    }
}

/// The help says that a parameter is code among the columns of a data frame.
fn masked(formal: &Formal, parameter: &mut Parameter) {
    parameter.mode = Mode::Masked;
    let ty = Type::from(Term::Code);
    let evidence = Evidence {
        source: Source::Documentation,
        ty: ty.clone(),
        strength: Confidence::Likely,
        alternative: false,
        place: "it is marked as code among columns".to_owned(),
    };
    parameter.position.ty = if formal.default == Some(Expr::Null) { ty.or_null() } else { ty };
    parameter.position.confidence = Confidence::Likely;
    parameter.position.evidence.insert(0, evidence);
}

/// What the help says, or what it says elsewhere: "see `f`" means the parameter of that name there.
fn referred<'a>(context: &Context<'a>, function: &'a Function, name: &str, said: Said) -> Said {
    if said.ty.is_some() || said.like.is_empty() {
        return said;
    }
    let mut found = None;
    for other in said.like.iter().filter(|other| **other != function.name) {
        let own = context.function(other).and_then(|function| context.before(&function.name));
        let foreign = || match context.named_signature(other) {
            Some(signature) => signature.parameters.iter().find(|one| one.name == name).cloned(),
            None => None,
        };
        let parameter = match own {
            Some(signature) => signature.parameters.iter().find(|one| one.name == name).cloned(),
            None => foreign(),
        };
        found = parameter.map(|one| one.position.ty).filter(|ty| !ty.is_any());
        if found.is_some() {
            break;
        }
    }
    Said { ty: found, plain: false, ..said }
}

/// What is the same in each round.
fn fixed<'a>(context: &Context<'a>, role: &Role<'a>, function: &'a Function) -> Fixed {
    let page = match role {
        Role::Function => context.pages.of(function),
        Role::S4(method, _) => context.pages.of_method(method),
        Role::Member(_) => None,
    };
    let registered = |index| match role {
        Role::Function => registered(context, function, index),
        _ => None,
    };
    let said = |formal: &Formal| {
        let said =
            page.and_then(|page| pages::argument(page, &formal.name)).filter(|_| &*formal.name != "...");
        said.map_or_else(Said::default, |said| {
            documentation::argument(&formal.name, said, formal.default.as_ref())
        })
    };
    Fixed {
        said: function.formals.iter().map(said).collect(),
        masked: function
            .formals
            .iter()
            .map(|formal| {
                page.and_then(|page| pages::argument(page, &formal.name)).is_some_and(pages::is_masked)
            })
            .collect(),
        value: page.map_or_else(SaidOfValue::default, |page| documentation::value(&function.name, page)),
        registered: [registered(0), registered(1)],
    }
}

/// The type of a default, among the parameters.
fn default_type<'a>(
    context: &Context<'a>,
    function: &'a Function,
    default: &'a Expr,
    types: &[Type],
) -> Type {
    flow::type_of(context, &function.formals, default, types)
}

/// The classes for which a function is registered as a method.
fn registered<'a>(context: &Context<'a>, function: &'a Function, index: usize) -> Option<(Type, String)> {
    if index > 1 {
        return None;
    }
    let methods = context.registered_alike(function);
    let mut ty = Type::never();
    let mut place = Vec::new();
    for method in methods {
        if is_operator(&method.generic) {
            // The operators choose by either operand: the other one is most often a vector.
            ty = ty.or(flow::of_class(&method.class)).or(Type::vector(Atomic::Double));
        } else if index == 0 {
            ty = ty.or(flow::of_class(&method.class));
        } else {
            return None;
        }
        place.push(format!("S3method({}, {})", method.generic, method.class));
    }
    if ty.is_any() || ty.is_never() { None } else { Some((ty, place.join(", "))) }
}

fn is_operator(generic: &str) -> bool {
    matches!(
        generic,
        "Ops"
            | "+"
            | "-"
            | "*"
            | "/"
            | "^"
            | "=="
            | "!="
            | "<"
            | ">"
            | "<="
            | ">="
            | "%%"
            | "%/%"
            | "&"
            | "|"
            | "!"
    )
}

/// What the methods of a generic take at the place of its parameter `name`.
fn of_methods(context: &Context<'_>, generic: &str, name: &str, selects: bool) -> Option<Type> {
    let mut ty = Type::never();
    for method in context.methods(generic) {
        let signature = context.summary(&method.function)?;
        let place = signature.parameters.iter().find(|one| one.name == name);
        let place = match place {
            Some(place) => place,
            None if selects => signature.parameters.first()?,
            None => continue,
        };
        ty = ty.or(place.position.ty.clone());
    }
    if ty.is_any() || ty.is_never() { None } else { Some(ty) }
}

/// Primitives have no body, and much of R's own code only calls C: what is known about these functions is written down.
fn known_parameter(context: &Context<'_>, function: &Function, parameter: &mut crate::ir::Parameter) {
    let ours = known::package(&function.name).is_some_and(|package| package == context.package.name);
    if !ours || parameter.position.confidence == Confidence::Hard || parameter.mode != Mode::Value {
        return;
    }
    let Some(found) = known::parameters(&function.name) else { return };
    let Some(found) = found.iter().find(|one| one.name == parameter.name) else { return };
    if found.ty.is_any() {
        return;
    }
    let strength = if found.hard { Confidence::Hard } else { Confidence::Likely };
    let before = std::mem::replace(&mut parameter.position.ty, Type::Any);
    // What the code shows is taken, too.
    let sure = parameter.position.confidence >= Confidence::Strong;
    parameter.position.ty = if sure { found.ty.clone().or(before) } else { found.ty.clone() };
    parameter.position.confidence = strength.max(parameter.position.confidence);
    parameter.position.evidence.insert(
        0,
        Evidence {
            source: Source::Knowledge,
            ty: found.ty.clone(),
            strength,
            alternative: false,
            place: format!("{} of R", function.name),
        },
    );
}

fn known_result(context: &Context<'_>, function: &Function, result: &mut Position) {
    let ours = known::package(&function.name).is_some_and(|package| package == context.package.name);
    if !ours || result.confidence >= Confidence::Strong {
        return;
    }
    if let Some(ty) = known::returns(&function.name)
        && !ty.is_any()
    {
        result.evidence.insert(
            0,
            Evidence {
                source: Source::Knowledge,
                ty: ty.clone(),
                strength: Confidence::Strong,
                alternative: false,
                place: format!("{} of R", function.name),
            },
        );
        result.ty = ty;
        result.confidence = Confidence::Strong;
    }
}
