//! All messages on one page: what happened and where, and what to do about it. Codes are stable; a code that is no longer used is
//! not given to another problem.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use rbindgen_runtime::locate::LocateError;

use super::{Severity, printable};
use crate::ir::ReadError;

/// One problem.
#[derive(Clone, Debug)]
#[non_exhaustive]
#[allow(missing_docs)] // the message of each says what its fields are
pub enum Problem {
    NoR(LocateError),
    Offline,
    NoLibrary {
        path: PathBuf,
    },

    UnknownPackage {
        package: String,
        near: Vec<String>,
        libraries: Vec<PathBuf>,
    },
    LoadFailed {
        package: String,
        reason: String,
    },
    TimedOut {
        package: String,
        limit: Duration,
        stderr: Vec<String>,
    },
    ChildDied {
        package: String,
        how: String,
        stderr: Vec<String>,
    },
    ChildFailed {
        package: String,
        reason: String,
    },
    AnswerUnreadable {
        package: String,
        reason: String,
    },
    DataSetFailed {
        package: String,
        dataset: String,
        reason: String,
    },
    BindingFailed {
        package: String,
        name: String,
        reason: String,
    },

    NotStudied {
        package: String,
        function: String,
        reason: String,
    },

    UnknownFunction {
        name: String,
        packages: Vec<String>,
        near: Option<String>,
    },
    OverrideMalformed {
        path: PathBuf,
        line: usize,
        column: usize,
        reason: String,
    },
    OverrideUnmatched {
        place: String,
        what: String,
        near: Option<String>,
    },

    NameTaken {
        package: String,
        language: &'static str,
        what: String,
        wanted: String,
        given: String,
    },
    ModulesCollide {
        packages: Vec<String>,
        module: String,
    },

    ConfigUnreadable {
        path: PathBuf,
        reason: String,
    },
    ConfigMalformed {
        path: PathBuf,
        line: usize,
        column: usize,
        reason: String,
    },
    UnknownKey {
        path: PathBuf,
        line: usize,
        column: usize,
        key: String,
        near: Option<String>,
        known: Vec<String>,
    },
    NoPackages,
    NoOutDir,

    SnapshotUnreadable(ReadError),
    NotInSnapshot {
        package: String,
        path: PathBuf,
        present: Vec<String>,
    },

    Unwritable {
        path: PathBuf,
        reason: String,
    },
    PathTaken {
        path: PathBuf,
    },
    NotOurs {
        path: PathBuf,
    },
}

use Problem as P;

impl Problem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            P::NoR(_) => "RB0101",
            P::Offline => "RB0102",
            P::NoLibrary { .. } => "RB0103",
            P::UnknownPackage { .. } => "RB0201",
            P::LoadFailed { .. } => "RB0202",
            P::TimedOut { .. } => "RB0203",
            P::ChildDied { .. } => "RB0204",
            P::ChildFailed { .. } => "RB0205",
            P::AnswerUnreadable { .. } => "RB0206",
            P::DataSetFailed { .. } => "RB0207",
            P::UnknownFunction { .. } => "RB0208",
            P::BindingFailed { .. } => "RB0209",
            P::NotStudied { .. } => "RB0210",
            P::NameTaken { .. } => "RB0301",
            P::ModulesCollide { .. } => "RB0302",
            P::ConfigUnreadable { .. } => "RB0401",
            P::ConfigMalformed { .. } => "RB0402",
            P::UnknownKey { .. } => "RB0403",
            P::NoPackages => "RB0404",
            P::NoOutDir => "RB0405",
            P::OverrideMalformed { .. } => "RB0406",
            P::OverrideUnmatched { .. } => "RB0407",
            P::SnapshotUnreadable(_) => "RB0501",
            P::NotInSnapshot { .. } => "RB0502",
            P::Unwritable { .. } => "RB0601",
            P::PathTaken { .. } => "RB0602",
            P::NotOurs { .. } => "RB0603",
        }
    }

    /// How grave it is.
    pub fn severity(&self) -> Severity {
        match self {
            P::DataSetFailed { .. }
            | P::BindingFailed { .. }
            | P::NotStudied { .. }
            | P::NameTaken { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// The package that it is about.
    pub fn package(&self) -> Option<&str> {
        match self {
            P::UnknownPackage { package, .. }
            | P::LoadFailed { package, .. }
            | P::TimedOut { package, .. }
            | P::ChildDied { package, .. }
            | P::ChildFailed { package, .. }
            | P::AnswerUnreadable { package, .. }
            | P::DataSetFailed { package, .. }
            | P::BindingFailed { package, .. }
            | P::NotStudied { package, .. }
            | P::NameTaken { package, .. }
            | P::NotInSnapshot { package, .. } => Some(package),
            _ => None,
        }
    }

    /// What in the package it is about, where that is a part of it that is left out.
    pub fn subject(&self) -> Option<&str> {
        match self {
            P::DataSetFailed { dataset, .. } => Some(dataset),
            _ => None,
        }
    }

    /// What happened and where.
    pub fn message(&self) -> String {
        match self {
            P::NoR(error) => error.to_string(),
            P::Offline => "RBINDGEN_OFFLINE is set, and no snapshot was given to generate from".into(),
            P::NoLibrary { path } => format!("the library folder {} does not exist", path.display()),
            P::UnknownPackage { package, libraries, .. } => {
                let mut text =
                    format!("the R package {} is not installed. Libraries searched:", printable(package));
                for library in libraries {
                    text += &format!("\n  - {}", library.display());
                }
                text
            }
            P::LoadFailed { package, reason } => {
                format!("the package {package} does not load. R says: {}", said(reason))
            }
            P::TimedOut { package, limit, stderr } => {
                let limit = limit.as_secs_f64();
                format!("looking into the package {package} took more than {limit} s and was ended")
                    + &quoted(stderr)
            }
            P::ChildDied { package, how, stderr } => {
                format!("R {how} while it looked into the package {package}") + &quoted(stderr)
            }
            P::ChildFailed { package, reason } => {
                format!("R could not be started to look into the package {package}: {reason}")
            }
            P::AnswerUnreadable { package, reason } => {
                format!("what R said about the package {package} cannot be understood: {reason}")
            }
            P::DataSetFailed { package, dataset, reason } => format!(
                "the data set {} of the package {package} does not load and is left out. R says: {}",
                printable(dataset),
                said(reason)
            ),
            P::UnknownFunction { name, packages, .. } => {
                format!("there is no function `{}` in {}", printable(name), packages.join(", "))
            }
            P::OverrideMalformed { path, line, column, reason } => {
                format!("{}:{line}:{column}: {}", path.display(), said(reason))
            }
            P::OverrideUnmatched { place, what, .. } => format!("{place}: {}", printable(what)),
            P::BindingFailed { package, name, reason } => format!(
                "{} of the package {package} cannot be read and is left out. R says: {}",
                printable(name),
                said(reason)
            ),
            P::NotStudied { package, function, reason } => format!(
                "the function {} of the package {package} could not be studied; it takes and gives any: {}",
                printable(function),
                said(reason)
            ),
            P::NameTaken { package, language, what, wanted, given } => format!(
                "in the {language} module for {package}, {} is called {given}, because {wanted} is taken",
                printable(what)
            ),
            P::ModulesCollide { packages, module } => {
                let both = if packages.len() == 2 { "both" } else { "all" };
                format!("the packages {} would {both} be the module {module}", packages.join(" and "))
            }
            P::ConfigUnreadable { path, reason } => format!("{} cannot be read: {reason}", path.display()),
            P::ConfigMalformed { path, line, column, reason } => {
                format!("{}:{line}:{column}: {reason}", path.display())
            }
            P::UnknownKey { path, line, column, key, .. } => {
                format!("{}:{line}:{column}: there is no option `{}`", path.display(), printable(key))
            }
            P::NoPackages => "no package was named".into(),
            P::NoOutDir => "OUT_DIR is not set: this does not run in a build script".into(),
            P::SnapshotUnreadable(error) => format!("the snapshot cannot be read: {error}"),
            P::NotInSnapshot { package, path, present } => format!(
                "the package {package} is not in the snapshot {}, which holds {}",
                path.display(),
                if present.is_empty() { "none".to_owned() } else { present.join(", ") }
            ),
            P::Unwritable { path, reason } => format!("{} cannot be written: {reason}", path.display()),
            P::PathTaken { path } => format!("two generated files would both be {}", path.display()),
            P::NotOurs { path } => format!("{} is there and was not generated", path.display()),
        }
    }

    /// What to do about it.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            // It says itself what to install or to set.
            P::NoR(_) => return None,
            P::Offline => {
                "give a snapshot (--from, Builder::from_snapshot), or unset RBINDGEN_OFFLINE".into()
            }
            P::NoLibrary { .. } => "give the folder that holds the packages, as .libPaths() lists it".into(),
            P::UnknownPackage { package, near, .. } => match &near[..] {
                [] if is_package_name(package) => {
                    format!(
                        "install it (in R: install.packages(\"{package}\")), or name its library with --lib"
                    )
                }
                [] => "names of R packages are letters, digits and dots".into(),
                near => format!("did you mean {}?", near.join(", ")),
            },
            P::LoadFailed { package, .. } | P::ChildDied { package, .. } => {
                format!("see whether library({package}) works in R; nothing was written")
            }
            P::TimedOut { .. } => "give it more time with --timeout; nothing was written".into(),
            P::ChildFailed { .. } => {
                "see whether R itself starts, and whether the temporary folder can be written".into()
            }
            P::AnswerUnreadable { .. } | P::NotStudied { .. } => {
                "this is a defect of rbindgen: please report it".into()
            }
            P::DataSetFailed { package, dataset, .. } => {
                format!("see whether data({}, package = \"{package}\") works in R", printable(dataset))
            }
            P::UnknownFunction { near: Some(near), .. } | P::OverrideUnmatched { near: Some(near), .. } => {
                format!("did you mean `{near}`?")
            }
            P::UnknownFunction { .. } => "rbindgen types PACKAGE --internal lists them".into(),
            P::OverrideMalformed { .. } | P::OverrideUnmatched { .. } => return None,
            P::BindingFailed { package, name, .. } => {
                format!("see whether {package}:::`{}` works in R", printable(name))
            }
            P::NameTaken { .. } => return None,
            P::ModulesCollide { .. } => "generate them into different folders".into(),
            P::ConfigUnreadable { .. } | P::ConfigMalformed { .. } => return None,
            P::UnknownKey { near: Some(near), .. } => format!("did you mean `{near}`?"),
            P::UnknownKey { known, .. } => format!("the options are {}", known.join(", ")),
            P::NoPackages => {
                "name one (rbindgen datasets), or list them in rbindgen.toml: packages = [\"datasets\"]"
                    .into()
            }
            P::NoOutDir => {
                "say where to write: Builder::rust and Builder::python, then Bindings::write".into()
            }
            P::SnapshotUnreadable(_) => "write it again with rbindgen snapshot PACKAGE -o FILE".into(),
            P::NotInSnapshot { package, path, .. } => {
                format!("write it again with rbindgen snapshot {package} -o {}", path.display())
            }
            P::Unwritable { .. } => "nothing was changed; make it writable or choose another folder".into(),
            P::PathTaken { .. } => "give --rust and --python different folders".into(),
            P::NotOurs { .. } => {
                "nothing was changed; move it away, or choose a folder of its own for the bindings".into()
            }
        })
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]: {}", self.severity(), self.code(), self.message())?;
        match self.help() {
            Some(help) => write!(f, "\n  help: {help}"),
            None => Ok(()),
        }
    }
}

/// Whether R would accept `name` for a package ("Writing R Extensions", section 1.1.1).
pub fn is_package_name(name: &str) -> bool {
    let mut characters = name.chars();
    characters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && characters.all(|c| c.is_ascii_alphanumeric() || c == '.')
        && !name.ends_with('.')
}

/// A message of R: its lines, without what a terminal would obey.
fn said(message: &str) -> String {
    message.trim_end().lines().map(printable).collect::<Vec<_>>().join("\n  ")
}

fn quoted(lines: &[String]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let mut text = String::from(". Its last words:");
    for line in lines {
        text += "\n  | ";
        text += line;
    }
    text
}
