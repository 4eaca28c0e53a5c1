//! What is known about packages, as plain data.
//!
//! The intermediate representation knows no target language and no live R. It is what introspection writes, what
//! a snapshot stores and what inference reads. Everything in it is ordered, so that two snapshots of the same package
//! are equal byte for byte.

mod class;
pub mod code;
mod function;
mod json;
mod page;
mod signature;
pub mod text;
pub mod types;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use class::{Condition, R6Class, ReferenceClass, S4Class, S4Generic, S4Method, Slot};
pub use function::{Constant, EnvironmentExport, Function, Import, Member, Reexport, S3Method};
pub use json::{ReadError, read, write};
pub use page::{Argument, Page};
pub use signature::{
    ClassSystem, ClassTypes, Confidence, Dots, Evidence, Mode, Overload, Parameter, Position, RecordClass,
    RecordField, Signature, Source, Types, Unstudied,
};
use text::{Block, Inline};

/// The version of the snapshot format that this build writes and reads.
pub const SCHEMA: u32 = 1;

/// A recorded look into one or more packages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    /// The version of the format, [`SCHEMA`].
    pub schema: u32,
    /// The packages, sorted by name.
    pub packages: Vec<Package>,
}

impl Snapshot {
    /// A snapshot of these packages.
    pub fn new(mut packages: Vec<Package>) -> Snapshot {
        packages.sort_by(|a, b| a.name.cmp(&b.name));
        Snapshot { schema: SCHEMA, packages }
    }
}

/// One installed package.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// The name.
    pub name: String,
    /// The package's version.
    pub version: String,
    /// The version of the R that the package was read with.
    pub r_version: String,
    /// `Title` of the DESCRIPTION.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// `Description` of the DESCRIPTION, on one line.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// The packages that the DESCRIPTION names in `Depends` and `Imports`, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub depends: Vec<String>,
    /// The data sets, sorted by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub datasets: Vec<DataSet>,
    /// All functions of the namespace, exported or not, sorted by name. What only another package's namespace holds is not here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub functions: Vec<Function>,
    /// Exports that are neither functions nor data sets nor environments, sorted by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub constants: Vec<Constant>,
    /// Exports that are environments, sorted by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub environments: Vec<EnvironmentExport>,
    /// Exports that come from other packages, sorted by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reexports: Vec<Reexport>,
    /// Names that the code of the package takes from other packages, sorted; only those that it uses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub imports: Vec<Import>,
    /// The S3 methods that it registers, sorted, also those for generics of other packages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub s3_methods: Vec<S3Method>,
    /// Its S4 classes, sorted by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub s4_classes: Vec<S4Class>,
    /// Its S4 generics, sorted by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub s4_generics: Vec<S4Generic>,
    /// The S4 methods that it defines, sorted by generic and signature.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub s4_methods: Vec<S4Method>,
    /// Its reference classes, sorted by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reference_classes: Vec<ReferenceClass>,
    /// Its R6 generators, sorted by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub r6_classes: Vec<R6Class>,
    /// The classes of conditions that its code signals, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// The help pages, sorted by topic.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<Page>,
    /// What inference says about the functions of other packages that the code calls, as `package::function`, sorted: with them a
    /// snapshot gives the same types as the machine that it was made on. Without evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub foreign: Vec<Signature>,
}

/// A data set of a package.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataSet {
    /// The name of the object.
    pub name: String,
    /// The name that `data()` knows it by, where that is not the object's own: `state` for `state.x77`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Whether the package loads it lazily; else it has to be asked for with `data()`.
    pub lazy: bool,
    /// What it is, without its values.
    pub object: Object,
    /// Its help page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Help>,
}

/// The part of a help page that describes a data set.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Help {
    /// The name of the page, as in `?topic`.
    pub topic: String,
    /// `\title`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub title: Vec<Inline>,
    /// `\description`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub description: Vec<Block>,
    /// What `\format` says about each column or element, by its name in R.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub items: BTreeMap<String, Vec<Block>>,
}

/// The schema of an R object: everything but its values.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Object {
    /// What `typeof` says.
    pub kind: Kind,
    /// The number of elements.
    pub length: u64,
    /// How many elements are NA (or NaN).
    #[serde(default, skip_serializing_if = "is_zero")]
    pub missing: u64,
    /// The class attribute; empty where there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub class: Vec<String>,
    /// Whether a vector that is not a list has names.
    #[serde(default, skip_serializing_if = "is_false")]
    pub names: bool,
    /// What makes it a factor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub factor: Option<Factor>,
    /// The extents, first the one that varies fastest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dim: Option<Vec<u64>>,
    /// The names of rows, columns, …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dimnames: Option<Vec<Axis>>,
    /// Start, end and frequency of a time series.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<Time>,
    /// How the rows of a data frame are named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row_names: Option<RowNames>,
    /// The number of rows of a data frame.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<u64>,
    /// The named elements of a list, the columns of a data frame; in R's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
    /// All other attributes.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, Object>,
}

impl Object {
    /// Whether the class attribute names `class`.
    pub fn inherits(&self, class: &str) -> bool {
        self.class.iter().any(|one| one == class)
    }
}

/// The types of R's objects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)] // each is the word that `typeof` prints
pub enum Kind {
    #[default]
    Null,
    Logical,
    Integer,
    Double,
    Complex,
    Character,
    Raw,
    List,
    Pairlist,
    Expression,
    Language,
    Symbol,
    /// Closures, builtins and specials.
    Function,
    Environment,
    S4,
    /// External pointers, weak references, byte code, promises.
    Other,
}

/// The levels of a factor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Factor {
    /// In R's order; `null` is NA as a level of its own.
    pub levels: Vec<Option<String>>,
    /// Whether the levels are ordered.
    #[serde(default, skip_serializing_if = "is_false")]
    pub ordered: bool,
}

/// The names along one dimension.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Axis {
    /// What the dimension itself is called: `Class` in `Titanic`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The names, where there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub names: Option<Vec<Option<String>>>,
}

/// The `tsp` attribute of a time series. The numbers are R's to the bit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Time {
    /// The time of the first observation.
    pub start: f64,
    /// The time of the last.
    pub end: f64,
    /// Observations per unit of time.
    pub frequency: f64,
}

/// How the rows of a data frame are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RowNames {
    /// Not at all: R counts them.
    Automatic,
    /// By integers.
    Integer,
    /// By text.
    Character,
}

/// A named element of a list or a column of a data frame.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Its name in R.
    pub name: String,
    /// What it is.
    pub object: Object,
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

fn is_false(flag: &bool) -> bool {
    !flag
}
