//! Looking into installed packages.
//!
//! [`Introspect`] has two implementations: [`Live`] asks R in a child process, because loading a package runs its code,
//! and [`Recorded`] reads a snapshot. Everything after this stage sees only [`ir`].

mod answer;
mod cache;
mod child;
mod classes;
mod code;
mod conditions;
mod functions;
mod help;
mod live;
mod page;
mod pages;
mod rd;
mod rdcode;
pub mod rds;
mod topics;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::diagnostics::{Diagnostics, Problem};
use crate::ir::{self, Package, Signature, Snapshot, Types};

pub use cache::{Cached, Store};
pub use live::Live;

/// A package that has been looked into.
#[derive(Clone, Debug)]
pub struct Introspected {
    /// What was found.
    pub package: Package,
    /// The files that change when the package is installed again.
    pub watch: Vec<PathBuf>,
}

/// What inference says about a package.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Known {
    /// The types.
    pub types: Types,
    /// What it was told about other packages' functions ([`Package::foreign`]).
    pub foreign: Vec<Signature>,
}

/// A way to look into packages.
pub trait Introspect: Sync {
    /// Looks into one package. What costs only a part of it (a data set that cannot be loaded) goes to `diagnostics`.
    ///
    /// # Errors
    /// When nothing can be said about the package.
    fn introspect(&self, package: &str, diagnostics: &mut Diagnostics) -> Result<Introspected, Problem>;

    /// These packages in groups, each with about how much work it is: those of a group are best looked into one after the other.
    fn plan(&self, names: &BTreeSet<String>) -> Vec<(u64, Vec<String>)> {
        names.iter().map(|name| (0, vec![name.clone()])).collect()
    }

    /// What inference said about the package before, if nothing has changed since.
    fn known(&self, _package: &str) -> Option<Known> {
        None
    }

    /// Remembers what inference says about a package, which depends on the packages `with`, too.
    fn remember(&self, _package: &str, _with: &[&str], _known: &Known) {}

    /// Whether each package brings what inference has to know about others ([`Package::foreign`]).
    fn is_closed(&self) -> bool {
        false
    }
}

/// Packages that were recorded in a snapshot: no R is needed.
#[derive(Clone, Debug)]
pub struct Recorded {
    path: PathBuf,
    snapshot: Snapshot,
}

impl Recorded {
    /// Reads the snapshot in the file `path`.
    ///
    /// # Errors
    /// When it cannot be read or is not a snapshot that this version understands.
    pub fn open(path: &Path) -> Result<Recorded, Problem> {
        let snapshot = ir::read(path).map_err(Problem::SnapshotUnreadable)?;
        Ok(Recorded { path: path.to_owned(), snapshot })
    }

    /// The names of the packages in it.
    pub fn packages(&self) -> impl Iterator<Item = &str> {
        self.snapshot.packages.iter().map(|package| package.name.as_str())
    }
}

impl Introspect for Recorded {
    fn is_closed(&self) -> bool {
        true
    }

    fn introspect(&self, package: &str, _: &mut Diagnostics) -> Result<Introspected, Problem> {
        match self.snapshot.packages.iter().find(|one| one.name == package) {
            Some(found) => Ok(Introspected { package: found.clone(), watch: vec![self.path.clone()] }),
            None => Err(Problem::NotInSnapshot {
                package: package.to_owned(),
                path: self.path.clone(),
                present: self.packages().map(str::to_owned).collect(),
            }),
        }
    }
}
