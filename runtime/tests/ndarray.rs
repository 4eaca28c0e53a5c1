//! Crate ndarray's arrays: views of R's memory, and copies both ways.
#![cfg(feature = "ndarray")]

use ndarray::{Array1, Array2, Array3, ArrayD, array, s};
use rbindgen_runtime::convert::vector_view;
use rbindgen_runtime::prelude::*;

#[test]
fn views_are_rs_memory() {
    R::with(|r| {
        let m: Matrix<Double> = r.eval("matrix(c(1, 2, 3, 4, 5, 6), 2)")?.to()?;
        let view = m.view()?;
        assert_eq!(view, array![[1.0, 3.0, 5.0], [2.0, 4.0, 6.0]]);
        assert_eq!(view.strides(), [1, 2]);
        assert_eq!(view.as_ptr(), m.as_slice().as_ptr());

        let a: Array<Integer> = r.eval("array(1:24, 2:4)")?.to()?;
        let view = a.view()?;
        assert_eq!(view.shape(), [2, 3, 4]);
        assert_eq!(view.strides(), [1, 2, 6]);
        assert_eq!(view[[1, 0, 2]].get(), Some(14));

        let empty: Matrix<Double> = r.eval("matrix(0, 0, 3)")?.to()?;
        assert_eq!(empty.view()?.shape(), [0, 3]);
        let x: Double = r.eval("c(1, NA)")?.to()?;
        assert!(is_na(vector_view(&x)[1]));
        Ok(())
    })
    .unwrap();
}

#[test]
fn arrays_become_matrices() {
    R::with(|r| {
        let m = array![[1.0, 3.0, 5.0], [2.0, 4.0, 6.0]];
        let expected = r.eval("matrix(c(1, 2, 3, 4, 5, 6), 2)")?;
        assert!((&m).into_r(r)?.identical(&expected)?);
        // Whatever the strides are.
        assert!(m.t().t().into_r(r)?.identical(&expected)?);
        assert!(m.slice(s![.., ..;-1]).into_r(r)?.identical(&r.eval("matrix(c(5, 6, 3, 4, 1, 2), 2)")?)?);
        assert!(array![1, 2].into_r(r)?.identical(&r.eval("1:2")?)?);
        assert!(Array3::<u8>::zeros((1, 2, 0)).into_r(r)?.identical(&r.eval("array(raw(), c(1, 2, 0))")?)?);
        assert!(array![[Some("a"), None]].into_r(r)?.identical(&r.eval("matrix(c('a', NA), 1)")?)?);
        let det: f64 = r.function("base", "det")?.call((array![[2.0, 0.0], [1.0, 3.0]],))?.to()?;
        assert!((det - 6.0).abs() < 1e-12);
        Ok(())
    })
    .unwrap();
}

#[test]
fn matrices_become_arrays() {
    R::with(|r| {
        let m: Array2<i64> = r.eval("matrix(1:6, 2)")?.to()?;
        assert_eq!(m, array![[1, 3, 5], [2, 4, 6]]);
        let x: Array1<Option<f64>> = r.eval("c(1, NA)")?.to()?;
        assert_eq!(x, array![Some(1.0), None]);
        let a: ArrayD<f64> = r.eval("array(1:24, 2:4)")?.to()?;
        assert_eq!(a[[1, 2, 3]], 24.0);
        assert_eq!(
            r.eval("1:3")?.to::<Array2<f64>>().unwrap_err().to_string(),
            "expected a matrix, found an integer vector of length 3"
        );
        assert!(r.eval("matrix(c(1, NA), 1)")?.to::<Array2<f64>>().is_err());
        Ok(())
    })
    .unwrap();
}
