//! Classes: S4, reference classes, R6, and the conditions that a package signals.

use serde::{Deserialize, Serialize};

use super::Function;
use super::code::Expr;

/// An S4 class that the package defines ("Classes_Details" in R's help).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct S4Class {
    /// Its name.
    pub name: String,
    /// Whether the package exports it.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub exported: bool,
    /// Whether no object has this class itself; unions of classes are virtual, too.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub r#virtual: bool,
    /// Whether it is a union of classes (`setClassUnion`).
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub union: bool,
    /// Slots, in order, those of the superclasses included: name and class.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub slots: Vec<Slot>,
    /// The superclasses, the nearest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contains: Vec<String>,
    /// The direct subclasses and members of a union, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subclasses: Vec<String>,
    /// The topic of its help page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
}

/// A slot or a field: name and class.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slot {
    /// Its name.
    pub name: String,
    /// The class that R keeps it to; `ANY` where everything is taken.
    pub class: String,
}

/// An S4 generic that the package defines.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct S4Generic {
    /// Its name.
    pub name: String,
    /// The arguments that select a method, in order.
    pub signature: Vec<String>,
    /// The classes that its value is declared to have (`valueClass`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub value_class: Vec<String>,
}

/// A method that the package defines for an S4 generic, its own or another package's.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct S4Method {
    /// The generic.
    pub generic: String,
    /// The package of the generic.
    pub package: String,
    /// The class for each argument of the generic's signature, in order; `ANY` and `missing` are words of R.
    pub signature: Vec<Slot>,
    /// The method. Its name is the generic's.
    pub function: Function,
}

/// A reference class that the package defines (`setRefClass`).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReferenceClass {
    /// The name of the class.
    pub name: String,
    /// The name of the exported generator, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generator: Option<String>,
    /// The fields, those of the superclasses included: name and class. A field with an accessor function has the class
    /// `activeBindingFunction`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Slot>,
    /// The methods that it defines itself, sorted by name; without those that every reference class has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub methods: Vec<Function>,
    /// The superclasses, the nearest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contains: Vec<String>,
    /// The topic of its help page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
}

/// An R6 generator in the package's namespace.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct R6Class {
    /// The name of the generator.
    pub generator: String,
    /// The class that its objects have; empty where the package gave none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub class: String,
    /// Whether the package exports the generator.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub exported: bool,
    /// The generator that it inherits from, as R code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inherits: Option<Expr>,
    /// The public fields, sorted by name: what they are before `initialize` runs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<super::Field>,
    /// The public methods, sorted by name; `initialize` among them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub methods: Vec<Function>,
    /// The active bindings, sorted by name, as the functions that they run.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub active: Vec<Function>,
    /// The topic of its help page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
}

/// A class of condition that the package's code signals.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// The class attribute, the most special first, as far as the code says it as text.
    pub class: Vec<String>,
    /// The functions that signal it, sorted.
    pub signalled_by: Vec<String>,
}
