//! What differs between the versions of R that are supported, and nothing else.
//!
//! A symbol that came after R 4.2, or that a later R hides, is looked up here, optionally, with the older way
//! beside it. So far every symbol that the runtime uses is exported by all of them: R 4.2 to 4.6.
