//! Which Python class an R object gets: a table by R's type.

use pyo3::PyClass;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyIterator, PyTuple};
use rbindgen_runtime::value::Kind;

use crate::environment::SexpEnvironment;
use crate::function::SexpClosure;
use crate::handle::{Fixed, Handle, Object};
use crate::sexp::Sexp;
use crate::typed::{
    BoolSexpVector, ByteSexpVector, ComplexSexpVector, FloatSexpVector, IntSexpVector, ListSexpVector,
    StrSexpVector,
};
use crate::vector::SexpVector;

/// Declares a class that only says what an object is: the R objects of one kind, directly below a base class.
macro_rules! plain_class {
    ($(#[$doc:meta])+ $name:ident($base:ty) = $kind:ident, $wanted:literal $(, $part:expr)?) => {
        $(#[$doc])+
        #[pyclass(module = "rbindgen.rinterface", extends = $base, subclass, frozen)]
        pub struct $name;

        #[pymethods]
        impl $name {
            #[new]
            fn new(value: &Bound<'_, PyAny>) -> PyResult<PyClassInitializer<$name>> {
                let sexp = Sexp::share(value, $wanted, |kind| kind == Kind::$kind)?;
                Ok(PyClassInitializer::from(sexp)$(.add_subclass($part))?.add_subclass($name))
            }
        }
    };
}

plain_class! {
    /// An S4 object that is not built on another type. `do_slot` reads its slots.
    SexpS4(Sexp) = S4, "an S4 object"
}
plain_class! {
    /// A symbol: a name in R code.
    SexpSymbol(Sexp) = Symbol, "a symbol"
}
plain_class! {
    /// An external pointer: an object of C code.
    SexpExtPtr(Sexp) = ExternalPtr, "an external pointer"
}
plain_class! {
    /// A call that is not evaluated. Its first element is the function.
    LangSexpVector(SexpVector) = Language, "a call", SexpVector::part()
}
plain_class! {
    /// An expression: a vector of calls, symbols and constants.
    ExprSexpVector(SexpVector) = Expression, "an expression", SexpVector::part()
}
plain_class! {
    /// A pairlist, as R uses it for the formal arguments of functions.
    PairlistSexpVector(SexpVector) = Pairlist, "a pairlist", SexpVector::part()
}

/// The type of `NULL`, which is empty.
#[pyclass(module = "rbindgen.rinterface", extends = Sexp, frozen)]
pub struct NULLType;

#[pymethods]
impl NULLType {
    fn __repr__(&self) -> &'static str {
        "NULL"
    }
    fn __bool__(&self) -> bool {
        false
    }
    fn __len__(&self) -> usize {
        0
    }
    fn __iter__(slf: &Bound<'_, Self>) -> PyResult<Py<PyIterator>> {
        Ok(PyTuple::empty(slf.py()).try_iter()?.unbind())
    }
    // Pickled, and copied, as the name of the one object that there is.
    fn __reduce__(&self) -> &'static str {
        "NULL"
    }
}

/// `NULL`, the one object.
pub fn null(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    static NULL: PyOnceLock<Py<NULLType>> = PyOnceLock::new();
    let make = || {
        let sexp = Sexp { handle: Handle::from(Fixed::Null).into() };
        Py::new(py, PyClassInitializer::from(sexp).add_subclass(NULLType))
    };
    Ok(NULL.get_or_try_init(py, make)?.bind(py).clone().into_any())
}

type Make = for<'py> fn(Python<'py>, Object) -> PyResult<Bound<'py, PyAny>>;

/// The class for each of R's types ("R Internals", section 1.1.1), by its number.
static CLASSES: [Make; 26] = {
    let mut classes: [Make; 26] = [sexp; 26];
    classes[0] = |py, _| null(py);
    classes[1] = |py, x| direct(py, x, SexpSymbol);
    classes[2] = |py, x| vector(py, x, PairlistSexpVector);
    classes[3] = |py, x| direct(py, x, SexpClosure);
    classes[4] = |py, x| direct(py, x, SexpEnvironment);
    classes[6] = |py, x| vector(py, x, LangSexpVector);
    classes[7] = classes[3];
    classes[8] = classes[3];
    classes[10] = |py, x| vector(py, x, BoolSexpVector);
    classes[13] = |py, x| vector(py, x, IntSexpVector);
    classes[14] = |py, x| vector(py, x, FloatSexpVector);
    classes[15] = |py, x| vector(py, x, ComplexSexpVector);
    classes[16] = |py, x| vector(py, x, StrSexpVector);
    classes[19] = |py, x| vector(py, x, ListSexpVector);
    classes[20] = |py, x| vector(py, x, ExprSexpVector);
    classes[22] = |py, x| direct(py, x, SexpExtPtr);
    classes[24] = |py, x| vector(py, x, ByteSexpVector);
    classes[25] = |py, x| direct(py, x, SexpS4);
    classes
};

/// The Python object for an R object.
pub fn wrap(py: Python<'_>, object: Object) -> PyResult<Bound<'_, PyAny>> {
    let make = usize::try_from(object.sexptype).ok().and_then(|number| CLASSES.get(number));
    make.unwrap_or(&(sexp as Make))(py, object)
}

fn sexp(py: Python<'_>, object: Object) -> PyResult<Bound<'_, PyAny>> {
    Ok(Bound::new(py, Sexp::from(object))?.into_any())
}

fn direct<T: PyClass<BaseType = Sexp>>(
    py: Python<'_>,
    object: Object,
    class: T,
) -> PyResult<Bound<'_, PyAny>> {
    Ok(Bound::new(py, PyClassInitializer::from(Sexp::from(object)).add_subclass(class))?.into_any())
}

fn vector<T: PyClass<BaseType = SexpVector>>(
    py: Python<'_>,
    object: Object,
    class: T,
) -> PyResult<Bound<'_, PyAny>> {
    let vector = PyClassInitializer::from(Sexp::from(object)).add_subclass(SexpVector::part());
    Ok(Bound::new(py, vector.add_subclass(class))?.into_any())
}
