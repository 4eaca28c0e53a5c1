//! Setting attributes the way R does: on a value, not on an object that others see.
//!
//! R's vectors are values: `y <- x; names(y) <- "a"` leaves `x` alone, because R copies what more than one place refers to. Handles
//! count as places ([`gc`](crate::gc): a slot is a reference in R's reference counting), so the same test decides here:
//! with one reference, the handle that the setter was given, the object itself is changed; with more, a copy is. It is a shallow
//! one: numbers are copied, the elements of a list are shared.

use std::ffi::c_void;

use super::{Character, Integer, List, Value, Wrapper};
use crate::buffer::writable_pointer;
use crate::convert::IntoR;
use crate::error::{Error, Result};
use crate::ffi::{self, SEXP, compat};
use crate::gc;
use crate::na::RInt;
use crate::protect::protect;
use crate::r::R;

/// Setting attributes of a [`Value`], or of anything that is one.
///
/// Each function takes the value and gives it back with the attribute. Nobody else sees the change: an object that R or another
/// handle refers to is copied first, as R does (["R Language Definition", section 4.3.3]); a list's elements are not. What R changes
/// in place everywhere, environments and external pointers, is changed in place here as well.
///
/// R checks the attributes that it knows (`names`, `dim`, `dimnames`, `class`, `levels`, `tsp`, `row.names`).
///
/// ```
/// use rbindgen_runtime::prelude::*;
///
/// R::with(|r| {
///     let x = Double::new(r, [1.0, 2.0])?;
///     let y = x.clone().with_names(["a", "b"])?.with_attr("unit", "kg")?;
///     assert!(y.identical(&r.eval("structure(c(a = 1, b = 2), unit = 'kg')")?)?);
///     assert_eq!(x.names(), None);
///     Ok(())
/// })?;
/// # Ok::<(), Error>(())
/// ```
///
/// # Errors
/// Every function: [`Error::Condition`] when R refuses the attribute; [`Error::Type`] for what has no attributes of its own
/// (`NULL`, symbols, builtin functions), and when the value would no longer be of its type, as a [`Factor`](crate::value::Factor)
/// without its class; [`Error::Text`] for a name with a NUL inside.
///
/// ["R Language Definition", section 4.3.3]: https://cran.r-project.org/doc/manuals/r-release/R-lang.html#Argument-evaluation
pub trait WithAttributes<'r>: Sized {
    /// The value with an attribute; `()` (`NULL`) removes it.
    ///
    /// # Errors
    /// See [`WithAttributes`].
    fn with_attr(self, name: &str, value: impl IntoR) -> Result<Self>;

    /// The value without an attribute.
    ///
    /// # Errors
    /// See [`WithAttributes`].
    fn without_attr(self, name: &str) -> Result<Self> {
        self.with_attr(name, ())
    }

    /// The value with names for its elements. Fewer names than elements leave the rest NA.
    ///
    /// # Errors
    /// See [`WithAttributes`].
    fn with_names<S: AsRef<str>>(self, names: impl IntoIterator<Item = S>) -> Result<Self>;

    /// The value with these extents, whose product is its length.
    ///
    /// # Errors
    /// See [`WithAttributes`]; [`Error::Type`] for an extent above 2^31 - 1, which R cannot have.
    fn with_dim(self, extents: &[usize]) -> Result<Self>;

    /// The value, which has a dim, with names along each dimension; `None` for a dimension without.
    ///
    /// # Errors
    /// See [`WithAttributes`].
    fn with_dimnames<S: AsRef<str>>(self, names: impl IntoIterator<Item = Option<Vec<S>>>) -> Result<Self>;

    /// The value with a class attribute, most specific class first; an empty one removes it.
    ///
    /// # Errors
    /// See [`WithAttributes`].
    fn with_class<S: AsRef<str>>(self, class: impl IntoIterator<Item = S>) -> Result<Self>;
}

impl<'r> WithAttributes<'r> for Value<'r> {
    fn with_attr(self, name: &str, value: impl IntoR) -> Result<Self> {
        let value = value.into_r(self.r())?;
        set(self, name, &value)
    }

    fn with_names<S: AsRef<str>>(self, names: impl IntoIterator<Item = S>) -> Result<Self> {
        let names = Character::new(self.r(), names)?;
        set(self, "names", &names)
    }

    fn with_dim(self, extents: &[usize]) -> Result<Self> {
        let extents = extents.iter().map(|&extent| count(extent)).collect::<Result<Vec<RInt>>>()?;
        let extents = Integer::new(self.r(), extents)?;
        set(self, "dim", &extents)
    }

    fn with_dimnames<S: AsRef<str>>(self, names: impl IntoIterator<Item = Option<Vec<S>>>) -> Result<Self> {
        let r = self.r();
        let names = names
            .into_iter()
            .map(|names| match names {
                Some(names) => Character::new(r, names).map(Value::from),
                None => Ok(r.null()),
            })
            .collect::<Result<Vec<_>>>()?;
        let names = List::new(r, names)?;
        set(self, "dimnames", &names)
    }

    fn with_class<S: AsRef<str>>(self, class: impl IntoIterator<Item = S>) -> Result<Self> {
        let class = Character::new(self.r(), class)?;
        if class.is_empty() {
            return self.without_attr("class");
        }
        set(self, "class", &class)
    }
}

impl<'r, W: Wrapper<'r>> WithAttributes<'r> for W {
    fn with_attr(self, name: &str, value: impl IntoR) -> Result<Self> {
        W::from_value(self.into_value().with_attr(name, value)?)
    }
    fn with_names<S: AsRef<str>>(self, names: impl IntoIterator<Item = S>) -> Result<Self> {
        W::from_value(self.into_value().with_names(names)?)
    }
    fn with_dim(self, extents: &[usize]) -> Result<Self> {
        W::from_value(self.into_value().with_dim(extents)?)
    }
    fn with_dimnames<S: AsRef<str>>(self, names: impl IntoIterator<Item = Option<Vec<S>>>) -> Result<Self> {
        W::from_value(self.into_value().with_dimnames(names)?)
    }
    fn with_class<S: AsRef<str>>(self, class: impl IntoIterator<Item = S>) -> Result<Self> {
        W::from_value(self.into_value().with_class(class)?)
    }
}

/// A count as R's integer.
pub(super) fn count(count: usize) -> Result<RInt> {
    match i32::try_from(count) {
        Ok(count) => Ok(RInt::from(Some(count))),
        Err(_) => Err(Error::wrong_type("a number of at most 2^31 - 1", count.to_string())),
    }
}

/// The symbol of an attribute's name.
pub(super) fn symbol(r: R<'_>, name: &str) -> Result<SEXP> {
    // SAFETY: the token proves the lock; R keeps its own symbols for ever.
    unsafe {
        Ok(match name {
            "class" => ffi::R_ClassSymbol(),
            "dim" => ffi::R_DimSymbol(),
            "dimnames" => ffi::R_DimNamesSymbol(),
            "levels" => ffi::R_LevelsSymbol(),
            "names" => ffi::R_NamesSymbol(),
            "row.names" => ffi::R_RowNamesSymbol(),
            "tsp" => ffi::R_TspSymbol(),
            _ => return r.symbol(name),
        })
    }
}

/// Whether a change of the object would be seen through `value` only.
///
/// An object that R keeps for ever has no slot, and counts as shared.
pub(super) fn is_own(value: &Value<'_>) -> bool {
    // SAFETY: the value proves the lock, and the object is alive; this reads a count, of which the handle's slot is one.
    // A handle that was dropped counts no more.
    value.has_slot()
        && unsafe {
            gc::empty_released();
            !compat::maybe_shared(value.sexp())
        }
}

/// `value` with an attribute.
fn set<'r>(value: Value<'r>, name: &str, attribute: &Value<'r>) -> Result<Value<'r>> {
    let by_reference = match value.type_name() {
        "NULL" | "symbol" | "builtin" | "special" | "char" => {
            return Err(Error::wrong_type("a value that can have attributes", value.describe()));
        }
        "environment" | "externalptr" | "weakref" => true,
        _ => false,
    };
    let r = value.r();
    let symbol = symbol(r, name)?;
    let in_place = by_reference || is_own(&value);
    let (sexp, attribute) = (value.sexp(), attribute.sexp());
    let changed = protect(r, move || {
        // SAFETY: `protect` gives the context; both objects are alive, the copy is protected, and the symbol is permanent.
        unsafe {
            let target = ffi::Rf_protect(if in_place { sexp } else { ffi::Rf_shallow_duplicate(sexp) });
            ffi::Rf_setAttrib(target, symbol, attribute);
            ffi::Rf_unprotect(1);
            target
        }
    })?;
    // SAFETY: R just returned the object.
    Ok(if in_place { value } else { unsafe { Value::new(r, changed) } })
}

/// The memory of a vector of numbers, truth values or bytes that nobody but `value` refers to: a copy where need be.
pub(super) fn own_memory(value: &mut Value<'_>) -> Result<*mut c_void> {
    if !is_own(value) {
        let sexp = value.sexp();
        // SAFETY: `protect` gives the context; the object is alive.
        let copy = protect(value.r(), move || unsafe { ffi::Rf_duplicate(sexp) })?;
        // SAFETY: R just returned the object.
        *value = unsafe { Value::new(value.r(), copy) };
    }
    writable_pointer(value)
}
