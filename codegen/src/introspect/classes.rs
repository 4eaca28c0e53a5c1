//! Classes of every kind, generics and methods of S4, and exports that are values.

use std::collections::BTreeSet;

use super::answer::{Result, flag, object, optional_strings, string, strings};
use super::code::Code;
use super::functions::functions;
use super::rds::{Data, Value};
use crate::ir::{
    Constant, EnvironmentExport, Field, Function, Member, Package, R6Class, ReferenceClass, S4Class,
    S4Generic, S4Method, Slot,
};

/// Reads what the function `classes_of` of the script says into `package`.
pub fn classes(answer: &Value, code: &mut Code, package: &mut Package) -> Result<()> {
    let data: BTreeSet<String> = package.datasets.iter().map(|one| one.name.clone()).collect();
    if let Some(values) = answer.element("constants") {
        package.constants = constants(values, code)?;
        package.constants.retain(|one| !data.contains(&one.name));
    }
    if let Some(values) = answer.element("environments") {
        package.environments = environments(values, code)?;
        package.environments.retain(|one| !data.contains(&one.name));
    }
    for (generator, class) in named(answer, "r6_classes") {
        package.r6_classes.push(r6_class(generator, class, code)?);
    }
    let generators = answer.element("generators");
    let generators = generators.map(|all| (names(all), optional_strings(all))).unwrap_or_default();
    for class in list(answer, "s4_classes") {
        if class.element("reference").is_some() {
            package.reference_classes.push(reference_class(class, &generators, code)?);
        } else {
            package.s4_classes.push(s4_class(class)?);
        }
    }
    if let Some(generics) = answer.element("s4_generics") {
        let rest = list(generics, "signature").iter().zip(list(generics, "value_class"));
        for (name, (signature, value_class)) in strings(generics, "name").into_iter().zip(rest) {
            let value_class = texts(value_class);
            package.s4_generics.push(S4Generic { name, signature: texts(signature), value_class });
        }
    }
    for table in list(answer, "s4_methods") {
        package.s4_methods.extend(s4_methods(table, code)?);
    }
    let exported = strings(answer, "exported");
    package.r6_classes.iter_mut().for_each(|one| one.exported = exported.contains(&one.generator));
    package.r6_classes.sort_by(|a, b| a.generator.cmp(&b.generator));
    package.reference_classes.sort_by(|a, b| a.name.cmp(&b.name));
    package.s4_classes.sort_by(|a, b| a.name.cmp(&b.name));
    package.s4_generics.sort_by(|a, b| a.name.cmp(&b.name));
    package
        .s4_methods
        .sort_by(|a, b| (&a.generic, &a.package, &a.signature).cmp(&(&b.generic, &b.package, &b.signature)));
    Ok(())
}

fn list<'a>(value: &'a Value, element: &str) -> &'a [Value] {
    value.element(element).and_then(Value::elements).unwrap_or_default()
}

/// The names of a named vector.
fn names(value: &Value) -> Vec<String> {
    let names = value.attribute("names").map(optional_strings).unwrap_or_default();
    names.into_iter().map(Option::unwrap_or_default).collect()
}

/// The elements of a named list.
fn named<'a>(value: &'a Value, element: &str) -> Vec<(String, &'a Value)> {
    let Some(all) = value.element(element) else { return Vec::new() };
    names(all).into_iter().zip(all.elements().unwrap_or_default()).collect()
}

/// The strings of a character vector, without NA.
fn texts(value: &Value) -> Vec<String> {
    optional_strings(value).into_iter().flatten().collect()
}

fn slots(value: &Value, names: &str, classes: &str) -> Vec<Slot> {
    let pairs = strings(value, names).into_iter().zip(strings(value, classes));
    pairs.map(|(name, class)| Slot { name, class }).collect()
}

fn methods(value: &Value, element: &str, code: &mut Code) -> Vec<Function> {
    value.element(element).map(|parts| functions(parts, code)).unwrap_or_default()
}

fn constants(values: &Value, code: &mut Code) -> Result<Vec<Constant>> {
    let mut constants = Vec::new();
    let rest = list(values, "object").iter().zip(list(values, "value"));
    for (name, (skeleton, value)) in strings(values, "name").into_iter().zip(rest) {
        let value = value.elements().and_then(<[Value]>::first).map(|value| code.vector(value));
        constants.push(Constant { name, object: object(skeleton)?, value, topic: None });
    }
    constants.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(constants)
}

fn environments(values: &Value, code: &mut Code) -> Result<Vec<EnvironmentExport>> {
    let mut environments = Vec::new();
    let rest = list(values, "class").iter().zip(list(values, "members"));
    for (name, (class, inside)) in strings(values, "name").into_iter().zip(rest) {
        let members = members(inside, code)?;
        environments.push(EnvironmentExport { name, class: texts(class), members, topic: None });
    }
    environments.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(environments)
}

fn members(value: &Value, code: &mut Code) -> Result<Vec<Member>> {
    let active: BTreeSet<String> = strings(value, "active").into_iter().collect();
    let mut members: Vec<Member> = strings(value, "name")
        .into_iter()
        .map(|name| Member { active: active.contains(&name), name, ..Member::default() })
        .collect();
    members.sort_by(|a, b| a.name.cmp(&b.name));
    let find = |members: &mut Vec<Member>, name: &str| {
        members.binary_search_by(|one| one.name.as_str().cmp(name)).ok()
    };
    for function in methods(value, "functions", code) {
        if let Some(index) = find(&mut members, &function.name) {
            members[index].function = Some(function);
        }
    }
    for (name, skeleton) in strings(value, "values").into_iter().zip(list(value, "objects")) {
        if let Some(index) = find(&mut members, &name) {
            members[index].object = Some(object(skeleton)?);
        }
    }
    Ok(members)
}

fn r6_class(generator: String, value: &Value, code: &mut Code) -> Result<R6Class> {
    let mut fields = Vec::new();
    for (name, skeleton) in strings(value, "field_names").into_iter().zip(list(value, "fields")) {
        fields.push(Field { name, object: object(skeleton)? });
    }
    fields.sort_by(|a, b| a.name.cmp(&b.name));
    let inherits = value.element("inherits").filter(|inherits| !matches!(inherits.data, Data::Null));
    Ok(R6Class {
        generator,
        class: strings(value, "class").into_iter().next().unwrap_or_default(),
        exported: false,
        inherits: inherits.map(|inherits| code.expr(inherits)),
        fields,
        methods: methods(value, "methods", code),
        active: methods(value, "active", code),
        topic: None,
    })
}

fn s4_class(value: &Value) -> Result<S4Class> {
    let mut subclasses = strings(value, "subclasses");
    subclasses.sort();
    Ok(S4Class {
        name: string(value, "name")?,
        exported: flag(value, "exported"),
        r#virtual: flag(value, "virtual"),
        union: flag(value, "union"),
        slots: slots(value, "slot_names", "slots"),
        contains: strings(value, "contains"),
        subclasses,
        topic: None,
    })
}

fn reference_class(
    value: &Value,
    generators: &(Vec<String>, Vec<Option<String>>),
    code: &mut Code,
) -> Result<ReferenceClass> {
    let name = string(value, "name")?;
    let generator = generators.1.iter().position(|class| class.as_deref() == Some(&name));
    Ok(ReferenceClass {
        generator: generator.and_then(|index| generators.0.get(index).cloned()),
        fields: slots(value, "slot_names", "slots"),
        methods: methods(value, "methods", code),
        contains: strings(value, "contains"),
        name,
        topic: None,
    })
}

fn s4_methods(table: &Value, code: &mut Code) -> Result<Vec<S4Method>> {
    let (generic, package) = (string(table, "generic")?, string(table, "package")?);
    let functions = methods_in_order(table, code);
    let targets = list(table, "classes").iter().zip(list(table, "arguments"));
    let method = |((classes, arguments), mut function): ((&Value, &Value), Function)| {
        let mut arguments = texts(arguments).into_iter();
        let slot = |class| Slot { name: arguments.next().unwrap_or_default(), class };
        function.name.clone_from(&generic);
        S4Method {
            generic: generic.clone(),
            package: package.clone(),
            signature: texts(classes).into_iter().map(slot).collect(),
            function,
        }
    };
    Ok(targets.zip(functions).map(method).collect())
}

/// The functions of a table of methods, in its order.
fn methods_in_order(table: &Value, code: &mut Code) -> Vec<Function> {
    let Some(parts) = table.element("functions") else { return Vec::new() };
    let mut by_name: std::collections::BTreeMap<String, Function> =
        functions(parts, code).into_iter().map(|one| (one.name.clone(), one)).collect();
    strings(parts, "name").iter().map(|name| by_name.remove(name).unwrap_or_default()).collect()
}
