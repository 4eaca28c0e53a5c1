//! Looking into packages that have been looked into before, without R.

mod key;
mod plan;
mod store;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Mutex, OnceLock, PoisonError};

use serde::{Deserialize, Serialize};

use super::{Introspect, Introspected, Known, Live};
use crate::diagnostics::{Diagnostics, Problem};
use crate::ir::Package;
use key::Libraries;
use store::Place;
pub use store::Store;

/// The R of this machine, and what is remembered of what it said.
#[derive(Debug)]
pub struct Cached {
    live: Live,
    store: Store,
    /// The part of the keys that all packages share.
    machine: String,
    libraries: OnceLock<Option<Libraries>>,
    /// The state of each package when it was first asked for.
    states: Mutex<BTreeMap<String, Option<String>>>,
    /// The package that a package loads and shares with others that are looked into.
    inside: Mutex<BTreeMap<String, String>>,
}

/// Where R looks for packages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Searched {
    /// What `.libPaths()` says.
    pub folders: Vec<PathBuf>,
    /// The folders that the environment names, and whether they are there: `.libPaths()` leaves out those that are not.
    pub named: Vec<(PathBuf, bool)>,
}

impl Searched {
    /// Whether R would say the same now.
    fn holds(&self) -> bool {
        self.folders.iter().all(|folder| folder.is_dir())
            && self.named.iter().all(|(folder, there)| folder.is_dir() == *there)
    }
}

/// What is remembered of a package.
#[derive(Serialize, Deserialize)]
struct Entry<P> {
    package: P,
    watch: Vec<PathBuf>,
    notices: Vec<Notice>,
}

/// What was said while a package was looked into.
#[derive(Serialize, Deserialize)]
enum Notice {
    DataSet(String, String),
    Binding(String, String),
}

/// What is remembered of a study.
#[derive(Serialize, Deserialize)]
struct Study<K> {
    /// The packages that had a part in it, with a number for the state of each.
    with: Vec<(String, u64)>,
    known: K,
}

impl Cached {
    /// Remembers in `store` what `live` says.
    pub fn new(live: Live, store: Store) -> Cached {
        let machine = key::of_machine(live.installation(), live.libraries());
        Cached {
            live,
            store,
            machine,
            libraries: OnceLock::new(),
            states: Mutex::default(),
            inside: Mutex::default(),
        }
    }

    fn libraries(&self) -> Option<&Libraries> {
        let find = || {
            let place = Place { name: "libraries", slot: key::hash(&self.machine), kind: "libraries" };
            let known = self.store.get::<Searched>(place, &self.machine).filter(Searched::holds);
            let searched = known.or_else(|| {
                let searched = self.live.searched()?;
                self.store.put(place, &self.machine, &searched);
                Some(searched)
            })?;
            Some(Libraries::new(searched.folders))
        };
        self.libraries.get_or_init(find).as_ref()
    }

    /// Everything that what is found about the package depends on.
    fn state(&self, package: &str) -> Option<String> {
        let lock = || self.states.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(state) = lock().get(package) {
            return state.clone();
        }
        let state = self.state_now(package);
        lock().entry(package.to_owned()).or_insert(state).clone()
    }

    fn state_now(&self, package: &str) -> Option<String> {
        Some(format!("{}{}", self.machine, self.libraries()?.state(package)?))
    }

    fn place<'a>(&self, package: &'a str, kind: &'static str) -> Option<Place<'a>> {
        let path = self.libraries()?.find(package)?;
        let r = self.live.installation();
        let slot = key::hash(&format!("{} {} {}", r.version, r.home.display(), path.display()));
        Some(Place { name: package, slot, kind })
    }

    /// A number for the state of a package; 0 where it is not installed.
    fn mark(&self, package: &str) -> u64 {
        self.state(package).map_or(0, |state| key::hash(&state))
    }

    /// Whether the answer is about the files that the key is made of.
    fn is_about(&self, package: &str, state: &str, found: &Introspected) -> bool {
        let path = self.libraries().and_then(|libraries| libraries.find(package));
        let here = path.map(|path| path.join("DESCRIPTION")).and_then(|file| file.canonicalize().ok());
        let there = found.watch.first().and_then(|file| file.canonicalize().ok());
        here.is_some() && here == there && self.state_now(package).as_deref() == Some(state)
    }
}

/// What was said, as far as it can be said again.
fn notices(diagnostics: &Diagnostics) -> Option<Vec<Notice>> {
    let notice = |problem: &Problem| match problem {
        Problem::DataSetFailed { dataset, reason, .. } => {
            Some(Notice::DataSet(dataset.clone(), reason.clone()))
        }
        Problem::BindingFailed { name, reason, .. } => Some(Notice::Binding(name.clone(), reason.clone())),
        _ => None,
    };
    diagnostics.problems().iter().map(notice).collect()
}

impl Introspect for Cached {
    fn introspect(&self, package: &str, diagnostics: &mut Diagnostics) -> Result<Introspected, Problem> {
        let state = self.state(package);
        let key = self.place(package, "package").zip(state);
        if let Some((place, state)) = &key
            && let Some(entry) = self.store.get::<Entry<Package>>(*place, state)
        {
            let package = package.to_owned();
            for notice in entry.notices {
                let package = package.clone();
                diagnostics.push(match notice {
                    Notice::DataSet(dataset, reason) => Problem::DataSetFailed { package, dataset, reason },
                    Notice::Binding(name, reason) => Problem::BindingFailed { package, name, reason },
                });
            }
            return Ok(Introspected { package: entry.package, watch: entry.watch });
        }
        let mut said = Diagnostics::default();
        let inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner).get(package).cloned();
        let found = self.live.look(package, inside.as_deref(), &mut said);
        if let (Ok(found), Some((place, state))) = (&found, &key)
            && let Some(notices) = notices(&said)
            && self.is_about(package, state, found)
        {
            let entry = Entry { package: &found.package, watch: found.watch.clone(), notices };
            self.store.put(*place, state, &entry);
        }
        diagnostics.append(said);
        found
    }

    fn plan(&self, names: &BTreeSet<String>) -> Vec<(u64, Vec<String>)> {
        let single = |name: &String| (0, vec![name.clone()]);
        let Some(libraries) = self.libraries() else { return names.iter().map(single).collect() };
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let groups = plan::groups(names, libraries, threads);
        let mut inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        for group in &groups {
            if let Some(shared) = &group.shared {
                inside.extend(group.names.iter().map(|name| (name.clone(), shared.clone())));
            }
        }
        groups.into_iter().map(|group| (group.weight, group.names)).collect()
    }

    fn known(&self, package: &str) -> Option<Known> {
        let study: Study<Known> = self.store.get(self.place(package, "types")?, &self.state(package)?)?;
        study.with.iter().all(|(name, mark)| self.mark(name) == *mark).then_some(study.known)
    }

    fn remember(&self, package: &str, with: &[&str], known: &Known) {
        let Some((place, state)) = self.place(package, "types").zip(self.state(package)) else { return };
        let with = with.iter().map(|name| ((*name).to_owned(), self.mark(name))).collect();
        self.store.put(place, &state, &Study { with, known });
    }
}
