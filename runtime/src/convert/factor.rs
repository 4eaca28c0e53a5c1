//! Enumerations whose values are the levels of a factor.

use super::Scalar;
use super::scalar::element_error;
use crate::error::{Error, Result};
use crate::na::RInt;
use crate::r::R;
use crate::value::{Character, Factor, Integer, RFactor, Value, Wrapper};

/// Factors are read by their levels' texts, in whatever order those are, and so is a character vector.
impl<E: RFactor> Scalar for E {
    const NAME: &'static str = "a factor";

    fn write<'a, 'r>(
        r: R<'r>,
        items: impl ExactSizeIterator<Item = Option<&'a E>> + Clone,
    ) -> Result<Value<'r>> {
        let code = |item: Option<&E>| {
            let position = E::VALUES.iter().position(|value| Some(value) == item);
            RInt::from(position.map(|position| position as i32 + 1))
        };
        let codes = Integer::new(r, items.map(code).collect::<Vec<RInt>>())?;
        codes.set_attr_in_place("levels", &*Character::new(r, E::LEVELS)?)?;
        codes.set_attr_in_place("class", &r.string("factor")?)?;
        Ok(codes.into())
    }

    fn read(value: &Value<'_>) -> Result<Vec<Option<E>>> {
        let unknown = |index: usize, text: &str| {
            let expected = format!("a factor with the levels {}", E::LEVELS.join(", "));
            element_error(&expected, value, index, format_args!("{text:?}"))
        };
        if let Ok(factor) = Factor::from_ref(value) {
            let levels = factor.levels()?.to_vec()?;
            let known: Vec<Option<E>> = levels.iter().map(|level| E::from_level(level.as_deref()?)).collect();
            let element = |(index, code): (usize, Option<i32>)| {
                let Some(code) = code else { return Ok(None) };
                let level = (code as usize).wrapping_sub(1);
                match known.get(level) {
                    Some(Some(value)) => Ok(Some(*value)),
                    _ => Err(unknown(
                        index,
                        levels.get(level).and_then(|text| text.as_deref()).unwrap_or("NA"),
                    )),
                }
            };
            return factor.codes().iter().enumerate().map(element).collect();
        }
        let Ok(texts) = Character::from_ref(value) else {
            return Err(Error::wrong_type(
                format!("a factor with the levels {}", E::LEVELS.join(", ")),
                value.describe(),
            ));
        };
        let element = |(index, text): (usize, Result<Option<std::borrow::Cow<'_, str>>>)| match text? {
            None => Ok(None),
            Some(text) => E::from_level(&text).map(Some).ok_or_else(|| unknown(index, &text)),
        };
        texts.iter().enumerate().map(element).collect()
    }
}
