//! What changed between two looks at the same packages, in words.
//!
//! A change is breaking when a program that was written against the old bindings may no longer compile or run: something is gone, a
//! parameter takes less, a result is something else. Types are compared as they were inferred, so a change of a type says
//! what the code now does, and not only what it declares.

mod classes;
mod functions;
mod objects;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::pipeline::Corrected;

/// What changed in a package.
#[derive(Clone, Debug, Serialize)]
pub struct PackageDiff {
    /// The package.
    pub name: String,
    /// Its version before; nothing where it was not there.
    pub old: Option<String>,
    /// Its version after.
    pub new: Option<String>,
    /// The changes, by kind and name of what changed.
    pub changes: Vec<Change>,
}

/// A change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Change {
    /// What kind of thing it is about.
    pub kind: Kind,
    /// Its name in R.
    pub name: String,
    /// What happened, as a sentence without its subject's name.
    pub text: String,
    /// Whether it can break a program.
    pub breaking: bool,
}

/// The kinds of things that change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // each is what it says
pub enum Kind {
    Package,
    Function,
    Reexport,
    Constant,
    Environment,
    S3Method,
    S3Class,
    S4Class,
    S4Generic,
    S4Method,
    ReferenceClass,
    R6Class,
    DataSet,
}

impl Kind {
    /// What it is called in a sentence.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Package => "package",
            Kind::Function => "function",
            Kind::Reexport => "re-export",
            Kind::Constant => "value",
            Kind::Environment => "environment",
            Kind::S3Method => "S3 method",
            Kind::S3Class => "S3 class",
            Kind::S4Class => "S4 class",
            Kind::S4Generic => "S4 generic",
            Kind::S4Method => "S4 method",
            Kind::ReferenceClass => "reference class",
            Kind::R6Class => "R6 class",
            Kind::DataSet => "data set",
        }
    }
}

/// Compares packages of the same name. Packages in which nothing changed are left out.
pub fn diff(old: &[Corrected], new: &[Corrected]) -> Vec<PackageDiff> {
    let by_name = |packages| -> BTreeMap<&str, &Corrected> {
        let named = |one| {
            let one: &Corrected = one;
            (one.package.name.as_str(), one)
        };
        <[Corrected]>::iter(packages).map(named).collect()
    };
    let (old, new) = (by_name(old), by_name(new));
    let names: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
    let mut found = Vec::new();
    for name in names {
        let (before, after) = (old.get(name).copied(), new.get(name).copied());
        let mut log = Log::default();
        match (before, after) {
            (Some(before), Some(after)) => package(&mut log, before, after),
            (Some(_), None) => log.breaking(Kind::Package, name, "is gone"),
            (None, Some(_)) => log.harmless(Kind::Package, name, "is new"),
            (None, None) => {}
        }
        if !log.changes.is_empty() {
            let version = |one: Option<&Corrected>| one.map(|one| one.package.version.clone());
            found.push(PackageDiff {
                name: name.to_owned(),
                old: version(before),
                new: version(after),
                changes: log.changes.into_iter().collect(),
            });
        }
    }
    found
}

fn package(log: &mut Log, old: &Corrected, new: &Corrected) {
    functions::exported(log, old, new);
    functions::reexports(log, &old.package, &new.package);
    classes::all(log, old, new);
    objects::all(log, &old.package, &new.package);
}

/// The changes that were found, sorted, each once.
#[derive(Debug, Default)]
struct Log {
    changes: BTreeSet<Change>,
}

impl Log {
    fn add(&mut self, kind: Kind, name: &str, breaking: bool, text: impl Into<String>) {
        self.changes.insert(Change { kind, name: name.to_owned(), text: text.into(), breaking });
    }

    fn breaking(&mut self, kind: Kind, name: &str, text: impl Into<String>) {
        self.add(kind, name, true, text);
    }

    fn harmless(&mut self, kind: Kind, name: &str, text: impl Into<String>) {
        self.add(kind, name, false, text);
    }

    /// Reports what is gone and what is new, and gives the pairs of what stayed.
    fn stayed<'a, T>(
        &mut self,
        kind: Kind,
        old: impl IntoIterator<Item = (String, &'a T)>,
        new: impl IntoIterator<Item = (String, &'a T)>,
    ) -> Vec<(String, &'a T, &'a T)> {
        let mut before: BTreeMap<String, &T> = old.into_iter().collect();
        let mut stayed = Vec::new();
        for (name, now) in new.into_iter().collect::<BTreeMap<_, _>>() {
            match before.remove(&name) {
                Some(then) => stayed.push((name, then, now)),
                None => self.harmless(kind, &name, "is new"),
            }
        }
        for name in before.keys() {
            self.breaking(kind, name, "is gone");
        }
        stayed
    }
}

/// `a, b and c`, each in backticks.
fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match &names[..] {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests;
