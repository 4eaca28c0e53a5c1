//! Maps from names to values: named lists.

// Hash maps are the users' own, and are put into the order of their names.
#![allow(clippy::disallowed_types)]

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher;

use super::containers::in_lists;
use super::{FromOption, FromR, IntoOption, IntoR, ToR};
use crate::error::{Error, Result};
use crate::r::R;
use crate::value::{Character, List, Value, Wrapper};

/// The elements of a named list, or of a named vector, with their names.
fn entries<'r, T: FromR<'r>>(value: Value<'r>) -> Result<Vec<(String, T)>> {
    let names = value.names();
    let list = match List::from_value(value.clone()) {
        Ok(list) => list,
        // A named vector is as good; its elements come one by one.
        Err(error) if names.is_none() => return Err(error),
        Err(error) => value.r().base_call("as.list", &[(None, &value)])?.try_into().map_err(|_| error)?,
    };
    let names = names.unwrap_or_default();
    let entry = |(index, value): (usize, Value<'r>)| {
        let Some(name) = names.get(index).cloned().flatten().filter(|name| !name.is_empty()) else {
            let found = format!("{} whose element {index} (counted from 0) has no name", list.describe());
            return Err(Error::wrong_type("a list in which every element has a name", found));
        };
        let item = T::from_r(value).map_err(|error| error.within(|| format!("element `{name}`")))?;
        Ok((name, item))
    };
    list.iter().enumerate().map(entry).collect()
}

/// Fails where two entries have the same name.
fn distinct(name: String) -> Error {
    Error::wrong_type("a list in which every name stands once", format!("the name `{name}` twice"))
}

/// A list with names.
pub(crate) fn named_list<'r>(r: R<'r>, names: &[&str], values: &[Value<'r>]) -> Result<Value<'r>> {
    let list = List::new(r, values)?;
    list.set_attr_in_place("names", &*Character::new(r, names)?)?;
    Ok(list.into())
}

fn collected<'a, 'r, T: ToR + 'a>(
    r: R<'r>,
    entries: impl Iterator<Item = (&'a String, &'a T)>,
) -> Result<Value<'r>> {
    let (mut names, mut values) = (Vec::new(), Vec::new());
    for (name, item) in entries {
        names.push(name.as_str());
        values.push(item.to_r(r).map_err(|error| error.within(|| format!("element `{name}`")))?);
    }
    named_list(r, &names, &values)
}

impl<'r, T: FromR<'r>> FromR<'r> for BTreeMap<String, T> {
    fn from_r(value: Value<'r>) -> Result<Self> {
        let mut map = BTreeMap::new();
        for (name, item) in entries(value)? {
            if map.contains_key(&name) {
                return Err(distinct(name));
            }
            map.insert(name, item);
        }
        Ok(map)
    }
}

impl<'r, T: FromR<'r>, S: BuildHasher + Default> FromR<'r> for HashMap<String, T, S> {
    fn from_r(value: Value<'r>) -> Result<Self> {
        let mut map = HashMap::default();
        for (name, item) in entries(value)? {
            if map.contains_key(&name) {
                return Err(distinct(name));
            }
            map.insert(name, item);
        }
        Ok(map)
    }
}

impl<T: ToR> ToR for BTreeMap<String, T> {
    fn to_r<'r>(&self, r: R<'r>) -> Result<Value<'r>> {
        collected(r, self.iter())
    }
}

/// The list is in the order of the names: a hash map has none of its own.
impl<T: ToR, S> ToR for HashMap<String, T, S> {
    fn to_r<'r>(&self, r: R<'r>) -> Result<Value<'r>> {
        let mut entries: Vec<(&String, &T)> = self.iter().collect();
        entries.sort_unstable_by_key(|(name, _)| *name);
        collected(r, entries.into_iter())
    }
}

macro_rules! by_value_too {
    ($([$($generics:tt)*] $type:ty;)*) => {
        $(impl<T: ToR, $($generics)*> IntoR for $type {
            fn into_r<'r>(self, r: R<'r>) -> Result<Value<'r>> {
                self.to_r(r)
            }
        })*
    };
}

by_value_too! {
    [] BTreeMap<String, T>;
    [] &BTreeMap<String, T>;
    [S] HashMap<String, T, S>;
    [S] &HashMap<String, T, S>;
}

in_lists! {
    [T] BTreeMap<String, T>;
    [T, S] HashMap<String, T, S>;
}

impl<'r, T: FromR<'r>> FromOption<'r> for BTreeMap<String, T> {}
impl<'r, T: FromR<'r>, S: BuildHasher + Default> FromOption<'r> for HashMap<String, T, S> {}
impl<T> IntoOption for BTreeMap<String, T> {}
impl<T, S> IntoOption for HashMap<String, T, S> {}
