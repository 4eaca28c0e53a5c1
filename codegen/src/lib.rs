//! Generates typed Rust and Python bindings for the R packages that are installed on a machine.
//!
//! [`Builder`] is the front door; the command `rbindgen` is a thin layer over it. The work goes through stages that know only those
//! below them:
//!
//! ```text
//! cli → builder → pipeline → output → emit::{rust, python} → lower → names → infer → ir ← introspect
//! ```

mod builder;
pub mod cli;
pub mod diagnostics;
pub mod diff;
pub mod emit;
pub mod infer;
pub mod introspect;
pub mod ir;
pub mod lower;
pub mod names;
pub mod options;
pub mod output;
pub mod pipeline;

pub use builder::{Bindings, Builder};
pub use diagnostics::Error;
