//! Truth values.

use super::{Plain, Scalar};
use crate::error::Result;
use crate::na::RBool;
use crate::r::R;
use crate::scalar_conversions;
use crate::value::{Logical, Value, Wrapper};

const LOGICAL: &str = "a logical vector";

impl Scalar for bool {
    const NAME: &'static str = LOGICAL;

    fn one(item: Option<&bool>) -> Option<Plain<'_>> {
        Some(Plain::Bool(RBool::from(item.copied())))
    }

    fn write<'a, 'r>(
        r: R<'r>,
        items: impl ExactSizeIterator<Item = Option<&'a bool>> + Clone,
    ) -> Result<Value<'r>> {
        let items: Vec<RBool> = items.map(|x| RBool::from(x.copied())).collect();
        Logical::new(r, items).map(Value::from)
    }

    fn read(value: &Value<'_>) -> Result<Vec<Option<bool>>> {
        Ok(Logical::from_ref(value)?.to_vec())
    }
}

/// NA is a value of the type: it needs no `Option`.
impl Scalar for RBool {
    const NAME: &'static str = LOGICAL;

    fn na() -> Option<RBool> {
        Some(RBool::NA)
    }

    fn one(item: Option<&RBool>) -> Option<Plain<'_>> {
        Some(Plain::Bool(item.copied().unwrap_or(RBool::NA)))
    }

    fn write<'a, 'r>(
        r: R<'r>,
        items: impl ExactSizeIterator<Item = Option<&'a RBool>> + Clone,
    ) -> Result<Value<'r>> {
        let items: Vec<RBool> = items.map(|x| x.copied().unwrap_or(RBool::NA)).collect();
        Logical::new(r, items).map(Value::from)
    }

    fn read(value: &Value<'_>) -> Result<Vec<Option<RBool>>> {
        Ok(bool::read(value)?.into_iter().map(|x| x.map(|x| RBool::from(Some(x)))).collect())
    }
}

scalar_conversions!([] bool);
scalar_conversions!([] RBool);
