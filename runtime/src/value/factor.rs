//! Factors: integer codes that stand for levels.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use super::wrapper::{conversions, wrapper};
use super::{Character, Integer, Value, Wrapper};
use crate::error::Result;
use crate::ffi::SEXPTYPE;

wrapper! {
    /// A factor, ordered or not.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     let x: Factor = r.eval("factor(c('low', NA, 'high'), levels = c('low', 'high'))")?.try_into()?;
    ///     assert_eq!(x.levels()?.to_vec()?, [Some("low".into()), Some("high".into())]);
    ///     assert_eq!(x.labels()?, [Some("low".into()), None, Some("high".into())]);
    ///     assert!(!x.is_ordered());
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    Factor, "a factor", |value| value.is_type(SEXPTYPE::INTSXP) && value.inherits("factor")
}

impl<'r> Factor<'r> {
    /// The codes: each the number of a level, counted from 1.
    pub fn codes(&self) -> &Integer<'r> {
        Integer::from_ref(self).expect("a factor is an integer vector")
    }

    /// The levels, in order.
    ///
    /// # Errors
    /// [`Error::Type`](crate::Error::Type) for a broken factor without levels.
    pub fn levels(&self) -> Result<Character<'r>> {
        match self.attr("levels")? {
            Some(levels) => levels.try_into(),
            None => self.r().null().try_into(),
        }
    }

    /// Whether the levels have an order (`ordered`).
    pub fn is_ordered(&self) -> bool {
        self.inherits("ordered")
    }

    /// The level of each element; `None` for NA.
    ///
    /// # Errors
    /// As [`levels`](Factor::levels), and [`Error::Text`](crate::Error::Text) for a level that cannot be read.
    pub fn labels(&self) -> Result<Vec<Option<String>>> {
        let levels = self.levels()?.to_vec()?;
        let label = |code: Option<i32>| levels.get((code? as usize).checked_sub(1)?)?.clone();
        Ok(self.codes().iter().map(label).collect())
    }
}

/// An enumeration whose values are the levels of a factor. Derive it with `#[derive(RFactor)]`.
pub trait RFactor: Copy + Eq + 'static {
    /// R's spelling of each level, in R's order.
    const LEVELS: &'static [&'static str];
    /// The values, in the same order.
    const VALUES: &'static [Self];

    /// R's spelling of the level.
    fn level(self) -> &'static str {
        let position = Self::VALUES.iter().position(|value| *value == self);
        position.map_or("", |position| Self::LEVELS[position])
    }

    /// The value with this spelling.
    fn from_level(level: &str) -> Option<Self> {
        let position = Self::LEVELS.iter().position(|candidate| *candidate == level)?;
        Some(Self::VALUES[position])
    }
}

/// A factor whose levels are known to be those of `E`, in that order.
///
/// ```
/// use rbindgen_runtime::prelude::*;
///
/// #[derive(Clone, Copy, Debug, PartialEq, Eq, RFactor)]
/// enum Dose {
///     #[r(level = "low")]
///     Low,
///     #[r(level = "high")]
///     High,
/// }
///
/// R::with(|r| {
///     let x: FactorOf<Dose> = r.eval("factor(c('high', NA), levels = c('low', 'high'))")?.try_into()?;
///     assert_eq!(x.to_vec(), [Some(Dose::High), None]);
///     assert!(r.eval("factor('other')")?.to::<FactorOf<Dose>>().is_err());
///     Ok(())
/// })?;
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone)]
#[repr(transparent)]
pub struct FactorOf<'r, E>(Factor<'r>, PhantomData<E>);

// SAFETY: transparent over `Factor`, which is transparent over `Value`.
unsafe impl<'r, E: RFactor> Wrapper<'r> for FactorOf<'r, E> {
    fn expected() -> String {
        let levels = E::LEVELS;
        match levels.len() {
            0..=12 => format!("a factor with the levels {}", levels.join(", ")),
            more => format!("a factor with {more} levels, from {} to {}", levels[0], levels[more - 1]),
        }
    }

    fn accepts(value: &Value<'r>) -> bool {
        let Ok(factor) = Factor::from_ref(value) else { return false };
        let Ok(levels) = factor.levels() else { return false };
        let mut levels = levels.iter();
        levels.len() == E::LEVELS.len()
            && E::LEVELS
                .iter()
                .all(|wanted| matches!(levels.next(), Some(Ok(Some(level))) if level == *wanted))
    }

    fn refuse(value: &Value<'r>) -> crate::Error {
        let found = match Factor::from_ref(value).and_then(Factor::levels) {
            Ok(levels) => {
                let levels: Vec<_> =
                    levels.iter_lossy().map(|level| level.unwrap_or(Cow::Borrowed("NA"))).collect();
                format!("a factor with the levels {}", levels.join(", "))
            }
            Err(_) => value.describe(),
        };
        crate::Error::wrong_type(Self::expected(), found)
    }
}

impl<'r, E: RFactor> FactorOf<'r, E> {
    /// The element at `index`, counted from 0; `None` for NA.
    ///
    /// # Errors
    /// [`Error::Index`](crate::Error::Index) beyond the end.
    pub fn get(&self, index: usize) -> Result<Option<E>> {
        Ok(self.codes().get(index)?.and_then(of_code))
    }

    /// The elements; `None` for NA.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Option<E>> + '_ {
        self.codes().as_slice().iter().map(|code| of_code(code.get()?))
    }

    /// A copy of the elements; `None` for NA.
    pub fn to_vec(&self) -> Vec<Option<E>> {
        self.iter().collect()
    }
}

/// The value of a code, which counts from 1.
fn of_code<E: RFactor>(code: i32) -> Option<E> {
    E::VALUES.get((code as usize).checked_sub(1)?).copied()
}

impl<'r, E> Deref for FactorOf<'r, E> {
    type Target = Factor<'r>;
    fn deref(&self) -> &Factor<'r> {
        &self.0
    }
}

impl<E> fmt::Debug for FactorOf<'_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<E: RFactor> crate::IntoR for FactorOf<'_, E> {
    fn into_r<'r>(self, r: crate::R<'r>) -> Result<Value<'r>> {
        self.0.into_r(r)
    }
}

conversions!([E: RFactor] FactorOf<'r, E>);
