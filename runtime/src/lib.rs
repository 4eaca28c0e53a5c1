//! R's values, memory, errors and buffers for Rust: the runtime behind rbindgen's bindings.
//!
//! R is found and started inside this process by the first [`R::with`]; nothing is linked against libR and no
//! environment variable has to be set.
//!
//! ```
//! use rbindgen_runtime::prelude::*;
//!
//! fn main() -> rbindgen_runtime::Result<()> {
//!     R::with(|r| {
//!         let cars = r.get_exported("datasets", "mtcars")?;
//!         let cars = DataFrame::try_from(cars)?;
//!         let mpg: Double = cars.column("mpg")?;
//!         assert_eq!(mpg.as_slice()[0], 21.0); // R's own memory
//!         Ok(())
//!     })
//! }
//! ```
//!
//! The generator uses this crate without its feature `embed`: then only [`locate`] and [`CONTRACT`] are left, and libR-sys
//! is not built.

pub mod locate;

/// The contract between generated code and this runtime.
///
/// It grows by one whenever code that an older generator wrote would no longer fit. Generated Rust
/// checks it when it is compiled, generated Python when it is imported.
pub const CONTRACT: u32 = 1;

#[cfg(feature = "embed")]
pub mod altrep;
#[cfg(feature = "arrow")]
pub mod arrow;
#[cfg(feature = "embed")]
mod buffer;
#[cfg(feature = "embed")]
mod call;
#[cfg(feature = "embed")]
mod callback;
#[cfg(feature = "embed")]
mod collect;
#[cfg(feature = "embed")]
pub mod convert;
#[cfg(feature = "embed")]
#[doc(hidden)]
pub mod derive;
#[cfg(feature = "embed")]
pub mod dispatch;
#[cfg(feature = "embed")]
mod embed;
#[cfg(feature = "embed")]
mod error;
#[cfg(feature = "embed")]
mod ffi;
#[cfg(feature = "embed")]
mod gc;
#[cfg(feature = "embed")]
pub mod generated;
#[cfg(feature = "embed")]
mod global;
#[cfg(feature = "embed")]
mod lock;
#[cfg(feature = "embed")]
mod na;
#[cfg(feature = "embed")]
mod prefetch;
#[cfg(feature = "embed")]
mod protect;
#[cfg(feature = "embed")]
mod r;
#[cfg(feature = "embed")]
mod rng;
#[cfg(feature = "embed")]
pub mod value;

#[cfg(feature = "embed")]
pub use buffer::{BufferView, ElementType};
#[cfg(feature = "embed")]
pub use call::{Args, IntoArgs, Missing, Named, named};
#[cfg(feature = "embed")]
pub use callback::{Callback, Fallible, Outcome, Plainly};
#[cfg(feature = "embed")]
pub use collect::Signal;
#[cfg(feature = "embed")]
pub use convert::{FromR, IntoR};
#[cfg(feature = "embed")]
pub use embed::console::{Reader, Stream, Writer, set_console};
#[cfg(feature = "embed")]
pub use embed::interrupt::interrupt;
#[cfg(feature = "embed")]
pub use error::{Error, Problem, Result};
#[cfg(feature = "embed")]
#[doc(hidden)]
pub use gc::live_slots;
#[cfg(feature = "embed")]
pub use global::{Borrowed, Global};
#[cfg(feature = "embed")]
pub use na::{NA_REAL, RBool, RComplex, RInt, is_na};
#[cfg(feature = "embed")]
pub use r::R;
#[cfg(feature = "embed")]
pub use rng::Random;
#[cfg(feature = "embed")]
pub use value::PackageFunction;

#[cfg(feature = "embed")]
/// What most programs need.
pub mod prelude {
    pub use crate::value::{
        Array, Character, CivilDate, CivilDateTime, Complex, Content, DataFrame, Date, DateTime, Double,
        Duration, DurationUnit, Environment, Expression, ExternalPtr, Factor, FactorOf, Formula, Frame,
        Function, Integer, Kind, Language, List, Logical, Matrix, Null, Pairlist, R6Object, RFactor, Raw,
        Record, RefObject, RowNames, S4, Symbol, TimeSeries, Value, Vector, WithAttributes, Wrapper,
    };
    pub use crate::{
        Args, Error, FromR, Global, IntoArgs, IntoR, Missing, NA_REAL, R, RBool, RComplex, RInt, is_na, named,
    };
    pub use rbindgen_macros::{FromDataFrame, FromList, IntoDataFrame, IntoList, RFactor};
}

/// Includes the bindings that the crate's build script generated: the modules of `OUT_DIR/rbindgen`.
///
/// ```ignore
/// rbindgen_runtime::include_bindings!();
/// ```
#[macro_export]
macro_rules! include_bindings {
    () => {
        include!(concat!(env!("OUT_DIR"), "/rbindgen/mod.rs"));
    };
}
