//! Factors: integer codes that stand for levels.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use super::attributes::count;
use super::wrapper::{conversions, wrapper};
use super::{Character, Integer, Value, WithAttributes, Wrapper};
use crate::error::{Error, Result};
use crate::ffi::SEXPTYPE;
use crate::na::RInt;
use crate::r::R;

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
    Factor, "a factor", |value| value.is_type(SEXPTYPE::INTSXP) && value.has_class(c"factor")
}

impl<'r> Factor<'r> {
    /// A new factor of these labels, `None` for NA, with these levels.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     let x = Factor::new(r, [Some("b"), None, Some("a")], &["a", "b"])?;
    ///     assert!(x.identical(&r.eval("factor(c('b', NA, 'a'))")?)?);
    ///     assert!(Factor::new(r, [Some("c")], &["a", "b"]).is_err());
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Type`](crate::Error::Type) for a label that is no level, and for a level that is there twice;
    /// [`Error::Text`](crate::Error::Text) for a level with a NUL inside.
    pub fn new<S: AsRef<str>, L: AsRef<str>>(
        r: R<'r>,
        labels: impl IntoIterator<Item = Option<S>>,
        levels: &[L],
    ) -> Result<Factor<'r>> {
        Factor::from_codes(r, &codes(labels, levels)?, levels, false)
    }

    /// As [`new`](Factor::new), with levels that have an order: that in which they are given.
    ///
    /// # Errors
    /// As [`new`](Factor::new).
    pub fn ordered<S: AsRef<str>, L: AsRef<str>>(
        r: R<'r>,
        labels: impl IntoIterator<Item = Option<S>>,
        levels: &[L],
    ) -> Result<Factor<'r>> {
        Factor::from_codes(r, &codes(labels, levels)?, levels, true)
    }

    /// A new factor from codes, each the number of a level, counted from 1.
    ///
    /// # Errors
    /// [`Error::Index`](crate::Error::Index) for a code without a level, else as [`new`](Factor::new).
    pub fn from_codes<L: AsRef<str>>(
        r: R<'r>,
        codes: &[RInt],
        levels: &[L],
        ordered: bool,
    ) -> Result<Factor<'r>> {
        if let Some(twice) = twice(levels) {
            return Err(Error::wrong_type("levels that are all different", format!("{twice:?} twice")));
        }
        let count = levels.len();
        if let Some(code) = codes
            .iter()
            .filter_map(|code| code.get())
            .find(|&code| usize::try_from(code).map_or(true, |code| code == 0 || code > count))
        {
            return Err(Error::out_of_range(usize::try_from(code).unwrap_or(0), count));
        }
        let class: &[&str] = if ordered { &["ordered", "factor"] } else { &["factor"] };
        let levels = Character::new(r, levels)?;
        let codes = Value::from(Integer::new(r, codes)?);
        codes.with_attr("levels", levels)?.with_class(class)?.try_into()
    }

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

/// The code of each label.
fn codes<S: AsRef<str>, L: AsRef<str>>(
    labels: impl IntoIterator<Item = Option<S>>,
    levels: &[L],
) -> Result<Vec<RInt>> {
    let known: BTreeMap<&str, usize> =
        levels.iter().enumerate().map(|(index, level)| (level.as_ref(), index + 1)).collect();
    let code = |label: Option<S>| match label {
        None => Ok(RInt::NA),
        Some(label) => match known.get(label.as_ref()) {
            Some(&code) => count(code),
            None => {
                let shown: Vec<&str> = levels.iter().take(12).map(AsRef::as_ref).collect();
                let more = if levels.len() > 12 { ", …" } else { "" };
                let expected = format!("one of the levels {}{more}", shown.join(", "));
                Err(Error::wrong_type(expected, format!("{:?}", label.as_ref())))
            }
        },
    };
    labels.into_iter().map(code).collect()
}

/// A level that is there twice.
fn twice<L: AsRef<str>>(levels: &[L]) -> Option<&str> {
    let mut sorted: Vec<&str> = levels.iter().map(AsRef::as_ref).collect();
    sorted.sort_unstable();
    sorted.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0])
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
///     assert!(FactorOf::new(r, [Some(Dose::High), None])?.identical(&x)?);
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
    /// A new factor of these values, `None` for NA, with all the levels of `E`.
    ///
    /// # Errors
    /// [`Error::Condition`](crate::Error::Condition) when R has no memory for it.
    pub fn new(r: R<'r>, values: impl IntoIterator<Item = Option<E>>) -> Result<FactorOf<'r, E>> {
        Factor::from_codes(r, &codes_of(values)?, E::LEVELS, false)?.into_value().try_into()
    }

    /// As [`new`](FactorOf::new), an ordered factor: the order is that of the enumeration.
    ///
    /// # Errors
    /// As [`new`](FactorOf::new).
    pub fn ordered(r: R<'r>, values: impl IntoIterator<Item = Option<E>>) -> Result<FactorOf<'r, E>> {
        Factor::from_codes(r, &codes_of(values)?, E::LEVELS, true)?.into_value().try_into()
    }

    /// The element at `index`, counted from 0; `None` for NA.
    ///
    /// # Errors
    /// [`Error::Index`](crate::Error::Index) beyond the end.
    pub fn get(&self, index: usize) -> Result<Option<E>> {
        Ok(self.codes().get(index)?.and_then(of_code))
    }

    /// The elements; `None` for NA.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Option<E>> + '_ {
        self.codes().iter().map(|code| of_code(code?))
    }

    /// A copy of the elements; `None` for NA.
    pub fn to_vec(&self) -> Vec<Option<E>> {
        self.iter().collect()
    }
}

/// The code of each value.
fn codes_of<E: RFactor>(values: impl IntoIterator<Item = Option<E>>) -> Result<Vec<RInt>> {
    let code = |value: Option<E>| match value {
        None => Ok(RInt::NA),
        Some(value) => count(E::VALUES.iter().position(|known| *known == value).map_or(0, |index| index + 1)),
    };
    values.into_iter().map(code).collect()
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

impl<E: RFactor> crate::convert::ToR for FactorOf<'_, E> {
    fn to_r<'r>(&self, r: crate::R<'r>) -> Result<Value<'r>> {
        self.0.to_r(r)
    }
}

impl<E> crate::convert::IntoOption for FactorOf<'_, E> {}

impl<E: RFactor> crate::IntoR for FactorOf<'_, E> {
    fn into_r<'r>(self, r: crate::R<'r>) -> Result<Value<'r>> {
        self.0.into_r(r)
    }
}

conversions!([E: RFactor] FactorOf<'r, E>);
