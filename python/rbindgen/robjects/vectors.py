"""Vectors with what their attributes mean: matrices, arrays, time series, factors, lists, data frames.

Each class is a thin subclass of the class of `rbindgen.rinterface` for its type: the elements, the buffer and
the R object are the same. `wrap` gives an R object the class that fits it.

| R | here |
|---|---|
| vector | `FloatVector`, `IntVector`, `BoolVector`, `ComplexVector`, `ByteVector`, `StrVector` |
| matrix, array | `FloatMatrix`, `FloatArray`, ... |
| time series | `FloatTimeSeries`; with several series `FloatTimeSeriesMatrix`, ... |
| factor | `FactorVector` |
| list, data frame | `ListVector`, `DataFrame` |
| anything else | `RObject` |
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Generic, NoReturn, SupportsIndex, TypeVar, cast, overload

from rbindgen._rinterface import (
    BoolSexpVector,
    ByteSexpVector,
    ComplexSexpVector,
    FloatSexpVector,
    IntSexpVector,
    ListSexpVector,
    NACharacterType,
    NAIntegerType,
    NALogicalType,
    NULLType,
    Sexp,
    SexpClosure,
    SexpVector,
    StrSexpVector,
    _named_element,
    _register,
    _robject,
    baseenv,
    evalr,
)
from rbindgen._rtypes import RTYPES

_L_co = TypeVar("_L_co", bound=str, covariant=True)


def wrap(value: Sexp) -> Any:
    """Give an R object the class of this module that fits its type, its dimensions and its class.

    The result is another Python object for the same R object. `NULL` stays what it is.
    """
    return _robject(value)


_functions: dict[str, SexpClosure] = {}


def _base(name: str) -> SexpClosure:
    """Return a function of package base."""
    found = _functions.get(name)
    if found is None:
        found = _functions[name] = SexpClosure(evalr(f"base::`{name}`"))
    return found


class RObject(Sexp):
    """An R object of this level. What no other class of this module stands for is just this."""

    __slots__ = ()
    # Tells the classes in Rust that parts of such an object are objects of this level.
    _rb_robject = True

    def r_repr(self) -> str:
        """Return R code that makes the object, as R's ``deparse`` gives it."""
        return "\n".join(str(line) for line in _base("deparse")(self))

    def __str__(self) -> str:
        """Return what R prints for the object."""
        printed = evalr("function(x) utils::capture.output(print(x))", envir=baseenv)
        return "\n".join(str(line) for line in SexpClosure(printed)(self))


class ArrayMixin(SexpVector):
    """What arrays have beside their elements.

    R stores them with the first index varying fastest.
    """

    __slots__ = ()

    @property
    def dimnames(self) -> ListVector | NULLType:
        """The names along each dimension, a list of `StrVector` or `NULL`; `NULL` where there are none."""
        return cast("ListVector | NULLType", wrap(_base("dimnames")(self)))


class MatrixMixin(ArrayMixin):
    """What matrices have beside their elements. R stores them column by column."""

    __slots__ = ()

    def _extent(self, which: int) -> int:
        dim = self.dim
        if dim is None or len(dim) != 2:
            raise TypeError(f"{self!r} is not a matrix: it has not two extents")
        return dim[which]

    @property
    def nrow(self) -> int:
        """The number of rows."""
        return self._extent(0)

    @property
    def ncol(self) -> int:
        """The number of columns."""
        return self._extent(1)

    @property
    def rownames(self) -> StrVector | NULLType:
        """The names of the rows; `NULL` where they have none."""
        return cast("StrVector | NULLType", wrap(_base("rownames")(self)))

    @property
    def colnames(self) -> StrVector | NULLType:
        """The names of the columns; `NULL` where they have none."""
        return cast("StrVector | NULLType", wrap(_base("colnames")(self)))


class TimeSeriesMixin(SexpVector):
    """The times of a regular time series, in the series' own unit (usually years)."""

    __slots__ = ()

    @property
    def tsp(self) -> tuple[float, float, float]:
        """Start, end and frequency."""
        start, end, frequency = FloatSexpVector(self.do_slot("tsp"))
        return start, end, frequency

    @property
    def start(self) -> float:
        """The time of the first observation."""
        return self.tsp[0]

    @property
    def end(self) -> float:
        """The time of the last observation."""
        return self.tsp[1]

    @property
    def frequency(self) -> float:
        """The number of observations in a unit of time: 12 for months in years."""
        return self.tsp[2]


class FloatVector(FloatSexpVector, RObject):
    """A double vector. `NA_Real` is a NaN with R's mark."""

    __slots__ = ()

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, key: SupportsIndex, /) -> float: ...
        @overload
        def __getitem__(self, key: slice, /) -> FloatVector: ...
        def __getitem__(self, key: SupportsIndex | slice, /) -> Any: ...


class FloatArray(FloatVector, ArrayMixin):
    """An array of R's type double."""

    __slots__ = ()


class FloatMatrix(FloatArray, MatrixMixin):
    """A matrix of R's type double."""

    __slots__ = ()


class FloatTimeSeries(FloatVector, TimeSeriesMixin):
    """A time series of R's type double."""

    __slots__ = ()


class FloatTimeSeriesMatrix(FloatMatrix, TimeSeriesMixin):
    """Several time series of R's type double, one a column."""

    __slots__ = ()


class IntVector(IntSexpVector, RObject):
    """An integer vector."""

    __slots__ = ()

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, key: SupportsIndex, /) -> int | NAIntegerType: ...
        @overload
        def __getitem__(self, key: slice, /) -> IntVector: ...
        def __getitem__(self, key: SupportsIndex | slice, /) -> Any: ...


class IntArray(IntVector, ArrayMixin):
    """An array of R's type integer."""

    __slots__ = ()


class IntMatrix(IntArray, MatrixMixin):
    """A matrix of R's type integer."""

    __slots__ = ()


class IntTimeSeries(IntVector, TimeSeriesMixin):
    """A time series of R's type integer."""

    __slots__ = ()


class IntTimeSeriesMatrix(IntMatrix, TimeSeriesMixin):
    """Several time series of R's type integer, one a column."""

    __slots__ = ()


class BoolVector(BoolSexpVector, RObject):
    """A logical vector. Its buffer holds 32-bit integers."""

    __slots__ = ()

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, key: SupportsIndex, /) -> bool | NALogicalType: ...
        @overload
        def __getitem__(self, key: slice, /) -> BoolVector: ...
        def __getitem__(self, key: SupportsIndex | slice, /) -> Any: ...


class BoolArray(BoolVector, ArrayMixin):
    """An array of R's type logical."""

    __slots__ = ()


class BoolMatrix(BoolArray, MatrixMixin):
    """A matrix of R's type logical."""

    __slots__ = ()


class BoolTimeSeries(BoolVector, TimeSeriesMixin):
    """A time series of R's type logical."""

    __slots__ = ()


class BoolTimeSeriesMatrix(BoolMatrix, TimeSeriesMixin):
    """Several time series of R's type logical, one a column."""

    __slots__ = ()


class ComplexVector(ComplexSexpVector, RObject):
    """A complex vector."""

    __slots__ = ()

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, key: SupportsIndex, /) -> complex: ...
        @overload
        def __getitem__(self, key: slice, /) -> ComplexVector: ...
        def __getitem__(self, key: SupportsIndex | slice, /) -> Any: ...


class ComplexArray(ComplexVector, ArrayMixin):
    """An array of R's type complex."""

    __slots__ = ()


class ComplexMatrix(ComplexArray, MatrixMixin):
    """A matrix of R's type complex."""

    __slots__ = ()


class ComplexTimeSeries(ComplexVector, TimeSeriesMixin):
    """A time series of R's type complex."""

    __slots__ = ()


class ComplexTimeSeriesMatrix(ComplexMatrix, TimeSeriesMixin):
    """Several time series of R's type complex, one a column."""

    __slots__ = ()


class ByteVector(ByteSexpVector, RObject):
    """A raw vector: bytes."""

    __slots__ = ()

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, key: SupportsIndex, /) -> int: ...
        @overload
        def __getitem__(self, key: slice, /) -> ByteVector: ...
        def __getitem__(self, key: SupportsIndex | slice, /) -> Any: ...


class ByteArray(ByteVector, ArrayMixin):
    """An array of R's type raw."""

    __slots__ = ()


class ByteMatrix(ByteArray, MatrixMixin):
    """A matrix of R's type raw."""

    __slots__ = ()


class ByteTimeSeries(ByteVector, TimeSeriesMixin):
    """A time series of R's type raw."""

    __slots__ = ()


class ByteTimeSeriesMatrix(ByteMatrix, TimeSeriesMixin):
    """Several time series of R's type raw, one a column."""

    __slots__ = ()


class StrVector(StrSexpVector, RObject):
    """A character vector."""

    __slots__ = ()

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, key: SupportsIndex, /) -> str | NACharacterType: ...
        @overload
        def __getitem__(self, key: slice, /) -> StrVector: ...
        def __getitem__(self, key: SupportsIndex | slice, /) -> Any: ...


class StrArray(StrVector, ArrayMixin):
    """An array of R's type character."""

    __slots__ = ()


class StrMatrix(StrArray, MatrixMixin):
    """A matrix of R's type character."""

    __slots__ = ()


class StrTimeSeries(StrVector, TimeSeriesMixin):
    """A time series of R's type character."""

    __slots__ = ()


class StrTimeSeriesMatrix(StrMatrix, TimeSeriesMixin):
    """Several time series of R's type character, one a column."""

    __slots__ = ()


class FactorVector(IntVector, Generic[_L_co]):
    """A factor, ordered or not.

    Its elements are codes: the number of a level, counted from 1, or `NA_Integer`.

    ``FactorVector(strings)`` makes a new one; `levels` gives their order (default: sorted).
    """

    __slots__ = ()

    def __new__(
        cls,
        value: Sexp | Iterable[str | NACharacterType],
        levels: Iterable[str] | None = None,
        ordered: bool = False,
    ) -> FactorVector[_L_co]:
        """Make a factor of strings, or take an R factor as it is."""
        if isinstance(value, IntSexpVector) and "factor" in value.rclass:
            return super().__new__(cls, value)
        text = StrSexpVector(value)
        known = {} if levels is None else {"levels": StrSexpVector(levels)}
        return super().__new__(cls, IntSexpVector(_base("factor")(text, ordered=ordered, **known)))

    @property
    def levels(self) -> tuple[_L_co, ...]:
        """The levels, in order."""
        levels = self.do_slot("levels")
        return cast("tuple[_L_co, ...]", tuple(StrSexpVector(levels)))

    @property
    def nlevels(self) -> int:
        """The number of levels."""
        return len(self.levels)

    @property
    def isordered(self) -> bool:
        """Whether the levels have an order."""
        return "ordered" in self.rclass

    def iter_labels(self) -> Iterator[_L_co | None]:
        """Iterate over the level of each element; `None` for NA."""
        levels = self.levels
        for code in self:
            yield None if isinstance(code, NAIntegerType) else levels[code - 1]

    def labels(self) -> list[_L_co | None]:
        """Return the level of each element; `None` for NA."""
        return list(self.iter_labels())

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, key: SupportsIndex, /) -> int | NAIntegerType: ...
        @overload
        def __getitem__(self, key: slice, /) -> FactorVector[_L_co]: ...
        def __getitem__(self, key: SupportsIndex | slice, /) -> Any: ...


class ListVector(ListSexpVector, RObject):
    """A list. Its elements are found by position, and by name: ``x["name"]``."""

    __slots__ = ()

    def __getitem__(self, key: SupportsIndex | slice | str, /) -> Any:
        """Return an element, by position or by name, or a shorter list for a slice."""
        if isinstance(key, str):
            return wrap(_named_element(self, 0, key))
        return super().__getitem__(key)

    if not TYPE_CHECKING:  # a checker would take it that every attribute exists

        def __getattr__(self, name: str) -> NoReturn:
            """Raise `AttributeError`, with the attribute or the element that was probably meant."""
            message = f"{type(self).__name__!r} object has no attribute {name!r}"
            if not name.startswith("_"):
                from difflib import get_close_matches  # a rare case should not cost every import

                # What R calls `Petal.Length` is the attribute `Petal_Length`.
                meant = get_close_matches(name.replace(".", "_"), dir(type(self)), n=1)
                if meant:
                    message += f". Did you mean: {meant[0]!r}?"
            raise AttributeError(message, name=name, obj=self)


class Record(ListVector):
    """A list whose fields are known: the base of generated classes."""

    __slots__ = ()


class DataFrame(ListVector):
    """A data frame: a list of columns. ``len`` counts columns, ``df["name"]`` is a column."""

    __slots__ = ()

    @property
    def nrow(self) -> int:
        """The number of rows."""
        return int(IntSexpVector(_base(".row_names_info")(self, 2))[0])

    @property
    def ncol(self) -> int:
        """The number of columns."""
        return len(self)

    @property
    def colnames(self) -> StrVector:
        """The names of the columns."""
        return StrVector(_base("names")(self))

    @property
    def rownames(self) -> StrVector:
        """The names of the rows. Rows without names have their number, counted from 1."""
        return StrVector(_base("row.names")(self))


_CLASSES: tuple[tuple[RTYPES, str, type[Sexp]], ...] = (
    (RTYPES.REALSXP, "plain", FloatVector),
    (RTYPES.REALSXP, "array", FloatArray),
    (RTYPES.REALSXP, "matrix", FloatMatrix),
    (RTYPES.REALSXP, "series", FloatTimeSeries),
    (RTYPES.REALSXP, "series matrix", FloatTimeSeriesMatrix),
    (RTYPES.INTSXP, "plain", IntVector),
    (RTYPES.INTSXP, "array", IntArray),
    (RTYPES.INTSXP, "matrix", IntMatrix),
    (RTYPES.INTSXP, "series", IntTimeSeries),
    (RTYPES.INTSXP, "series matrix", IntTimeSeriesMatrix),
    (RTYPES.LGLSXP, "plain", BoolVector),
    (RTYPES.LGLSXP, "array", BoolArray),
    (RTYPES.LGLSXP, "matrix", BoolMatrix),
    (RTYPES.LGLSXP, "series", BoolTimeSeries),
    (RTYPES.LGLSXP, "series matrix", BoolTimeSeriesMatrix),
    (RTYPES.CPLXSXP, "plain", ComplexVector),
    (RTYPES.CPLXSXP, "array", ComplexArray),
    (RTYPES.CPLXSXP, "matrix", ComplexMatrix),
    (RTYPES.CPLXSXP, "series", ComplexTimeSeries),
    (RTYPES.CPLXSXP, "series matrix", ComplexTimeSeriesMatrix),
    (RTYPES.RAWSXP, "plain", ByteVector),
    (RTYPES.RAWSXP, "array", ByteArray),
    (RTYPES.RAWSXP, "matrix", ByteMatrix),
    (RTYPES.RAWSXP, "series", ByteTimeSeries),
    (RTYPES.RAWSXP, "series matrix", ByteTimeSeriesMatrix),
    (RTYPES.STRSXP, "plain", StrVector),
    (RTYPES.STRSXP, "array", StrArray),
    (RTYPES.STRSXP, "matrix", StrMatrix),
    (RTYPES.STRSXP, "series", StrTimeSeries),
    (RTYPES.STRSXP, "series matrix", StrTimeSeriesMatrix),
    (RTYPES.INTSXP, "factor", FactorVector),
    (RTYPES.VECSXP, "plain", ListVector),
    (RTYPES.VECSXP, "data frame", DataFrame),
)

for _type, _form, _class in _CLASSES:
    _register(_type, _form, _class)
for _type in set(RTYPES) - {_type for _type, _, _ in _CLASSES} - {RTYPES.NILSXP}:
    _register(_type, "plain", RObject)

__all__ = [
    "ArrayMixin",
    "BoolArray",
    "BoolMatrix",
    "BoolTimeSeries",
    "BoolTimeSeriesMatrix",
    "BoolVector",
    "ByteArray",
    "ByteMatrix",
    "ByteTimeSeries",
    "ByteTimeSeriesMatrix",
    "ByteVector",
    "ComplexArray",
    "ComplexMatrix",
    "ComplexTimeSeries",
    "ComplexTimeSeriesMatrix",
    "ComplexVector",
    "DataFrame",
    "FactorVector",
    "FloatArray",
    "FloatMatrix",
    "FloatTimeSeries",
    "FloatTimeSeriesMatrix",
    "FloatVector",
    "IntArray",
    "IntMatrix",
    "IntTimeSeries",
    "IntTimeSeriesMatrix",
    "IntVector",
    "ListVector",
    "MatrixMixin",
    "RObject",
    "Record",
    "StrArray",
    "StrMatrix",
    "StrTimeSeries",
    "StrTimeSeriesMatrix",
    "StrVector",
    "TimeSeriesMixin",
    "wrap",
]
