//! Any R object.

use std::ffi::{CStr, CString};
use std::fmt;
use std::marker::PhantomData;

use super::{Character, Integer, List};
use crate::convert::{FromR, IntoR, Plain};
use crate::error::{Error, Result};
use crate::ffi::{self, SEXP, SEXPTYPE};
use crate::gc::{self, Slot};
use crate::global::Global;
use crate::protect::protect;
use crate::r::R;

/// An R object, kept alive by this handle.
///
/// Cloning makes a second handle of the same object, not a copy of its data. The lifetime is that of the [`R`] token:
/// a value cannot leave the closure of [`R::with`]; [`global`](Value::global) makes a handle that can.
///
/// ```
/// use rbindgen_runtime::prelude::*;
///
/// R::with(|r| {
///     let x = r.eval("structure(1:6, dim = 2:3, note = 'hello')")?;
///     assert_eq!(x.kind(), Kind::Integer);
///     assert_eq!(x.dim(), Some(vec![2, 3]));
///     assert_eq!(x.attr("note")?.unwrap().to::<String>()?, "hello");
///     Ok(())
/// })?;
/// # Ok::<(), Error>(())
/// ```
pub struct Value<'r> {
    sexp: SEXP,
    slot: Slot,
    lifetime: PhantomData<&'r ()>,
}

/// What an object is made of: R's `typeof`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// `NULL`.
    Null,
    /// A logical vector.
    Logical,
    /// An integer vector; factors too.
    Integer,
    /// A double vector; dates and times too.
    Double,
    /// A complex vector.
    Complex,
    /// A raw vector: bytes.
    Raw,
    /// A character vector: strings.
    Character,
    /// A list; data frames too.
    List,
    /// A function: closure, builtin or special.
    Function,
    /// An environment.
    Environment,
    /// A symbol.
    Symbol,
    /// A call.
    Language,
    /// An expression vector.
    Expression,
    /// A pairlist.
    Pairlist,
    /// An S4 object that is not built on another type.
    S4,
    /// An external pointer.
    ExternalPtr,
    /// Anything else: promises, byte code, weak references.
    Other,
}

impl<'r> Value<'r> {
    /// A handle of `sexp`.
    ///
    /// # Safety
    /// `sexp` is an object of the R that runs, and alive.
    #[inline]
    pub(crate) unsafe fn new(_: R<'r>, sexp: SEXP) -> Value<'r> {
        // SAFETY: the token proves the lock; the object is alive (the caller's promise).
        let slot = unsafe { gc::keep(sexp) };
        Value { sexp, slot, lifetime: PhantomData }
    }

    /// A handle of an object that R keeps for ever.
    ///
    /// # Safety
    /// `sexp` is such an object: `NULL`, a symbol, a fixed environment.
    pub(crate) unsafe fn permanent(_: R<'r>, sexp: SEXP) -> Value<'r> {
        Value { sexp, slot: Slot::NONE, lifetime: PhantomData }
    }

    /// The pointer that R's C API takes. It is valid while this handle lives.
    #[inline]
    pub fn sexp(&self) -> SEXP {
        self.sexp
    }

    /// The token, which the value's existence proves.
    #[inline]
    pub fn r(&self) -> R<'r> {
        // SAFETY: a value exists only where this thread holds R (it is not Send, and `'r` ends with the lock).
        unsafe { R::assume() }
    }

    /// A handle that may leave the closure of [`R::with`], and go to other threads.
    pub fn global(self) -> Global<Value<'static>> {
        Global::new(self)
    }

    /// Takes the handle apart; the slot is then the caller's to release.
    pub(crate) fn into_parts(self) -> (SEXP, Slot) {
        let this = std::mem::ManuallyDrop::new(self);
        (this.sexp, this.slot)
    }

    /// Whether the handle holds a slot: without one, R keeps the object for ever.
    pub(crate) fn has_slot(&self) -> bool {
        self.slot != Slot::NONE
    }

    /// Puts a handle together again.
    ///
    /// # Safety
    /// The parts come from [`into_parts`](Value::into_parts) of one handle.
    pub(crate) unsafe fn from_parts(sexp: SEXP, slot: Slot) -> Value<'r> {
        Value { sexp, slot, lifetime: PhantomData }
    }

    /// What the object is made of.
    pub fn kind(&self) -> Kind {
        match self.sexptype() {
            0 => Kind::Null,
            1 => Kind::Symbol,
            2 => Kind::Pairlist,
            3 | 7 | 8 => Kind::Function,
            4 => Kind::Environment,
            6 => Kind::Language,
            10 => Kind::Logical,
            13 => Kind::Integer,
            14 => Kind::Double,
            15 => Kind::Complex,
            16 => Kind::Character,
            19 => Kind::List,
            20 => Kind::Expression,
            22 => Kind::ExternalPtr,
            24 => Kind::Raw,
            25 => Kind::S4,
            _ => Kind::Other,
        }
    }

    /// R's number for the type ("R Internals", section 1.1.1).
    #[inline]
    pub fn sexptype(&self) -> i32 {
        // SAFETY: the object is alive.
        unsafe { ffi::TYPEOF(self.sexp) }
    }

    #[inline]
    pub(crate) fn is_type(&self, kind: SEXPTYPE) -> bool {
        self.sexptype() == kind as i32
    }

    /// R's `typeof(x)`: "double", "closure", …
    pub fn type_name(&self) -> &'static str {
        match self.sexptype() {
            0 => "NULL",
            1 => "symbol",
            2 => "pairlist",
            3 => "closure",
            4 => "environment",
            5 => "promise",
            6 => "language",
            7 => "special",
            8 => "builtin",
            9 => "char",
            10 => "logical",
            13 => "integer",
            14 => "double",
            15 => "complex",
            16 => "character",
            17 => "...",
            19 => "list",
            20 => "expression",
            21 => "bytecode",
            22 => "externalptr",
            23 => "weakref",
            24 => "raw",
            25 => "S4",
            _ => "unknown",
        }
    }

    /// Whether this is `NULL`.
    pub fn is_null(&self) -> bool {
        self.is_type(SEXPTYPE::NILSXP)
    }

    /// The number of elements, as C sees it: of a data frame its columns. Long vectors count right.
    pub fn len(&self) -> usize {
        // SAFETY: the object is alive.
        unsafe { ffi::Rf_xlength(self.sexp) as usize }
    }

    /// Whether there are no elements.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The class attribute, most specific first; empty where there is none.
    ///
    /// This is `attr(x, "class")` (R's `oldClass`), not `class(x)`, which makes one up for a plain vector.
    pub fn class(&self) -> Vec<String> {
        match self.attr("class") {
            Ok(Some(class)) => class.to_strings_lossy(),
            _ => Vec::new(),
        }
    }

    /// Whether the object has a class attribute.
    pub(crate) fn is_object(&self) -> bool {
        // SAFETY: the object is alive; this reads a bit.
        unsafe { ffi::Rf_isObject(self.sexp) != ffi::Rboolean::FALSE }
    }

    /// [`inherits`](Value::inherits) for a class that is known here.
    pub(crate) fn has_class(&self, class: &CStr) -> bool {
        // SAFETY: as in `inherits`.
        self.is_object() && unsafe { ffi::Rf_inherits(self.sexp, class.as_ptr()) != ffi::Rboolean::FALSE }
    }

    /// Whether the class attribute holds `class` (R's `inherits(x, class)` for S3).
    pub fn inherits(&self, class: &str) -> bool {
        let Ok(class) = CString::new(class) else { return false };
        // SAFETY: the object is alive, the text ends with NUL; the function reads the attribute only.
        unsafe { ffi::Rf_inherits(self.sexp, class.as_ptr()) != ffi::Rboolean::FALSE }
    }

    /// An attribute, by its whole name.
    ///
    /// `row.names` comes expanded to integers or strings, as R's `attr` gives it.
    ///
    /// # Errors
    /// [`Error::Text`] when the name has a NUL inside; [`Error::Condition`] when memory runs out.
    pub fn attr(&self, name: &str) -> Result<Option<Value<'r>>> {
        let symbol = super::attributes::symbol(self.r(), name)?;
        let sexp = self.sexp;
        // SAFETY: `protect` gives the context; the object is alive and the symbol permanent.
        let value = protect(self.r(), move || unsafe { ffi::Rf_getAttrib(sexp, symbol) })?;
        // SAFETY: R just returned the object.
        let value = unsafe { Value::new(self.r(), value) };
        Ok(if value.is_null() { None } else { Some(value) })
    }

    /// All attributes with their names, in R's order (`attributes(x)`).
    ///
    /// # Errors
    /// [`Error::Condition`] when memory runs out.
    pub fn attributes(&self) -> Result<Vec<(String, Value<'r>)>> {
        let list = self.r().base_call("attributes", &[(None, self)])?;
        if list.is_null() {
            return Ok(Vec::new());
        }
        let names = list.names().unwrap_or_default();
        let list: List<'r> = list.try_into()?;
        names
            .into_iter()
            .zip(list.iter())
            .map(|(name, value)| Ok((name.unwrap_or_default(), value)))
            .collect()
    }

    /// The names of the elements, `None` for a vector without. An element's name that is NA is `None`.
    pub fn names(&self) -> Option<Vec<Option<String>>> {
        let names = self.attr("names").ok()??;
        let names: &Character<'_> = (&names).try_into().ok()?;
        Some(names.iter_lossy().map(|name| name.map(|name| name.into_owned())).collect())
    }

    /// The extents of a matrix or an array, `None` for a plain vector.
    pub fn dim(&self) -> Option<Vec<usize>> {
        let dim = self.attr("dim").ok()??;
        let dim: &Integer<'_> = (&dim).try_into().ok()?;
        Some(dim.iter().map(|extent| extent.unwrap_or(0) as usize).collect())
    }

    /// The names along each dimension, `None` for an object without; a dimension without names is `None`.
    pub fn dimnames(&self) -> Option<Vec<Option<Vec<String>>>> {
        let dimnames = self.attr("dimnames").ok()??;
        let dimnames: &List<'_> = (&dimnames).try_into().ok()?;
        Some(
            dimnames
                .iter()
                .map(|names| if names.is_null() { None } else { Some(names.to_strings_lossy()) })
                .collect(),
        )
    }

    /// The value as a type of Rust, or as one of the wrappers.
    ///
    /// # Errors
    /// [`Error::Type`], [`Error::Missing`] or [`Error::Text`] when it does not fit.
    pub fn to<T: FromR<'r>>(&self) -> Result<T> {
        T::from_r(self.clone())
    }

    /// The strings of a character vector; NA is "NA", other types give nothing.
    pub(crate) fn to_strings_lossy(&self) -> Vec<String> {
        let Ok(strings) = <&Character<'_>>::try_from(self) else { return Vec::new() };
        strings
            .iter_lossy()
            .map(|text| text.map_or_else(|| "NA".to_owned(), |text| text.into_owned()))
            .collect()
    }

    /// Whether R calls the two identical, to the bit.
    ///
    /// # Errors
    /// [`Error::Condition`] when memory runs out.
    pub fn identical(&self, other: &Value<'_>) -> Result<bool> {
        let (x, y) = (self.sexp, other.sexp);
        // 16: do not look at the environments of closures; the other bits are R's defaults for `identical`.
        // SAFETY: `protect` gives the context; both objects are alive.
        protect(self.r(), move || unsafe { ffi::R_compute_identical(x, y, 16) != ffi::Rboolean::FALSE })
    }

    /// For messages: "a double vector of length 3", "an object of class `lm`".
    pub fn describe(&self) -> String {
        let class = self.class();
        if !class.is_empty() {
            return format!("an object of class `{}`", class.join("/"));
        }
        if let Some(dim) = self.dim() {
            let dim: Vec<String> = dim.iter().map(usize::to_string).collect();
            return format!("a {} array of {}", self.type_name(), dim.join(" x "));
        }
        match self.kind() {
            Kind::Null => "NULL".to_owned(),
            Kind::Logical | Kind::Double | Kind::Complex | Kind::Raw | Kind::Character => {
                format!("a {} vector of length {}", self.type_name(), self.len())
            }
            Kind::Integer => format!("an integer vector of length {}", self.len()),
            Kind::List => format!("a list of length {}", self.len()),
            Kind::Function => "a function".to_owned(),
            Kind::Environment => "an environment".to_owned(),
            _ => format!("an object of type `{}`", self.type_name()),
        }
    }
}

impl Clone for Value<'_> {
    fn clone(&self) -> Self {
        if self.slot == Slot::NONE {
            return Value { sexp: self.sexp, slot: Slot::NONE, lifetime: PhantomData };
        }
        // SAFETY: the object is alive, and the value proves the lock.
        unsafe { Value::new(self.r(), self.sexp) }
    }
}

impl Drop for Value<'_> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: the value proves the lock, and its slot ends with it.
        unsafe { gc::release(self.slot) };
    }
}

impl fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}>", self.describe())
    }
}

impl<'r> FromR<'r> for Value<'r> {
    fn from_r(value: Value<'r>) -> Result<Self> {
        Ok(value)
    }
}

impl IntoR for Value<'_> {
    fn into_r<'r>(self, _: R<'r>) -> Result<Value<'r>> {
        let (sexp, slot) = self.into_parts();
        // SAFETY: the parts are this handle's. Both lifetimes lie within one holding of R's lock by this thread.
        Ok(unsafe { Value::from_parts(sexp, slot) })
    }
    fn plain(&self) -> Option<Plain<'_>> {
        Some(Plain::Sexp(self.sexp))
    }
}

impl IntoR for &Value<'_> {
    fn into_r<'r>(self, r: R<'r>) -> Result<Value<'r>> {
        self.clone().into_r(r)
    }
    fn plain(&self) -> Option<Plain<'_>> {
        Some(Plain::Sexp(self.sexp))
    }
}

impl Error {
    /// The error for an index beyond the end.
    pub(crate) fn out_of_range(index: usize, length: usize) -> Error {
        Error::Index { index, length }
    }
}
