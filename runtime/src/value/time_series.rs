//! Time series: a vector or a matrix with a start, an end and a frequency.

use std::fmt;
use std::ops::Deref;

use super::wrapper::conversions;
use super::{Double, Value, WithAttributes, Wrapper};
use crate::convert::{IntoOption, IntoR, ToR};
use crate::error::Result;
use crate::r::R;

/// A regular time series (R's class `ts`): a vector or, with several series, a matrix `V`.
///
/// Times are in units of the series' own, usually years; the frequency is the number of observations in one.
///
/// ```
/// use rbindgen_runtime::prelude::*;
///
/// R::with(|r| {
///     let x: TimeSeries<Double> = r.eval("ts(c(1, 2, 3), start = c(1990, 2), frequency = 4)")?.try_into()?;
///     assert_eq!((x.start(), x.end(), x.frequency()), (1990.25, 1990.75, 4.0));
///     assert_eq!(x.as_slice(), [1.0, 2.0, 3.0]);
///     Ok(())
/// })?;
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone)]
#[repr(transparent)]
pub struct TimeSeries<V>(V);

// SAFETY: transparent over `V`, which is transparent over `Value`.
unsafe impl<'r, V: Wrapper<'r>> Wrapper<'r> for TimeSeries<V> {
    fn expected() -> String {
        format!("a time series ({} with a tsp attribute)", V::expected())
    }

    fn accepts(value: &Value<'r>) -> bool {
        V::accepts(value) && tsp(value).is_some()
    }
}

/// Start, end and frequency.
fn tsp(value: &Value<'_>) -> Option<[f64; 3]> {
    let tsp = value.attr("tsp").ok()??;
    let tsp = <&Double<'_>>::try_from(&tsp).ok()?;
    tsp.as_slice().try_into().ok()
}

impl<V> TimeSeries<V> {
    /// The vector or matrix without the knowledge of its times.
    pub fn into_inner(self) -> V {
        self.0
    }
}

impl<'r, V: Wrapper<'r>> TimeSeries<V> {
    /// A new time series of these observations, the first at `start`, `frequency` of them in a unit of time. Of a matrix each column is
    /// a series.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     let x: TimeSeries<Double> = TimeSeries::new(r, [1.0, 2.0, 3.0], 1990.25, 4.0)?;
    ///     assert!(x.identical(&r.eval("ts(c(1, 2, 3), start = c(1990, 2), frequency = 4)")?)?);
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Type`](crate::Error::Type) when the observations are no `V`; [`Error::Condition`](crate::Error::Condition) when there are none,
    /// or the frequency is not positive.
    pub fn new(r: R<'r>, data: impl IntoR, start: f64, frequency: f64) -> Result<TimeSeries<V>> {
        let value = V::from_value(data.into_r(r)?)?.into_value();
        let columns = value.dim().filter(|dim| dim.len() == 2);
        let (observations, class): (usize, &[&str]) = match &columns {
            Some(dim) if dim[1] == 1 => (dim[0], &["ts", "matrix", "array"]),
            Some(dim) => (dim[0], &["mts", "ts", "matrix", "array"]),
            None => (value.len(), &["ts"]),
        };
        let end = start + (observations as f64 - 1.0) / frequency;
        // As R's `ts` does it: the class last.
        value.with_attr("tsp", [start, end, frequency])?.with_class(class)?.try_into()
    }

    fn tsp(&self) -> [f64; 3] {
        // SAFETY: every wrapper is transparent over `Value`.
        let value = unsafe { &*std::ptr::from_ref(self).cast::<Value<'r>>() };
        tsp(value).unwrap_or([f64::NAN; 3])
    }

    /// The time of the first observation.
    pub fn start(&self) -> f64 {
        self.tsp()[0]
    }

    /// The time of the last observation.
    pub fn end(&self) -> f64 {
        self.tsp()[1]
    }

    /// The number of observations in a unit of time: 12 for months in years.
    pub fn frequency(&self) -> f64 {
        self.tsp()[2]
    }
}

impl<V> Deref for TimeSeries<V> {
    type Target = V;
    fn deref(&self) -> &V {
        &self.0
    }
}

impl<V: fmt::Debug> fmt::Debug for TimeSeries<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<V: ToR> ToR for TimeSeries<V> {
    fn to_r<'r>(&self, r: R<'r>) -> Result<Value<'r>> {
        self.0.to_r(r)
    }
}

impl<V> IntoOption for TimeSeries<V> {}

impl<V: IntoR> IntoR for TimeSeries<V> {
    fn into_r<'r>(self, r: R<'r>) -> Result<Value<'r>> {
        self.0.into_r(r)
    }
}

conversions!([V: Wrapper<'r>] TimeSeries<V>);
