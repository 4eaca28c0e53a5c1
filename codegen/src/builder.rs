//! The front door for build scripts and for the command.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::diagnostics::{Diagnostics, Error, Problem, Record};
use crate::emit::Files;
use crate::introspect::{Cached, Introspect, Live, Recorded, Store};
use crate::ir::Snapshot;
use crate::names::Language;
use crate::options::{self, Options, TIMEOUT};
use crate::output::{Drift, Output, Written};
use crate::pipeline::{self, Corrected, Progress, Read, Silent};

/// Describes bindings and makes them.
///
/// In a `build.rs`:
///
/// ```no_run
/// fn main() -> Result<(), rbindgen::Error> {
///     rbindgen::Builder::new().package("datasets").generate()?.write_to_out_dir()
/// }
/// ```
///
/// and in the crate `rbindgen_runtime::include_bindings!();`.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    pub(crate) options: Options,
    config: Option<PathBuf>,
}

impl Builder {
    /// Bindings for nothing yet.
    #[must_use]
    pub fn new() -> Builder {
        Builder::default()
    }

    /// Adds an R package.
    #[must_use]
    pub fn package(mut self, name: impl Into<String>) -> Builder {
        self.options.packages.push(name.into());
        self
    }

    /// Generates from a snapshot instead of the R of this machine.
    #[must_use]
    pub fn from_snapshot(self, path: impl Into<PathBuf>) -> Builder {
        self.from(path)
    }

    /// Reads what is not said here from this `rbindgen.toml`.
    #[must_use]
    pub fn config(mut self, path: impl Into<PathBuf>) -> Builder {
        self.config = Some(path.into());
        self
    }

    /// Looks into the packages and generates the code; nothing is written yet.
    ///
    /// # Errors
    /// When a package cannot be read or the options do not fit together. The error holds all problems of the run.
    pub fn generate(self) -> Result<Bindings, Error> {
        self.generate_with(&Silent)
    }

    /// [`generate`](Self::generate), and tells `progress` how it goes on.
    ///
    /// # Errors
    /// As for `generate`.
    pub fn generate_with(self, progress: &dyn Progress) -> Result<Bindings, Error> {
        let (options, read, mut diagnostics) = self.read(progress)?;
        let mut files = BTreeMap::new();
        for language in languages(&options) {
            files.insert(language, pipeline::generate(&read.packages, language, &mut diagnostics));
        }
        if diagnostics.has_errors() {
            return Err(Error(diagnostics));
        }
        Ok(Bindings { options, files, read, diagnostics })
    }

    /// Looks into the packages and records what was found.
    ///
    /// # Errors
    /// When a package cannot be read.
    pub fn snapshot(self, progress: &dyn Progress) -> Result<(Snapshot, Vec<Record>), Error> {
        let mut options = self.resolve()?;
        let source = source(&mut options)?;
        let mut diagnostics = Diagnostics::default();
        // With what inference needs of other packages.
        let studied = pipeline::study(&options.packages, &*source, progress, &mut diagnostics);
        if diagnostics.has_errors() {
            return Err(Error(diagnostics));
        }
        Ok((Snapshot::new(studied.into_iter().map(|one| one.package).collect()), diagnostics.records()))
    }

    /// Looks into the packages and gives types to everything in them.
    ///
    /// # Errors
    /// When a package cannot be read, or a correction in `overrides` matches nothing.
    pub fn study(self, progress: &dyn Progress) -> Result<(Vec<Corrected>, Vec<Record>), Error> {
        let mut options = self.resolve()?;
        let source = source(&mut options)?;
        let mut diagnostics = Diagnostics::default();
        let studied = pipeline::study(&options.packages, &*source, progress, &mut diagnostics);
        // What could not be read is the problem, not that nothing can be corrected in it.
        if diagnostics.has_errors() {
            return Err(Error(diagnostics));
        }
        let corrected = pipeline::correct(studied, &options.overrides, &mut diagnostics);
        if diagnostics.has_errors() {
            return Err(Error(diagnostics));
        }
        Ok((corrected, diagnostics.records()))
    }

    /// The options, those of the file included.
    pub(crate) fn resolve(self) -> Result<Options, Problem> {
        let Some(path) = &self.config else { return Ok(self.options) };
        let mut file = options::read(path)?;
        // A run may be about some of the file's packages only; the corrections of the others wait for theirs.
        if !self.options.packages.is_empty() {
            let waiting = |one: &String| file.packages.contains(one) && !self.options.packages.contains(one);
            file.overrides.entries.retain(|entry| !waiting(&entry.package));
        }
        Ok(self.options.or(file))
    }

    fn read(self, progress: &dyn Progress) -> Result<(Options, Read, Diagnostics), Error> {
        let config = self.config.clone();
        let mut options = self.resolve()?;
        let source = source(&mut options)?;
        let mut diagnostics = Diagnostics::default();
        let mut read = pipeline::introspect(&options.packages, &*source, progress, &mut diagnostics);
        if diagnostics.has_errors() {
            return Err(Error(diagnostics));
        }
        read.watch.extend(config);
        Ok((options, read, diagnostics))
    }
}

/// Where the packages are looked into. A snapshot without named packages stands for all that it holds.
fn source(options: &mut Options) -> Result<Box<dyn Introspect>, Problem> {
    if let Some(path) = &options.from {
        let recorded = Recorded::open(path)?;
        if options.packages.is_empty() {
            options.packages = recorded.packages().map(str::to_owned).collect();
        }
        if options.packages.is_empty() {
            return Err(Problem::NoPackages);
        }
        return Ok(Box::new(recorded));
    }
    if options.packages.is_empty() {
        return Err(Problem::NoPackages);
    }
    if std::env::var_os(OFFLINE).is_some_and(|value| !value.is_empty() && value != "0") {
        return Err(Problem::Offline);
    }
    let limit = Duration::from_secs(options.timeout.unwrap_or(TIMEOUT).max(1));
    let live = Live::new(&options.libraries, limit)?;
    let store = if options.no_cache.unwrap_or(false) { Store::nowhere() } else { Store::of_user() };
    Ok(Box::new(Cached::new(live, store)))
}

/// Forbids to ask the R of this machine.
const OFFLINE: &str = "RBINDGEN_OFFLINE";

/// The variables that decide which R and which packages are found.
const VARIABLES: &[&str] = &["R_HOME", "PATH", "R_LIBS", "R_LIBS_USER", "R_LIBS_SITE", OFFLINE];

/// Generated code, in memory.
#[derive(Clone, Debug)]
pub struct Bindings {
    options: Options,
    files: BTreeMap<Language, Files>,
    read: Read,
    diagnostics: Diagnostics,
}

impl Bindings {
    /// Warnings about names and data sets that were left out.
    pub fn warnings(&self) -> Vec<Record> {
        self.diagnostics.records()
    }

    /// The files for a language, by their path below the output folder.
    ///
    /// # Errors
    /// When two packages would be the same module.
    pub fn files(&self, language: Language) -> Result<Files, Error> {
        if let Some(files) = self.files.get(&language) {
            return Ok(files.clone());
        }
        let mut diagnostics = Diagnostics::default();
        let files = pipeline::generate(&self.read.packages, language, &mut diagnostics);
        if diagnostics.has_errors() { Err(Error(diagnostics)) } else { Ok(files) }
    }

    /// Writes the Rust modules into the folder `rbindgen` below `OUT_DIR`, and tells Cargo when to run the build script again.
    ///
    /// # Errors
    /// When `OUT_DIR` is not set or cannot be written.
    pub fn write_to_out_dir(&self) -> Result<(), Error> {
        let Some(folder) = out_dir() else { return Err(Problem::NoOutDir.into()) };
        let mut output = Output::default();
        output.add(&folder, self.files(Language::Rust)?)?;
        output.write()?;
        let mut lines = self.cargo_lines();
        for problem in self.diagnostics.sorted() {
            lines += &format!("cargo::warning={}\n", problem.to_string().replace('\n', " "));
        }
        // A build script whose output nobody reads has still done its work.
        let _ = io::stdout().write_all(lines.as_bytes());
        Ok(())
    }

    /// Writes into the folders of [`Builder::rust`] and [`Builder::python`], or below `bindings/` when neither is given.
    ///
    /// # Errors
    /// When something cannot be written; then nothing has been changed.
    pub fn write(&self) -> Result<Written, Error> {
        Ok(self.output()?.write()?)
    }

    /// Compares with what is in these folders.
    ///
    /// # Errors
    /// When two files would have the same path.
    pub fn check(&self) -> Result<Vec<Drift>, Error> {
        Ok(self.output()?.check())
    }

    /// Whether it was left open where to write.
    pub(crate) fn names_no_folder(&self) -> bool {
        self.options.rust.is_none() && self.options.python.is_none()
    }

    fn output(&self) -> Result<Output, Error> {
        let (rust, python) = folders(&self.options);
        let mut output = Output::default();
        if let Some(folder) = rust {
            output.add(&folder, self.files(Language::Rust)?)?;
        }
        if let Some(folder) = python {
            output.add(&folder, self.files(Language::Python)?)?;
        }
        Ok(output)
    }

    /// What Cargo has to know: the files and variables on which the bindings depend.
    pub(crate) fn cargo_lines(&self) -> String {
        let mut lines = String::new();
        for path in &self.read.watch {
            lines += &format!("cargo::rerun-if-changed={}\n", path.display());
        }
        for variable in VARIABLES {
            lines += &format!("cargo::rerun-if-env-changed={variable}\n");
        }
        lines
    }
}

/// The languages that will be written, as far as the options tell: only their problems matter.
fn languages(options: &Options) -> Vec<Language> {
    let build_script = out_dir().is_some();
    let rust = options.rust.is_some() || options.python.is_none() || build_script;
    let python = options.python.is_some() || (options.rust.is_none() && !build_script);
    [(rust, Language::Rust), (python, Language::Python)]
        .into_iter()
        .filter(|one| one.0)
        .map(|one| one.1)
        .collect()
}

/// The folder `rbindgen` below `OUT_DIR`, in a build script.
pub(crate) fn out_dir() -> Option<PathBuf> {
    let out = std::env::var_os("OUT_DIR").filter(|value| !value.is_empty())?;
    Some(Path::new(&out).join("rbindgen"))
}

/// The folders for Rust and Python: what was asked for, or else both.
fn folders(options: &Options) -> (Option<PathBuf>, Option<PathBuf>) {
    match (&options.rust, &options.python) {
        (None, None) => (Some("bindings/rust".into()), Some("bindings/python".into())),
        (rust, python) => (rust.clone(), python.clone()),
    }
}
