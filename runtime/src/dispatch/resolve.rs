//! Finding the entry for an R value.

use super::Dispatch;
use crate::convert::FromR;
use crate::error::Result;
use crate::ffi::{self, Rboolean};
use crate::value::{Character, Value};

impl<P> Dispatch<P> {
    /// The entry for a value, in the order that the [module](crate::dispatch) tells.
    #[inline]
    pub fn resolve(&self, value: &Value<'_>) -> Option<&P> {
        let kind = value.kind();
        // SAFETY: the object is alive; the function looks at a bit of it.
        let has_class = unsafe { ffi::Rf_isObject(value.sexp()) != Rboolean::FALSE };
        if has_class && !self.classes.is_empty() {
            return self.resolve_class(value);
        }
        self.of_type(kind)
    }

    fn resolve_class(&self, value: &Value<'_>) -> Option<&P> {
        let kind = value.kind();
        let by_class = |classes: &Character<'_>| {
            classes.iter_lossy().flatten().find_map(|class| self.classes.get(&*class)?.of_type(kind))
        };
        let Ok(Some(class)) = value.attr("class") else { return self.of_type(kind) };
        let Ok(classes) = <&Character<'_>>::try_from(&class) else { return self.of_type(kind) };
        by_class(classes)
            .or_else(|| {
                // Only the class attribute of an S4 object says where its class comes from; its superclasses stand elsewhere.
                class.attr("package").ok()??;
                by_class(&superclasses(value).ok()?)
            })
            .or_else(|| self.of_type(kind))
    }
}

/// The class of an S4 object, and those that it extends, the nearest first.
fn superclasses<'r>(value: &Value<'r>) -> Result<Character<'r>> {
    Character::from_r(value.r().function("methods", "is")?.call((value,))?)
}
