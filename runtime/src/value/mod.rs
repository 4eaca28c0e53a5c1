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
//! | function, environment | [`Function`], [`Environment`] |

mod any;
mod cached;
mod character;
mod complex;
mod data_frame;
mod double;
mod elements;
mod environment;
mod factor;
mod frame;
mod function;
mod in_place;
mod integer;
mod list;
mod logical;
mod matrix;
mod null;
mod raw;
mod strings;
mod text;
mod time_series;
mod vector;
mod wrapper;

pub use any::{Kind, Value};
pub use cached::PackageFunction;
pub use character::Character;
pub use complex::Complex;
pub use data_frame::{DataFrame, RowNames};
pub use double::Double;
pub use environment::Environment;
pub use factor::{Factor, FactorOf, RFactor};
pub use frame::{Frame, Record};
pub use function::Function;
pub use integer::Integer;
pub use list::List;
pub use logical::Logical;
pub use matrix::{Array, Matrix};
pub use raw::Raw;
pub use text::Encoding;
pub use time_series::TimeSeries;
pub use vector::Vector;
pub use wrapper::Wrapper;
