//! What can go wrong, in one type.

pub(crate) mod condition;

use std::fmt;

use crate::locate::LocateError;

/// The result of everything that talks to R.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong. Each message says what happened, where, and what to do about it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Error {
    /// R raised an error (a condition of class `error` that nothing in R caught).
    ///
    /// `message` is `conditionMessage()` without the words "Error in …"; `class` is the condition's class vector, most
    /// specific first; `call` is `conditionCall()` as R would print it; `trace` holds the calls that were active, outermost first.
    Condition {
        /// R's message.
        message: String,
        /// The class vector, as in `c("simpleError", "error", "condition")`.
        class: Vec<String>,
        /// The call that the error is about, deparsed.
        call: Option<String>,
        /// The calls that were active, deparsed, outermost first.
        trace: Vec<String>,
    },
    /// A value has not the type that was asked for.
    #[non_exhaustive]
    Type {
        /// What was asked for, in R's words.
        expected: String,
        /// What came.
        found: String,
        /// What the value is, as in "column `mpg` of `mtcars`".
        what: Option<String>,
    },
    /// A list, or a data frame, has nothing by that name.
    #[non_exhaustive]
    Name {
        /// The name that was asked for.
        name: String,
        /// The names that there are.
        known: Vec<String>,
    },
    /// An index beyond the end of a vector.
    #[non_exhaustive]
    Index {
        /// The index, from 0.
        index: usize,
        /// The vector's length.
        length: usize,
    },
    /// A value is NA where none is allowed.
    #[non_exhaustive]
    Missing {
        /// Where the first NA is, from 0.
        index: usize,
    },
    /// A string cannot be what was asked for: it is not valid in its encoding, or has a NUL inside.
    #[non_exhaustive]
    Text {
        /// Which element, from 0.
        index: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// A part of a value is not what was asked for.
    #[non_exhaustive]
    Part {
        /// Which part, as in "element `limits`".
        part: String,
        /// What is wrong with it.
        reason: Box<Error>,
    },
    /// A value does not fit a struct, or a struct does not fit R: everything that is wrong with it.
    ///
    /// It comes from `#[derive(FromDataFrame, IntoDataFrame, FromList, IntoList)]`.
    #[non_exhaustive]
    Struct {
        /// The name of the struct.
        name: String,
        /// What is wrong, in the order of the fields.
        problems: Vec<Problem>,
    },
    /// The computation was interrupted, by SIGINT (Ctrl-C) or by [`interrupt`](crate::interrupt). R is ready for the next one.
    Interrupted,
    /// Another thread held R for longer than the caller wanted to wait.
    #[non_exhaustive]
    Timeout {
        /// How long the caller waited.
        waited: std::time::Duration,
    },
    /// R is on its way to a handler, a restart or a `return` outside of the Rust function that called it.
    ///
    /// This comes up only in a Rust function that R called. Return it, as `?` does, and R goes on to where it was going; drop it, and
    /// R stays here.
    Unwind,
    /// A Rust function that R called panicked, or one of the runtime's own callbacks did.
    #[non_exhaustive]
    Panic {
        /// What the panic said.
        message: String,
    },
    /// An error of the program's own, on its way through R.
    #[non_exhaustive]
    Other {
        /// What it says.
        message: String,
    },
    /// There is no R, or none that can be used; the message says where it was looked for.
    NoR {
        /// Why.
        reason: LocateError,
    },
    /// R was found and does not start.
    #[non_exhaustive]
    Start {
        /// Why.
        reason: String,
    },
}

/// What is wrong with one field of a struct; see [`Error::Struct`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Problem {
    /// The part of the R value, as in "column `mpg`".
    pub part: String,
    /// The row, from 0, where it is about one.
    pub row: Option<usize>,
    /// What is wrong.
    pub reason: Error,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.part)?;
        if let Some(row) = self.row {
            write!(f, ", row {row} (counted from 0)")?;
        }
        match &self.reason {
            Error::Missing { .. } => f.write_str(" is NA, which only an `Option` takes"),
            Error::Text { reason, .. } if self.row.is_some() => write!(f, " {reason}"),
            Error::Type { expected, found, what: None } => write!(f, " is {found}, not {expected}"),
            Error::Name { known, .. } if known.is_empty() => f.write_str(" is missing: there are no names"),
            Error::Name { known, .. } => {
                let shown = known.iter().take(20).map(String::as_str).collect::<Vec<_>>().join(", ");
                let more = if known.len() > 20 { ", …" } else { "" };
                write!(f, " is missing (the names are {shown}{more})")
            }
            reason => write!(f, ": {reason}"),
        }
    }
}

impl Error {
    /// An [`Error::Type`].
    pub(crate) fn wrong_type(expected: impl Into<String>, found: impl Into<String>) -> Error {
        Error::Type { expected: expected.into(), found: found.into(), what: None }
    }

    /// Says of which part of a larger value this is the error.
    #[must_use]
    pub(crate) fn within(self, part: impl FnOnce() -> String) -> Error {
        match self {
            Error::Type { what: None, .. } => self.about(part),
            Error::Type { .. }
            | Error::Missing { .. }
            | Error::Text { .. }
            | Error::Name { .. }
            | Error::Part { .. }
            | Error::Struct { .. } => Error::Part { part: part(), reason: Box::new(self) },
            other => other,
        }
    }

    /// Says what the value is that has the wrong type; other errors stay as they are.
    #[must_use]
    pub fn about(mut self, subject: impl FnOnce() -> String) -> Error {
        if let Error::Type { what, .. } = &mut self {
            what.get_or_insert_with(subject);
        }
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Condition { message, call: Some(call), .. } => write!(f, "R error in {call}: {message}"),
            Error::Condition { message, call: None, .. } => write!(f, "R error: {message}"),
            Error::Type { expected, found, what: Some(what) } => {
                write!(f, "{what} is {found}, not {expected}")
            }
            Error::Type { expected, found, what: None } => write!(f, "expected {expected}, found {found}"),
            Error::Name { name, known } if known.is_empty() => {
                write!(f, "there is nothing by the name `{name}`: the list has no names")
            }
            Error::Name { name, known } => {
                let shown = known.iter().take(20).map(String::as_str).collect::<Vec<_>>().join(", ");
                write!(f, "there is nothing by the name `{name}`; the names are {shown}")?;
                match known.len().saturating_sub(20) {
                    0 => Ok(()),
                    more => write!(f, " and {more} more"),
                }
            }
            Error::Index { index, length } => {
                write!(
                    f,
                    "index {index} is out of range for a vector of length {length} (indices start at 0)"
                )
            }
            Error::Missing { index } => write!(
                f,
                "element {index} (counted from 0) is NA; read the vector with `iter` or `get`, which give `None` for NA"
            ),
            Error::Text { index, reason } => write!(f, "string {index} (counted from 0) {reason}"),
            Error::Part { part, reason } => write!(f, "{part}: {reason}"),
            Error::Struct { name, problems } => {
                write!(f, "`{name}` does not fit")?;
                for (index, problem) in problems.iter().enumerate() {
                    write!(f, "{} {problem}", if index == 0 { ":" } else { ";" })?;
                }
                Ok(())
            }
            Error::Timeout { waited } => {
                write!(
                    f,
                    "R was in use by another thread for more than {waited:?}; wait longer, or try again"
                )
            }
            Error::Interrupted => f.write_str("R's computation was interrupted"),
            Error::Unwind => f.write_str(
                "R is leaving this function for a handler further out; return this error to let it",
            ),
            Error::Other { message } => f.write_str(message),
            Error::Panic { message } => write!(f, "Rust code panicked: {message}"),
            Error::NoR { reason } => reason.fmt(f),
            Error::Start { reason } => write!(f, "R could not be started: {reason}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::NoR { reason } => Some(reason),
            _ => None,
        }
    }
}

impl From<LocateError> for Error {
    fn from(reason: LocateError) -> Error {
        Error::NoR { reason }
    }
}

impl Error {
    /// The error of `FromStr` for the enumeration of a factor's levels.
    #[doc(hidden)]
    pub fn unknown_level<E: crate::value::RFactor>(name: &str, text: &str) -> Error {
        let mut levels = E::LEVELS.join(", ");
        if E::LEVELS.len() > 12 {
            levels = format!(
                "{} levels, from {} to {}",
                E::LEVELS.len(),
                E::LEVELS[0],
                E::LEVELS[E::LEVELS.len() - 1]
            );
        }
        Error::wrong_type(format!("a level of {name} ({levels})"), format!("{text:?}"))
    }
}
