//! S4 objects.

use super::wrapper::wrapper;
use super::{Symbol, Value};
use crate::call::{Argument, IntoArgs};
use crate::convert::{IntoR, Plain};
use crate::error::{Error, Result};
use crate::ffi;
use crate::protect::protect;
use crate::r::R;

wrapper! {
    /// An S4 object: an instance of a class that `setClass` made, with slots. A class that is built on another type makes
    /// vectors, functions or environments that are S4 objects as well.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     r.eval("setClass('DocPoint', representation(x = 'numeric', y = 'numeric'))")?;
    ///     let point = S4::new(r, "DocPoint", (named("x", 1.0), named("y", 2.0)))?;
    ///     assert_eq!(point.slot("x")?.to::<f64>()?, 1.0);
    ///     let moved = point.clone().with_slot("x", 5.0)?;
    ///     assert_eq!(moved.slot("x")?.to::<f64>()?, 5.0);
    ///     assert_eq!(point.slot("x")?.to::<f64>()?, 1.0);
    ///     assert_eq!(point.class(), ["DocPoint"]);
    ///     assert!(point.is("DocPoint")? && !r.is_virtual_class("DocPoint")?);
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    S4, "an S4 object", |value| is_s4(value)
}

fn is_s4(value: &Value<'_>) -> bool {
    // SAFETY: the object is alive; this reads a bit.
    unsafe { ffi::Rf_isS4(value.sexp()) != ffi::Rboolean::FALSE }
}

impl<'r> S4<'r> {
    /// A new object of a class: R's `new(class, …)`.
    ///
    /// # Errors
    /// [`Error::Condition`] when there is no such class, it is virtual, or the arguments do not fit;
    /// [`Error::Type`] when the class makes something else.
    pub fn new(r: R<'r>, class: &str, arguments: impl IntoArgs) -> Result<S4<'r>> {
        let new = r.function("methods", "new")?;
        // The class first, then what the caller gives.
        arguments.with_arguments(r, |arguments| {
            let class = r.string(class)?;
            let first = Argument { name: Some("Class"), value: Plain::Sexp(class.sexp()) };
            let all: Vec<Argument<'_>> = std::iter::once(first).chain(arguments.iter().copied()).collect();
            new.call(Described(&all))?.try_into()
        })
    }

    /// The value of a slot.
    ///
    /// # Errors
    /// [`Error::Name`] when the object has no such slot.
    pub fn slot(&self, name: &str) -> Result<Value<'r>> {
        let symbol = Symbol::new(self.r(), name)?;
        let (sexp, slot) = (self.sexp(), symbol.sexp());
        // `.Data` is no attribute: it is the object without its slots.
        let value = protect(self.r(), move || {
            // SAFETY: `protect` gives the context; the object is alive, and the symbol permanent.
            unsafe {
                if name != ".Data" && ffi::R_has_slot(sexp, slot) == 0 {
                    return None;
                }
                Some(ffi::R_do_slot(sexp, slot))
            }
        })?;
        match value {
            // SAFETY: R just returned the object.
            Some(value) => Ok(unsafe { Value::new(self.r(), value) }),
            None => Err(Error::Name { name: name.to_owned(), known: self.slot_names()? }),
        }
    }

    /// Whether the object has a slot of this name.
    ///
    /// # Errors
    /// [`Error::Text`] for a name with a NUL inside.
    pub fn has_slot(&self, name: &str) -> Result<bool> {
        let slot = Symbol::new(self.r(), name)?;
        let (sexp, slot) = (self.sexp(), slot.sexp());
        // SAFETY: `protect` gives the context; the object is alive, and the symbol permanent.
        protect(self.r(), move || unsafe { ffi::R_has_slot(sexp, slot) != 0 })
    }

    /// The object with another value in a slot (R's `@<-`, which checks the value's class). Other handles do not see the change.
    ///
    /// # Errors
    /// [`Error::Condition`] when there is no such slot or the value is of the wrong class.
    pub fn with_slot(self, name: &str, value: impl IntoR) -> Result<S4<'r>> {
        let r = self.r();
        let name = Symbol::new(r, name)?;
        let value = value.into_r(r)?;
        // The name is code here: `@<-` takes it unevaluated. The other two must not be evaluated again.
        const ASSIGN: &str = "function(x, name, value) {
            eval(call('@<-', quote(x), name, quote(value)))
        }";
        static PLACE: std::sync::OnceLock<crate::Global<Value<'static>>> = std::sync::OnceLock::new();
        let assign: super::Function<'r> = r.cached_code(&PLACE, ASSIGN)?.try_into()?;
        assign.call((&*self, &*name, &value))?.try_into()
    }

    /// The names of the slots that the object's class has.
    ///
    /// # Errors
    /// [`Error::Condition`] when the class is not known to R any more.
    pub fn slot_names(&self) -> Result<Vec<String>> {
        self.r().function("methods", "slotNames")?.call((&**self,))?.to()
    }
}

/// Arguments that are described already.
struct Described<'a>(&'a [Argument<'a>]);

impl IntoArgs for Described<'_> {
    fn with_arguments<T>(self, _: R<'_>, then: impl FnOnce(&[Argument<'_>]) -> Result<T>) -> Result<T> {
        then(self.0)
    }
}

impl<'r> Value<'r> {
    /// Whether the value is of a class or of one that extends it, S4 or S3: R's `is(x, class)`.
    ///
    /// # Errors
    /// [`Error::Condition`] when a class definition is broken.
    pub fn is(&self, class: &str) -> Result<bool> {
        self.r().function("methods", "is")?.call((self, class))?.to()
    }

    /// Whether this is an S4 object.
    pub fn is_s4(&self) -> bool {
        is_s4(self)
    }
}

impl R<'_> {
    /// Whether a class is virtual: it has no objects of its own. So is, for R, a class that it does not know.
    ///
    /// # Errors
    /// [`Error::Condition`] when a class definition is broken.
    pub fn is_virtual_class(self, class: &str) -> Result<bool> {
        self.function("methods", "isVirtualClass")?.call((class,))?.to()
    }
}
