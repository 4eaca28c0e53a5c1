//! Which class of `rbindgen.robjects` an R object gets: a table by R's type and by its form.
//!
//! The classes are written in Python and registered when their module is imported.

use std::sync::{Mutex, PoisonError};

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyType;
use rbindgen_runtime::value::{Character, Kind, List, Value};

use crate::error::OrRaise;
use crate::handle::Object;
use crate::sexp::Sexp;
use crate::typed::ListSexpVector;
use crate::vector::SexpVector;
use crate::{classes, gil};

const TYPES: usize = 26;

/// What decides on the class beside the type.
#[derive(Clone, Copy)]
enum Form {
    Plain,
    Matrix,
    Array,
    Series,
    SeriesMatrix,
    Factor,
    DataFrame,
}

const FORMS: [(&str, Form); 7] = [
    ("plain", Form::Plain),
    ("matrix", Form::Matrix),
    ("array", Form::Array),
    ("series", Form::Series),
    ("series matrix", Form::SeriesMatrix),
    ("factor", Form::Factor),
    ("data frame", Form::DataFrame),
];

type Table = [[Option<Py<PyType>>; FORMS.len()]; TYPES];

static TABLE: Mutex<Table> = Mutex::new([const { [const { None }; FORMS.len()] }; TYPES]);

/// Makes `class` the one for objects of R's type number `typeof` and this form.
#[pyfunction]
pub fn _register(r#typeof: usize, form: &str, class: Bound<'_, PyType>) -> PyResult<()> {
    let form = FORMS.iter().find(|(name, _)| *name == form).map(|(_, form)| *form as usize);
    let mut table = TABLE.lock().unwrap_or_else(PoisonError::into_inner);
    let place = form.and_then(|form| table.get_mut(r#typeof)?.get_mut(form));
    let Some(place) = place else {
        return Err(PyValueError::new_err("no such type or form"));
    };
    let old = place.replace(class.unbind());
    drop(table);
    drop(old);
    Ok(())
}

/// The object of `rbindgen.robjects` for an R object.
#[pyfunction]
pub fn _robject<'py>(value: &Bound<'py, Sexp>) -> PyResult<Bound<'py, PyAny>> {
    let py = value.py();
    let handle = &value.get().handle;
    let (number, form) = gil::attached(py, |r| {
        let value = handle.global(r).borrow(r);
        Ok((value.sexptype(), form(&value)))
    })?;
    let class = {
        let table = TABLE.lock().unwrap_or_else(PoisonError::into_inner);
        let forms = usize::try_from(number).ok().and_then(|number| table.get(number));
        let class = forms.and_then(|forms| forms[form as usize].as_ref().or(forms[0].as_ref()));
        class.map(|class| class.clone_ref(py))
    };
    match class {
        Some(class) => class.bind(py).call1((value,)),
        None => Ok(value.clone().into_any()),
    }
}

/// `part` as a part of `whole`: what is inside an object of `rbindgen.robjects` is one, too.
pub fn at_the_level_of<'py>(
    whole: &Bound<'py, SexpVector>,
    part: Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = whole.py();
    match part.cast::<Sexp>() {
        Ok(sexp) if whole.get_type().hasattr(pyo3::intern!(py, "_rb_robject"))? => _robject(sexp),
        _ => Ok(part),
    }
}

/// The element `name` of a list, as an R object. It stood at `index` when the code that asks was generated.
#[pyfunction]
pub fn _named_element<'py>(
    list: &Bound<'py, ListSexpVector>,
    index: usize,
    name: &str,
) -> PyResult<Bound<'py, PyAny>> {
    let py = list.py();
    let handle = &list.as_super().as_super().get().handle;
    let element = gil::attached(py, |r| {
        let list: List<'_> = handle.wrapper(r).or_raise(py)?;
        let names = list.attr("names").or_raise(py)?;
        let stands_there = names.is_some_and(|names| {
            let names = <&Character<'_>>::try_from(&names);
            names.is_ok_and(|names| names.get_lossy(index).is_some_and(|found| found == name))
        });
        let element = if stands_there { list.get(index) } else { list.get_named(name) };
        element.map(Object::from).or_raise(py)
    })?;
    classes::wrap(py, element)
}

fn form(value: &Value<'_>) -> Form {
    match value.kind() {
        Kind::Integer if value.inherits("factor") => Form::Factor,
        Kind::List if value.inherits("data.frame") => Form::DataFrame,
        kind if crate::vector::is_vector(kind) => {
            let series = matches!(value.attr("tsp"), Ok(Some(_)));
            match value.dim().map(|dim| dim.len()) {
                None if series => Form::Series,
                Some(2) if series => Form::SeriesMatrix,
                None => Form::Plain,
                Some(2) => Form::Matrix,
                Some(_) => Form::Array,
            }
        }
        _ => Form::Plain,
    }
}
