//! Matrices and arrays: vectors with extents. R stores them column by column.

use std::fmt;
use std::ops::Deref;

use super::wrapper::conversions;
use super::{Value, Vector, WithAttributes, Wrapper};
use crate::convert::{IntoOption, IntoR, ToR};
use crate::error::{Error, Result};
use crate::r::R;

/// A matrix: a vector `V` with two extents.
///
/// It dereferences to the vector, whose elements come column by column. A contingency table of two factors is a
/// matrix, too.
///
/// ```
/// use rbindgen_runtime::prelude::*;
///
/// R::with(|r| {
///     let m: Matrix<Double> = r.eval("matrix(c(1, 2, 3, 4, 5, 6), 2)")?.try_into()?;
///     assert_eq!((m.nrow(), m.ncol()), (2, 3));
///     assert_eq!(m.at(1, 2)?, 6.0);
///     assert_eq!(m.column(0)?, [1.0, 2.0]);
///     assert_eq!(m.as_slice().len(), 6);
///     Ok(())
/// })?;
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone)]
#[repr(transparent)]
pub struct Matrix<V>(V);

/// An array: a vector `V` with any number of extents.
///
/// It dereferences to the vector, whose elements come with the first index varying fastest.
///
/// ```
/// use rbindgen_runtime::prelude::*;
///
/// R::with(|r| {
///     let a: Array<Integer> = r.eval("array(1:24, 2:4)")?.try_into()?;
///     assert_eq!(a.extents(), [2, 3, 4]);
///     assert_eq!(a.at(&[1, 2, 3])?.get(), Some(24));
///     Ok(())
/// })?;
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone)]
#[repr(transparent)]
pub struct Array<V>(V);

/// The innards that both share.
macro_rules! shaped {
    ($name:ident, $expected:literal, |$dim:ident| $fits:expr) => {
        // SAFETY: transparent over `V`, which is transparent over `Value`.
        unsafe impl<'r, V: Wrapper<'r>> Wrapper<'r> for $name<V> {
            fn expected() -> String {
                format!(concat!($expected, " ({} with a dim attribute)"), V::expected())
            }
            fn accepts(value: &Value<'r>) -> bool {
                V::accepts(value) && value.dim().is_some_and(|$dim| $fits)
            }
        }

        impl<V> $name<V> {
            /// The vector without the knowledge of its extents.
            pub fn into_inner(self) -> V {
                self.0
            }
        }

        impl<V> Deref for $name<V> {
            type Target = V;
            fn deref(&self) -> &V {
                &self.0
            }
        }

        impl<V: fmt::Debug> fmt::Debug for $name<V> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl<V: ToR> ToR for $name<V> {
            fn to_r<'r>(&self, r: R<'r>) -> Result<Value<'r>> {
                self.0.to_r(r)
            }
        }

        impl<V> IntoOption for $name<V> {}

        impl<V: IntoR> IntoR for $name<V> {
            fn into_r<'r>(self, r: R<'r>) -> Result<Value<'r>> {
                self.0.into_r(r)
            }
        }

        conversions!([V: Wrapper<'r>] $name<V>);
    };
}

shaped!(Matrix, "a matrix", |dim| dim.len() == 2);
shaped!(Array, "an array", |dim| !dim.is_empty());

impl<'r, V: Wrapper<'r> + Deref<Target = Value<'r>>> Matrix<V> {
    /// A new matrix of these elements, column by column. `data` is anything that becomes a `V`, or a `V` itself.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     let m: Matrix<Integer> = Matrix::new(r, 2, 3, [1, 2, 3, 4, 5, 6])?;
    ///     assert!(m.identical(&r.eval("matrix(1:6, 2)")?)?);
    ///     assert!(Matrix::<Integer>::new(r, 2, 2, [1, 2, 3]).is_err());
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Type`] when the elements are no `V`; [`Error::Condition`] when there are not `nrow * ncol` of them.
    pub fn new(r: R<'r>, nrow: usize, ncol: usize, data: impl IntoR) -> Result<Matrix<V>> {
        shape::<V, _>(r, &[nrow, ncol], data)
    }

    fn extents(&self) -> (usize, usize) {
        match self.0.dim().as_deref() {
            Some(&[rows, columns]) => (rows, columns),
            _ => (0, 0),
        }
    }

    /// The number of rows.
    pub fn nrow(&self) -> usize {
        self.extents().0
    }

    /// The number of columns.
    pub fn ncol(&self) -> usize {
        self.extents().1
    }

    /// The names of the rows, if they have any.
    pub fn row_names(&self) -> Option<Vec<String>> {
        self.0.dimnames()?.into_iter().next()?
    }

    /// The names of the columns, if they have any.
    pub fn column_names(&self) -> Option<Vec<String>> {
        self.0.dimnames()?.into_iter().nth(1)?
    }
}

impl<'r, V: Vector<'r> + Deref<Target = Value<'r>>> Matrix<V> {
    /// The element in a row and a column, both counted from 0.
    ///
    /// # Errors
    /// [`Error::Index`] beyond the end.
    pub fn at(&self, row: usize, column: usize) -> Result<V::Element> {
        let (rows, _) = self.extents();
        if row >= rows {
            return Err(Error::out_of_range(row, rows));
        }
        self.column(column).map(|column| column[row])
    }

    /// A column, counted from 0: R's own memory.
    ///
    /// # Errors
    /// [`Error::Index`] beyond the end.
    pub fn column(&self, column: usize) -> Result<&[V::Element]> {
        let (rows, columns) = self.extents();
        if column >= columns {
            return Err(Error::out_of_range(column, columns));
        }
        Ok(&self.0.elements()[column * rows..(column + 1) * rows])
    }
}

/// Elements with extents.
fn shape<'r, V: Wrapper<'r>, W: Wrapper<'r>>(r: R<'r>, extents: &[usize], data: impl IntoR) -> Result<W> {
    let vector = V::from_value(data.into_r(r)?)?.into_value();
    W::from_value(vector.with_dim(extents)?)
}

impl<'r, V: Wrapper<'r> + Deref<Target = Value<'r>>> Array<V> {
    /// A new array of these elements, the first index varying fastest.
    ///
    /// # Errors
    /// As [`Matrix::new`]; [`Error::Condition`] also when there are no extents.
    pub fn new(r: R<'r>, extents: &[usize], data: impl IntoR) -> Result<Array<V>> {
        shape::<V, _>(r, extents, data)
    }

    /// The extent of each dimension.
    pub fn extents(&self) -> Vec<usize> {
        self.0.dim().unwrap_or_default()
    }
}

impl<'r, V: Vector<'r> + Deref<Target = Value<'r>>> Array<V> {
    /// The element at an index for each dimension, all counted from 0.
    ///
    /// # Errors
    /// [`Error::Index`] beyond the end, and when the number of indices is not that of the dimensions.
    pub fn at(&self, indices: &[usize]) -> Result<V::Element> {
        let extents = self.extents();
        if indices.len() != extents.len() {
            return Err(Error::out_of_range(indices.len(), extents.len()));
        }
        let mut position = 0;
        for (&index, &extent) in indices.iter().zip(&extents).rev() {
            if index >= extent {
                return Err(Error::out_of_range(index, extent));
            }
            position = position * extent + index;
        }
        Ok(self.0.elements()[position])
    }
}
