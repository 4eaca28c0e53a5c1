//! What type each thing has, in R's terms.
//!
//! Data sets are observed: [`infer`] reads their type off their schema. Functions are studied: each parameter and each
//! result collects evidence, and what the evidence supports together is its type.

mod caught;
mod classes;
mod context;
mod datasets;
pub mod documentation;
mod flow;
mod generics;
mod join;
pub mod known;
pub mod overrides;
mod pages;
mod records;
mod returns;
mod s4;
mod signatures;
mod size;

pub use datasets::{Atomic, Field, Type, TypedDataSet, TypedPackage, infer, of};
pub use signatures::{Foreign, study};

#[cfg(test)]
mod tests;
