//! R's values.
//!
//! [`Value`] is any R object. The other types are the same handle with the knowledge of what is inside: they
//! dereference to [`Value`], convert from one by `TryFrom` (by value or by reference), and go back by `From`. A type that
//! wraps a vector (`Matrix<Double>`, `TimeSeries<Integer>`) dereferences to that vector.
//!
//! | R | here |
//! |---|---|
//! | logical, integer, double, complex, raw, character | [`Logical`], [`Integer`], [`Double`], [`Complex`], [`Raw`], [`Character`] |
//! | list | [`List`] |
//! | factor | [`Factor`], [`FactorOf`] |
//! | matrix, array | [`Matrix`], [`Array`] |
//! | time series | [`TimeSeries`] |
//! | data frame | [`DataFrame`], [`Frame`] |
//! | dates, times, lengths of time | [`Date`], [`DateTime`], [`Duration`] |
//! | function, environment | [`Function`], [`Environment`] |
//! | symbol, call, formula, expression, pairlist | [`Symbol`], [`Language`], [`Formula`], [`Expression`], [`Pairlist`] |
//! | S4, R6 and reference objects | [`S4`], [`R6Object`], [`RefObject`] |
//! | external pointer | [`ExternalPtr`] |
//! | `NULL` | [`Null`] |
//!
//! [`Value::content`] looks at a value as the one that fits, for `match`. Attributes are set through [`WithAttributes`].

mod any;
mod attributes;
mod cached;
mod character;
mod civil;
mod complex;
mod content;
mod data_frame;
mod date;
mod date_time;
mod double;
mod duration;
mod elements;
mod environment;
mod expression;
mod external_ptr;
mod factor;
mod formula;
mod frame;
mod function;
mod in_place;
mod integer;
mod language;
mod list;
mod logical;
mod matrix;
mod null;
mod numbers;
mod pairlist;
mod r6_object;
mod raw;
mod ref_object;
mod s4;
mod serialize;
mod strings;
mod symbol;
mod text;
mod time_series;
mod vector;
mod wrapper;

pub use any::{Kind, Value};
pub use attributes::WithAttributes;
pub use cached::PackageFunction;
pub use character::Character;
pub use civil::{CivilDate, CivilDateTime};
pub use complex::Complex;
pub use content::Content;
pub use data_frame::{DataFrame, RowNames};
pub use date::Date;
pub use date_time::DateTime;
pub use double::Double;
pub use duration::{Duration, DurationUnit};
pub use environment::Environment;
pub use expression::Expression;
pub use external_ptr::ExternalPtr;
pub use factor::{Factor, FactorOf, RFactor};
pub use formula::Formula;
pub use frame::{Frame, Record};
pub use function::Function;
pub use integer::Integer;
pub use language::Language;
pub use list::List;
pub use logical::Logical;
pub use matrix::{Array, Matrix};
pub use null::Null;
pub use pairlist::Pairlist;
pub use r6_object::R6Object;
pub use raw::Raw;
pub use ref_object::RefObject;
pub use s4::S4;
pub use symbol::Symbol;
pub use text::Encoding;
pub use time_series::TimeSeries;
pub use vector::Vector;
#[cfg(feature = "arrow")]
pub(crate) use vector::try_slice;
pub use wrapper::Wrapper;
