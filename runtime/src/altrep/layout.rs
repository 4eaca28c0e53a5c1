//! The element types whose vectors are plain memory, and what R calls their classes and accessors.

use std::ffi::CStr;

use super::class::Classes;
use super::numeric_methods::{elt, get_region};
use crate::ffi::{self, DllInfo, R_altrep_class_t, SEXP, SEXPTYPE};
use crate::na::{RBool, RComplex, RInt};

/// The element types of R's numeric vectors: [`RBool`], [`RInt`], `f64`, [`RComplex`] and `u8`.
///
/// No other type can be one.
pub trait Element: Layout {}

/// What ALTREP must know of an element type. Bits that are all zero are a value of it.
pub trait Layout: Copy + Send + Sync + 'static {
    /// R's type of a vector of it.
    const TYPE: SEXPTYPE;
    /// The name of the ALTREP class.
    const NAME: &'static CStr;
    /// The class.
    #[doc(hidden)]
    fn class(classes: &Classes) -> R_altrep_class_t;
    /// Makes the class, with the methods that have the element type in their signature.
    ///
    /// # Safety
    /// As for `ffi`; may jump.
    #[doc(hidden)]
    unsafe fn make(dll: *mut DllInfo) -> R_altrep_class_t;
    /// The memory of an ordinary vector of this type, for writing.
    ///
    /// # Safety
    /// As for `ffi`; the vector is of this type, and not ALTREP.
    #[doc(hidden)]
    unsafe fn memory(vector: SEXP) -> *mut Self;
}

macro_rules! layout {
    ($($element:ty: $sexptype:ident, $name:literal, $field:ident, $memory:ident, $make:ident, $set_elt:ident, $set_region:ident;)*) => {
        $(
            impl Element for $element {}

            impl Layout for $element {
                const TYPE: SEXPTYPE = SEXPTYPE::$sexptype;
                const NAME: &'static CStr = $name;

                fn class(classes: &Classes) -> R_altrep_class_t {
                    classes.$field
                }

                unsafe fn make(dll: *mut DllInfo) -> R_altrep_class_t {
                    // SAFETY: the caller's; both names are C strings, which R copies.
                    unsafe {
                        let class = ffi::$make($name.as_ptr(), super::class::PACKAGE.as_ptr(), dll);
                        ffi::$set_elt(class, elt::<$element>);
                        ffi::$set_region(class, get_region::<$element>);
                        class
                    }
                }

                #[inline]
                unsafe fn memory(vector: SEXP) -> *mut $element {
                    // SAFETY: the caller's.
                    unsafe { ffi::$memory(vector).cast() }
                }
            }
        )*
    };
}

layout! {
    RBool: LGLSXP, c"rbindgen_logical", logical, LOGICAL,
        R_make_altlogical_class, R_set_altlogical_Elt_method, R_set_altlogical_Get_region_method;
    RInt: INTSXP, c"rbindgen_integer", integer, INTEGER,
        R_make_altinteger_class, R_set_altinteger_Elt_method, R_set_altinteger_Get_region_method;
    f64: REALSXP, c"rbindgen_double", double, REAL,
        R_make_altreal_class, R_set_altreal_Elt_method, R_set_altreal_Get_region_method;
    RComplex: CPLXSXP, c"rbindgen_complex", complex, COMPLEX,
        R_make_altcomplex_class, R_set_altcomplex_Elt_method, R_set_altcomplex_Get_region_method;
    u8: RAWSXP, c"rbindgen_raw", raw, RAW,
        R_make_altraw_class, R_set_altraw_Elt_method, R_set_altraw_Get_region_method;
}
