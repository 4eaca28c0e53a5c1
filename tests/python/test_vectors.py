"""`rbindgen.robjects.vectors`: which class an R object gets, and what the classes say of it."""

from typing import Any

import numpy as np
import pytest

import rbindgen.robjects.vectors as rv
from rbindgen.rinterface import NULL, NA_Integer, Sexp, evalr
from rbindgen.robjects.vectors import DataFrame, FactorVector, FloatMatrix, ListVector, RObject, wrap

TYPES = {"Float": "1.5", "Int": "1L", "Bool": "TRUE", "Complex": "1i", "Byte": "as.raw(1)", "Str": "'a'"}
FORMS = {
    "Vector": "rep({}, 4)",
    "Matrix": "matrix({}, 2, 2)",
    "Array": "array({}, c(1, 2, 2))",
    "TimeSeries": "structure(rep({}, 4), tsp = c(1990, 1990.75, 4), class = 'ts')",
    "TimeSeriesMatrix": "structure(matrix({}, 4, 2), tsp = c(1990, 1990.75, 4), class = c('mts', 'ts'))",
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", TYPES)
def test_type_and_form_decide(kind: str, form: str) -> None:
    value: Any = wrap(evalr(FORMS[form].format(TYPES[kind])))
    cls = getattr(rv, kind + form)
    assert type(value) is cls
    assert issubclass(cls, RObject)
    assert type(value[0:2]) is getattr(rv, kind + "Vector")
    assert cls(value).rsame(value)
    if kind not in ("Str", "List"):
        assert np.shares_memory(np.asarray(value), np.asarray(value))


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("factor('a')", "FactorVector"),
        ("factor('a', ordered = TRUE)", "FactorVector"),
        ("data.frame(a = 1)", "DataFrame"),
        ("list(1)", "ListVector"),
        ("quote(f(x))", "RObject"),
        ("quote(x)", "RObject"),
        ("globalenv()", "RObject"),
        ("sum", "RObject"),
        ("NULL", "NULLType"),
    ],
)
def test_class_decides(code: str, name: str) -> None:
    assert type(wrap(evalr(code))).__name__ == name


def test_matrices() -> None:
    m = wrap(evalr("matrix(c(1, 2, 3, 4, 5, 6), 2, dimnames = list(NULL, c('a', 'b', 'c')))"))
    assert isinstance(m, FloatMatrix)
    assert (m.nrow, m.ncol, m.dim) == (2, 3, (2, 3))
    assert m.rownames is NULL
    assert list(m.colnames) == ["a", "b", "c"]
    dimnames = m.dimnames
    assert isinstance(dimnames, ListVector)
    assert dimnames[0] is NULL
    assert type(dimnames[1]).__name__ == "StrVector"
    plain = FloatMatrix([1.0, 2.0])
    with pytest.raises(TypeError, match="not a matrix"):
        _ = plain.nrow


def test_time_series() -> None:
    x = wrap(evalr("ts(c(1, 2, 3), start = c(1990, 2), frequency = 4)"))
    assert x.tsp == (1990.25, 1990.75, 4.0)
    assert (x.start, x.end, x.frequency) == (1990.25, 1990.75, 4.0)


def test_factors() -> None:
    x: FactorVector[str] = wrap(evalr("factor(c('low', NA, 'high'), levels = c('low', 'high'))"))
    assert x.levels == ("low", "high")
    assert x.nlevels == 2
    assert list(x) == [1, NA_Integer, 2]
    assert x.labels() == ["low", None, "high"]
    assert x[1:].labels() == [None, "high"]
    assert not x.isordered
    made: FactorVector[str] = FactorVector(["b", "a", "b"], levels=["b", "a"], ordered=True)
    assert (made.labels(), made.levels, made.isordered) == (["b", "a", "b"], ("b", "a"), True)
    assert made.rsame(FactorVector[str](made))


def test_data_frames() -> None:
    df = wrap(evalr("data.frame(x = c(1.5, 2.5), y = c('a', 'b'))"))
    assert isinstance(df, DataFrame)
    assert (df.nrow, df.ncol, len(df)) == (2, 2, 2)
    assert list(df.colnames) == ["x", "y"]
    assert list(df.rownames) == ["1", "2"]
    assert list(df["y"]) == ["a", "b"]
    np.asarray(df["x"])[0] = 9
    assert df["x"][0] == 9
    with pytest.raises(KeyError, match="the names are x, y"):
        df["z"]
    assert str(df) == "    x y\n1 9.0 a\n2 2.5 b"
    assert wrap(evalr("datasets::mtcars")).rownames[0] == "Mazda RX4"


def test_lists() -> None:
    x = wrap(evalr("list(a = 1, b = list(c = 'two'))"))
    assert x["b"]["c"][0] == "two"
    assert type(x["b"]) is ListVector
    assert x.r_repr() == 'list(a = 1, b = list(c = "two"))'


def test_an_object_of_another_type_is_no_such_vector() -> None:
    unfit: Any = evalr("globalenv()")
    with pytest.raises(TypeError):
        FloatMatrix(unfit)
    assert isinstance(wrap(evalr("1")), Sexp)
