//! Conversion between the types of Rust and R's values.
//!
//! [`FromR`] and [`IntoR`] are the two directions. A scalar of Rust is a vector of length one; `Option` is NA.
//!
//! | Rust | to R | from R |
//! |---|---|---|
//! | `bool`, `Option<bool>` | logical | logical of length 1 |
//! | `i32`, `Option<i32>` | integer | integer, or double that is whole and fits |
//! | `f64`, `Option<f64>` | double | double, integer or logical |
//! | `&str`, `String`, `Option<String>` | character | character of length 1, factor |
//! | slices, arrays and `Vec` of them | vector | vector |
//! | `()` | `NULL` | `NULL` |
//!
//! Without `Option`, NA is an error towards Rust.

use crate::error::{Error, Result};
use crate::ffi::{self, SEXP, SEXPTYPE, cetype_t};
use crate::na::{NA_REAL, RBool, RInt};
use crate::protect::protect;
use crate::r::R;
use crate::value::{Character, Double, Factor, Integer, Kind, Logical, Value, Wrapper};

/// A type that an R value can become.
pub trait FromR<'r>: Sized {
    /// Converts the value.
    ///
    /// # Errors
    /// [`Error::Type`] when it is something else, [`Error::Missing`] when it has an NA and the type has no place for one,
    /// [`Error::Text`] for a string that cannot be read.
    fn from_r(value: Value<'r>) -> Result<Self>;
}

/// A type that can become an R value.
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
                Plain::Ints(numbers) => {
                    let vector = ffi::Rf_allocVector(SEXPTYPE::INTSXP, numbers.len() as isize);
                    std::ptr::copy_nonoverlapping(numbers.as_ptr(), ffi::INTEGER(vector), numbers.len());
                    vector
                }
                Plain::Doubles(numbers) => {
                    let vector = ffi::Rf_allocVector(SEXPTYPE::REALSXP, numbers.len() as isize);
                    std::ptr::copy_nonoverlapping(numbers.as_ptr(), ffi::REAL(vector), numbers.len());
                    vector
                }
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

/// An element type: how a vector of it is made, and how one is read.
trait Element: Sized {
    /// What messages call one element.
    const NAME: &'static str;
    /// One element, if it can be described.
    fn one(element: Option<&Self>) -> Option<Plain<'_>>;
    /// Elements without NA, if they can be described.
    fn many(elements: &[Self]) -> Option<Plain<'_>>;
    fn write<'r>(r: R<'r>, elements: Vec<Option<Self>>) -> Result<Value<'r>>;
    fn read(value: &Value<'_>) -> Result<Vec<Option<Self>>>;
}

impl Element for bool {
    const NAME: &'static str = "a logical vector";
    fn one(element: Option<&bool>) -> Option<Plain<'_>> {
        Some(Plain::Bool(RBool::from(element.copied())))
    }
    fn many(_: &[bool]) -> Option<Plain<'_>> {
        None
    }
    fn write<'r>(r: R<'r>, elements: Vec<Option<bool>>) -> Result<Value<'r>> {
        let elements: Vec<RBool> = elements.into_iter().map(RBool::from).collect();
        Logical::new(r, elements).map(Value::from)
    }
    fn read(value: &Value<'_>) -> Result<Vec<Option<bool>>> {
        Ok(Logical::from_ref(value)?.to_vec())
    }
}

impl Element for i32 {
    const NAME: &'static str = "an integer vector";
    fn one(element: Option<&i32>) -> Option<Plain<'_>> {
        (element != Some(&i32::MIN)).then(|| Plain::Int(RInt::from(element.copied())))
    }
    fn many(elements: &[i32]) -> Option<Plain<'_>> {
        Plain::ints(elements)
    }
    fn write<'r>(r: R<'r>, elements: Vec<Option<i32>>) -> Result<Value<'r>> {
        if elements.contains(&Some(i32::MIN)) {
            return Err(Error::wrong_type("an integer that R can hold", format!("{} (R's NA)", i32::MIN)));
        }
        let elements: Vec<RInt> = elements.into_iter().map(RInt::from).collect();
        Integer::new(r, elements).map(Value::from)
    }
    fn read(value: &Value<'_>) -> Result<Vec<Option<i32>>> {
        if let Ok(doubles) = Double::from_ref(value) {
            let whole = |x: Option<f64>| match x {
                None => Some(None),
                Some(x) if x.fract() == 0.0 && x.abs() <= f64::from(i32::MAX) => Some(Some(x as i32)),
                Some(_) => None,
            };
            return doubles.iter().map(whole).collect::<Option<_>>().ok_or_else(|| {
                Error::wrong_type(Self::NAME, "a double vector with numbers that are no 32-bit integers")
            });
        }
        if value.inherits("factor") {
            return Err(Error::wrong_type(Self::NAME, "a factor; read its codes or its labels"));
        }
        Ok(Integer::from_ref(value)?.to_vec())
    }
}

impl Element for f64 {
    const NAME: &'static str = "a double vector";
    fn one(element: Option<&f64>) -> Option<Plain<'_>> {
        Some(Plain::Double(element.copied().unwrap_or(NA_REAL)))
    }
    fn many(elements: &[f64]) -> Option<Plain<'_>> {
        Some(Plain::Doubles(elements))
    }
    fn write<'r>(r: R<'r>, elements: Vec<Option<f64>>) -> Result<Value<'r>> {
        let elements: Vec<f64> = elements.into_iter().map(|x| x.unwrap_or(NA_REAL)).collect();
        Double::new(r, elements).map(Value::from)
    }
    fn read(value: &Value<'_>) -> Result<Vec<Option<f64>>> {
        match value.kind() {
            Kind::Integer if !value.inherits("factor") => {
                Ok(Integer::from_ref(value)?.iter().map(|x| x.map(f64::from)).collect())
            }
            Kind::Logical => {
                Ok(Logical::from_ref(value)?.iter().map(|x| x.map(|x| f64::from(u8::from(x)))).collect())
            }
            _ => Ok(Double::from_ref(value)?.to_vec()),
        }
    }
}

impl Element for String {
    const NAME: &'static str = "a character vector";
    fn one(element: Option<&String>) -> Option<Plain<'_>> {
        Plain::text(element?)
    }
    fn many(_: &[String]) -> Option<Plain<'_>> {
        None
    }
    fn write<'r>(r: R<'r>, elements: Vec<Option<String>>) -> Result<Value<'r>> {
        Character::from_options(r, elements).map(Value::from)
    }
    fn read(value: &Value<'_>) -> Result<Vec<Option<String>>> {
        match Factor::from_ref(value) {
            Ok(factor) => factor.labels(),
            Err(_) => Character::from_ref(value)?.to_vec(),
        }
    }
}

/// The one element of a vector of length one.
fn scalar<T: Element>(value: &Value<'_>) -> Result<Option<T>> {
    let mut elements = T::read(value)?;
    match elements.len() {
        1 => Ok(elements.swap_remove(0)),
        _ => Err(Error::wrong_type(format!("{} of length 1", T::NAME), value.describe())),
    }
}

macro_rules! element {
    ($type:ty) => {
        impl FromR<'_> for $type {
            fn from_r(value: Value<'_>) -> Result<Self> {
                scalar(&value)?.ok_or(Error::Missing { index: 0 })
            }
        }

        impl FromR<'_> for Option<$type> {
            fn from_r(value: Value<'_>) -> Result<Self> {
                scalar(&value)
            }
        }

        impl FromR<'_> for Vec<$type> {
            fn from_r(value: Value<'_>) -> Result<Self> {
                let elements = <$type>::read(&value)?;
                let present =
                    |(index, element): (usize, Option<$type>)| element.ok_or(Error::Missing { index });
                elements.into_iter().enumerate().map(present).collect()
            }
        }

        impl FromR<'_> for Vec<Option<$type>> {
            fn from_r(value: Value<'_>) -> Result<Self> {
                <$type>::read(&value)
            }
        }

        impl IntoR for $type {
            fn into_r<'r>(self, r: R<'r>) -> Result<Value<'r>> {
                match self.plain() {
                    Some(plain) => plain.into_value(r),
                    None => Element::write(r, vec![Some(self)]),
                }
            }
            fn plain(&self) -> Option<Plain<'_>> {
                Element::one(Some(self))
            }
        }

        impl IntoR for Option<$type> {
            fn into_r<'r>(self, r: R<'r>) -> Result<Value<'r>> {
                match self.plain() {
                    Some(plain) => plain.into_value(r),
                    None => Element::write(r, vec![self]),
                }
            }
            fn plain(&self) -> Option<Plain<'_>> {
                Element::one(self.as_ref())
            }
        }

        impl IntoR for Vec<$type> {
            fn into_r<'r>(self, r: R<'r>) -> Result<Value<'r>> {
                match self.plain() {
                    Some(plain) => plain.into_value(r),
                    None => Element::write(r, self.into_iter().map(Some).collect()),
                }
            }
            fn plain(&self) -> Option<Plain<'_>> {
                Element::many(self)
            }
        }

        impl IntoR for &Vec<$type> {
            fn into_r<'r>(self, r: R<'r>) -> Result<Value<'r>> {
                self.as_slice().into_r(r)
            }
            fn plain(&self) -> Option<Plain<'_>> {
                Element::many(self)
            }
        }

        impl IntoR for Vec<Option<$type>> {
            fn into_r<'r>(self, r: R<'r>) -> Result<Value<'r>> {
                Element::write(r, self)
            }
        }

        impl IntoR for &[$type] {
            fn into_r<'r>(self, r: R<'r>) -> Result<Value<'r>> {
                match self.plain() {
                    Some(plain) => plain.into_value(r),
                    None => self.to_vec().into_r(r),
                }
            }
            fn plain(&self) -> Option<Plain<'_>> {
                Element::many(self)
            }
        }

        impl<const N: usize> IntoR for [$type; N] {
            fn into_r<'r>(self, r: R<'r>) -> Result<Value<'r>> {
                Vec::from(self).into_r(r)
            }
            fn plain(&self) -> Option<Plain<'_>> {
                Element::many(self)
            }
        }
    };
}

element!(bool);
element!(i32);
element!(f64);
element!(String);

impl IntoR for &str {
    fn into_r<'r>(self, r: R<'r>) -> Result<Value<'r>> {
        r.string(self)
    }
    fn plain(&self) -> Option<Plain<'_>> {
        Plain::text(self)
    }
}

impl IntoR for &[&str] {
    fn into_r<'r>(self, r: R<'r>) -> Result<Value<'r>> {
        Character::new(r, self).map(Value::from)
    }
}

impl<const N: usize> IntoR for [&str; N] {
    fn into_r<'r>(self, r: R<'r>) -> Result<Value<'r>> {
        Character::new(r, self).map(Value::from)
    }
}
