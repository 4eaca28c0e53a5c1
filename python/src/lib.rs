//! The Python extension module of rbindgen: `rbindgen._rinterface`.
//!
//! R's objects as Python classes, one for each of R's types. The module imports without R: R is found and started when
//! it is needed first.

mod buffer;
mod classes;
mod console;
mod dispatch;
mod element;
mod environment;
mod error;
mod function;
mod gil;
mod handle;
mod input;
mod na;
mod sexp;
mod typed;
mod vector;

use pyo3::prelude::*;

/// R's objects, in Rust. `rbindgen.rinterface` is the public name of what is here.
#[pymodule]
mod _rinterface {
    use pyo3::prelude::*;
    use rbindgen_runtime::CONTRACT;
    use rbindgen_runtime::value::{Environment, Value};

    use super::handle::{Fixed, Object};
    use super::{classes, environment, gil, na, typed};

    #[pymodule_export]
    use super::classes::{
        ExprSexpVector, LangSexpVector, NULLType, PairlistSexpVector, SexpExtPtr, SexpS4, SexpSymbol,
    };
    #[pymodule_export]
    use super::dispatch::{_named_element, _register, _robject};
    #[pymodule_export]
    use super::environment::SexpEnvironment;
    #[pymodule_export]
    use super::function::SexpClosure;
    #[pymodule_export]
    use super::na::{NACharacterType, NAIntegerType, NALogicalType, is_na};
    #[pymodule_export]
    use super::sexp::Sexp;
    #[pymodule_export]
    use super::typed::{
        BoolSexpVector, ByteSexpVector, ComplexSexpVector, FloatSexpVector, IntSexpVector, ListSexpVector,
        StrSexpVector,
    };
    #[pymodule_export]
    use super::vector::SexpVector;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        let py = module.py();
        typed::name_buffers(module)?;
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        module.add("CONTRACT", CONTRACT)?;
        module.add("NA_Integer", na::integer(py)?)?;
        module.add("NA_Logical", na::logical(py)?)?;
        module.add("NA_Character", na::character(py)?)?;
        module.add("NA_Real", na::real(py))?;
        module.add("NA_Complex", na::complex(py))?;
        module.add("NULL", classes::null(py)?)?;
        module.add("globalenv", environment::fixed(py, Fixed::GlobalEnv)?)?;
        module.add("baseenv", environment::fixed(py, Fixed::BaseEnv)?)?;
        module.add("emptyenv", environment::fixed(py, Fixed::EmptyEnv)?)
    }

    /// Starts R, which otherwise happens when it is needed first. Raises `RNotFoundError` where there is no R.
    #[pyfunction]
    fn initr(py: Python<'_>) -> PyResult<()> {
        gil::detached(py, |_| Ok(()))
    }

    /// Parses R code and evaluates every expression of it, in `envir` (default: `globalenv`). The value is that of the last.
    #[pyfunction]
    #[pyo3(signature = (source, *, envir = None))]
    fn evalr<'py>(
        py: Python<'py>,
        source: &str,
        envir: Option<&Bound<'py, SexpEnvironment>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let environment = envir.map(|envir| envir.as_super().get().handle.clone());
        let value = gil::detached(py, move |r| {
            let environment: Environment<'_> = match environment {
                Some(environment) => environment.wrapper(r)?,
                None => r.global_env(),
            };
            r.eval_in(source, &environment).map(Object::from)
        })?;
        classes::wrap(py, value)
    }

    /// A data set of a package.
    #[pyfunction]
    fn _dataset<'py>(py: Python<'py>, package: &str, name: &str) -> PyResult<Bound<'py, PyAny>> {
        let value = gil::detached(py, |r| {
            let value: Value<'_> = rbindgen_runtime::generated::dataset(r, package, name)?;
            Ok(Object::from(value))
        })?;
        classes::wrap(py, value)
    }
}
