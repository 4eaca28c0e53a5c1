//! The phase after inference: corrections.

use super::Studied;
use crate::diagnostics::Diagnostics;
use crate::infer::overrides::{self, Changes, Overrides, overlays};
use crate::ir::{Package, Source, Types};

/// A package, its types after all corrections, and what these say about the generated code.
#[derive(Clone, Debug)]
pub struct Corrected {
    /// The package.
    pub package: Package,
    /// Its types.
    pub types: Types,
    /// Names, what is skipped, and the types of what has no signature.
    pub changes: Changes,
}

/// Correct: what comes with rbindgen first, then what the user says. A correction by the user that matches nothing is an error.
pub fn correct(
    studied: Vec<Studied>,
    overrides: &Overrides,
    diagnostics: &mut Diagnostics,
) -> Vec<Corrected> {
    let present: Vec<&str> = studied.iter().map(|one| one.package.name.as_str()).collect();
    overrides::missing_packages(overrides, &present, diagnostics);
    let overlays = match overlays::all() {
        Ok(overlays) => overlays,
        Err(problem) => {
            diagnostics.push(problem);
            Overrides::default()
        }
    };
    let corrected = |Studied { package, mut types, .. }: Studied| {
        let mut changes = Changes::default();
        for (entries, source) in [(&overlays, Source::Overlay), (overrides, Source::Override)] {
            overrides::apply(&package, &mut types, &mut changes, entries, source, diagnostics);
        }
        Corrected { package, types, changes }
    };
    studied.into_iter().map(corrected).collect()
}
