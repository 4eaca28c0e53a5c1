//! What inference says about a function: a type for each position, and why.

use serde::{Deserialize, Serialize};

use super::types::Type;

/// What inference says about a package: everything that needs its code or its help to be known.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Types {
    /// The functions, sorted by name: one for each of [`Package::functions`](super::Package::functions).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signatures: Vec<Signature>,
    /// The S3 classes whose objects the package's functions make, sorted by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<RecordClass>,
    /// The S4 generics of other packages for which the package has methods, as `package::generic`, sorted: only the package's methods
    /// are in their types.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extended: Vec<Signature>,
    /// The classes that declare what they hold: S4, reference classes, R6; sorted by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<ClassTypes>,
    /// The functions whose study failed, sorted by name: their signatures say nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unstudied: Vec<Unstudied>,
}

/// A function that could not be studied, by a defect of this program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unstudied {
    /// The name of the function.
    pub name: String,
    /// Where and why the study ended.
    pub reason: String,
}

/// A class that declares what it holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassTypes {
    /// The name of the class; of the generator, for an R6 class.
    pub name: String,
    /// How it is made.
    pub system: ClassSystem,
    /// The superclasses, the nearest first, as far as they are known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inherits: Vec<String>,
    /// The slots in order; the fields, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<RecordField>,
    /// The methods of its objects, sorted by name. None for S4: there methods belong to generics.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub methods: Vec<Signature>,
    /// What makes an object; `None` for a virtual class.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constructor: Option<Signature>,
}

/// The systems of classes that declare what they hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ClassSystem {
    /// `setClass`.
    S4,
    /// `setRefClass`.
    Reference,
    /// The package R6.
    R6,
}

/// An S3 class that is a list with known elements.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordClass {
    /// The name of the class: the first of the class attribute.
    pub name: String,
    /// The classes that it inherits from: the rest of the class attribute.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inherits: Vec<String>,
    /// The elements, sorted by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<RecordField>,
    /// The functions that make such objects, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub made_by: Vec<String>,
}

/// An element of the objects of an S3 class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordField {
    /// Its name in R.
    pub name: String,
    /// Whether some objects of the class lack it.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub optional: bool,
    /// What it is.
    #[serde(flatten)]
    pub position: Position,
}

/// A function with types.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// The name of the function.
    pub name: String,
    /// The parameters, in R's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Parameter>,
    /// The result.
    pub returns: Position,
    /// The result is invisible: it is called for its effect, and the value is a courtesy.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub invisible: bool,
    /// What an S4 generic takes and gives, a method at a time: sorted, each once. Empty where it is no such generic.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overloads: Vec<Overload>,
}

/// What one method of an S4 generic takes and gives.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overload {
    /// The types of the generic's parameters, in order; `never` for an argument that has to be left out.
    pub parameters: Vec<Type>,
    /// The type of the result.
    pub returns: Type,
}

/// A parameter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Its name in R.
    pub name: String,
    /// Whether a call may leave it out.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub optional: bool,
    /// The type lists the cases that are known: a method for another class may be registered at any time.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub open: bool,
    /// How the function takes it.
    #[serde(default, skip_serializing_if = "Mode::is_value")]
    pub mode: Mode,
    /// What it takes.
    #[serde(flatten)]
    pub position: Position,
    /// The strings of an enumeration of which several may be given at once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
    /// What happens to `...`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dots: Option<Dots>,
}

/// How a function takes an argument.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// By value.
    #[default]
    Value,
    /// As code that it never evaluates, or that it looks at before it does: `quote`, `substitute`, `enquo`.
    Code,
    /// As code that it evaluates among the columns of a data frame.
    Masked,
}

impl Mode {
    fn is_value(&self) -> bool {
        *self == Mode::Value
    }
}

/// What a function does with `...`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dots {
    /// It hands them to these functions, as `package::function`, whose other parameters can then be given.
    Forwarded(Vec<String>),
    /// It makes values of them: `list(...)`, `c(...)`.
    Collected,
    /// Nothing: they are there for methods.
    Ignored,
}

/// The type of one place, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// The type.
    #[serde(rename = "type")]
    pub ty: Type,
    /// How sure it is; the lowest where nothing is known.
    pub confidence: Confidence,
    /// Why, the strongest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
}

/// How sure a type is. What each promises is the design's "what a type promises": only a hard type is enforced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// Nothing is known.
    #[default]
    None,
    /// A guess from how a value is used.
    Weak,
    /// The documentation says so, or several weak signs agree.
    Likely,
    /// The code says so: a default that is used as it is, a value that it makes.
    Strong,
    /// The code refuses everything else, or makes nothing else.
    Hard,
}

/// One reason for a type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Where it comes from.
    pub source: Source,
    /// What it says.
    #[serde(rename = "type")]
    pub ty: Type,
    /// How much it weighs.
    pub strength: Confidence,
    /// An alternative (`if (is.matrix(x))`) says what is also taken, not what is required.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub alternative: bool,
    /// The R code or the text that says it, on one line.
    pub place: String,
}

/// The kinds of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// A correction by the user, in `rbindgen.toml`.
    Override,
    /// A correction that comes with rbindgen.
    Overlay,
    /// A check that stops the function.
    Check,
    /// The registration of a method, the declaration of a slot or a generic.
    Registration,
    /// The default value.
    Default,
    /// A test that chooses a branch.
    Branch,
    /// What happens to the value in the body; for a result: the expression that makes it.
    Body,
    /// A function that the value is handed to, or that made it.
    Callee,
    /// What the package's own functions hand to it.
    Caller,
    /// A conversion at the head: what comes in is wide.
    Coercion,
    /// The help page.
    Documentation,
    /// What the package's other parameters of that name are.
    Namesake,
    /// What was seen while the package's examples or tests ran.
    Trace,
    /// What is known about R's own primitives.
    Knowledge,
}

impl Position {
    /// A place about which nothing is known.
    pub fn unknown() -> Position {
        Position { ty: Type::Any, confidence: Confidence::None, evidence: Vec::new() }
    }
}
