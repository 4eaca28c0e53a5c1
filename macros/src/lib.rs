//! rbindgen.
