//! Iterators.

use super::{IntoR, IntoVector};
use crate::error::Result;
use crate::r::R;
use crate::value::Value;

/// An iterator whose items become one R vector (or list, or data frame): what [`IntoR`] does with a `Vec` of them.
///
/// ```
/// use rbindgen_runtime::prelude::*;
/// use rbindgen_runtime::convert::Iter;
///
/// R::with(|r| {
///     let squares = Iter((1..=4).map(|x| x * x));
///     assert_eq!(r.function("base", "sum")?.call((squares,))?.to::<i32>()?, 30);
///     Ok(())
/// })?;
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Iter<I>(pub I);

impl<I: IntoIterator> IntoR for Iter<I>
where
    I::Item: IntoVector,
{
    fn into_r<'r>(self, r: R<'r>) -> Result<Value<'r>> {
        self.0.into_iter().collect::<Vec<_>>().into_r(r)
    }
}
