//! What a Python object holds of R.

use std::sync::OnceLock;

use rbindgen_runtime::value::{Value, Wrapper};
use rbindgen_runtime::{Global, R, Result};

/// Any R object, without R's lock.
pub type Kept = Global<Value<'static>>;

/// An R object, or one of the few that every R has and that can be named before R runs.
pub enum Handle {
    /// An object.
    Object(Kept),
    /// A fixed object, once R runs.
    Fixed(Fixed, OnceLock<Kept>),
}

/// The objects that every R has.
#[derive(Clone, Copy)]
pub enum Fixed {
    /// `NULL`
    Null,
    /// `globalenv()`
    GlobalEnv,
    /// `baseenv()`
    BaseEnv,
    /// `emptyenv()`
    EmptyEnv,
}

impl From<Fixed> for Handle {
    fn from(which: Fixed) -> Handle {
        Handle::Fixed(which, OnceLock::new())
    }
}

impl Handle {
    /// The object.
    pub fn global(&self, r: R<'_>) -> &Kept {
        match self {
            Handle::Object(object) => object,
            Handle::Fixed(which, object) => object.get_or_init(|| {
                let value: Value<'_> = match which {
                    Fixed::Null => r.null(),
                    Fixed::GlobalEnv => r.global_env().into(),
                    Fixed::BaseEnv => r.base_env().into(),
                    Fixed::EmptyEnv => r.empty_env().into(),
                };
                value.global()
            }),
        }
    }

    /// The object as a value of its own.
    pub fn value<'r>(&self, r: R<'r>) -> Value<'r> {
        self.global(r).get(r)
    }

    /// The object as one of the runtime's wrappers.
    pub fn wrapper<'r, W: Wrapper<'r>>(&self, r: R<'r>) -> Result<W> {
        self.global(r).get_as(r)
    }
}

/// An R object on its way to Python, with what decides on its class.
pub struct Object {
    /// The object.
    pub kept: Kept,
    /// R's number for its type.
    pub sexptype: i32,
}

impl From<Value<'_>> for Object {
    fn from(value: Value<'_>) -> Object {
        Object { sexptype: value.sexptype(), kept: value.global() }
    }
}
