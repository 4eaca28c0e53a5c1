//! What a walk over a body has seen.

use std::collections::{BTreeMap, BTreeSet};

use super::value::Value;
use crate::ir::code::Expr;
use crate::ir::types::{Arrow, Type};
use crate::ir::{Confidence, Source};

/// One thing that was seen about a parameter.
#[derive(Clone, Debug)]
pub struct Sign<'a> {
    /// What it says.
    pub ty: Type,
    /// What kind of evidence it is.
    pub source: Source,
    /// How much it weighs.
    pub strength: Confidence,
    /// Whether it says what is also taken, not what is required.
    pub alternative: bool,
    /// The code that says it.
    pub place: &'a Expr,
}

/// What was seen about a parameter.
#[derive(Clone, Debug)]
pub struct ParameterSigns<'a> {
    /// Its types.
    pub signs: Vec<Sign<'a>>,
    /// Code that takes it to be one element, and how sure that is.
    pub one: Option<(Confidence, &'a Expr)>,
    /// Code that takes it to have any number of elements.
    pub many: Option<(Confidence, &'a Expr)>,
    /// `missing(x)`.
    pub may_be_missing: bool,
    /// `is.null(x)` chooses a branch.
    pub may_be_null: Option<&'a Expr>,
    /// `is.null(x)` stops.
    pub must_not_be_null: bool,
    /// Its strings are compared with these.
    pub compared: BTreeSet<String>,
    /// The strings of an enumeration that is checked, and whether several may be given.
    pub choices: Option<(Vec<String>, bool, &'a Expr)>,
    /// Its code is looked at.
    pub quoted: Option<&'a Expr>,
    /// Its code is looked at for a label only: `deparse(substitute(x))`.
    pub labelled: bool,
    /// Its code is evaluated among the columns of a data frame.
    pub masked: Option<&'a Expr>,
    /// Its value is used.
    pub evaluated: bool,
    /// How often its value is used.
    pub uses: usize,
    /// How often it is handed on to another function of the package.
    pub handed: usize,
    /// What these functions take.
    pub wrapped: Type,
    /// How it is called, where it is a function.
    pub called: Option<Arrow>,
}

impl Default for ParameterSigns<'_> {
    fn default() -> Self {
        ParameterSigns {
            signs: Vec::new(),
            one: None,
            many: None,
            may_be_missing: false,
            may_be_null: None,
            must_not_be_null: false,
            compared: BTreeSet::new(),
            choices: None,
            quoted: None,
            labelled: false,
            masked: None,
            evaluated: false,
            uses: 0,
            handed: 0,
            wrapped: Type::never(),
            called: None,
        }
    }
}

/// An object that a body makes: its class attribute, and its elements as far as they are known.
pub type Made = (Vec<String>, Option<BTreeMap<String, Type>>);

/// What was seen in a body.
#[derive(Clone, Debug, Default)]
pub struct Observed<'a> {
    /// By parameter.
    pub parameters: Vec<ParameterSigns<'a>>,
    /// The types of the defaults, evaluated as the body leaves its variables: a default may name one of them.
    pub defaults: Vec<Option<Type>>,
    /// The values with which it ends, and the code of each.
    pub exits: Vec<(Value<'a>, &'a Expr)>,
    /// Whether each exit is invisible.
    pub invisible: bool,
    /// The functions that `...` is handed to, as `package::function`.
    pub forwarded: BTreeSet<String>,
    /// `list(...)`, `c(...)`: the values of `...` are collected.
    pub collected: bool,
    /// The generic of `UseMethod`, and the parameter that selects.
    pub dispatches: Option<(String, usize)>,
    /// The S4 generic of `standardGeneric`.
    pub standard_generic: Option<String>,
    /// What it hands to functions of the package: the function, the index of its parameter, the type.
    pub given: Vec<(&'a str, usize, Type)>,
    /// The classes of objects that it makes, with their elements where they are known.
    pub made: Vec<Made>,
}

impl Observed<'_> {
    /// Whether an S4 generic does nothing but call its methods.
    pub fn is_only_generic(&self) -> bool {
        self.standard_generic.is_some()
            && self.exits.iter().all(|(_, code)| code.call_of("standardGeneric").is_some())
    }
}
