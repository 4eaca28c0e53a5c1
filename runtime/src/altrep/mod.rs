//! R vectors over memory that R does not own.
//!
//! R's ALTREP ("alternative representations", ["R Internals", section 1.1]) lets a vector's elements lie anywhere. Four
//! ways of making such a vector:
//!
//! | | the elements | made by |
//! |---|---|---|
//! | an owner | lie in memory that a Rust value owns: `Vec`, `Arc<[f64]>`, a mapped file, a buffer of Python | [`Double::from_owner`], … |
//! | an exclusive owner | as above, and nobody else looks at it: R may write there | [`Double::from_owner_mut`], … |
//! | a [`Source`] | are computed when R asks | [`Double::from_source`], … |
//! | a [`StringSource`] | are strings, each made when R asks for it first | [`Character::from_source`] |
//!
//! What holds for all of them:
//!
//! - Nothing is copied to make the vector, and much of R reads the memory where it is: `sum`, `mean`, `max`, `+`, `sqrt`, `is.na`,
//!   `[`, `unique`, `match`, `identical`, `lm`.
//! - The memory of an owner is never written, unless the vector was made by [`Double::from_owner_mut`]. Whatever asks R for
//!   memory to *write* gets a private copy, made once, which the vector shows from then on. That is not only `x[1] <- 0`: much of
//!   R's C code asks so even where it only reads (`<`, `c`, `sort`, `cumsum`, `%*%`, `data.frame`, `serialize`).
//! - The owner is dropped once, when R has collected the vector, by the thread that is inside R then; a panic in its `Drop`
//!   goes no further. When the process ends first, it is not dropped.
//! - A copy that R makes (`y <- x; y[1] <- 0`), and what `serialize` and `saveRDS` write, is an ordinary vector.
//! - NA is what it is elsewhere: a value of the element type ([`NA_REAL`](crate::NA_REAL), [`RInt::NA`](crate::RInt::NA), …),
//!   and `None` among strings.
//! - A panic in a source becomes an R error.
//!
//! R runs the finalizers of objects that died together in no fixed order. A finalizer that was registered in R
//! (`reg.finalizer`) and uses such a vector may find it empty.
//!
//! ["R Internals", section 1.1]: https://cran.r-project.org/doc/manuals/r-release/R-ints.html#SEXPs
//! [`Double::from_owner`]: crate::value::Double::from_owner
//! [`Double::from_owner_mut`]: crate::value::Double::from_owner_mut
//! [`Double::from_source`]: crate::value::Double::from_source
//! [`Character::from_source`]: crate::value::Character::from_source

mod class;
mod guard;
mod holder;
mod layout;
mod numeric;
mod numeric_methods;
mod string_methods;
mod strings;

pub use layout::Element;
pub use numeric::Source;
pub use strings::{StringElement, StringSource};

pub(crate) use numeric_methods::read_only_memory;
