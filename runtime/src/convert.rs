//! Conversion between the types of Rust and R's values.
//!
//! [`FromR`] and [`IntoR`] are the two directions. A scalar of Rust is a vector of length one; `Option` is NA.
//!
//! | Rust | to R | from R |
//! |---|---|---|
//! | `bool` | logical | logical |
//! | `i8`, `i16`, `u16`, `i32` | integer | integer, or double that is whole and fits |
//! | `u32`, `i64`, `u64`, `usize`, `isize` | integer where all fit, else double where all are exact, else an error | as above; `integer64` too |
//! | `f64`, `f32` | double | double, integer or logical |
//! | `u8` | raw | raw, or whole numbers up to 255 |
//! | `&str`, `String`, `Cow<str>`, `Box<str>`, `char` | character | character, factor |
//! | [`RInt`], [`RBool`], [`RComplex`](crate::RComplex) | integer, logical, complex: NA is a value of theirs | the same |
//! | an enum with `#[derive(RFactor)]` | factor | factor, character |
//! | [`std::time::Duration`] | difftime in seconds | difftime of any unit |
//! | [`std::time::SystemTime`] | POSIXct | POSIXct, POSIXlt |
//! | [`CivilDate`](crate::value::CivilDate) | Date | Date |
//! | `T` of the above | vector of length 1 | vector of length 1 |
//! | `Option<T>` | the same, `None` is NA | NA and `NULL` are `None` |
//! | `Vec<T>`, `&[T]`, `[T; N]`, `Box<[T]>`, [`Iter`] | vector | vector |
//! | `Vec<Option<T>>`, … | vector with NA | vector with NA |
//! | `Vec<Vec<T>>`, `Vec<Value>` | list | list |
//! | `HashMap<String, T>`, `BTreeMap<String, T>` | named list | named list, named vector |
//! | `Option` of a vector, a map, a wrapper | the same, `None` is `NULL` | the same |
//! | `()` | `NULL` | `NULL` |
//!
//! Without `Option`, NA is an error towards Rust that names the element. Structs become data frames and lists by
//! `#[derive(FromDataFrame, IntoDataFrame, FromList, IntoList)]`. Where the type that is wanted depends on the class of the
//! value, and is known only when the program runs, see [`dispatch`](crate::dispatch).
//!
//! Behind features of this crate:
//!
//! | feature | Rust | R |
//! |---|---|---|
//! | `chrono` | `NaiveDate`, `DateTime<Utc>`, `DateTime<Tz>`, `TimeDelta` | Date, POSIXct, POSIXct with its zone, difftime |
//! | `jiff` | `civil::Date`, `Timestamp`, `Zoned`, `SignedDuration` | Date, POSIXct, POSIXct with its zone, difftime |
//! | `ndarray` | `Array1`, `Array2`, `ArrayD`; views to R | vector, matrix, array |
//! | `arrow` | `RecordBatch`, arrays: see `arrow` | data frame, vectors |
//!
//! Four traits say what a type is inside of others: [`FromVector`] and [`IntoVector`] for `Vec`, [`FromOption`] and
//! [`IntoOption`] for `Option`.
//!
//! ```
//! use rbindgen_runtime::prelude::*;
//! use std::collections::BTreeMap;
//!
//! R::with(|r| {
//!     assert_eq!(r.eval("c(1, NA)")?.to::<Vec<Option<i64>>>()?, [Some(1), None]);
//!     let error = r.eval("c(1, NA)")?.to::<Vec<i64>>().unwrap_err();
//!     assert!(error.to_string().starts_with("element 1 (counted from 0) is NA"));
//!
//!     let limits: BTreeMap<String, f64> = r.eval("list(low = 1L, high = 2.5)")?.to()?;
//!     assert_eq!(limits["high"], 2.5);
//!     assert!(limits.into_r(r)?.identical(&r.eval("list(high = 2.5, low = 1)")?)?);
//!     Ok(())
//! })?;
//! # Ok::<(), Error>(())
//! ```

#[cfg(feature = "chrono")]
mod chrono;
mod containers;
mod factor;
mod iter;
#[cfg(feature = "jiff")]
mod jiff;
mod logical;
mod map;
#[cfg(feature = "ndarray")]
mod ndarray;
mod number;
mod option;
mod scalar;
mod text;
mod time;
mod whole;

pub use containers::{FromVector, IntoVector};
#[doc(hidden)]
pub use containers::{from_list, into_list};
pub use iter::Iter;
pub(crate) use map::named_list;
#[cfg(feature = "ndarray")]
pub use ndarray::vector_view;
pub use option::{FromOption, IntoOption};
pub use scalar::Scalar;
#[doc(hidden)]
pub use scalar::{scalar_from_r, scalar_into_r};
#[cfg(feature = "arrow")]
pub(crate) use whole::write as whole_numbers;

#[cfg(doc)]
use crate::error::Error;
use crate::error::Result;
use crate::ffi::{self, SEXP, SEXPTYPE, cetype_t};
use crate::na::{RBool, RInt};
use crate::protect::protect;
use crate::r::R;
use crate::value::{Character, Value};

/// A type that an R value can become.
#[diagnostic::on_unimplemented(
    message = "no R value can become `{Self}`",
    label = "this type has no conversion from R",
    note = "structs get one by `#[derive(FromList)]` or, in a `Vec`, `#[derive(FromDataFrame)]`, enums by `#[derive(RFactor)]`"
)]
pub trait FromR<'r>: Sized {
    /// Converts the value.
    ///
    /// # Errors
    /// [`Error::Type`] when it is something else, [`Error::Missing`] when it has an NA and the type has no place for one,
    /// [`Error::Text`] for a string that cannot be read.
    fn from_r(value: Value<'r>) -> Result<Self>;
}

/// A type that can become an R value.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot become an R value",
    label = "this type has no conversion to R",
    note = "structs get one by `#[derive(IntoList)]` or, in a `Vec`, `#[derive(IntoDataFrame)]`, enums by `#[derive(RFactor)]`"
)]
pub trait IntoR {
    /// Converts to a new R value (or hands on the value that this is).
    ///
    /// # Errors
    /// [`Error::Text`] for a string that R cannot hold; [`Error::Condition`] when R has no memory.
    fn into_r<'r>(self, r: R<'r>) -> Result<Value<'r>>;

    /// What this becomes, if that can be said without R: a call then makes the value itself.
    #[doc(hidden)]
    fn plain(&self) -> Option<Plain<'_>> {
        None
    }

    /// The name of the argument, where this is one with a name.
    #[doc(hidden)]
    fn argument_name(&self) -> Option<&str> {
        None
    }
}

/// A type that can become an R value without being given away: what elements of lists and fields of structs are.
///
/// ```
/// use rbindgen_runtime::prelude::*;
/// use rbindgen_runtime::convert::ToR;
///
/// R::with(|r| {
///     let words = vec!["a".to_owned(), "b".to_owned()];
///     assert!(words.to_r(r)?.identical(&r.eval("c('a', 'b')")?)?);
///     assert_eq!(words.len(), 2);
///     Ok(())
/// })?;
/// # Ok::<(), Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot become an R value",
    label = "this type has no conversion to R",
    note = "structs get one by `#[derive(IntoList)]` or, in a `Vec`, `#[derive(IntoDataFrame)]`, enums by `#[derive(RFactor)]`"
)]
pub trait ToR {
    /// Converts to an R value.
    ///
    /// # Errors
    /// Those of [`IntoR::into_r`].
    fn to_r<'r>(&self, r: R<'r>) -> Result<Value<'r>>;
}

/// What a value will be, as data that owns nothing.
#[derive(Clone, Copy)]
#[doc(hidden)]
pub enum Plain<'a> {
    /// An object that exists; somebody keeps it alive.
    Sexp(SEXP),
    /// The empty argument.
    Missing,
    /// `NULL`.
    Null,
    /// A logical vector of length one.
    Bool(RBool),
    /// An integer vector of length one.
    Int(RInt),
    /// A double vector of length one.
    Double(f64),
    /// A character vector of length one; the text has no NUL inside and is shorter than 2^31.
    Text(&'a str),
    /// An integer vector.
    Ints(&'a [i32]),
    /// A double vector.
    Doubles(&'a [f64]),
}

impl Plain<'_> {
    /// A character vector of length one, unless R cannot hold the text.
    fn text(text: &str) -> Option<Plain<'_>> {
        (text.len() <= i32::MAX as usize && !text.contains('\0')).then_some(Plain::Text(text))
    }

    /// An integer vector, unless a number would read as NA.
    fn ints(numbers: &[i32]) -> Option<Plain<'_>> {
        (!numbers.contains(&i32::MIN)).then_some(Plain::Ints(numbers))
    }

    /// Makes the object; nothing protects it.
    ///
    /// # Safety
    /// As for `ffi`; may jump. What the description borrows is alive.
    #[inline]
    pub(crate) unsafe fn build(self) -> SEXP {
        // SAFETY: the caller's. A new vector is of the length and type that is written to it.
        unsafe {
            match self {
                Plain::Sexp(sexp) => sexp,
                Plain::Missing => ffi::R_MissingArg(),
                Plain::Null => ffi::R_NilValue(),
                Plain::Bool(value) => ffi::Rf_ScalarLogical(value.to_bits()),
                Plain::Int(value) => ffi::Rf_ScalarInteger(value.to_bits()),
                Plain::Double(value) => ffi::Rf_ScalarReal(value),
                Plain::Text(text) => {
                    let text =
                        ffi::Rf_mkCharLenCE(text.as_ptr().cast(), text.len() as i32, cetype_t::CE_UTF8);
                    // It protects its argument.
                    ffi::Rf_ScalarString(text)
                }
                Plain::Ints(numbers) => filled(SEXPTYPE::INTSXP, numbers, ffi::INTEGER),
                Plain::Doubles(numbers) => filled(SEXPTYPE::REALSXP, numbers, ffi::REAL),
            }
        }
    }

    /// Makes the value.
    fn into_value<'r>(self, r: R<'r>) -> Result<Value<'r>> {
        // SAFETY: `protect` gives the context; what the description borrows outlives the call.
        let sexp = protect(r, move || unsafe { self.build() })?;
        // SAFETY: R just returned the object.
        Ok(unsafe { Value::new(r, sexp) })
    }
}

/// A new vector with these elements.
///
/// # Safety
/// As for `ffi`; may jump. `memory` gives the elements of a vector of this type.
#[inline]
unsafe fn filled<T: Copy>(kind: SEXPTYPE, elements: &[T], memory: unsafe fn(SEXP) -> *mut T) -> SEXP {
    // SAFETY: the caller's; the vector is new and of this length.
    unsafe {
        let vector = ffi::Rf_allocVector(kind, elements.len() as isize);
        // The memory of an empty vector is at address 1 from R 4.5 on: not a place even for no element.
        if !elements.is_empty() {
            std::ptr::copy_nonoverlapping(elements.as_ptr(), memory(vector), elements.len());
        }
        vector
    }
}

impl<'r> R<'r> {
    /// A character vector of length one.
    pub(crate) fn string(self, text: &str) -> Result<Value<'r>> {
        match Plain::text(text) {
            Some(plain) => plain.into_value(self),
            None => Character::new(self, [text]).map(Value::from),
        }
    }

    /// An integer vector of length one.
    pub(crate) fn integer(self, value: i32) -> Result<Value<'r>> {
        Plain::Int(RInt::from(Some(value))).into_value(self)
    }

    /// A logical vector of length one.
    pub(crate) fn logical(self, value: bool) -> Result<Value<'r>> {
        Plain::Bool(RBool::from(Some(value))).into_value(self)
    }
}
