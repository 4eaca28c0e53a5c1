//! What the objects of classes hold: slots of S4 classes, fields and methods of reference classes and R6.

use super::caught::caught;
use super::context::Context;
use super::datasets;
use super::s4;
use super::signatures::{Role, Subject, study_subject, unknown};
use crate::ir::code::{Expr, Name, deparse};
use crate::ir::types::{Atomic, Term, Type, Vector};
use crate::ir::{
    ClassSystem, ClassTypes, Confidence, Evidence, Function, Mode, Parameter, Position, R6Class, RecordField,
    ReferenceClass, S4Class, Signature, Slot, Source,
};

/// The classes of a package.
pub fn all(context: &Context<'_>) -> Vec<ClassTypes> {
    let package = context.package;
    let mut classes: Vec<ClassTypes> = package.s4_classes.iter().map(|one| s4_class(context, one)).collect();
    classes.extend(package.reference_classes.iter().map(|one| reference_class(context, one)));
    classes.extend(package.r6_classes.iter().map(|one| r6_class(context, one)));
    classes.sort_by(|a, b| (&a.name, a.system).cmp(&(&b.name, b.system)));
    classes
}

fn position(ty: Type, source: Source, strength: Confidence, place: String) -> Position {
    if ty.is_any() || ty.is_never() {
        return Position::unknown();
    }
    let evidence = Evidence { source, ty: ty.clone(), strength, alternative: false, place };
    Position { ty, confidence: strength, evidence: vec![evidence] }
}

/// What R keeps a slot or field to.
fn declared(context: &Context<'_>, slot: &Slot, function: &str) -> RecordField {
    let ty = s4::of_class(context.package, &slot.class);
    let place = format!("{function}: {} = \"{}\"", slot.name, slot.class);
    RecordField {
        name: slot.name.clone(),
        optional: false,
        position: position(ty, Source::Registration, Confidence::Hard, place),
    }
}

/// A parameter of a constructor that sets a field.
fn initial(field: &RecordField) -> Parameter {
    Parameter {
        name: field.name.clone(),
        optional: true,
        open: false,
        mode: Mode::Value,
        position: field.position.clone(),
        choices: Vec::new(),
        dots: None,
    }
}

/// A constructor with these parameters.
fn constructor(name: &str, parameters: Vec<Parameter>, class: Type, place: &str) -> Signature {
    Signature {
        name: name.to_owned(),
        parameters,
        returns: position(class, Source::Registration, Confidence::Hard, place.to_owned()),
        invisible: false,
        overloads: Vec::new(),
    }
}

fn s4_class(context: &Context<'_>, class: &S4Class) -> ClassTypes {
    let fields: Vec<RecordField> =
        class.slots.iter().map(|slot| declared(context, slot, "setClass")).collect();
    let own = context
        .s4
        .of("initialize")
        .find(|(_, method)| method.signature.first().is_some_and(|first| first.class == class.name));
    let constructor = (!class.r#virtual && !class.union).then(|| {
        let parameters = match own.and_then(|(index, _)| context.s4_summary(index)) {
            Some(initialize) => {
                initialize.parameters.iter().filter(|one| one.name != ".Object").cloned().collect()
            }
            None => fields.iter().map(initial).collect(),
        };
        let place = format!("new(\"{}\")", class.name);
        constructor("new", parameters, Term::class(&class.name).into(), &place)
    });
    ClassTypes {
        name: class.name.clone(),
        system: ClassSystem::S4,
        inherits: class.contains.clone(),
        fields,
        methods: Vec::new(),
        constructor,
    }
}

/// The methods of a class, whose code sees these variables.
fn methods<'a>(context: &Context<'a>, functions: &'a [Function], scope: &[(Name, Type)]) -> Vec<Signature> {
    functions
        .iter()
        .map(|function| {
            let subject = Subject { function, role: Role::Member(scope.to_vec()), before: None };
            caught(|| study_subject(context, &subject)).unwrap_or_else(|_| unknown(function))
        })
        .collect()
}

/// Takes `initialize` out of the methods: it says how objects are made.
fn initialize(methods: &mut Vec<Signature>) -> Option<Signature> {
    let place = methods.iter().position(|one| one.name == "initialize")?;
    Some(methods.remove(place))
}

fn reference_class<'a>(context: &Context<'a>, class: &'a ReferenceClass) -> ClassTypes {
    let mut fields: Vec<RecordField> =
        class.fields.iter().map(|slot| declared(context, slot, "setRefClass")).collect();
    for (field, slot) in fields.iter_mut().zip(&class.fields) {
        // Reading it runs a function, which may return anything.
        if slot.class == "activeBindingFunction" {
            field.position = Position::unknown();
        }
    }
    let ty = Type::class(&class.name);
    let mut scope: Vec<(Name, Type)> = vec![(".self".into(), ty.clone())];
    scope.extend(fields.iter().map(|field| (field.name.as_str().into(), field.position.ty.clone())));
    let mut methods = methods(context, &class.methods, &scope);
    let parameters = match initialize(&mut methods) {
        Some(initialize) => initialize.parameters,
        None => fields.iter().map(initial).collect(),
    };
    let place = format!("setRefClass(\"{}\")", class.name);
    ClassTypes {
        name: class.name.clone(),
        system: ClassSystem::Reference,
        inherits: class.contains.clone(),
        fields,
        methods,
        constructor: Some(constructor("new", parameters, ty, &place)),
    }
}

fn r6_class<'a>(context: &Context<'a>, class: &'a R6Class) -> ClassTypes {
    let name = if class.class.is_empty() { &class.generator } else { &class.class };
    let ty = if class.class.is_empty() { Term::Environment.into() } else { Type::class(name) };
    let private = Type::from(Term::Environment);
    let scope: [(Name, Type); 2] = [("self".into(), ty.clone()), ("private".into(), private)];
    let mut found = methods(context, &class.methods, &scope);
    let parameters = initialize(&mut found).map(|one| one.parameters).unwrap_or_default();
    let mut fields: Vec<RecordField> = class
        .fields
        .iter()
        .map(|field| {
            let reassigned = class.methods.iter().filter_map(|one| one.body.as_ref());
            let reassigned = reassigned.into_iter().any(|body| assigns(body, &field.name));
            // What a method puts there later may be of another kind.
            let strength = if reassigned { Confidence::Weak } else { Confidence::Likely };
            let place = format!("the public field {} of {}", field.name, class.generator);
            RecordField {
                name: field.name.clone(),
                optional: false,
                position: position(of_value(&datasets::of(&field.object)), Source::Default, strength, place),
            }
        })
        .collect();
    for active in methods(context, &class.active, &scope) {
        fields.push(RecordField { name: active.name, optional: false, position: active.returns });
    }
    fields.sort_by(|a, b| a.name.cmp(&b.name));
    let place = format!("{}$new", class.generator);
    ClassTypes {
        name: class.generator.clone(),
        system: ClassSystem::R6,
        inherits: class.inherits.iter().map(deparse).collect(),
        fields,
        methods: found,
        constructor: Some(constructor("new", parameters, ty, &place)),
    }
}

/// Whether code assigns to `self$name`.
fn assigns(code: &Expr, name: &str) -> bool {
    let mut open = vec![code];
    while let Some(expr) = open.pop() {
        match expr {
            Expr::Call(call) => {
                if matches!(call.name(), Some("<-" | "=" | "<<-"))
                    && let Some(target) = call.arg(0).and_then(|one| one.call_of("$"))
                    && target.arg(0).and_then(Expr::symbol) == Some("self")
                    && target.arg(1).and_then(Expr::symbol) == Some(name)
                {
                    return true;
                }
                open.push(&call.callee);
                open.extend(call.args.iter().filter_map(|arg| arg.value.as_ref()));
            }
            Expr::Function(lambda) => open.push(&lambda.body),
            _ => {}
        }
    }
    false
}

/// The type of a field that starts with a value like this. Whether it stays one element is known of flags only; NULL stands for
/// anything that comes later.
fn of_value(ty: &datasets::Type<'_>) -> Type {
    use datasets::Type as Seen;
    let atomic = |atomic: datasets::Atomic| match atomic {
        datasets::Atomic::Logical => Atomic::Logical,
        datasets::Atomic::Integer => Atomic::Integer,
        datasets::Atomic::Double => Atomic::Double,
        datasets::Atomic::Complex => Atomic::Complex,
        datasets::Atomic::Character => Atomic::Character,
        datasets::Atomic::Raw => Atomic::Raw,
    };
    match ty {
        Seen::Vector(datasets::Atomic::Logical) => Term::Vector(Vector::scalar(Atomic::Logical)).into(),
        Seen::Vector(one) => Type::vector(atomic(*one)),
        Seen::Matrix(one) => Term::Matrix(Some(atomic(*one))).into(),
        Seen::Frame(_) => Type::class("data.frame"),
        Seen::Factor { .. } | Seen::OpenFactor => Type::class("factor"),
        Seen::Function => Type::function(),
        Seen::Environment => Term::Environment.into(),
        Seen::List | Seen::Record(_) => Type::list(),
        _ => Type::Any,
    }
}
