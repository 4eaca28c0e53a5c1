//! Arrays of crate ndarray: views of R's memory, and arrays as R values.
//!
//! R lays a matrix out column by column, ndarray by rows unless told otherwise. A view takes R's memory as it is, with strides for that; the
//! way back copies, column by column, whatever the strides are. NA is a value of the element type.

use ndarray::{
    ArrayBase, ArrayView, ArrayView1, ArrayView2, Data, Dimension, IntoDimension, Ix1, Ix2, IxDyn,
    ShapeBuilder,
};

use super::{IntoOption, IntoR, IntoVector, ToR};
use crate::error::{Error, Result};
use crate::r::R;
use crate::value::{Array, Matrix, Value, Vector};

impl<'r, V: Vector<'r> + std::ops::Deref<Target = Value<'r>>> Matrix<V> {
    /// R's memory as a two-dimensional array, without a copy: `view[[row, column]]`, both from 0.
    ///
    /// Elements are as in R's memory: NA is a value of their type. An ALTREP matrix without memory is expanded by R.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     let m: Matrix<Double> = r.eval("matrix(c(1, 2, 3, 4, 5, 6), 2)")?.try_into()?;
    ///     let view = m.view()?;
    ///     assert_eq!(view[[1, 2]], 6.0);
    ///     assert_eq!(view.row(0).sum(), 9.0);
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Type`] when the extents do not fit the length, which R does not let happen.
    pub fn view(&self) -> Result<ArrayView2<'_, V::Element>> {
        let extents = Ix2(self.nrow(), self.ncol());
        ArrayView2::from_shape(extents.f(), self.elements()).map_err(|error| unfit(self, &error))
    }
}

impl<'r, V: Vector<'r> + std::ops::Deref<Target = Value<'r>>> Array<V> {
    /// R's memory as an array of any number of dimensions, without a copy.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     let a: Array<Integer> = r.eval("array(1:24, 2:4)")?.try_into()?;
    ///     assert_eq!(a.view()?[[1, 2, 3]].get(), Some(24));
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Matrix::view`].
    pub fn view(&self) -> Result<ArrayView<'_, V::Element, IxDyn>> {
        let extents = IxDyn(&self.extents());
        ArrayView::from_shape(extents.f(), self.elements()).map_err(|error| unfit(self, &error))
    }
}

fn unfit(value: &Value<'_>, error: &ndarray::ShapeError) -> Error {
    Error::wrong_type("extents that fit the length", format!("{} ({error})", value.describe()))
}

/// A vector's elements as a one-dimensional array, without a copy. NA is a value of the element type.
///
/// ```
/// use rbindgen_runtime::prelude::*;
/// use rbindgen_runtime::convert::vector_view;
///
/// R::with(|r| {
///     let x: Double = r.eval("c(1, 2, 3)")?.try_into()?;
///     assert_eq!(vector_view(&x).dot(&vector_view(&x)), 14.0);
///     Ok(())
/// })?;
/// # Ok::<(), Error>(())
/// ```
pub fn vector_view<'a, 'r, V: Vector<'r>>(vector: &'a V) -> ArrayView1<'a, V::Element> {
    ArrayView1::from(vector.elements())
}

/// An array becomes a vector (one dimension), a matrix or an array; views too. The elements are copied.
impl<T, S, D> ToR for ArrayBase<S, D>
where
    T: IntoVector + Clone,
    S: Data<Elem = T>,
    D: Dimension,
{
    fn to_r<'r>(&self, r: R<'r>) -> Result<Value<'r>> {
        let extents = self.raw_dim().into_dimension();
        // The reversed axes, walked in rows, are the columns of the array.
        let elements: Vec<T> = self.view().reversed_axes().iter().cloned().collect();
        let value = elements.into_r(r)?;
        if D::NDIM == Some(1) {
            return Ok(value);
        }
        let extent = |extent: &usize| {
            i32::try_from(*extent)
                .map_err(|_| Error::wrong_type("extents below 2^31, R's limit", extent.to_string()))
        };
        let extents: Vec<i32> = extents.slice().iter().map(extent).collect::<Result<_>>()?;
        value.set_attr_in_place("dim", &extents.into_r(r)?)?;
        Ok(value)
    }
}

impl<T, S, D> IntoR for ArrayBase<S, D>
where
    T: IntoVector + Clone,
    S: Data<Elem = T>,
    D: Dimension,
{
    fn into_r<'r>(self, r: R<'r>) -> Result<Value<'r>> {
        self.to_r(r)
    }
}

impl<T, S, D> IntoR for &ArrayBase<S, D>
where
    T: IntoVector + Clone,
    S: Data<Elem = T>,
    D: Dimension,
{
    fn into_r<'r>(self, r: R<'r>) -> Result<Value<'r>> {
        self.to_r(r)
    }
}

impl<S: ndarray::RawData, D> IntoOption for ArrayBase<S, D> {}

/// The owned array of an R value: a copy, laid out as R's, without NA unless the element type holds one.
macro_rules! owned {
    ($($dimension:ty, $expected:literal, |$extents:ident| $make:expr;)*) => {
        $(impl<'r, T: super::FromVector<'r>> super::FromR<'r> for ndarray::Array<T, $dimension> {
            fn from_r(value: Value<'r>) -> Result<Self> {
                let $extents = value.dim().unwrap_or_else(|| vec![value.len()]);
                let Some(extents) = $make else {
                    return Err(Error::wrong_type($expected, value.describe()));
                };
                let elements = T::from_vector(value.clone())?;
                ndarray::Array::from_shape_vec(extents.f(), elements).map_err(|error| unfit(&value, &error))
            }
        }

        impl<'r, T: super::FromVector<'r>> super::FromOption<'r> for ndarray::Array<T, $dimension> {})*
    };
}

owned! {
    Ix1, "a vector", |extents| (extents.len() == 1).then(|| Ix1(extents[0]));
    Ix2, "a matrix", |extents| (extents.len() == 2).then(|| Ix2(extents[0], extents[1]));
    IxDyn, "an array", |extents| Some(IxDyn(&extents));
}
