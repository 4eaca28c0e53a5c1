//! Conversions that are chosen when the program runs: by R's type and by the class attribute of a value.
//!
//! [`FromR`](crate::FromR) and [`IntoR`](crate::IntoR) are fixed when the program is compiled. A [`Table`] is not: a package's class gets
//! a type of the program's own, a library adds its types, a test replaces a conversion for a while.
//!
//! [`Dispatch`] is the mechanism alone: keys and payloads. For an R value the entry is found in this order:
//!
//! 1. for each class of the class attribute, the most specific one first: the entry for this class and the value's type
//!    ([`Key::ClassOfType`]), then the entry for this class ([`Key::Class`]); of an S4 object, its superclasses come after its class;
//! 2. the entry for the value's type ([`Key::Type`]);
//! 3. the entry for everything else ([`Key::Any`]).
//!
//! A value without a class attribute costs an array lookup; nothing is allocated. Dispatches and tables are additive: in `a + b`, where
//! both have an entry for the same key, that of `b` is taken.
//!
//! A [`Table`] holds such a dispatch for each type of Rust that values are converted to, and a conversion to R for each type that they
//! are converted from. [`with_converter`] puts a table in force for the calling thread; without one it is the process's default,
//! which [`set_default`] changes, and which starts with the types that [`convert`](crate::convert) lists.
//!
//! ```
//! use rbindgen_runtime::dispatch::{Table, with_converter};
//! use rbindgen_runtime::prelude::*;
//!
//! #[derive(Debug, PartialEq)]
//! struct Money(f64);
//!
//! let mut money = Table::new("money");
//! money.register_from_r("money", |value: Value<'_>| Ok(Money(value.to()?)));
//! money.register_into_r(|money: &Money, r| {
//!     r.function("base", "structure")?.call((money.0, named("class", "money")))
//! });
//!
//! R::with(|r| {
//!     let price = r.eval("structure(9.5, class = c('money', 'numeric_version'))")?;
//!     with_converter(Table::default() + money, || {
//!         assert_eq!(price.convert::<Money>()?, Money(9.5));
//!         assert_eq!(price.convert::<f64>()?, 9.5); // an entry of the default table
//!         assert_eq!(r.convert(&Money(1.0))?.class(), ["money"]);
//!         assert!(price.convert_any()?.is::<Money>()); // by its class
//!         Ok::<(), Error>(())
//!     })?;
//!     assert!(price.convert::<Money>().is_err()); // the table is not in force any more
//!     Ok(())
//! })?;
//! # Ok::<(), Error>(())
//! ```

mod defaults;
mod key;
mod resolve;
mod scope;
mod table;

pub use key::{Dispatch, Key};
pub use scope::{current, set_default, with_converter};
pub use table::{Elements, Table};
