//! What generated code needs, under one name. It changes together with [`CONTRACT`](crate::CONTRACT).

use std::sync::OnceLock;

use crate::global::Global;

pub use crate::error::{Error, Result};
pub use crate::r::R;
pub use crate::value::{
    Array, Character, Complex, DataFrame, Double, Environment, Factor, FactorOf, Frame, Function, Integer,
    List, Logical, Matrix, RFactor, Raw, Record, TimeSeries, Value, Vector, Wrapper,
};
pub use crate::{contract, frame_class, record_class};
pub use rbindgen_macros::RFactor;

/// A data set of a package, as the type that was generated for it.
///
/// # Errors
/// [`Error::Condition`] when the package or the data set does not load, the error of the conversion when it is no longer what it was
/// when the bindings were generated.
pub fn dataset<'r, T: crate::FromR<'r>>(r: R<'r>, package: &str, name: &str) -> Result<T> {
    let value = match r.get_exported(package, name) {
        Ok(value) => value,
        Err(first) => from_data_folder(r, package, name).map_err(|_| first)?,
    };
    T::from_r(value).map_err(|error| error.about(|| format!("data set `{name}` of package {package}")))
}

/// A data set of a package that does not load its data lazily: `data(name, package =)` into an environment that is
/// kept, so that every caller sees the same object.
fn from_data_folder<'r>(r: R<'r>, package: &str, name: &str) -> Result<Value<'r>> {
    const LOAD: &str = "
        local({
            kept <- new.env(parent = emptyenv())
            function(package, name) {
                key <- paste(package, name)
                if (!exists(key, envir = kept, inherits = FALSE)) {
                    env <- new.env(parent = globalenv())
                    topics <- utils::data(package = package)$results[, 'Item']
                    topic <- sub('.*\\\\((.*)\\\\)$', '\\\\1', topics[sub(' .*', '', topics) == name])
                    utils::data(list = if (length(topic)) topic[1L] else name, package = package, envir = env)
                    assign(key, get(name, envir = env, inherits = FALSE), envir = kept)
                }
                get(key, envir = kept, inherits = FALSE)
            }
        })";
    static LOADER: OnceLock<Global<Value<'static>>> = OnceLock::new();
    let loader: Function<'r> = r.cached_code(&LOADER, LOAD)?.try_into()?;
    loader.call((package, name))
}

/// Checks, when generated code is compiled, that it fits this runtime.
#[macro_export]
macro_rules! contract {
    ($number:literal) => {
        const _: () = assert!(
            $number == $crate::CONTRACT,
            "these bindings were generated for another version of rbindgen-runtime: run rbindgen again"
        );
    };
}

/// The code that every generated data frame type has: conversions, and `Deref` to [`Frame`].
#[macro_export]
macro_rules! frame_class {
    ($name:ident, $r_name:literal) => {
        $crate::generated_class!($name, $r_name, $crate::generated::Frame<'r>);
    };
}

/// The code that every generated record type has: conversions, and `Deref` to [`Record`].
#[macro_export]
macro_rules! record_class {
    ($name:ident, $r_name:literal) => {
        $crate::generated_class!($name, $r_name, $crate::generated::Record<'r>);
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! generated_class {
    ($name:ident, $r_name:literal, $inner:ty) => {
        impl<'r> ::std::ops::Deref for $name<'r> {
            type Target = $inner;
            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }

        impl<'r> ::std::convert::TryFrom<$crate::generated::Value<'r>> for $name<'r> {
            type Error = $crate::generated::Error;
            fn try_from(value: $crate::generated::Value<'r>) -> $crate::generated::Result<Self> {
                Ok($name(::std::convert::TryFrom::try_from(value)?))
            }
        }

        impl<'r> ::std::convert::From<$name<'r>> for $crate::generated::Value<'r> {
            fn from(value: $name<'r>) -> Self {
                value.0.into()
            }
        }

        impl<'r> $crate::FromR<'r> for $name<'r> {
            fn from_r(value: $crate::generated::Value<'r>) -> $crate::generated::Result<Self> {
                ::std::convert::TryFrom::try_from(value)
            }
        }

        impl<'r> $crate::convert::FromOption<'r> for $name<'r> {}

        impl<'x> $crate::convert::IntoOption for &$name<'x> {}

        impl<'x> $crate::IntoR for &$name<'x> {
            fn into_r<'r>(self, r: $crate::R<'r>) -> $crate::generated::Result<$crate::generated::Value<'r>> {
                let value: $crate::generated::Value<'x> = self.clone().into();
                $crate::IntoR::into_r(value, r)
            }
        }
    };
}
