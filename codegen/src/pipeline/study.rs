//! Types for the functions of packages, each studied after those that its code calls.
//!
//! What a package's types are does not depend on which packages are asked for together: whatever a package refers to is studied
//! with it. Packages that refer to each other are studied twice, each time without order among them: first without each other's
//! signatures, then with those of the first round. Base comes before all.

use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::Progress;
use super::references::{self, ATTACHED};
use crate::infer::{self, Foreign};
use crate::introspect::Known;
use crate::ir::{Package, Position, Signature, Types};

/// How often packages that refer to each other are studied.
const ROUNDS: usize = 2;

/// How many packages a re-export may go through.
const MOST_REEXPORTS: usize = 16;

/// What the study of one package gives.
#[derive(Clone, Debug, Default)]
pub struct Result {
    /// What is known about it.
    pub known: Known,
    /// The other packages that had a part in it, also those that are not there; sorted.
    pub with: Vec<String>,
}

/// Studies the packages, which are all that any of them refers to, as far as it is there. `known` holds what need not be studied.
pub fn all(packages: &[Package], known: Vec<Option<Known>>, progress: &dyn Progress) -> Vec<Result> {
    let by_name: BTreeMap<&str, usize> =
        packages.iter().enumerate().map(|(index, one)| (one.name.as_str(), index)).collect();
    let dependencies: Vec<BTreeSet<String>> = packages.iter().map(references::dependencies).collect();
    let place = |name: &String| by_name.get(name.as_str()).copied();
    let edges: Vec<Vec<usize>> =
        dependencies.iter().map(|names| names.iter().filter_map(place).collect()).collect();
    let groups = groups(&edges);
    let is_known: Vec<bool> = known.iter().map(Option::is_some).collect();
    let jobs = jobs(&groups, &edges, &is_known);
    let world = World { packages, by_name: &by_name };
    let results: Vec<Mutex<Option<Known>>> = jobs.iter().map(|_| Mutex::default()).collect();
    let known: Vec<Mutex<Option<Known>>> = known.into_iter().map(Mutex::new).collect();
    let done = AtomicUsize::new(0);
    run(&jobs, &|job| {
        let Job { package, sees, .. } = &jobs[job];
        let result = jobs[job].known.then(|| lock(&known[*package]).take()).flatten().unwrap_or_else(|| {
            let earlier = |package: usize| sees[package].map(|earlier| lock(&results[earlier]));
            let foreign = world.foreign(*package, &earlier);
            let types = infer::study(&packages[*package], &foreign);
            Known { types, foreign: foreign.into_values().collect() }
        });
        *lock(&results[job]) = Some(result);
        progress.typed(done.fetch_add(1, Ordering::Relaxed) + 1, jobs.len());
    });
    let mut last: Vec<Result> = packages.iter().map(|_| Result::default()).collect();
    for (job, result) in jobs.iter().zip(results) {
        if let Some(known) = result.into_inner().unwrap_or_else(PoisonError::into_inner) {
            last[job.package].known = known;
        }
    }
    for (package, result) in last.iter_mut().enumerate() {
        result.with = reached(package, &dependencies, &by_name);
    }
    last
}

/// The names of all packages that this one refers to, and that these refer to.
fn reached(from: usize, dependencies: &[BTreeSet<String>], by_name: &BTreeMap<&str, usize>) -> Vec<String> {
    let mut found: BTreeSet<&String> = BTreeSet::new();
    let mut open = vec![from];
    while let Some(package) = open.pop() {
        for name in &dependencies[package] {
            if found.insert(name) {
                open.extend(by_name.get(name.as_str()));
            }
        }
    }
    found.into_iter().filter(|name| by_name.get(name.as_str()) != Some(&from)).cloned().collect()
}

/// Studies a package that brings the signatures it needs.
pub fn recorded(package: &Package) -> Types {
    let foreign = package.foreign.iter().map(|one| (one.name.clone(), one.clone())).collect();
    infer::study(package, &foreign)
}

struct World<'a> {
    packages: &'a [Package],
    by_name: &'a BTreeMap<&'a str, usize>,
}

impl World<'_> {
    /// The signatures that a package's code needs, as far as `known` has them.
    fn foreign<'g>(
        &self,
        package: usize,
        known: &dyn Fn(usize) -> Option<MutexGuard<'g, Option<Known>>>,
    ) -> Foreign {
        let mut wanted: BTreeMap<usize, Vec<(String, String)>> = BTreeMap::new();
        let asked = &self.packages[package];
        if asked.name == "base" || asked.functions.is_empty() {
            return Foreign::new();
        }
        let mut want = |package: &str, name: &str| {
            let Some((origin, function)) = self.origin(package, name) else { return false };
            wanted.entry(origin).or_default().push((format!("{package}::{name}"), function.to_owned()));
            true
        };
        let mut own: BTreeSet<&str> = asked.functions.iter().map(|one| one.name.as_str()).collect();
        for import in &asked.imports {
            want(&import.package, import.original.as_deref().unwrap_or(&import.name));
            own.insert(&import.name);
        }
        for reexport in &asked.reexports {
            want(&reexport.package, reexport.original.as_deref().unwrap_or(&reexport.name));
        }
        for method in asked.s4_methods.iter().filter(|one| one.package != asked.name) {
            want(&method.package, &method.generic);
        }
        let mentions = references::mentions(asked);
        for (package, name) in mentions.qualified {
            if package != asked.name {
                want(package, name);
            }
        }
        for name in mentions.names.difference(&own) {
            let _ = want("base", name)
                || ATTACHED.iter().any(|package| *package != asked.name && want(package, name));
        }
        let mut foreign = Foreign::new();
        for (package, names) in wanted {
            let Some(studied) = known(package) else { continue };
            let Some(studied) = studied.as_ref() else { continue };
            let signatures = &studied.types.signatures;
            for (key, function) in names {
                if let Ok(place) = signatures.binary_search_by(|one| one.name.cmp(&function)) {
                    foreign.insert(key.clone(), bare(key, &signatures[place]));
                }
            }
        }
        foreign
    }

    /// The package and the function that `package::name` is in the end.
    fn origin<'s>(&'s self, package: &str, name: &'s str) -> Option<(usize, &'s str)> {
        let (mut package, mut name) = (*self.by_name.get(package)?, name);
        for _ in 0..MOST_REEXPORTS {
            let found = &self.packages[package];
            if found.functions.binary_search_by(|one| one.name.as_str().cmp(name)).is_ok() {
                return Some((package, name));
            }
            let reexport = found.reexports.iter().find(|one| one.name == name)?;
            package = *self.by_name.get(reexport.package.as_str())?;
            name = reexport.original.as_deref().unwrap_or(name);
        }
        None
    }
}

/// The signature without its evidence, under the name by which another package calls the function.
fn bare(name: String, signature: &Signature) -> Signature {
    let position =
        |one: &Position| Position { ty: one.ty.clone(), confidence: one.confidence, evidence: Vec::new() };
    let parameters = signature.parameters.iter().map(|one| crate::ir::Parameter {
        name: one.name.clone(),
        optional: one.optional,
        open: one.open,
        mode: one.mode,
        position: position(&one.position),
        choices: one.choices.clone(),
        dots: one.dots.clone(),
    });
    Signature {
        name,
        parameters: parameters.collect(),
        returns: position(&signature.returns),
        invisible: signature.invisible,
        // Which method is chosen is not looked at across packages.
        overloads: Vec::new(),
    }
}

/// One study of one package.
struct Job {
    package: usize,
    /// The jobs that have to be done before.
    after: Vec<usize>,
    /// For each package the job whose result this one may use.
    sees: Vec<Option<usize>>,
    /// Nothing is left to do: the result is known.
    known: bool,
}

/// The studies, in an order in which each comes after those that it needs.
fn jobs(groups: &[Vec<usize>], edges: &[Vec<usize>], is_known: &[bool]) -> Vec<Job> {
    let mut jobs: Vec<Job> = Vec::new();
    let mut latest: Vec<Option<usize>> = vec![None; edges.len()];
    for group in groups {
        let outside: BTreeSet<usize> =
            group.iter().flat_map(|&one| &edges[one]).filter_map(|&other| latest[other]).collect();
        let mut before: Vec<usize> = outside.into_iter().collect();
        let known = group.iter().all(|&one| is_known[one]);
        for _ in 0..if group.len() > 1 && !known { ROUNDS } else { 1 } {
            let round: Vec<usize> = (jobs.len()..jobs.len() + group.len()).collect();
            let seen = latest.clone();
            for (&package, &job) in group.iter().zip(&round) {
                let mut sees = seen.clone();
                sees[package] = None;
                jobs.push(Job { package, after: before.clone(), sees, known });
                latest[package] = Some(job);
            }
            before = round;
        }
    }
    jobs
}

/// The strongly connected components of the graph, each sorted, those that others point to first (Tarjan 1972).
fn groups(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    #[derive(Clone, Copy)]
    struct Node {
        index: usize,
        low: usize,
        open: bool,
    }
    let mut nodes: Vec<Option<Node>> = vec![None; edges.len()];
    let (mut groups, mut stack, mut count) = (Vec::new(), Vec::new(), 0);
    for root in 0..edges.len() {
        if nodes[root].is_some() {
            continue;
        }
        // Nodes on the way down, each with the number of its edges that have been followed.
        let mut way = vec![(root, 0)];
        while let Some((node, followed)) = way.last_mut() {
            let node = *node;
            if *followed == 0 {
                nodes[node] = Some(Node { index: count, low: count, open: true });
                stack.push(node);
                count += 1;
            }
            if let Some(&next) = edges[node].get(*followed) {
                *followed += 1;
                match nodes[next] {
                    None => way.push((next, 0)),
                    Some(there) if there.open => {
                        if let Some(here) = &mut nodes[node] {
                            here.low = here.low.min(there.index);
                        }
                    }
                    Some(_) => {}
                }
                // A node is entered when it has followed nothing: one with edges has by now.
                continue;
            }
            way.pop();
            let Some(here) = nodes[node] else { continue };
            if let Some((above, _)) = way.last()
                && let Some(above) = &mut nodes[*above]
            {
                above.low = above.low.min(here.low);
            }
            if here.low == here.index {
                let mut group = Vec::new();
                while let Some(member) = stack.pop() {
                    if let Some(member) = &mut nodes[member] {
                        member.open = false;
                    }
                    group.push(member);
                    if member == node {
                        break;
                    }
                }
                group.sort_unstable();
                groups.push(group);
            }
        }
    }
    groups
}

/// Does the jobs, several at a time.
fn run(jobs: &[Job], work: &(dyn Fn(usize) + Sync)) {
    struct State {
        waiting: Vec<usize>,
        ready: BTreeSet<usize>,
        left: usize,
        /// A thread's panic: the others end, too, and it goes on from there.
        panic: Option<Box<dyn Any + Send>>,
    }
    let mut next: Vec<Vec<usize>> = vec![Vec::new(); jobs.len()];
    for (job, one) in jobs.iter().enumerate() {
        one.after.iter().for_each(|&before| next[before].push(job));
    }
    let waiting: Vec<usize> = jobs.iter().map(|one| one.after.len()).collect();
    let ready = (0..jobs.len()).filter(|&job| waiting[job] == 0).collect();
    let state = Mutex::new(State { waiting, ready, left: jobs.len(), panic: None });
    let changed = Condvar::new();
    let serve = || {
        let mut now = lock(&state);
        while now.left > 0 {
            let Some(job) = now.ready.pop_first() else {
                now = changed.wait(now).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            drop(now);
            let worked = catch_unwind(AssertUnwindSafe(|| work(job)));
            now = lock(&state);
            now.left = now.left.saturating_sub(1);
            if let Err(panic) = worked {
                now.panic.get_or_insert(panic);
                now.left = 0;
            }
            for &after in &next[job] {
                now.waiting[after] -= 1;
                if now.waiting[after] == 0 {
                    now.ready.insert(after);
                }
            }
            changed.notify_all();
        }
    };
    let threads = super::threads().min(jobs.len());
    std::thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(serve))));
    if let Some(panic) = state.into_inner().unwrap_or_else(PoisonError::into_inner).panic {
        resume_unwind(panic);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "of its own")]
    fn a_panic_ends_all_threads() {
        let edges = vec![vec![1, 2], vec![], vec![]];
        let jobs = jobs(&groups(&edges), &edges, &[false; 3]);
        run(&jobs, &|job| assert!(job != 0, "of its own"));
    }

    #[test]
    fn groups_come_after_what_they_point_to() {
        // 0 → 1 ⇄ 2 → 3, 4 → 0, 5 alone.
        let edges = vec![vec![1], vec![2], vec![1, 3], vec![], vec![0, 3], vec![]];
        assert_eq!(groups(&edges), [vec![3], vec![1, 2], vec![0], vec![4], vec![5]]);
    }

    #[test]
    fn rounds() {
        let edges = vec![vec![1, 2], vec![0, 2], vec![]];
        let groups = groups(&edges);
        let jobs = jobs(&groups, &edges, &[false; 3]);
        type Told<'a> = (usize, &'a [usize], &'a [Option<usize>]);
        let told: Vec<Told<'_>> =
            jobs.iter().map(|one| (one.package, one.after.as_slice(), one.sees.as_slice())).collect();
        assert_eq!(
            told,
            [
                (2, [].as_slice(), [None, None, None].as_slice()),
                (0, &[0], &[None, None, Some(0)]),
                (1, &[0], &[None, None, Some(0)]),
                (0, &[1, 2], &[None, Some(2), Some(0)]),
                (1, &[1, 2], &[Some(1), None, Some(0)]),
            ]
        );
    }

    #[test]
    fn a_group_is_known_only_as_a_whole() {
        let edges = vec![vec![1, 2], vec![0, 2], vec![]];
        let groups = groups(&edges);
        let known = |known| -> Vec<(usize, bool)> {
            jobs(&groups, &edges, known).iter().map(|one| (one.package, one.known)).collect()
        };
        assert_eq!(known(&[true, true, false]), [(2, false), (0, true), (1, true)]);
        assert_eq!(known(&[true, false, true]), [(2, true), (0, false), (1, false), (0, false), (1, false)]);
    }

    #[test]
    fn every_job_is_done_after_those_before_it() {
        let edges: Vec<Vec<usize>> = (0..50).map(|node| (0..node).step_by(3).collect()).collect();
        let groups = groups(&edges);
        let jobs = jobs(&groups, &edges, &[false; 50]);
        let done: Vec<Mutex<bool>> = jobs.iter().map(|_| Mutex::new(false)).collect();
        run(&jobs, &|job| {
            assert!(jobs[job].after.iter().all(|&before| *lock(&done[before])));
            *lock(&done[job]) = true;
        });
        assert!(done.iter().all(|one| *lock(one)));
    }
}
