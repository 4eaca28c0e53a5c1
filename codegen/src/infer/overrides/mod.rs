//! Corrections of what inference found: by the user in `rbindgen.toml`, and those that come with rbindgen.
//!
//! ```toml
//! [overrides.stats.functions.lm]
//! parameters.weights = "?double[]"
//! returns = "class<`lm`>"
//! fields.coefficients = "double[]"     # of the record or the class that it returns
//! rename = "linear_model"
//!
//! [overrides.stats.functions."lm.fit"]  # a name with dots is quoted
//! skip = true
//!
//! [overrides.stats.classes.lm]          # slots.NAME for S4
//! fields.residuals = "double[]"
//!
//! [overrides.datasets.data.mtcars]
//! columns.cyl = "integer[]"
//! ```

mod apply;
pub mod overlays;
mod read;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::str::FromStr;

use crate::diagnostics::Problem;
use crate::ir::types::Type;

pub use apply::{apply, missing_packages};
pub use read::read;

/// Corrections, in the order in which they are made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overrides {
    /// One correction each.
    pub entries: Vec<Entry>,
}

/// A correction.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The package.
    pub package: String,
    /// What changes.
    pub change: Change,
    /// Why; every correction that comes with rbindgen has one.
    pub reason: Option<String>,
    /// Where it is written, for messages: `rbindgen.toml:3:1`.
    pub place: String,
}

/// Two corrections are the same wherever they are written.
impl PartialEq for Entry {
    fn eq(&self, other: &Entry) -> bool {
        (&self.package, &self.change, &self.reason) == (&other.package, &other.change, &other.reason)
    }
}

/// What a correction changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The type of a parameter: function, parameter, type.
    Parameter(String, String, Type),
    /// The type of a function's result.
    Returns(String, Type),
    /// The type of an element of what a function returns; a new one, or one that was found.
    ReturnedField(String, String, Type),
    /// The type of an element of the objects of a class; a new one, or one that was found.
    Field(String, String, Type),
    /// The type of a slot of an S4 class.
    Slot(String, String, Type),
    /// The type of a column, or an element, of a data set.
    Column(String, String, Type),
    /// The name in the generated code.
    Rename(Item, String),
    /// No binding.
    Skip(Item),
}

/// What can be renamed or skipped.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    /// A function.
    Function(String),
    /// A class of any kind.
    Class(String),
    /// A data set.
    DataSet(String),
}

impl Item {
    /// Its name in R.
    pub fn name(&self) -> &str {
        match self {
            Item::Function(name) | Item::Class(name) | Item::DataSet(name) => name,
        }
    }
}

/// What corrections say about the generated code, for the lowering: types are changed in the signatures themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The names that were asked for.
    pub renamed: BTreeMap<Item, String>,
    /// What gets no binding, and why, where a reason was given.
    pub skipped: BTreeMap<Item, Option<String>>,
    /// Slots of S4 classes and fields of reference and R6 classes: class and name.
    pub members: BTreeMap<(String, String), Type>,
    /// Columns of data sets: data set and name.
    pub columns: BTreeMap<(String, String), Type>,
}

impl Overrides {
    /// Adds those of another place; where both change the same, these win.
    #[must_use]
    pub fn and(mut self, before: Overrides) -> Overrides {
        self.entries.splice(0..0, before.entries);
        self
    }

    /// The packages that are corrected.
    pub fn packages(&self) -> BTreeSet<&str> {
        self.entries.iter().map(|entry| entry.package.as_str()).collect()
    }
}

impl Extend<Entry> for Overrides {
    fn extend<I: IntoIterator<Item = Entry>>(&mut self, entries: I) {
        self.entries.extend(entries);
    }
}

impl IntoIterator for Overrides {
    type Item = Entry;
    type IntoIter = std::vec::IntoIter<Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

/// From TOML: what stands below `[overrides]` in `rbindgen.toml`.
impl FromStr for Overrides {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Overrides, Problem> {
        read::parse(text, Path::new("overrides"))
    }
}
