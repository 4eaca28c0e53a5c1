//! Functions and what registers them: S3 methods, imports, re-exports.

use serde::{Deserialize, Serialize};

use super::code::{Expr, Formal};

/// A function of a package's namespace.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Function {
    /// Its name in R.
    pub name: String,
    /// Whether the package exports it.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub exported: bool,
    /// A primitive (`builtin` or `special`): R code does not say what it does.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub primitive: bool,
    /// The formal arguments, in order. For a primitive those that `args()` shows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub formals: Vec<Formal>,
    /// The body; `None` for a primitive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Expr>,
    /// The class of the function object, where it has one: `standardGeneric`, `memoised`, `refObjectGenerator`, …
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub class: Vec<String>,
    /// The topic of its help page in [`Package::pages`](super::Package::pages).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
}

/// A method that the namespace registers for an S3 generic.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct S3Method {
    /// The generic.
    pub generic: String,
    /// The class; `default` where none other fits.
    pub class: String,
    /// The function in the package's namespace: one of [`Package::functions`](super::Package::functions).
    pub function: String,
}

/// An export that the package took from another one.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reexport {
    /// The name that it is exported under.
    pub name: String,
    /// The package that it comes from.
    pub package: String,
    /// Its name there, where that differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<String>,
}

/// A name that the package's code takes from another package. Base needs no import; `p::f` in the code says it itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Import {
    /// The name in the code.
    pub name: String,
    /// The package that it comes from.
    pub package: String,
    /// Its name there, where that differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<String>,
}

/// An exported value that is neither a function nor a data set: `pi`, `letters`, an object that the package's code made.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Constant {
    /// Its name.
    pub name: String,
    /// What it is, without its values.
    pub object: super::Object,
    /// Its value, where it is short and can be written as R code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Expr>,
    /// The topic of its help page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
}

/// An export that is an environment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnvironmentExport {
    /// Its name.
    pub name: String,
    /// Its class attribute; empty where there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub class: Vec<String>,
    /// What is bound in it, sorted by name. An active binding or a promise is never evaluated.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<Member>,
    /// The topic of its help page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
}

/// Something in an environment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// An active binding: reading it runs a function.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub active: bool,
    /// What it is; `None` for active bindings and promises.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<super::Object>,
    /// The function, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub function: Option<Function>,
}
