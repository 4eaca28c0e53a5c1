//! Types as annotations, and the classes that stand for them at run time.

use super::literal::string;
use crate::infer::Atomic;
use crate::lower::{Enum, Module, TypeRef};

/// The annotation for `ty`, which may name an enumeration of `module`.
pub fn annotation(ty: &TypeRef, module: &Module) -> String {
    match ty {
        TypeRef::Factor(name) => {
            let only = module.enums.iter().find(|one| one.name == *name).and_then(Enum::only_level);
            match only {
                Some(level) => format!("_rb.FactorVector[Literal[{}]]", string(level)),
                None => format!("_rb.FactorVector[{name}]"),
            }
        }
        TypeRef::OpenFactor => "_rb.FactorVector[str]".to_owned(),
        _ => runtime(ty),
    }
}

/// The class that a value of type `ty` gets.
pub fn runtime(ty: &TypeRef) -> String {
    match ty {
        TypeRef::Vector(atomic) => format!("_rb.{}Vector", word(*atomic)),
        TypeRef::Matrix(atomic) => format!("_rb.{}Matrix", word(*atomic)),
        TypeRef::Array(atomic) => format!("_rb.{}Array", word(*atomic)),
        TypeRef::TimeSeries(inner) => match **inner {
            TypeRef::Vector(atomic) => format!("_rb.{}TimeSeries", word(atomic)),
            TypeRef::Matrix(atomic) => format!("_rb.{}TimeSeriesMatrix", word(atomic)),
            TypeRef::Array(atomic) => format!("_rb.{}Array", word(atomic)),
            ref other => runtime(other),
        },
        TypeRef::Factor(_) | TypeRef::OpenFactor => "_rb.FactorVector".to_owned(),
        TypeRef::Class(name) => name.clone(),
        TypeRef::List => "_rb.ListVector".to_owned(),
        TypeRef::Function | TypeRef::Environment | TypeRef::Any => "_rb.RObject".to_owned(),
    }
}

fn word(atomic: Atomic) -> &'static str {
    match atomic {
        Atomic::Logical => "Bool",
        Atomic::Integer => "Int",
        Atomic::Double => "Float",
        Atomic::Complex => "Complex",
        Atomic::Character => "Str",
        Atomic::Raw => "Byte",
    }
}

impl Enum {
    /// The level of an enumeration that has no other.
    pub(super) fn only_level(&self) -> Option<&str> {
        match &self.variants[..] {
            [only] => Some(&only.level),
            _ => None,
        }
    }
}
