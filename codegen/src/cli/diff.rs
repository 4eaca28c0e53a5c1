//! `rbindgen diff`: what changed, in words.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use super::Style;
use super::report::{Answer, Report};
use crate::builder::Builder;
use crate::diagnostics::{Error, Record, printable};
use crate::diff::{self, PackageDiff};
use crate::pipeline::Corrected;

/// What to compare.
#[derive(Debug, Args)]
pub struct DiffArgs {
    /// A snapshot (FILE.json), or an installed package.
    old: String,
    /// A snapshot, or an installed package [default: the packages of OLD as they are installed].
    new: Option<String>,
    /// A folder of R packages to search before R's own libraries; may be given several times.
    #[arg(long = "lib", value_name = "DIR")]
    libraries: Vec<PathBuf>,
    /// The seconds that looking into one package may take (60 where nothing is said).
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    timeout: Option<u64>,
    #[command(flatten)]
    pub style: Style,
}

/// The changes of a run.
#[derive(Debug, Serialize)]
pub struct Diff {
    #[serde(skip)]
    warnings: Vec<Record>,
    /// How many changes are breaking.
    breaking: usize,
    packages: Vec<PackageDiff>,
}

/// Compares.
pub fn diff(arguments: DiffArgs, report: &Report) -> Result<Diff, Error> {
    let is_file = |one: &str| one.ends_with(".json") || Path::new(one).is_file();
    let look = |packages: Vec<String>, file: Option<&str>| {
        let mut builder = Builder::new().packages(packages).libraries(arguments.libraries.clone());
        builder = match (file, arguments.timeout) {
            (Some(file), _) => builder.from_snapshot(file),
            (None, Some(timeout)) => builder.timeout(timeout),
            (None, None) => builder,
        };
        builder.study(report)
    };
    let side =
        |one: &str| if is_file(one) { look(Vec::new(), Some(one)) } else { look(vec![one.to_owned()], None) };
    let (mut old, mut warnings) = side(&arguments.old)?;
    let names = |side: &[Corrected]| side.iter().map(|one| one.package.name.clone()).collect::<BTreeSet<_>>();
    let (mut new, more) = match &arguments.new {
        Some(new) => side(new)?,
        None => look(names(&old).into_iter().collect(), None)?,
    };
    warnings.extend(more);
    // One package against a snapshot of many is about this package.
    if !is_file(&arguments.old) {
        let names = names(&old);
        new.retain(|one| names.contains(&one.package.name));
    } else if arguments.new.as_ref().is_some_and(|new| !is_file(new)) {
        let names = names(&new);
        old.retain(|one| names.contains(&one.package.name));
    }
    let packages = diff::diff(&old, &new);
    let breaking = packages.iter().flat_map(|one| &one.changes).filter(|one| one.breaking).count();
    Ok(Diff { warnings, breaking, packages })
}

impl Answer for Diff {
    fn warnings(&self) -> &[Record] {
        &self.warnings
    }

    fn text(&self) -> String {
        let mut out = String::new();
        for package in &self.packages {
            let version = |one: &Option<String>| one.clone().unwrap_or_else(|| "none".to_owned());
            let (old, new) = (version(&package.old), version(&package.new));
            let versions = if old == new { old } else { format!("{old} → {new}") };
            out += &format!("{}\n", printable(&format!("{} {versions}", package.name)));
            for change in &package.changes {
                let mark = if change.breaking { "breaking: " } else { "" };
                let subject = format!("{} `{}`", change.kind.word(), change.name);
                let colon = if is_predicate(&change.text) { "" } else { ":" };
                out += &format!("  {mark}{}\n", printable(&format!("{subject}{colon} {}", change.text)));
            }
        }
        let count: usize = self.packages.iter().map(|one| one.changes.len()).sum();
        out += &match count {
            0 => "nothing changed\n".to_owned(),
            1 => format!("1 change, {} breaking\n", self.breaking),
            _ => format!("{count} changes, {} of them breaking\n", self.breaking),
        };
        out
    }

    fn finds(&self) -> bool {
        self.breaking > 0
    }
}

/// Whether the text goes on the sentence that its subject begins.
fn is_predicate(text: &str) -> bool {
    ["is", "has", "comes", "no", "inherits", "chooses"].contains(&text.split(' ').next().unwrap_or_default())
}
