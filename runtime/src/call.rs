//! Building calls and evaluating them.
//!
//! A call is made and evaluated under one [`protect`]: the arguments are described first, as plain data that owns nothing
//! ([`Plain`]), and become R objects inside, where an allocation may jump. That keeps a call of a small function within
//! a few percent of the same call written in C.

use crate::convert::{IntoR, Plain};
use crate::error::{Error, Result};
use crate::ffi::{self, SEXP, SEXPTYPE, cetype_t};
use crate::protect::protect;
use crate::r::R;
use crate::value::Value;

/// One argument of a call, ready to be made into an R object.
#[derive(Clone, Copy)]
#[doc(hidden)]
pub struct Argument<'a> {
    pub(crate) name: Option<&'a str>,
    pub(crate) value: Plain<'a>,
}

/// What [`Function::call`](crate::value::Function::call) takes: a tuple of up to twelve arguments, or [`Args`].
///
/// An element of a tuple is any [`IntoR`]; [`named`] gives it a name, [`Missing`] leaves it out (`x[1, ]`).
pub trait IntoArgs {
    #[doc(hidden)]
    fn with_arguments<T>(self, r: R<'_>, then: impl FnOnce(&[Argument<'_>]) -> Result<T>) -> Result<T>;
}

/// An argument with its name, in R's spelling.
///
/// ```
/// use rbindgen_runtime::prelude::*;
///
/// R::with(|r| {
///     let mean = r.function("base", "mean")?;
///     let value = mean.call((vec![Some(1.0), None], named("na.rm", true)))?;
///     assert_eq!(value.to::<f64>()?, 1.0);
///     Ok(())
/// })?;
/// # Ok::<(), Error>(())
/// ```
pub fn named<T: IntoR>(name: &str, value: T) -> Named<'_, T> {
    Named { name, value }
}

/// An argument with its name; made by [`named`].
#[derive(Clone, Debug)]
pub struct Named<'a, T> {
    name: &'a str,
    value: T,
}

impl<T: IntoR> IntoR for Named<'_, T> {
    fn into_r<'r>(self, r: R<'r>) -> Result<Value<'r>> {
        self.value.into_r(r)
    }
    fn plain(&self) -> Option<Plain<'_>> {
        self.value.plain()
    }
    fn argument_name(&self) -> Option<&str> {
        Some(self.name)
    }
}

/// The empty argument, as in `x[1, ]`.
///
/// ```
/// use rbindgen_runtime::prelude::*;
///
/// R::with(|r| {
///     let row = r.function("base", "[")?.call((r.eval("matrix(1:6, 2)")?, 1, Missing))?;
///     assert_eq!(row.to::<Vec<i32>>()?, [1, 3, 5]);
///     Ok(())
/// })?;
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Missing;

impl IntoR for Missing {
    fn into_r<'r>(self, r: R<'r>) -> Result<Value<'r>> {
        // SAFETY: R keeps the marker for ever.
        Ok(unsafe { Value::permanent(r, ffi::R_MissingArg()) })
    }
    fn plain(&self) -> Option<Plain<'_>> {
        Some(Plain::Missing)
    }
}

/// Arguments whose number is known only when the program runs: values, some with names, in order.
///
/// ```
/// use rbindgen_runtime::prelude::*;
///
/// R::with(|r| {
///     let mut arguments = Args::new(r);
///     for x in [1.0, 2.0, 6.0] {
///         arguments = arguments.push(x)?;
///     }
///     assert_eq!(r.function("base", "sum")?.call(arguments.named("na.rm", true)?)?.to::<f64>()?, 9.0);
///     Ok(())
/// })?;
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Args<'r> {
    r: R<'r>,
    list: Vec<(Option<String>, Value<'r>)>,
}

impl<'r> Args<'r> {
    /// No arguments yet.
    pub fn new(r: R<'r>) -> Args<'r> {
        Args { r, list: Vec::new() }
    }

    /// Adds an argument without a name.
    ///
    /// # Errors
    /// Those of the conversion.
    pub fn push(mut self, value: impl IntoR) -> Result<Args<'r>> {
        let name = value.argument_name().map(str::to_owned);
        let value = value.into_r(self.r)?;
        self.list.push((name, value));
        Ok(self)
    }

    /// Adds an argument with a name, in R's spelling (`na.rm`).
    ///
    /// # Errors
    /// Those of the conversion.
    pub fn named(mut self, name: &str, value: impl IntoR) -> Result<Args<'r>> {
        let value = value.into_r(self.r)?;
        self.list.push((Some(name.to_owned()), value));
        Ok(self)
    }

    /// The number of arguments so far.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

impl IntoArgs for Args<'_> {
    fn with_arguments<T>(self, _: R<'_>, then: impl FnOnce(&[Argument<'_>]) -> Result<T>) -> Result<T> {
        let list: Vec<Argument<'_>> = self
            .list
            .iter()
            .map(|(name, value)| Argument { name: name.as_deref(), value: Plain::Sexp(value.sexp()) })
            .collect();
        then(&list)
    }
}

/// Values with names, borrowed: for calls that the runtime itself makes.
pub(crate) struct Listed<'a, 'r>(pub(crate) &'a [(Option<&'a str>, &'a Value<'r>)]);

impl IntoArgs for Listed<'_, '_> {
    fn with_arguments<T>(self, _: R<'_>, then: impl FnOnce(&[Argument<'_>]) -> Result<T>) -> Result<T> {
        let list: Vec<Argument<'_>> =
            self.0.iter().map(|&(name, value)| Argument { name, value: Plain::Sexp(value.sexp()) }).collect();
        then(&list)
    }
}

/// An element of a tuple while its call runs: as it is where it can be described, else as the value it became.
enum Held<'r, T> {
    Own(T),
    Converted(Option<String>, Value<'r>),
}

impl<'r, T: IntoR> Held<'r, T> {
    #[inline]
    fn new(r: R<'r>, argument: T) -> Result<Held<'r, T>> {
        if argument.plain().is_some() {
            return Ok(Held::Own(argument));
        }
        let name = argument.argument_name().map(str::to_owned);
        Ok(Held::Converted(name, argument.into_r(r)?))
    }

    #[inline]
    fn argument(&self) -> Argument<'_> {
        match self {
            Held::Own(argument) => Argument {
                name: argument.argument_name(),
                // `new` asked, and the answer does not change.
                value: argument.plain().unwrap_or(Plain::Missing),
            },
            Held::Converted(name, value) => {
                Argument { name: name.as_deref(), value: Plain::Sexp(value.sexp()) }
            }
        }
    }
}

impl IntoArgs for () {
    fn with_arguments<T>(self, _: R<'_>, then: impl FnOnce(&[Argument<'_>]) -> Result<T>) -> Result<T> {
        then(&[])
    }
}

macro_rules! tuples {
    ($($name:ident),*) => {
        impl<$($name: IntoR),*> IntoArgs for ($($name,)*) {
            #[inline]
            #[allow(non_snake_case)]
            fn with_arguments<Out>(
                self,
                r: R<'_>,
                then: impl FnOnce(&[Argument<'_>]) -> Result<Out>,
            ) -> Result<Out> {
                let ($($name,)*) = self;
                $( let $name = Held::new(r, $name)?; )*
                then(&[$($name.argument()),*])
            }
        }
    };
}

tuples!(A);
tuples!(A, B);
tuples!(A, B, C);
tuples!(A, B, C, D);
tuples!(A, B, C, D, E);
tuples!(A, B, C, D, E, F);
tuples!(A, B, C, D, E, F, G);
tuples!(A, B, C, D, E, F, G, H);
tuples!(A, B, C, D, E, F, G, H, I);
tuples!(A, B, C, D, E, F, G, H, I, J);
tuples!(A, B, C, D, E, F, G, H, I, J, K);
tuples!(A, B, C, D, E, F, G, H, I, J, K, L);

/// Calls `function` with `arguments`, in `environment`.
///
/// Arguments are values: a symbol or a call among them is passed as it is, not evaluated.
pub(crate) fn call<'r>(
    r: R<'r>,
    function: SEXP,
    arguments: impl IntoArgs,
    environment: SEXP,
) -> Result<Value<'r>> {
    arguments.with_arguments(r, |arguments| {
        if let Some(index) =
            arguments.iter().position(|argument| argument.name.is_some_and(|name| name.contains('\0')))
        {
            return Err(Error::Text {
                index,
                reason: "has a NUL inside, which no R name can have".to_owned(),
            });
        }
        let result = protect(r, move || {
            // SAFETY: `protect` gives the context.
            unsafe { evaluate(function, arguments, environment) }
        })?;
        // SAFETY: R just returned the object.
        Ok(unsafe { Value::new(r, result) })
    })
}

/// Makes the call and evaluates it.
///
/// # Safety
/// As for `ffi`; may jump. What the arguments describe is alive.
#[inline]
unsafe fn evaluate(function: SEXP, arguments: &[Argument<'_>], environment: SEXP) -> SEXP {
    // SAFETY: the caller's. Every new cell is reachable from `list`, which is protected; `Rf_cons` protects what it joins.
    unsafe {
        let mut list = ffi::Rf_protect(ffi::R_NilValue());
        for argument in arguments.iter().rev() {
            let cell = ffi::Rf_cons(as_constant(argument.value.build()), list);
            ffi::Rf_unprotect(1);
            list = ffi::Rf_protect(cell);
            if let Some(name) = argument.name {
                let name = ffi::Rf_mkCharLenCE(name.as_ptr().cast(), name.len() as i32, cetype_t::CE_UTF8);
                ffi::SET_TAG(cell, ffi::Rf_installTrChar(name));
            }
        }
        let call = ffi::Rf_protect(ffi::Rf_lcons(function, list));
        let value = ffi::Rf_eval(call, environment);
        ffi::Rf_unprotect(2);
        value
    }
}

/// `quote(x)` for what the evaluator would evaluate again, else `x`. The empty argument stays empty.
///
/// # Safety
/// As for `ffi`; may jump.
#[inline]
unsafe fn as_constant(x: SEXP) -> SEXP {
    const EVALUATED: [i32; 3] = [SEXPTYPE::SYMSXP as i32, SEXPTYPE::LANGSXP as i32, SEXPTYPE::PROMSXP as i32];
    // SAFETY: the caller's; `x` is alive, and the inner cell is protected.
    unsafe {
        if !EVALUATED.contains(&ffi::TYPEOF(x)) || x == ffi::R_MissingArg() {
            return x;
        }
        let inner = ffi::Rf_protect(ffi::Rf_cons(x, ffi::R_NilValue()));
        // The function itself, whatever the name means elsewhere.
        let quote = ffi::Rf_eval(ffi::Rf_install(c"quote".as_ptr()), ffi::R_BaseEnv());
        let quoted = ffi::Rf_lcons(quote, inner);
        ffi::Rf_unprotect(1);
        quoted
    }
}
