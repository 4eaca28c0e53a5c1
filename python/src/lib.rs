//! The Python extension module of rbindgen.
