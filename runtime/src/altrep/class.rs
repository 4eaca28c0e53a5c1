//! The ALTREP classes, registered once in a process.
//!
//! They belong to R's library of the embedding program. Their names never reach a file: the vectors are serialised as
//! ordinary ones.

use std::ffi::CStr;
use std::sync::OnceLock;

use super::layout::Layout;
use super::{numeric_methods, string_methods};
use crate::error::Result;
use crate::ffi::{self, R_altrep_class_t, Rboolean, SEXP};
use crate::na::{RBool, RComplex, RInt};
use crate::protect::protect;
use crate::r::R;

/// The package that R is told the classes belong to.
pub(super) const PACKAGE: &CStr = c"rbindgen";

/// One class a type.
#[derive(Clone, Copy)]
pub struct Classes {
    pub(super) logical: R_altrep_class_t,
    pub(super) integer: R_altrep_class_t,
    pub(super) double: R_altrep_class_t,
    pub(super) complex: R_altrep_class_t,
    pub(super) raw: R_altrep_class_t,
    pub(super) string: R_altrep_class_t,
}

// SAFETY: R keeps the class objects for ever; they are used under R's lock only.
unsafe impl Send for Classes {}
// SAFETY: as above.
unsafe impl Sync for Classes {}

static CLASSES: OnceLock<Classes> = OnceLock::new();

/// The classes; the first call registers them.
pub(super) fn classes(r: R<'_>) -> Result<&'static Classes> {
    if let Some(classes) = CLASSES.get() {
        return Ok(classes);
    }
    // SAFETY: `protect` gives the context; nothing is owned. R preserves each class as soon as it is made.
    let classes = protect(r, || unsafe {
        let dll = ffi::R_getEmbeddingDllInfo();
        Classes {
            logical: numeric_methods::register::<RBool>(dll),
            integer: numeric_methods::register::<RInt>(dll),
            double: numeric_methods::register::<f64>(dll),
            complex: numeric_methods::register::<RComplex>(dll),
            raw: numeric_methods::register::<u8>(dll),
            string: string_methods::register(dll),
        }
    })?;
    Ok(CLASSES.get_or_init(|| classes))
}

/// Whether `x` is an ALTREP vector of the class of `E`.
///
/// # Safety
/// As for `ffi`; `x` is alive.
pub(super) unsafe fn is_of<E: Layout>(x: SEXP) -> bool {
    // SAFETY: the caller's.
    CLASSES
        .get()
        .is_some_and(|classes| unsafe { ffi::R_altrep_inherits(x, E::class(classes)) != Rboolean::FALSE })
}
