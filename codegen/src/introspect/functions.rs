//! The functions of a namespace, and what names in it refer to.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::{Result, flags, optional_strings, strings};
use super::code::Code;
use super::rds::Value;
use super::{classes, conditions};
use crate::ir::code::{Expr, Formal};
use crate::ir::{Function, Import, Package, Reexport, S3Method};

/// Reads what the function `parts` of the script says: functions, sorted by name.
pub fn functions(parts: &Value, code: &mut Code) -> Vec<Function> {
    let list = |element| parts.element(element).and_then(Value::elements).unwrap_or_default();
    let (formals, bodies, classes) = (list("formals"), list("body"), list("class"));
    let (primitive, exported) = (flags(parts, "primitive"), flags(parts, "exported"));
    let flag = |flags: &[bool], index: usize| flags.get(index).copied().unwrap_or(false);
    let mut functions = BTreeMap::new();
    for (index, name) in strings(parts, "name").into_iter().enumerate() {
        let primitive = flag(&primitive, index);
        let function = Function {
            name: name.clone(),
            exported: flag(&exported, index),
            primitive,
            formals: formals.get(index).map(|one| code.formals(one)).unwrap_or_default(),
            body: bodies.get(index).filter(|_| !primitive).map(|one| code.expr(one)),
            class: classes
                .get(index)
                .map(optional_strings)
                .unwrap_or_default()
                .into_iter()
                .flatten()
                .collect(),
            topic: None,
        };
        functions.insert(name, function);
    }
    functions.into_values().collect()
}

/// Reads what the function `code_of` of the script says into `package`. What could not be loaded is returned, with R's message.
pub fn namespace(answer: &Value, code: &mut Code, package: &mut Package) -> Result<Vec<(String, String)>> {
    package.functions = answer.element("functions").map(|parts| functions(parts, code)).unwrap_or_default();
    package.s3_methods = s3_methods(answer, &package.functions);
    package.conditions = conditions::conditions(&package.functions);
    if let Some(answer) = answer.element("classes") {
        classes::classes(answer, code, package)?;
    }
    let imports = imports(answer);
    package.reexports = reexports(answer, &imports);
    let mut used = BTreeSet::new();
    for function in &package.functions {
        formal_symbols(&function.formals, &mut used);
        function.body.iter().for_each(|body| symbols(body, &mut used));
    }
    let used = imports.into_values().filter(|import| used.contains(import.name.as_str()));
    package.imports = used.collect();
    let names = answer.element("failed").and_then(|failed| failed.attribute("names"));
    let names = names.map(optional_strings).unwrap_or_default().into_iter().flatten();
    Ok(names.zip(strings(answer, "failed")).collect())
}

/// All that the namespace imports, by the name here. A later import hides an earlier one, as in R.
fn imports(answer: &Value) -> BTreeMap<String, Import> {
    let mut imports = BTreeMap::new();
    let Some(declared) = answer.element("imports") else { return imports };
    let origins = declared.element("origin").map(optional_strings).unwrap_or_default();
    let places = strings(declared, "package").into_iter().zip(strings(declared, "original"));
    for ((name, place), origin) in strings(declared, "name").into_iter().zip(places).zip(origins) {
        let (package, original) = place;
        let original = Some(original).filter(|original| *original != name);
        let package = origin.unwrap_or(package);
        imports.insert(name.clone(), Import { name, package, original });
    }
    imports
}

/// Exports that are no bindings of the namespace, or copies of another namespace's functions.
fn reexports(answer: &Value, imports: &BTreeMap<String, Import>) -> Vec<Reexport> {
    let bindings: BTreeSet<String> = strings(answer, "bindings").into_iter().collect();
    let copies = answer
        .element("copies")
        .map(|copies| strings(copies, "name").into_iter().zip(strings(copies, "package")));
    let copies: BTreeMap<String, String> = copies.into_iter().flatten().collect();
    let exports: BTreeSet<String> = strings(answer, "exports").into_iter().collect();
    let origin = |name: String| {
        if let Some(package) = copies.get(&name) {
            return Some(Reexport { package: package.clone(), name, original: None });
        }
        if bindings.contains(&name) {
            return None;
        }
        Some(match imports.get(&name) {
            Some(import) => {
                Reexport { package: import.package.clone(), original: import.original.clone(), name }
            }
            // What is neither here nor imported is found in base, where every namespace looks last.
            None => Reexport { package: "base".to_owned(), name, original: None },
        })
    };
    exports.into_iter().filter_map(origin).collect()
}

/// What the namespace declares, what it has registered for its own generics, and what its code registers by name.
fn s3_methods(answer: &Value, functions: &[Function]) -> Vec<S3Method> {
    let mut methods = BTreeSet::new();
    let names: BTreeSet<&str> = functions.iter().map(|function| function.name.as_str()).collect();
    if let Some(declared) = answer.element("s3_methods") {
        let rest = strings(declared, "class").into_iter().zip(strings(declared, "name"));
        for (generic, (class, function)) in strings(declared, "generic").into_iter().zip(rest) {
            if names.contains(function.as_str()) {
                methods.insert(S3Method { generic, class, function });
            }
        }
        for function in strings(declared, "registered") {
            // The table's names are `generic.class`; the generic is one of this namespace.
            let generic = functions
                .iter()
                .filter(|one| one.body.as_ref().is_some_and(dispatches))
                .filter(|one| {
                    function.strip_prefix(one.name.as_str()).is_some_and(|rest| rest.starts_with('.'))
                })
                .max_by_key(|one| one.name.len());
            if let Some(generic) = generic {
                let (generic, class) = (generic.name.clone(), function[generic.name.len() + 1..].to_owned());
                methods.insert(S3Method { generic, class, function });
            }
        }
    }
    for function in functions {
        function.body.iter().for_each(|body| registrations(body, &names, &mut methods));
    }
    methods.into_iter().collect()
}

/// Whether `UseMethod` is called in `body`.
fn dispatches(body: &Expr) -> bool {
    let mut found = false;
    walk(body, &mut |expr| found |= expr.call_of("UseMethod").is_some());
    found
}

/// Calls like `s3_register("package::generic", "class")` and `registerS3method("generic", "class", function)` that code makes
/// when the package is loaded.
fn registrations(body: &Expr, functions: &BTreeSet<&str>, found: &mut BTreeSet<S3Method>) {
    walk(body, &mut |expr| {
        let Some(call) = expr.call() else { return };
        if !matches!(call.name(), Some("s3_register" | "registerS3method")) {
            return;
        }
        let text = |index| call.arg(index).and_then(Expr::string);
        let (Some(generic), Some(class)) = (text(0), text(1)) else { return };
        let generic = generic.rsplit_once("::").map_or(generic, |(_, name)| name);
        let method = call.arg(2).and_then(|method| method.string().or_else(|| method.symbol()));
        let function = method.map_or_else(|| format!("{generic}.{class}"), str::to_owned);
        if functions.contains(function.as_str()) {
            found.insert(S3Method { generic: generic.to_owned(), class: class.to_owned(), function });
        }
    });
}

/// Shows `visit` every expression in `expr`, itself first, defaults of functions included.
pub fn walk<'a>(expr: &'a Expr, visit: &mut impl FnMut(&'a Expr)) {
    visit(expr);
    match expr {
        Expr::Call(call) => {
            walk(&call.callee, visit);
            call.args.iter().filter_map(|arg| arg.value.as_ref()).for_each(|value| walk(value, visit));
        }
        Expr::Function(lambda) => {
            lambda.formals.iter().filter_map(|one| one.default.as_ref()).for_each(|value| walk(value, visit));
            walk(&lambda.body, visit);
        }
        Expr::Vector(vector) => vector.elements.iter().for_each(|element| walk(element, visit)),
        _ => {}
    }
}

fn formal_symbols<'a>(formals: &'a [Formal], found: &mut BTreeSet<&'a str>) {
    formals.iter().filter_map(|one| one.default.as_ref()).for_each(|default| symbols(default, found));
}

/// The names that `expr` looks up; also strings that are called.
fn symbols<'a>(expr: &'a Expr, found: &mut BTreeSet<&'a str>) {
    walk(expr, &mut |expr| match expr {
        Expr::Symbol(name) => {
            found.insert(name);
        }
        Expr::Call(call) => {
            if let Expr::String(Some(name)) = &call.callee {
                found.insert(name);
            }
        }
        _ => {}
    });
}
