//! The whole run, as a list of its phases.

mod correct;
mod references;
mod study;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Condvar, Mutex, PoisonError};

pub use correct::{Corrected, correct};

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
    let asked: BTreeSet<String> = names.iter().cloned().collect();
    let mut read = Read::default();
    for (outcome, found) in look(&asked, source, progress, &|_| BTreeSet::new()).into_values() {
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

type Outcome = (Option<Introspected>, Diagnostics);

/// Looks into each of the packages and into those that `more` names because of one that was found, by name.
fn look(
    asked: &BTreeSet<String>,
    source: &dyn Introspect,
    progress: &dyn Progress,
    more: &(dyn Fn(&Package) -> BTreeSet<String> + Sync),
) -> BTreeMap<String, Outcome> {
    #[derive(Default)]
    struct State {
        open: BTreeSet<String>,
        known: BTreeSet<String>,
        running: usize,
        // By name: the order does not depend on which thread was faster.
        done: BTreeMap<String, Outcome>,
    }
    let state = Mutex::new(State { open: asked.clone(), known: asked.clone(), ..State::default() });
    let changed = Condvar::new();
    let lock = || state.lock().unwrap_or_else(PoisonError::into_inner);
    let work = || {
        let mut now = lock();
        loop {
            let Some(name) = now.open.pop_first() else {
                if now.running == 0 {
                    return;
                }
                now = changed.wait(now).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            now.running += 1;
            drop(now);
            progress.started(&name);
            let mut found = Diagnostics::default();
            let outcome = one(&name, source, &mut found);
            let package = outcome.as_ref().map(|one| &one.package);
            let names = package.map(more).unwrap_or_default();
            // What was not asked for is not told.
            progress.finished(&name, package.filter(|_| asked.contains(&name)));
            now = lock();
            for other in names {
                if now.known.insert(other.clone()) {
                    now.open.insert(other);
                }
            }
            now.running -= 1;
            now.done.insert(name, (outcome, found));
            changed.notify_all();
        }
    };
    std::thread::scope(|scope| (0..threads()).for_each(|_| drop(scope.spawn(work))));
    state.into_inner().unwrap_or_else(PoisonError::into_inner).done
}

/// How many things are done at a time.
fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
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
///
/// What the code of a package calls in other packages is looked into, too; when that fails, its functions are unknown. A snapshot holds
/// what is needed of other packages.
pub fn study(
    names: &[String],
    source: &dyn Introspect,
    progress: &dyn Progress,
    diagnostics: &mut Diagnostics,
) -> Vec<Studied> {
    if source.is_closed() {
        let read = introspect(names, source, progress, diagnostics);
        let studied = |package: Package| Studied { types: study::recorded(&package), package };
        return read.packages.into_iter().map(studied).collect();
    }
    let asked: BTreeSet<String> = names.iter().cloned().collect();
    let mut packages = Vec::new();
    for (name, (outcome, found)) in look(&asked, source, progress, &references::dependencies) {
        if asked.contains(&name) {
            diagnostics.append(found);
        }
        packages.extend(outcome.map(|one| one.package));
    }
    let results = study::all(&packages.iter().collect::<Vec<_>>());
    let studied = packages.into_iter().zip(results).filter(|(package, _)| asked.contains(&package.name));
    studied
        .map(|(package, studied)| Studied {
            package: Package { foreign: studied.foreign, ..package },
            types: studied.types,
        })
        .collect()
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
