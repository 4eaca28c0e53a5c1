//! R's C API, reached through a table of function pointers that is filled when libR is opened.
//!
//! Nothing here is linked: [`library::open`] opens `libR.so` by its absolute path and looks every symbol up by name.
//! [`symbols`] is the table; beside each entry stands libR-sys's declaration of the same symbol, coerced to the
//! entry's type in a function that is never compiled to code, so a wrong declaration is a compile error.
//! [`compat`] holds what not every supported R has.
//!
//! Everything in this module is `unsafe` in the same three ways. The caller must
//!
//! 1. hold R's lock (have an [`R`](crate::R) token in hand), because R has one thread;
//! 2. protect what it keeps from R's garbage collector (["Writing R Extensions", section 5.9.1]);
//! 3. for a function marked *may jump*, run under [`protect`](crate::protect::protect), with no value that has a
//!    destructor alive between the call and the catch: an R error is a `longjmp`.
//!
//! ["Writing R Extensions", section 5.9.1]: https://cran.r-project.org/doc/manuals/r-release/R-exts.html#Handling-the-effects-of-garbage-collection

pub(crate) mod compat;
pub(crate) mod library;
pub(crate) mod soname;
pub(crate) mod symbols;

pub(crate) use libR_sys::{
    DllInfo, R_altrep_class_t, R_inpstream_st, R_outpstream_st, R_pstream_format_t, R_xlen_t, Rboolean,
    Rcomplex, SEXP, SEXPTYPE, cetype_t,
};
pub(crate) use symbols::*;
