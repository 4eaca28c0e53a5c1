//! `rbindgen types`: signatures, one a line.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::report::{Answer, Report};
use crate::builder::Builder;
use crate::diagnostics::{Error, Record, printable};
use crate::ir::Signature;
use crate::ir::types::Line;
use crate::pipeline::Corrected;

/// The signatures of packages.
#[derive(Debug, Serialize)]
pub struct Types {
    #[serde(skip)]
    warnings: Vec<Record>,
    packages: Vec<PackageTypes>,
}

#[derive(Debug, Serialize)]
struct PackageTypes {
    name: String,
    version: String,
    signatures: Vec<String>,
}

/// The signatures of the exported functions, or of all of the namespace.
pub fn types(builder: Builder, internal: bool, report: &Report) -> Result<Types, Error> {
    let (studied, warnings) = builder.study(report)?;
    let packages = studied.iter().map(|one| package(one, internal));
    Ok(Types { warnings, packages: packages.collect() })
}

fn package(studied: &Corrected, internal: bool) -> PackageTypes {
    let Corrected { package, types, .. } = studied;
    let functions = package.functions.iter();
    let exported: BTreeSet<&str> =
        functions.filter(|one| one.exported).map(|one| one.name.as_str()).collect();
    let own = types.signatures.iter().filter(|one| internal || exported.contains(one.name.as_str()));
    let mut lines: BTreeMap<&str, String> =
        own.map(|one| (one.name.as_str(), Line(one).to_string())).collect();
    // What comes from another package has the type that it has there.
    for one in &package.reexports {
        let original = one.original.as_ref().unwrap_or(&one.name);
        let origin = format!("{}::{original}", one.package);
        let Some(signature) = package.foreign.iter().find(|known| known.name == origin) else { continue };
        let signature = Signature { name: one.name.clone(), ..signature.clone() };
        lines.entry(&one.name).or_insert_with(|| Line(&signature).to_string());
    }
    PackageTypes {
        name: package.name.clone(),
        version: package.version.clone(),
        signatures: lines.into_values().collect(),
    }
}

impl Answer for Types {
    fn warnings(&self) -> &[Record] {
        &self.warnings
    }

    fn text(&self) -> String {
        let mut out = String::new();
        for package in &self.packages {
            // The files of the notation are one package each; readers of several need to know which is which.
            if self.packages.len() > 1 {
                out += &format!("# {}\n", printable(&format!("{} {}", package.name, package.version)));
            }
            for line in &package.signatures {
                out += line;
                out.push('\n');
            }
        }
        out
    }
}
