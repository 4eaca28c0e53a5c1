//! `rbindgen types`: signatures, one a line.

use std::collections::BTreeSet;

use serde::Serialize;

use super::report::{Answer, Report};
use crate::builder::Builder;
use crate::diagnostics::{Error, Record, printable};
use crate::ir::types::Line;

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
    let packages = studied.iter().map(|one| {
        let functions = one.package.functions.iter();
        let exported: BTreeSet<&str> =
            functions.filter(|one| one.exported).map(|one| one.name.as_str()).collect();
        let signatures =
            one.types.signatures.iter().filter(|one| internal || exported.contains(one.name.as_str()));
        PackageTypes {
            name: one.package.name.clone(),
            version: one.package.version.clone(),
            signatures: signatures.map(|one| Line(one).to_string()).collect(),
        }
    });
    Ok(Types { warnings, packages: packages.collect() })
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
