//! `rbindgen report`: which types were found, and why.

mod summary;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::report::{Answer, Report};
use crate::builder::Builder;
use crate::diagnostics::{Error, Problem, Record, nearest};
use crate::ir::{ClassTypes, RecordClass, Signature};
use crate::pipeline::Corrected;
use summary::Summary;

/// What is known about packages. As JSON: `packages`, each with `functions`, `classes`, `extended`, `declared` and `skipped`; every
/// position is a `type`, a `confidence` and its `evidence`. `summary` counts.
#[derive(Debug, Serialize)]
pub struct EvidenceReport {
    #[serde(skip)]
    warnings: Vec<Record>,
    packages: Vec<PackageReport>,
    /// Of all packages together.
    summary: Summary,
}

#[derive(Debug, Serialize)]
struct PackageReport {
    name: String,
    version: String,
    functions: Vec<FunctionReport>,
    /// The S3 classes whose objects the functions make.
    classes: Vec<RecordClass>,
    /// The generics of other packages for which the package has S4 methods.
    extended: Vec<Signature>,
    /// The classes that declare what they hold: S4, reference classes, R6.
    declared: Vec<ClassTypes>,
    skipped: Vec<Skipped>,
    summary: Summary,
}

#[derive(Debug, Serialize)]
struct FunctionReport {
    exported: bool,
    #[serde(flatten)]
    signature: Signature,
}

/// Something that is not bound here, and why.
#[derive(Debug, Serialize)]
struct Skipped {
    name: String,
    reason: String,
}

/// What to report on.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Selection {
    /// All functions of the namespace, not only the exported ones.
    #[arg(long)]
    pub internal: bool,
    /// Only this function; may be given several times.
    #[arg(long = "function", short = 'f', value_name = "NAME")]
    pub functions: Vec<String>,
}

/// The types of packages with their evidence.
pub fn evidence(builder: Builder, selection: &Selection, report: &Report) -> Result<EvidenceReport, Error> {
    let (studied, warnings) = builder.study(report)?;
    unknown_functions(&studied, &selection.functions)?;
    let mut packages = Vec::new();
    let mut summary = Summary::default();
    for one in studied {
        let one = package(one, selection, &warnings);
        summary.add(&one.summary);
        packages.push(one);
    }
    Ok(EvidenceReport { warnings, packages, summary })
}

/// A function that was asked for has to be in one of the packages.
fn unknown_functions(studied: &[Corrected], wanted: &[String]) -> Result<(), Problem> {
    let known: BTreeSet<&str> =
        studied.iter().flat_map(|one| &one.types.signatures).map(|one| one.name.as_str()).collect();
    match wanted.iter().find(|name| !known.contains(name.as_str())) {
        Some(name) => Err(Problem::UnknownFunction {
            name: name.clone(),
            packages: studied.iter().map(|one| one.package.name.clone()).collect(),
            near: nearest(name, known),
        }),
        None => Ok(()),
    }
}

fn package(studied: Corrected, selection: &Selection, warnings: &[Record]) -> PackageReport {
    let Corrected { package, types, changes } = studied;
    let exported: BTreeMap<&str, bool> =
        package.functions.iter().map(|one| (one.name.as_str(), one.exported)).collect();
    let functions: Vec<FunctionReport> = types
        .signatures
        .into_iter()
        .map(|signature| FunctionReport {
            exported: exported.get(signature.name.as_str()).copied().unwrap_or(false),
            signature,
        })
        .filter(|one| match &selection.functions[..] {
            [] => selection.internal || one.exported,
            wanted => wanted.contains(&one.signature.name),
        })
        .collect();
    let everything = selection.functions.is_empty();
    let mut skipped = Vec::new();
    if everything {
        for one in &package.reexports {
            let original = one.original.as_ref().unwrap_or(&one.name);
            let reason = format!("it is {}::{original}", one.package);
            skipped.push(Skipped { name: one.name.clone(), reason });
        }
        skipped.extend(changes.skipped.iter().map(|(item, reason)| Skipped {
            name: item.name().to_owned(),
            reason: reason.clone().unwrap_or_else(|| "rbindgen.toml says so".to_owned()),
        }));
        let of_package = warnings.iter().filter(|one| one.package.as_ref() == Some(&package.name));
        skipped.extend(
            of_package
                .filter_map(|one| Some(Skipped { name: one.subject.clone()?, reason: one.message.clone() })),
        );
    }
    let (classes, extended, declared) = match everything {
        true => (types.records, types.extended, types.classes),
        false => Default::default(),
    };
    PackageReport {
        summary: Summary::of(functions.iter().map(|one| &one.signature), &declared),
        name: package.name,
        version: package.version,
        functions,
        classes,
        extended,
        declared,
        skipped,
    }
}

impl Answer for EvidenceReport {
    fn warnings(&self) -> &[Record] {
        &self.warnings
    }

    fn text(&self) -> String {
        text::text(self)
    }
}
