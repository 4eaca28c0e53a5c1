//! The signatures of a package's functions.

use std::collections::BTreeMap;

use crate::ir::types::{Term, Type};
use crate::ir::{Package, Parameter, Position, Signature, Types};

/// The signatures of functions of other packages, by `package::function`.
pub type Foreign = BTreeMap<String, Signature>;

/// Studies all functions of a package.
pub fn study(package: &Package, foreign: &Foreign) -> Types {
    let _ = foreign;
    let parameter = |formal: &crate::ir::code::Formal| Parameter {
        name: formal.name.to_string(),
        optional: formal.default.is_some(),
        mode: crate::ir::Mode::Value,
        position: Position {
            ty: if &*formal.name == "..." { Term::Dots.into() } else { Type::Any },
            ..Position::unknown()
        },
        choices: Vec::new(),
        dots: None,
    };
    let signatures = package
        .functions
        .iter()
        .map(|function| Signature {
            name: function.name.clone(),
            parameters: function.formals.iter().map(parameter).collect(),
            returns: Position::unknown(),
            invisible: false,
        })
        .collect();
    Types { signatures, records: Vec::new() }
}
