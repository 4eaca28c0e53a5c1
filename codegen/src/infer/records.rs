//! The S3 classes whose objects a package's functions make, with their elements.
//!
//! An element's type is what the code puts there; where that is not known, what R's own documentation says about its classes, or what
//! the help of the function that makes the object says about the components of its result.

use std::collections::{BTreeMap, BTreeSet};

use super::context::Context;
use super::{documentation, known};
use crate::ir::types::{Term, Type};
use crate::ir::{Confidence, Evidence, Position, RecordClass, RecordField, Source};

/// The packages of R itself that make the classes about which something is known.
const OWN: &[&str] = &["base", "stats", "utils", "graphics", "grDevices", "methods"];

#[derive(Default)]
struct Made {
    inherits: Vec<String>,
    /// By name: the type, and how many of the places that make such objects set it.
    fields: BTreeMap<String, (Type, usize)>,
    /// How many places make such objects of known elements.
    count: usize,
    by: BTreeSet<String>,
}

/// The classes that the package's functions make, as far as the walks over their bodies have seen.
pub fn records(context: &Context<'_>) -> Vec<RecordClass> {
    let mut classes: BTreeMap<String, Made> = BTreeMap::new();
    let functions = context.package.functions.iter();
    let functions = functions.map(|function| (function, context.observed(&function.name)));
    let methods = context.package.s4_methods.iter().enumerate();
    let methods = methods.map(|(index, method)| (&method.function, context.s4.observed(index)));
    for (function, observed) in functions.chain(methods) {
        let Some(observed) = observed else { continue };
        for (class, fields) in &observed.made {
            let Some((name, inherits)) = class.split_first() else { continue };
            let made = classes
                .entry(name.clone())
                .or_insert_with(|| Made { inherits: inherits.to_vec(), ..Made::default() });
            made.by.insert(function.name.clone());
            let Some(fields) = fields else { continue };
            made.count += 1;
            for (name, ty) in fields {
                let place = made.fields.entry(name.clone()).or_insert((Type::never(), 0));
                place.0 = std::mem::replace(&mut place.0, Type::Any).or(ty.clone());
                place.1 += 1;
            }
        }
    }
    let records = classes.into_iter().map(|(name, made)| record(context, name, made));
    records.filter(|one| !one.fields.is_empty()).collect()
}

fn record(context: &Context<'_>, name: String, made: Made) -> RecordClass {
    let mut fields: BTreeMap<String, RecordField> = BTreeMap::new();
    for (field, (ty, count)) in made.fields {
        // NULL alone holds the place of what comes later.
        let ty = if ty == Type::null() { Type::Any } else { ty };
        let confidence = if ty.is_any() { Confidence::None } else { Confidence::Strong };
        let position = Position { ty, confidence, evidence: Vec::new() };
        fields.insert(field.clone(), RecordField { name: field, optional: count < made.count, position });
    }
    if OWN.contains(&context.package.name.as_str()) {
        for (field, ty) in known::fields(&name).unwrap_or_default() {
            // What R documents goes before what its code seems to do.
            if let Some(field) = fields.get_mut(field) {
                field.position.ty = Type::Any;
            }
            let place = format!("{name} of R");
            add(&mut fields, field, ty, ty.takes_null(), Source::Knowledge, Confidence::Strong, &place);
        }
    }
    for (field, said) in described(context, &name, &made.by) {
        let confidence = if said.plain { Confidence::Likely } else { Confidence::Weak };
        let ty = said.ty.unwrap_or(Type::Any);
        add(&mut fields, &field, &ty, true, Source::Documentation, confidence, &said.place);
    }
    RecordClass {
        name,
        inherits: made.inherits,
        fields: fields.into_values().collect(),
        made_by: made.by.into_iter().collect(),
    }
}

/// Adds what else is known about an element, unless the code says it.
fn add(
    fields: &mut BTreeMap<String, RecordField>,
    name: &str,
    ty: &Type,
    optional: bool,
    source: Source,
    strength: Confidence,
    place: &str,
) {
    let field = fields.entry(name.to_owned()).or_insert_with(|| RecordField {
        name: name.to_owned(),
        optional,
        position: Position::unknown(),
    });
    if field.position.ty.is_any() && !ty.is_any() {
        let place = place.to_owned();
        let evidence = Evidence { source, ty: ty.clone(), strength, alternative: false, place };
        field.position = Position { ty: ty.clone(), confidence: strength, evidence: vec![evidence] };
    }
}

/// What the help of the functions that return objects of a class says about their components.
fn described(
    context: &Context<'_>,
    class: &str,
    by: &BTreeSet<String>,
) -> BTreeMap<String, documentation::Said> {
    let mut all = BTreeMap::new();
    for name in by {
        let Some(function) = context.function(name) else { continue };
        let Some(page) = context.pages.of(function).filter(|page| !page.components.is_empty()) else {
            continue;
        };
        let returned = context.summary(name).is_some_and(|signature| {
            matches!(signature.returns.ty.only(), Some(Term::Class(names)) if names.first().is_some_and(|one| one == class))
        });
        if !returned {
            continue;
        }
        for (component, said) in documentation::value(name, page).components {
            all.entry(component).or_insert(said);
        }
    }
    all
}

/// The type of an element of objects of a class, where the code or R's documentation says it.
pub fn field_of(records: &[RecordClass], classes: &[String], name: &str) -> Option<Type> {
    let class = classes.iter().find_map(|class| records.iter().find(|one| one.name == *class))?;
    let field = class.fields.iter().find(|one| one.name == name)?;
    let ty = field.position.ty.clone();
    if ty.is_any() || field.position.confidence < Confidence::Likely {
        return None;
    }
    let told = field.position.confidence < Confidence::Strong;
    Some(if field.optional && !told { ty.or_null() } else { ty })
}
