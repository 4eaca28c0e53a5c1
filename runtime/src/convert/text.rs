//! Text.

use std::borrow::Cow;
use std::path::Path;

use super::scalar::element_error;
use super::{IntoOption, IntoR, IntoVector, Plain, Scalar, ToR};
use crate::error::Result;
use crate::r::R;
use crate::scalar_conversions;
use crate::value::{Character, Factor, Value, Wrapper};

const CHARACTER: &str = "a character vector";

fn read(value: &Value<'_>) -> Result<Vec<Option<String>>> {
    match Factor::from_ref(value) {
        Ok(factor) => factor.labels(),
        Err(_) => Character::from_ref(value)?.to_vec(),
    }
}

macro_rules! text {
    ($([$($generics:tt)*] $type:ty: $as_str:expr, $from:expr;)*) => {
        $(impl<$($generics)*> Scalar for $type {
            const NAME: &'static str = CHARACTER;

            fn one(item: Option<&Self>) -> Option<Plain<'_>> {
                let text: fn(&Self) -> &str = $as_str;
                Plain::text(text(item?))
            }

            fn write<'i, 'r>(
                r: R<'r>,
                items: impl ExactSizeIterator<Item = Option<&'i Self>> + Clone,
            ) -> Result<Value<'r>>
            where
                Self: 'i,
            {
                let text: fn(&Self) -> &str = $as_str;
                Character::from_options(r, items.map(|item| item.map(text))).map(Value::from)
            }

            fn read(value: &Value<'_>) -> Result<Vec<Option<Self>>> {
                Ok(read(value)?.into_iter().map(|item| item.map($from)).collect())
            }
        }

        scalar_conversions!([$($generics)*] $type);)*
    };
}

text! {
    [] String: |text| text, |text| text;
    [] Box<str>: |text| text, String::into_boxed_str;
    ['t] Cow<'t, str>: |text| text, Cow::Owned;
}

/// A string of one character (Unicode scalar value).
impl Scalar for char {
    const NAME: &'static str = "a character vector of single characters";

    fn write<'a, 'r>(
        r: R<'r>,
        items: impl ExactSizeIterator<Item = Option<&'a char>> + Clone,
    ) -> Result<Value<'r>> {
        let items: Vec<Option<String>> = items.map(|item| item.map(char::to_string)).collect();
        Character::from_options(r, items).map(Value::from)
    }

    fn read(value: &Value<'_>) -> Result<Vec<Option<char>>> {
        let single = |(index, text): (usize, Option<String>)| {
            let Some(text) = text else { return Ok(None) };
            let mut characters = text.chars();
            match (characters.next(), characters.next()) {
                (Some(character), None) => Ok(Some(character)),
                _ => Err(element_error(Self::NAME, value, index, format_args!("{text:?}"))),
            }
        };
        read(value)?.into_iter().enumerate().map(single).collect()
    }
}

scalar_conversions!([] char);

impl IntoR for &str {
    fn into_r<'r>(self, r: R<'r>) -> Result<Value<'r>> {
        r.string(self)
    }
    fn plain(&self) -> Option<Plain<'_>> {
        Plain::text(self)
    }
}

impl IntoR for &&str {
    fn into_r<'r>(self, r: R<'r>) -> Result<Value<'r>> {
        r.string(self)
    }
    fn plain(&self) -> Option<Plain<'_>> {
        Plain::text(self)
    }
}

impl ToR for &str {
    fn to_r<'r>(&self, r: R<'r>) -> Result<Value<'r>> {
        r.string(self)
    }
}

impl IntoOption for &str {
    fn none<'r>(r: R<'r>) -> Result<Value<'r>> {
        <String as IntoOption>::none(r)
    }
    fn plain_none<'a>() -> Option<Plain<'a>>
    where
        Self: 'a,
    {
        None
    }
}

impl IntoVector for &str {
    fn into_vector<'a, 'r>(
        r: R<'r>,
        items: impl ExactSizeIterator<Item = &'a Self> + Clone,
    ) -> Result<Value<'r>>
    where
        Self: 'a,
    {
        Character::new(r, items).map(Value::from)
    }
}

impl IntoVector for Option<&str> {
    fn into_vector<'a, 'r>(
        r: R<'r>,
        items: impl ExactSizeIterator<Item = &'a Self> + Clone,
    ) -> Result<Value<'r>>
    where
        Self: 'a,
    {
        Character::from_options(r, items.copied()).map(Value::from)
    }
}

/// A path has to be UTF-8: R's own strings cannot hold another one for sure.
impl IntoR for &Path {
    fn into_r<'r>(self, r: R<'r>) -> Result<Value<'r>> {
        match self.to_str() {
            Some(text) => r.string(text),
            None => Err(crate::Error::Text {
                index: 0,
                reason: format!("is the path {self:?}, which is not UTF-8"),
            }),
        }
    }
}
