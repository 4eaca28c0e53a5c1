//! Making numeric vectors over an owner's memory, or over a source.

use super::class::classes;
use super::holder::{Kept, new_vector};
use super::layout::Element;
use crate::error::{Error, Result};
use crate::na::{RBool, RComplex, RInt};
use crate::r::R;
use crate::value::{Complex, Double, Integer, Logical, Raw, Value, Wrapper};

/// Elements of a numeric vector that are computed when R asks for them.
///
/// R asks for elements one by one, or for a region of neighbours. It asks from whatever thread is inside R, one at a
/// time. A panic becomes an R error. When R needs all elements in memory, it keeps them in a vector of its own from then on.
///
/// ```
/// use rbindgen_runtime::prelude::*;
/// use rbindgen_runtime::altrep::Source;
///
/// struct Squares(usize);
///
/// impl Source<f64> for Squares {
///     fn len(&self) -> usize {
///         self.0
///     }
///     fn get(&self, index: usize) -> f64 {
///         (index as f64).powi(2)
///     }
/// }
///
/// R::with(|r| {
///     let x = Double::from_source(r, Squares(1 << 40))?; // no memory for those
///     let third = r.function("base", "[[")?.call(Args::new(r).push(x)?.push(3)?)?;
///     assert_eq!(third.to::<f64>()?, 4.0);
///     Ok(())
/// })?;
/// # Ok::<(), Error>(())
/// ```
pub trait Source<E: Element>: Send + 'static {
    /// How many elements there are. It is asked once, when the vector is made.
    fn len(&self) -> usize;

    /// The element at `index`, which is below the length. NA is a value of the type.
    fn get(&self, index: usize) -> E;

    /// Writes the elements from `start` on, as many as there are places in `out`.
    fn region(&self, start: usize, out: &mut [E]) {
        for (offset, place) in out.iter_mut().enumerate() {
            *place = self.get(start + offset);
        }
    }

    /// Whether there are no elements.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What is behind a numeric vector.
pub(super) struct Holder<E: 'static> {
    pub(super) origin: Origin<E>,
    pub(super) length: usize,
    /// The type of the owner or the source, for messages.
    pub(super) name: &'static str,
}

pub(super) enum Origin<E: 'static> {
    /// The elements lie in memory that `_owner` lends for as long as it lives, to be written too where it says so.
    Memory { first: *mut E, writable: bool, _owner: Kept<dyn Send> },
    /// The elements are asked for.
    Computed(Kept<dyn Source<E>>),
}

fn over_owner<E: Element, O: AsRef<[E]> + Send + 'static>(r: R<'_>, owner: O) -> Result<Value<'_>> {
    let owner = Kept::new(Box::new(owner));
    // SAFETY: the holder keeps the owner for as long as it has the address. The borrow that `as_ref` makes lasts all
    // that time: nothing touches the owner again before it is dropped.
    let elements: &[E] = unsafe { owner.get() }.as_ref();
    let (first, length) = (elements.as_ptr().cast_mut(), elements.len());
    let origin = Origin::Memory { first, writable: false, _owner: owner.erase() };
    over(r, Holder { origin, length, name: std::any::type_name::<O>() })
}

fn over_owner_mut<E: Element, O: AsMut<[E]> + Send + 'static>(r: R<'_>, owner: O) -> Result<Value<'_>> {
    let mut owner = Kept::new(Box::new(owner));
    // SAFETY: as in `over_owner`, and the borrow is the only one.
    let elements: &mut [E] = unsafe { owner.get_mut() }.as_mut();
    let (first, length) = (elements.as_mut_ptr(), elements.len());
    let origin = Origin::Memory { first, writable: true, _owner: owner.erase() };
    over(r, Holder { origin, length, name: std::any::type_name::<O>() })
}

fn over_source<E: Element, S: Source<E>>(r: R<'_>, source: S) -> Result<Value<'_>> {
    let length = source.len();
    let origin = Origin::Computed(Kept::new(Box::new(source)));
    over(r, Holder { origin, length, name: std::any::type_name::<S>() })
}

fn over<E: Element>(r: R<'_>, holder: Holder<E>) -> Result<Value<'_>> {
    check_length(holder.length)?;
    new_vector(r, E::class(classes(r)?), holder)
}

/// R's limit (`R_XLEN_T_MAX` in Rinternals.h).
pub(super) fn check_length(length: usize) -> Result<()> {
    const LIMIT: u64 = 1 << 52;
    if length as u64 > LIMIT {
        return Err(Error::wrong_type("at most 2^52 elements, R's limit", format!("{length} elements")));
    }
    Ok(())
}

macro_rules! constructors {
    ($($name:ident, $element:ident, $na:literal, $owner:literal, $code:literal, $expected:literal;)*) => {
        $(impl<'r> $name<'r> {
            /// A vector whose elements lie in memory that `owner` has, without a copy.
            ///
            /// The owner is kept until R has collected the vector; its memory is never written (see
            /// [`altrep`](crate::altrep)). `as_ref` is called once.
            #[doc = ""]
            #[doc = $na]
            ///
            /// # Errors
            /// [`Error::Type`] for more than 2^52 elements; [`Error::Condition`] when R has no memory for the vector itself.
            ///
            /// ```
            /// use rbindgen_runtime::prelude::*;
            ///
            /// R::with(|r| {
            #[doc = concat!("    let owner: std::sync::Arc<[", stringify!($element), "]> = ", $owner, ".into();")]
            #[doc = concat!("    let x = ", stringify!($name), "::from_owner(r, owner.clone())?;")]
            ///     assert_eq!(x.as_slice().as_ptr(), owner.as_ptr()); // the same memory
            ///     let env: Environment = r.eval("new.env()")?.try_into()?;
            ///     env.set("x", x)?;
            #[doc = concat!("    let text: String = r.eval_in(\"", $code, "\", &env)?.to()?;")]
            #[doc = concat!("    assert_eq!(text, \"", $expected, "\");")]
            ///     Ok(())
            /// })?;
            /// # Ok::<(), Error>(())
            /// ```
            pub fn from_owner<O>(r: R<'r>, owner: O) -> Result<$name<'r>>
            where
                O: AsRef<[$element]> + Send + 'static,
            {
                $name::from_value(over_owner(r, owner)?)
            }

            /// As [`from_owner`](Self::from_owner), for an owner that nobody else looks at: R may write to its memory,
            /// and nothing is ever copied.
            ///
            /// For results that are handed over (`Vec`, `Box<[_]>`). The memory stays the owner's, and goes with it.
            /// `as_mut` is called once.
            ///
            #[doc = $na]
            ///
            /// # Errors
            /// As [`from_owner`](Self::from_owner).
            ///
            /// ```
            /// use rbindgen_runtime::prelude::*;
            ///
            /// R::with(|r| {
            #[doc = concat!("    let elements: Vec<", stringify!($element), "> = ", $owner, ".into();")]
            ///     let memory = elements.as_ptr();
            #[doc = concat!("    let x = ", stringify!($name), "::from_owner_mut(r, elements)?;")]
            ///     let twice = r.function("base", "rep")?.call((x.clone(), 2))?; // asks for memory to write
            ///     assert_eq!(twice.len(), 2 * x.len());
            ///     assert_eq!(x.as_slice().as_ptr(), memory);
            ///     Ok(())
            /// })?;
            /// # Ok::<(), Error>(())
            /// ```
            pub fn from_owner_mut<O>(r: R<'r>, owner: O) -> Result<$name<'r>>
            where
                O: AsMut<[$element]> + Send + 'static,
            {
                $name::from_value(over_owner_mut(r, owner)?)
            }

            /// A vector whose elements are computed when R asks for them: see [`Source`], which has an example.
            ///
            #[doc = $na]
            ///
            /// # Errors
            /// [`Error::Type`] for more than 2^52 elements; [`Error::Condition`] when R has no memory for the vector itself.
            pub fn from_source(r: R<'r>, source: impl Source<$element>) -> Result<$name<'r>> {
                $name::from_value(over_source(r, source)?)
            }
        })*
    };
}

constructors! {
    Logical, RBool, "NA is [`RBool::NA`].",
        "[RBool::TRUE, RBool::NA]", "toString(x)", "TRUE, NA";
    Integer, RInt, "NA is [`RInt::NA`].",
        "[RInt::from(Some(1)), RInt::NA]", "toString(x + 1L)", "2, NA";
    Double, f64, "NA is [`NA_REAL`](crate::NA_REAL); another NaN is a number.",
        "[1.5, NA_REAL, f64::NAN]", "toString(x * 2)", "3, NA, NaN";
    Complex, RComplex, "NA is [`RComplex::NA`].",
        "[RComplex { re: 1.0, im: -1.0 }, RComplex::NA]", "toString(x)", "1-1i, NA";
    Raw, u8, "There is no NA among bytes.",
        "[1, 255]", "toString(rev(x))", "ff, 01";
}
