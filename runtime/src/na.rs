//! Missing values.
//!
//! R marks NA inside the range of each type: the smallest `int` in logical and integer vectors, one of the many NaNs in double
//! and complex vectors, a distinguished string in character vectors (["R Language Definition", section 3.3.4]). The types here
//! keep the mark from being mistaken for a number: an element is an `Option`, and the element types of slices do not
//! turn into an `i32` by themselves.
//!
//! ["R Language Definition", section 3.3.4]: https://cran.r-project.org/doc/manuals/r-release/R-lang.html#NA-handling

use std::fmt;

use crate::ffi::Rcomplex;

/// The bits of `NA_real_`: a quiet NaN whose low word is 1954 (`arithmetic.c`, `R_ValueOfNA`).
const NA_REAL_BITS: u64 = 0x7FF0_0000_0000_07A2;

/// `NA_real_`. It is a NaN: compare with [`is_na`], never with `==`.
pub const NA_REAL: f64 = f64::from_bits(NA_REAL_BITS);

/// Whether `x` is `NA_real_`. A NaN that R computed (`0/0`) is not.
///
/// R looks only at the low word, since arithmetic may set the quiet bit.
///
/// ```
/// use rbindgen_runtime::{NA_REAL, is_na};
/// assert!(is_na(NA_REAL));
/// assert!(!is_na(f64::NAN) && !is_na(1.0));
/// ```
#[inline]
pub const fn is_na(x: f64) -> bool {
    x.is_nan() && x.to_bits() as u32 == 1954
}

/// An element of an integer vector: a 32-bit number or NA.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct RInt(i32);

impl RInt {
    /// `NA_integer_`.
    pub const NA: RInt = RInt(i32::MIN);

    /// The number, `None` for NA.
    ///
    /// ```
    /// use rbindgen_runtime::RInt;
    /// assert_eq!(RInt::from(Some(3)).get(), Some(3));
    /// assert_eq!(RInt::NA.get(), None);
    /// ```
    #[inline]
    pub const fn get(self) -> Option<i32> {
        if self.0 == i32::MIN { None } else { Some(self.0) }
    }

    /// Whether this is NA.
    #[inline]
    pub const fn is_na(self) -> bool {
        self.0 == i32::MIN
    }

    /// Looks at 32-bit integers as R does, without a copy: `i32::MIN` is NA.
    ///
    /// For owners of such memory that lend it to R
    /// ([`Integer::from_owner`](crate::value::Integer::from_owner)).
    ///
    /// ```
    /// use rbindgen_runtime::RInt;
    /// let numbers = [1, i32::MIN];
    /// assert_eq!(RInt::slice(&numbers), [RInt::from(Some(1)), RInt::NA]);
    /// ```
    pub const fn slice(numbers: &[i32]) -> &[RInt] {
        // SAFETY: transparent over `i32`, and every `i32` is one.
        unsafe { std::slice::from_raw_parts(numbers.as_ptr().cast(), numbers.len()) }
    }

    pub(crate) const fn to_bits(self) -> i32 {
        self.0
    }
}

impl From<Option<i32>> for RInt {
    /// `None` is NA; so is `Some(i32::MIN)`, which no R integer can hold.
    fn from(value: Option<i32>) -> RInt {
        RInt(value.unwrap_or(i32::MIN))
    }
}

impl fmt::Debug for RInt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.get() {
            Some(value) => value.fmt(f),
            None => f.write_str("NA"),
        }
    }
}

/// An element of a logical vector: true, false or NA.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct RBool(i32);

impl RBool {
    /// `TRUE`.
    pub const TRUE: RBool = RBool(1);
    /// `FALSE`.
    pub const FALSE: RBool = RBool(0);
    /// `NA`.
    pub const NA: RBool = RBool(i32::MIN);

    /// The truth value, `None` for NA.
    #[inline]
    pub const fn get(self) -> Option<bool> {
        match self.0 {
            i32::MIN => None,
            value => Some(value != 0),
        }
    }

    /// Whether this is NA.
    #[inline]
    pub const fn is_na(self) -> bool {
        self.0 == i32::MIN
    }

    pub(crate) const fn to_bits(self) -> i32 {
        self.0
    }
}

impl From<Option<bool>> for RBool {
    fn from(value: Option<bool>) -> RBool {
        match value {
            Some(true) => RBool::TRUE,
            Some(false) => RBool::FALSE,
            None => RBool::NA,
        }
    }
}

impl fmt::Debug for RBool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.get() {
            Some(true) => "TRUE",
            Some(false) => "FALSE",
            None => "NA",
        })
    }
}

/// An element of a complex vector.
#[derive(Clone, Copy, PartialEq, Debug)]
#[repr(C)]
pub struct RComplex {
    /// The real part.
    pub re: f64,
    /// The imaginary part.
    pub im: f64,
}

const _: () = assert!(size_of::<RComplex>() == size_of::<Rcomplex>());

impl RComplex {
    /// `NA_complex_`.
    pub const NA: RComplex = RComplex { re: NA_REAL, im: NA_REAL };

    /// Whether R counts this as NA: a part is `NA_real_`.
    pub const fn is_na(self) -> bool {
        is_na(self.re) || is_na(self.im)
    }

    /// The number, `None` for NA.
    pub const fn get(self) -> Option<RComplex> {
        if self.is_na() { None } else { Some(self) }
    }
}
