//! What the code of a package takes from other packages.

use std::collections::BTreeSet;

use crate::ir::code::{Expr, Formal, qualified};
use crate::ir::{Function, Package};

/// The packages whose functions code may call without an import, after base: they are attached when R starts.
pub const ATTACHED: &[&str] = &["stats", "utils", "graphics", "grDevices", "methods"];

/// The names that code mentions.
#[derive(Debug, Default)]
pub struct Mentions<'a> {
    /// `p::f` and `p:::f`.
    pub qualified: BTreeSet<(&'a str, &'a str)>,
    /// All other symbols, and strings, which may name a function in `do.call("f", …)`.
    pub names: BTreeSet<&'a str>,
}

/// The names that the code of a package mentions.
pub fn mentions(package: &Package) -> Mentions<'_> {
    let mut found = Mentions::default();
    let functions = package.functions.iter();
    let functions = functions.chain(package.s4_methods.iter().map(|one| &one.function));
    let functions = functions.chain(package.reference_classes.iter().flat_map(|one| &one.methods));
    let functions =
        functions.chain(package.r6_classes.iter().flat_map(|one| one.methods.iter().chain(&one.active)));
    let members = package.environments.iter().flat_map(|one| &one.members);
    let functions = functions.chain(members.filter_map(|one| one.function.as_ref()));
    functions.for_each(|function| found.function(function));
    package.r6_classes.iter().filter_map(|one| one.inherits.as_ref()).for_each(|one| found.expr(one));
    found
}

/// The packages that have to be known before this one can be studied. Base calls others, too, but comes before all.
pub fn dependencies(package: &Package) -> BTreeSet<String> {
    if package.functions.is_empty() || package.name == "base" {
        return BTreeSet::new();
    }
    let mut found: BTreeSet<&str> = ATTACHED.iter().copied().collect();
    found.insert("base");
    found.extend(package.imports.iter().map(|one| one.package.as_str()));
    found.extend(package.reexports.iter().map(|one| one.package.as_str()));
    // What is only suggested is called in the corners of a package, but would bring all of its own dependencies.
    let declared = |one: &&str| package.depends.iter().any(|name| name == one);
    found.extend(mentions(package).qualified.iter().map(|(package, _)| *package).filter(declared));
    found.remove(package.name.as_str());
    found.into_iter().filter(|one| is_name(one)).map(str::to_owned).collect()
}

/// Whether a package can have this name ("Writing R Extensions", 1.1.1): code may say anything before `::`.
fn is_name(name: &str) -> bool {
    let mut characters = name.chars();
    characters.next().is_some_and(|first| first.is_ascii_alphabetic())
        && characters.all(|one| one.is_ascii_alphanumeric() || one == '.')
        && !name.ends_with('.')
}

impl<'a> Mentions<'a> {
    fn function(&mut self, function: &'a Function) {
        self.formals(&function.formals);
        function.body.iter().for_each(|body| self.expr(body));
    }

    fn formals(&mut self, formals: &'a [Formal]) {
        formals.iter().filter_map(|formal| formal.default.as_ref()).for_each(|default| self.expr(default));
    }

    /// With a stack of its own: code may be nested more deeply than ours.
    fn expr(&mut self, expr: &'a Expr) {
        let mut open = vec![expr];
        while let Some(expr) = open.pop() {
            match expr {
                Expr::Symbol(name) | Expr::String(Some(name)) => {
                    self.names.insert(name);
                }
                Expr::Call(call) => {
                    if let Some(found) = qualified(expr) {
                        self.qualified.insert(found);
                    } else {
                        open.push(&call.callee);
                        open.extend(call.args.iter().filter_map(|arg| arg.value.as_ref()));
                    }
                }
                Expr::Function(lambda) => {
                    open.extend(lambda.formals.iter().filter_map(|formal| formal.default.as_ref()));
                    open.push(&lambda.body);
                }
                Expr::Vector(vector) => open.extend(&vector.elements),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::code::{Arg, Call};

    fn call(callee: Expr, args: Vec<Expr>) -> Expr {
        let args = args.into_iter().map(|value| Arg { name: None, value: Some(value) }).collect();
        Expr::Call(Box::new(Call { callee, args }))
    }

    fn symbol(name: &str) -> Expr {
        Expr::Symbol(name.into())
    }

    fn package(body: Expr) -> Package {
        let f = Function { name: "f".into(), body: Some(body), ..Function::default() };
        Package { name: "p".into(), functions: vec![f], ..Package::default() }
    }

    #[test]
    fn names_and_packages() {
        let other = call(symbol("::"), vec![symbol("other"), symbol("g")]);
        let odd = call(symbol(":::"), vec![Expr::String(Some("../odd".into())), symbol("h")]);
        let suggested = call(symbol("::"), vec![symbol("suggested"), symbol("g")]);
        let body = call(other, vec![call(symbol("nrow"), vec![symbol("x"), odd, suggested])]);
        let package = Package { depends: vec!["other".into()], ..package(body) };
        let found = mentions(&package);
        assert_eq!(found.qualified, BTreeSet::from([("other", "g"), ("../odd", "h"), ("suggested", "g")]));
        assert_eq!(found.names, BTreeSet::from(["nrow", "x"]));
        let dependencies: Vec<String> = dependencies(&package).into_iter().collect();
        assert_eq!(dependencies, ["base", "grDevices", "graphics", "methods", "other", "stats", "utils"]);
    }

    #[test]
    fn deep_code() {
        let mut expr = symbol("x");
        for _ in 0..20_000 {
            expr = call(symbol("("), vec![expr]);
        }
        let package = package(expr);
        assert_eq!(mentions(&package).names, BTreeSet::from(["(", "x"]));
        // Taking it apart again is not what is tested.
        std::mem::forget(package);
    }
}
