//! The whole run, as a list of its phases.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::diagnostics::{Diagnostics, Problem};
use crate::emit::{self, Files};
use crate::infer;
use crate::introspect::{Introspect, Introspected};
use crate::ir::{Package, Types};
use crate::lower;
use crate::names::Language;

/// Hears how a run goes on; called from several threads.
pub trait Progress: Sync {
    /// A package is about to be looked into.
    fn started(&self, _package: &str) {}
    /// A package has been looked into.
    fn finished(&self, _package: &str, _found: Option<&Package>) {}
}

/// Hears nothing.
#[derive(Clone, Copy, Debug)]
pub struct Silent;

impl Progress for Silent {}

/// The packages of a run, sorted by name.
#[derive(Clone, Debug, Default)]
pub struct Read {
    /// What was found.
    pub packages: Vec<Package>,
    /// The files that change when a package does.
    pub watch: Vec<PathBuf>,
}

/// Introspect: looks into each package, several at a time. A package that fails costs itself and is reported.
pub fn introspect(
    names: &[String],
    source: &dyn Introspect,
    progress: &dyn Progress,
    diagnostics: &mut Diagnostics,
) -> Read {
    let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
    names.sort_unstable();
    names.dedup();
    let next = AtomicUsize::new(0);
    type Outcome = (Option<Introspected>, Diagnostics);
    let results: Mutex<BTreeMap<usize, Outcome>> = Mutex::new(BTreeMap::new());
    let work = || {
        while let Some(name) = names.get(next.fetch_add(1, Ordering::Relaxed)) {
            progress.started(name);
            let mut found = Diagnostics::default();
            let outcome = one(name, source, &mut found);
            progress.finished(name, outcome.as_ref().map(|one| &one.package));
            let mut results = results.lock().unwrap_or_else(PoisonError::into_inner);
            // By place: the order does not depend on which thread was faster.
            let place = names.iter().position(|one| one == name).unwrap_or(0);
            results.insert(place, (outcome, found));
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(names.len());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
    let mut read = Read::default();
    for (outcome, found) in results.into_inner().unwrap_or_else(PoisonError::into_inner).into_values() {
        diagnostics.append(found);
        if let Some(Introspected { package, watch }) = outcome {
            read.packages.push(package);
            read.watch.extend(watch);
        }
    }
    read.watch.sort();
    read.watch.dedup();
    read
}

fn one(name: &str, source: &dyn Introspect, diagnostics: &mut Diagnostics) -> Option<Introspected> {
    match source.introspect(name, diagnostics) {
        Ok(found) => Some(found),
        Err(problem) => {
            diagnostics.push(problem);
            None
        }
    }
}

/// A package and what inference says about it.
#[derive(Clone, Debug)]
pub struct Studied {
    /// The package.
    pub package: Package,
    /// Its types.
    pub types: Types,
}

/// Introspect, infer: the packages with their types, sorted by name.
pub fn study(
    names: &[String],
    source: &dyn Introspect,
    progress: &dyn Progress,
    diagnostics: &mut Diagnostics,
) -> Vec<Studied> {
    let read = introspect(names, source, progress, diagnostics);
    let studied = |package: Package| {
        let types = infer::study(&package, &infer::Foreign::new());
        Studied { package, types }
    };
    read.packages.into_iter().map(studied).collect()
}

/// Infer, lower, emit: the files of one language for these packages.
pub fn generate(packages: &[Package], language: Language, diagnostics: &mut Diagnostics) -> Files {
    let modules: Vec<lower::Module> =
        packages.iter().map(|package| lower::lower(&infer::infer(package), language, diagnostics)).collect();
    if collide(&modules, diagnostics) {
        return Files::new();
    }
    match language {
        Language::Rust => emit::rust::emit(&modules),
        Language::Python => emit::python::emit(&modules),
    }
}

/// Reports packages whose modules would have the same name.
fn collide(modules: &[lower::Module], diagnostics: &mut Diagnostics) -> bool {
    let mut by_name: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for module in modules {
        by_name.entry(&module.name).or_default().push(module.package.clone());
    }
    by_name.retain(|_, packages| packages.len() > 1);
    for (module, packages) in &by_name {
        diagnostics
            .push(Problem::ModulesCollide { packages: packages.clone(), module: (*module).to_owned() });
    }
    !by_name.is_empty()
}
