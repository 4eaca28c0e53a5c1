//! The corrections that come with rbindgen: `codegen/overlays/*.toml`.
//!
//! They are for packages that everybody uses and where a rule would not help; each says why it is there. A rule that
//! holds for R is always better.

use std::path::Path;

use super::{Overrides, read};
use crate::diagnostics::Problem;

/// The files of the folder.
const FILES: &[(&str, &str)] = &[];

/// All of them.
///
/// # Errors
/// When a file is malformed or a correction has no reason; a test sees to it that none is.
pub fn all() -> Result<Overrides, Problem> {
    let mut overrides = Overrides::default();
    for (name, text) in FILES {
        overrides.extend(read::parse(text, Path::new(name))?);
    }
    Ok(overrides)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Diagnostics;
    use crate::infer::overrides::{Changes, apply};
    use crate::ir::code::{Expr, Formal};
    use crate::ir::{Function, Package, Source};

    /// These measure the inference.
    const MEASURED: &str = "KernSmooth MASS abind assertthat bitops class cluster codetools e1071 foreign gtools jsonlite \
        lattice mvtnorm nlme numDeriv pROC polynom quantreg rpart statmod stringr xml2";

    fn complaints(overrides: &Overrides) -> Vec<String> {
        let mut complaints = Vec::new();
        for entry in &overrides.entries {
            if entry.reason.as_ref().is_none_or(|reason| reason.trim().is_empty()) {
                complaints.push(format!("{}: no reason", entry.place));
            }
            if MEASURED.split_whitespace().any(|one| one == entry.package) {
                complaints.push(format!("{}: {} measures the inference", entry.place, entry.package));
            }
        }
        complaints
    }

    #[test]
    fn every_overlay_has_a_reason_and_measures_nothing() {
        assert_eq!(complaints(&all().unwrap()), [""; 0]);
        let bad: Overrides = "[MASS.functions.lda]\nskip = true".parse().unwrap();
        assert_eq!(complaints(&bad).len(), 2);
    }

    #[test]
    fn every_file_of_the_folder_is_built_in() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("overlays");
        let mut found: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.ends_with(".toml"))
            .collect();
        found.sort();
        assert_eq!(found, FILES.iter().map(|one| one.0.to_owned()).collect::<Vec<_>>());
    }

    #[test]
    fn an_overlay_changes_what_is_there_and_only_that() {
        let formals = vec![Formal { name: "x".into(), default: Some(Expr::Null) }];
        let function = Function { name: "f".into(), formals, body: Some(Expr::Null), ..Function::default() };
        let package = Package { name: "p".into(), functions: vec![function], ..Package::default() };
        let mut types = crate::infer::study(&package, &crate::infer::Foreign::new());
        let overlay: Overrides =
            "[p.functions.f]\nparameters.x = 'double'\nparameters.gone = 'any'\nreason = 'a test'\n[p.functions.gone]\nskip = true"
                .parse()
                .unwrap();
        let (mut changes, mut diagnostics) = (Changes::default(), Diagnostics::default());
        apply(&package, &mut types, &mut changes, &overlay, Source::Overlay, &mut diagnostics);
        assert!(diagnostics.is_empty());
        assert_eq!(changes, Changes::default());
        let position = &types.signatures[0].parameters[0].position;
        assert_eq!(position.ty.to_string(), "double");
        assert_eq!((position.evidence[0].source, &*position.evidence[0].place), (Source::Overlay, "a test"));
        apply(&package, &mut types, &mut changes, &overlay, Source::Override, &mut diagnostics);
        assert_eq!(diagnostics.sorted().len(), 2);
    }
}
