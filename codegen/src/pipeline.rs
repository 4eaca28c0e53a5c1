//! The whole run, as a list of its phases.

mod correct;
mod references;
mod study;

use std::any::Any;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};

pub use correct::{Corrected, correct};

use crate::diagnostics::{Diagnostics, Problem, Severity};
use crate::emit::{self, Files};
use crate::infer;
use crate::introspect::{Introspect, Introspected, Known};
use crate::ir::{Package, Types, Unstudied};
use crate::lower;
use crate::names::Language;

/// Hears how a run goes on; called from several threads.
pub trait Progress: Sync {
    /// A package is about to be looked into.
    fn started(&self, _package: &str) {}
    /// A package has been looked into.
    fn finished(&self, _package: &str, _found: Option<&Package>) {}
    /// So many packages are to be looked into, as far as is known.
    fn expects(&self, _packages: usize) {}
    /// So many of the studies that give packages their types are done.
    fn typed(&self, _done: usize, _of: usize) {}
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
        /// A thread's panic: the others end, too, and it goes on from there.
        panic: Option<Box<dyn Any + Send>>,
        /// The heaviest first: what is begun last should end soon.
        open: BTreeSet<(Reverse<u64>, Vec<String>)>,
        known: BTreeSet<String>,
        running: usize,
        // By name: the order does not depend on which thread was faster.
        done: BTreeMap<String, Outcome>,
    }
    let plan = |names: &BTreeSet<String>| {
        source.plan(names).into_iter().map(|(weight, names)| (Reverse(weight), names))
    };
    progress.expects(asked.len());
    let state = Mutex::new(State { open: plan(asked).collect(), known: asked.clone(), ..State::default() });
    let changed = Condvar::new();
    let lock = || state.lock().unwrap_or_else(PoisonError::into_inner);
    let work = || {
        let mut now = lock();
        loop {
            let next = if now.panic.is_none() { now.open.pop_first() } else { None };
            let Some((_, group)) = next else {
                if now.running == 0 || now.panic.is_some() {
                    return;
                }
                now = changed.wait(now).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            now.running += 1;
            drop(now);
            let worked = catch_unwind(AssertUnwindSafe(|| {
                group.into_iter().for_each(|name| {
                    progress.started(&name);
                    let mut found = Diagnostics::default();
                    let outcome = one(&name, source, &mut found);
                    let package = outcome.as_ref().map(|one| &one.package);
                    let mut names = package.map(more).unwrap_or_default();
                    // What was not asked for is not told.
                    progress.finished(&name, package.filter(|_| asked.contains(&name)));
                    names.retain(|name| !lock().known.contains(name));
                    let planned: Vec<_> = plan(&names).collect();
                    let mut now = lock();
                    for (weight, mut group) in planned {
                        group.retain(|name| now.known.insert(name.clone()));
                        if !group.is_empty() {
                            now.open.insert((weight, group));
                        }
                    }
                    now.done.insert(name, (outcome, found));
                    progress.expects(now.known.len());
                    changed.notify_all();
                })
            }));
            now = lock();
            now.running -= 1;
            if let Err(panic) = worked {
                now.panic.get_or_insert(panic);
            }
            changed.notify_all();
        }
    };
    std::thread::scope(|scope| (0..threads()).for_each(|_| drop(scope.spawn(work))));
    let state = state.into_inner().unwrap_or_else(PoisonError::into_inner);
    match state.panic {
        Some(panic) => resume_unwind(panic),
        None => state.done,
    }
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
    let studied = study_all(names, source, progress, diagnostics);
    for Studied { package, types } in &studied {
        for Unstudied { name, reason } in &types.unstudied {
            diagnostics.push(Problem::NotStudied {
                package: package.name.clone(),
                function: name.clone(),
                reason: reason.clone(),
            });
        }
    }
    studied
}

fn study_all(
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
    let known = in_parallel(&asked.iter().collect::<Vec<_>>(), &|name| source.known(name));
    if let Some(known) = known.into_iter().collect::<Option<Vec<Known>>>() {
        let known: BTreeMap<&String, Known> = asked.iter().zip(known).collect();
        let read = introspect(names, source, progress, diagnostics);
        let known =
            |package: Package| Studied::new(known.get(&package.name).cloned().unwrap_or_default(), package);
        return read.packages.into_iter().map(known).collect();
    }
    let mut packages = Vec::new();
    let mut doubtful = BTreeSet::new();
    for (name, (outcome, found)) in look(&asked, source, progress, &references::dependencies) {
        if !found.problems().iter().all(says_it_again) {
            doubtful.insert(name.clone());
        }
        if asked.contains(&name) {
            diagnostics.append(found);
        }
        packages.extend(outcome.map(|one| one.package));
    }
    let known = in_parallel(&packages, &|package| source.known(&package.name));
    let new: Vec<bool> = known.iter().map(Option::is_none).collect();
    let results = study::all(&packages, known, progress);
    for ((package, result), _) in packages.iter().zip(&results).zip(&new).filter(|(_, new)| **new) {
        // Whether a package that could not be read now can be read the next time is not known.
        if result.with.iter().all(|name| !doubtful.contains(name)) {
            let with: Vec<&str> = result.with.iter().map(String::as_str).collect();
            source.remember(&package.name, &with, &result.known);
        }
    }
    let studied = packages.into_iter().zip(results).filter(|(package, _)| asked.contains(&package.name));
    studied.map(|(package, result)| Studied::new(result.known, package)).collect()
}

impl Studied {
    fn new(known: Known, package: Package) -> Studied {
        Studied { package: Package { foreign: known.foreign, ..package }, types: known.types }
    }
}

/// Whether looking into the package again would have the same result.
fn says_it_again(problem: &Problem) -> bool {
    match problem {
        Problem::UnknownPackage { .. } | Problem::LoadFailed { .. } => true,
        other => other.severity() == Severity::Warning,
    }
}

/// The results of `work` for each item, in their order; several are done at a time.
fn in_parallel<T: Sync, O: Send>(items: &[T], work: &(dyn Fn(&T) -> O + Sync)) -> Vec<O> {
    let results: Vec<Mutex<Option<O>>> = items.iter().map(|_| Mutex::new(None)).collect();
    let next = AtomicUsize::new(0);
    let serve = || {
        while let Some((item, result)) = {
            let index = next.fetch_add(1, Ordering::Relaxed);
            items.get(index).zip(results.get(index))
        } {
            *result.lock().unwrap_or_else(PoisonError::into_inner) = Some(work(item));
        }
    };
    std::thread::scope(|scope| (0..threads().min(items.len())).for_each(|_| drop(scope.spawn(serve))));
    results.into_iter().filter_map(|one| one.into_inner().unwrap_or_else(PoisonError::into_inner)).collect()
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
