//! Keys and payloads.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Add;

use crate::value::Kind;

/// What an entry of a [`Dispatch`] is for.
///
/// A text is a class, a [`Kind`] a type, a pair of them a class of this type.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Key<'a> {
    /// Values whose class attribute holds this class.
    Class(Cow<'a, str>),
    /// Values of this type whose class attribute holds this class.
    ClassOfType(Kind, Cow<'a, str>),
    /// Values of this type.
    Type(Kind),
    /// Every value.
    Any,
}

impl<'a> From<&'a str> for Key<'a> {
    fn from(class: &'a str) -> Key<'a> {
        Key::Class(Cow::Borrowed(class))
    }
}

impl From<Kind> for Key<'_> {
    fn from(kind: Kind) -> Self {
        Key::Type(kind)
    }
}

impl<'a> From<(Kind, &'a str)> for Key<'a> {
    fn from((kind, class): (Kind, &'a str)) -> Key<'a> {
        Key::ClassOfType(kind, Cow::Borrowed(class))
    }
}

/// Room for every [`Kind`].
const KINDS: usize = 32;

/// Payloads by class and type of R values. See the [module](crate::dispatch) for the order in which an entry is found.
///
/// The payload is anything: a function, a number that stands for a class of another language.
///
/// ```
/// use rbindgen_runtime::dispatch::{Dispatch, Key};
/// use rbindgen_runtime::prelude::*;
///
/// let mut names = Dispatch::new("names");
/// names.set(Kind::List, "list");
/// names.set("data.frame", "frame");
/// names.set((Kind::Integer, "factor"), "factor");
/// names.set(Key::Any, "something");
///
/// R::with(|r| {
///     assert_eq!(names.resolve(&r.eval("data.frame()")?), Some(&"frame"));
///     assert_eq!(names.resolve(&r.eval("list()")?), Some(&"list"));
///     assert_eq!(names.resolve(&r.eval("sum")?), Some(&"something"));
///     Ok(())
/// })?;
///
/// let mut more = Dispatch::new("more");
/// more.set("data.frame", "table");
/// let both = names + more;
/// assert_eq!(both.get(&"data.frame".into()), Some(&"table")); // the right one wins
/// assert_eq!(both.lineage(), ["names", "more"]);
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone)]
pub struct Dispatch<P> {
    lineage: Vec<String>,
    pub(super) classes: BTreeMap<String, OfClass<P>>,
    pub(super) types: [Option<P>; KINDS],
    pub(super) any: Option<P>,
}

/// The entries of one class.
#[derive(Clone)]
pub(super) struct OfClass<P> {
    any: Option<P>,
    typed: Vec<(Kind, P)>,
}

impl<P> OfClass<P> {
    /// The entry for values of this type, else the one for all of the class.
    pub(super) fn of_type(&self, kind: Kind) -> Option<&P> {
        self.typed(kind).or(self.any.as_ref())
    }

    fn typed(&self, kind: Kind) -> Option<&P> {
        self.typed.iter().find(|(known, _)| *known == kind).map(|(_, payload)| payload)
    }
}

impl<P> Dispatch<P> {
    /// No entries yet. The name is for the [`lineage`](Dispatch::lineage).
    pub fn new(name: impl Into<String>) -> Dispatch<P> {
        Dispatch {
            lineage: vec![name.into()],
            classes: BTreeMap::new(),
            types: [const { None }; KINDS],
            any: None,
        }
    }

    /// Sets the entry for a key; the one that was there before, if any.
    pub fn set<'k>(&mut self, key: impl Into<Key<'k>>, payload: P) -> Option<P> {
        match key.into() {
            Key::Class(class) => self.of_class(class).any.replace(payload),
            Key::ClassOfType(kind, class) => {
                let typed = &mut self.of_class(class).typed;
                match typed.iter_mut().find(|(known, _)| *known == kind) {
                    Some((_, place)) => Some(std::mem::replace(place, payload)),
                    None => {
                        typed.push((kind, payload));
                        None
                    }
                }
            }
            Key::Type(kind) => self.types[kind as usize].replace(payload),
            Key::Any => self.any.replace(payload),
        }
    }

    /// The entry for exactly this key.
    pub fn get(&self, key: &Key<'_>) -> Option<&P> {
        match key {
            Key::Class(class) => self.classes.get(&**class)?.any.as_ref(),
            Key::ClassOfType(kind, class) => self.classes.get(&**class)?.typed(*kind),
            Key::Type(kind) => self.types[*kind as usize].as_ref(),
            Key::Any => self.any.as_ref(),
        }
    }

    /// Takes the entry for a key away.
    pub fn remove(&mut self, key: &Key<'_>) -> Option<P> {
        match key {
            Key::Class(class) => self.classes.get_mut(&**class)?.any.take(),
            Key::ClassOfType(kind, class) => {
                let typed = &mut self.classes.get_mut(&**class)?.typed;
                let position = typed.iter().position(|(known, _)| known == kind)?;
                Some(typed.remove(position).1)
            }
            Key::Type(kind) => self.types[*kind as usize].take(),
            Key::Any => self.any.take(),
        }
    }

    /// The entry for a value of this type whose classes are these, the most specific one first.
    pub fn find<'c>(&self, kind: Kind, classes: impl IntoIterator<Item = &'c str>) -> Option<&P> {
        let by_class =
            classes.into_iter().find_map(|class| self.classes.get(class).and_then(|of| of.of_type(kind)));
        by_class.or_else(|| self.of_type(kind))
    }

    /// The entry for a value of this type that has no class.
    #[inline]
    pub fn of_type(&self, kind: Kind) -> Option<&P> {
        self.types[kind as usize].as_ref().or(self.any.as_ref())
    }

    /// The names of the dispatches that this one was added together from, in order.
    pub fn lineage(&self) -> &[String] {
        &self.lineage
    }

    /// Takes all entries of `other`, also where there is one for the same key.
    pub fn merge(&mut self, other: Dispatch<P>) {
        self.lineage.extend(other.lineage);
        for (class, entries) in other.classes {
            let of_class = self.of_class(Cow::Owned(class));
            of_class.any = entries.any.or(of_class.any.take());
            for (kind, payload) in entries.typed {
                of_class.typed.retain(|(known, _)| *known != kind);
                of_class.typed.push((kind, payload));
            }
        }
        for (place, payload) in self.types.iter_mut().zip(other.types) {
            if payload.is_some() {
                *place = payload;
            }
        }
        self.any = other.any.or(self.any.take());
    }

    fn of_class(&mut self, class: Cow<'_, str>) -> &mut OfClass<P> {
        self.classes.entry(class.into_owned()).or_insert_with(|| OfClass { any: None, typed: Vec::new() })
    }
}

impl<P> Add for Dispatch<P> {
    type Output = Dispatch<P>;

    /// The entries of both; where both have one for the same key, that of the right one.
    fn add(mut self, other: Dispatch<P>) -> Dispatch<P> {
        self.merge(other);
        self
    }
}

impl<P> fmt::Debug for Dispatch<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Dispatch({}; {} classes)", self.lineage.join(" + "), self.classes.len())
    }
}
