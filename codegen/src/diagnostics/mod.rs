//! Everything that a run has to say, collected, sorted and shown once.

mod messages;

use std::fmt;

use serde::Serialize;

pub use crate::ir::text::is_invisible;
pub use messages::Problem;

/// How grave a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The run cannot do what was asked.
    Error,
    /// Something is named or typed otherwise than one would expect, or left out.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        })
    }
}

/// The problems of a run.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    problems: Vec<Problem>,
}

impl Diagnostics {
    /// Adds a problem.
    pub fn push(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Adds all problems of another collection.
    pub fn append(&mut self, other: Diagnostics) {
        self.problems.extend(other.problems);
    }

    /// Whether there is an error among them.
    pub fn has_errors(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity() == Severity::Error)
    }

    /// The problems, in the order in which they were met.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.problems.is_empty()
    }

    /// The problems: warnings first, errors last, where a reader of a terminal looks; by package, code and text, each once.
    pub fn sorted(&self) -> Vec<&Problem> {
        let mut sorted: Vec<&Problem> = self.problems.iter().collect();
        sorted.sort_by_cached_key(|one| {
            (std::cmp::Reverse(one.severity()), one.package().map(str::to_owned), one.code(), one.message())
        });
        sorted.dedup_by_key(|one| (one.code(), one.message()));
        sorted
    }

    /// Only the errors.
    pub fn into_errors(self) -> Diagnostics {
        let problems = self.problems.into_iter().filter(|one| one.severity() == Severity::Error).collect();
        Diagnostics { problems }
    }

    /// The problems as data.
    pub fn records(&self) -> Vec<Record> {
        self.sorted().into_iter().map(Record::from).collect()
    }
}

impl From<Problem> for Diagnostics {
    fn from(problem: Problem) -> Diagnostics {
        Diagnostics { problems: vec![problem] }
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.sorted().into_iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

/// A problem as `--format json` prints it.
#[derive(Clone, Debug, Serialize)]
pub struct Record {
    /// The stable code, `RB0201`.
    pub code: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// The package that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub package: Option<String>,
    /// What in the package it is about.
    #[serde(skip)]
    pub subject: Option<String>,
    /// What happened and where.
    pub message: String,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

impl From<&Problem> for Record {
    fn from(problem: &Problem) -> Record {
        Record {
            code: problem.code(),
            severity: problem.severity(),
            package: problem.package().map(str::to_owned),
            subject: problem.subject().map(str::to_owned),
            message: problem.message(),
            help: problem.help(),
        }
    }
}

/// Why bindings could not be generated or written.
///
/// `Debug` prints the same text as `Display`, so that a build script whose `main` returns it shows a message and not a
/// data structure.
#[derive(Clone)]
pub struct Error(pub(crate) Diagnostics);

impl Error {
    /// The problems, as data.
    pub fn problems(&self) -> Vec<Record> {
        self.0.records()
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Error {
        Error(problem.into())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Error {}

/// `text` on one line and without characters that a terminal or an editor would obey: those appear escaped.
pub fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '\n' || c == '\t' {
            out.push(' ');
        } else if is_invisible(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

/// The name most like `name`, if one is much like it.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    known
        .into_iter()
        .map(|known| (strsim::jaro_winkler(known, name), known))
        .filter(|(score, _)| *score > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, known)| known.to_owned())
}

/// Line and column of the byte at `offset`, counted from one.
pub fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset.min(text.len())).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    (line, column)
}
