//! Making character vectors over a source of strings.

use std::borrow::Cow;
use std::cell::{Cell, UnsafeCell};
use std::sync::Arc;

use super::class::classes;
use super::holder::new_vector;
use super::numeric::check_length;
use crate::error::Result;
use crate::r::R;
use crate::value::{Character, Wrapper};

/// Strings that R is given when it asks for them. `None` is NA.
///
/// R asks for each string once, from whatever thread is inside R, and keeps what it got; a string with a NUL inside, or one
/// of 2^31 bytes or more, is an R error then, and so is a panic.
///
/// `Vec<T>`, `Box<[T]>`, `Arc<[T]>`, arrays and static slices of a [`StringElement`] are sources.
///
/// ```
/// use std::borrow::Cow;
/// use rbindgen_runtime::prelude::*;
/// use rbindgen_runtime::altrep::StringSource;
///
/// struct Labels(usize);
///
/// impl StringSource for Labels {
///     fn len(&self) -> usize {
///         self.0
///     }
///     fn get(&self, index: usize) -> Option<Cow<'_, str>> {
///         (index != 1).then(|| Cow::Owned(format!("label {index}")))
///     }
/// }
///
/// R::with(|r| {
///     let x = Character::from_source(r, Labels(3))?;
///     assert_eq!(x.get(1)?, None);
///     assert_eq!(x.get(2)?.as_deref(), Some("label 2"));
///     Ok(())
/// })?;
/// # Ok::<(), Error>(())
/// ```
pub trait StringSource: Send + 'static {
    /// How many strings there are. It is asked once, when the vector is made.
    fn len(&self) -> usize;

    /// The string at `index`, which is below the length; `None` for NA.
    fn get(&self, index: usize) -> Option<Cow<'_, str>>;

    /// Whether there are no strings.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What a collection of strings may have as elements: strings, and `Option` of them where `None` is NA.
pub trait StringElement: Send + 'static {
    /// The text; `None` for NA.
    fn text(&self) -> Option<&str>;
}

macro_rules! string_elements {
    ($($type:ty),*) => {
        $(impl StringElement for $type {
            fn text(&self) -> Option<&str> {
                Some(self)
            }
        })*
    };
}

string_elements!(&'static str, String, Box<str>, Arc<str>, Cow<'static, str>);

impl<T: StringElement> StringElement for Option<T> {
    fn text(&self) -> Option<&str> {
        self.as_ref().and_then(T::text)
    }
}

macro_rules! string_sources {
    ($($(#[$meta:meta])* [$($generics:tt)*] $type:ty;)*) => {
        $(impl<$($generics)*> StringSource for $type {
            fn len(&self) -> usize {
                self[..].len()
            }
            fn get(&self, index: usize) -> Option<Cow<'_, str>> {
                self[index].text().map(Cow::Borrowed)
            }
        })*
    };
}

string_sources! {
    [T: StringElement] Vec<T>;
    [T: StringElement] Box<[T]>;
    [T: StringElement + Sync] Arc<[T]>;
    [T: StringElement + Sync] &'static [T];
    [T: StringElement, const N: usize] [T; N];
}

/// What is behind a character vector.
pub(super) struct Holder {
    pub(super) source: Box<dyn StringSource>,
    /// The last string that the source made for the occasion, where R can read it: nothing owns it while R may jump.
    pub(super) scratch: UnsafeCell<String>,
    /// Whether all strings are in R's memory, where R may have replaced some.
    pub(super) complete: Cell<bool>,
    pub(super) length: usize,
    /// The type of the source, for messages.
    pub(super) name: &'static str,
}

impl<'r> Character<'r> {
    /// A vector of strings that are made when R asks for them: see [`StringSource`].
    ///
    /// `None` is NA. The source is kept until R has collected the vector.
    ///
    /// # Errors
    /// [`Error::Type`](crate::Error::Type) for more than 2^52 elements; [`Error::Condition`](crate::Error::Condition) when R
    /// has no memory for the vector itself. A string that R cannot hold is an R error where it is used.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     let x = Character::from_source(r, vec![Some("a".to_owned()), None])?;
    ///     let upper = r.function("base", "toupper")?.call(Args::new(r).push(x)?)?;
    ///     assert_eq!(upper.to::<Vec<Option<String>>>()?, [Some("A".to_owned()), None]);
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    pub fn from_source<S: StringSource>(r: R<'r>, source: S) -> Result<Character<'r>> {
        let length = source.len();
        check_length(length)?;
        let holder = Holder {
            source: Box::new(source),
            scratch: UnsafeCell::new(String::new()),
            complete: Cell::new(false),
            length,
            name: std::any::type_name::<S>(),
        };
        Character::from_value(new_vector(r, classes(r)?.string, holder)?)
    }
}
