"""What generated modules import. It changes together with the contract's number.

import rbindgen.generated as _rb

_rb.check_contract(1, __name__)
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any, NoReturn, TypeVar, cast, overload

from rbindgen._rinterface import CONTRACT, ListSexpVector, Sexp, _dataset, _named_element
from rbindgen.robjects.vectors import (
    BoolArray,
    BoolMatrix,
    BoolTimeSeries,
    BoolTimeSeriesMatrix,
    BoolVector,
    ByteArray,
    ByteMatrix,
    ByteTimeSeries,
    ByteTimeSeriesMatrix,
    ByteVector,
    ComplexArray,
    ComplexMatrix,
    ComplexTimeSeries,
    ComplexTimeSeriesMatrix,
    ComplexVector,
    DataFrame,
    FactorVector,
    FloatArray,
    FloatMatrix,
    FloatTimeSeries,
    FloatTimeSeriesMatrix,
    FloatVector,
    IntArray,
    IntMatrix,
    IntTimeSeries,
    IntTimeSeriesMatrix,
    IntVector,
    ListVector,
    Record,
    RObject,
    StrArray,
    StrMatrix,
    StrTimeSeries,
    StrTimeSeriesMatrix,
    StrVector,
    wrap,
)

_T = TypeVar("_T")


def check_contract(number: int, module: str) -> None:
    """Raise `ImportError` unless generated code of this contract fits this version of the distribution."""
    if number != CONTRACT:
        raise ImportError(
            f"{module} was generated for contract {number} and the installed rbindgen has {CONTRACT}: "
            "run the command `rbindgen` again with the version that is installed",
            name=module,
        )


@overload
def column(
    frame: ListSexpVector,
    index: int,
    name: str,
    cls: type[FactorVector[Any]],
    levels: tuple[str, ...] | None = None,
) -> FactorVector[Any]: ...
@overload
def column(frame: ListSexpVector, index: int, name: str, cls: type[_T]) -> _T: ...
def column(
    frame: ListSexpVector, index: int, name: str, cls: type[Any], levels: tuple[str, ...] | None = None
) -> Any:
    """Return the column `name` of a data frame, which stood at `index` when the bindings were generated.

    Raises `KeyError` when there is no such column any more, and `TypeError` when it is not a `cls`, or, where
    a factor's `levels` are given, when it has others.
    """
    value = _fit(_named_element(frame, index, name), cls, f"`{name}`")
    if levels is not None:
        found = cast("FactorVector[str]", value).levels
        if found != levels:
            raise TypeError(f"`{name}` is a factor with the levels {found}, not {levels}: {_AGAIN}")
    return value


field = column
"""The field of a record, as `column` gives the column of a data frame."""


def lazy_datasets(
    module: str, package: str, datasets: Mapping[str, tuple[str, type[Any]]]
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return a module's ``__getattr__`` and ``__dir__``: data sets are read from R when they are used first.

    `datasets` gives for each Python name R's name and the class. A name that is no data set raises
    `AttributeError`, with the name that was probably meant.
    """

    def getattr_(name: str) -> Any:
        found = datasets.get(name)
        if found is None:
            _no_such_name(module, name, datasets)
        r_name, cls = found
        value = _fit(_dataset(package, r_name), cls, f"data set `{r_name}` of package {package}")
        setattr(sys.modules[module], name, value)
        return value

    def dir_() -> list[str]:
        return sorted({*vars(sys.modules[module]), *datasets})

    return getattr_, dir_


_AGAIN = "run the command `rbindgen` again, the package has changed"


def _fit(value: Sexp, cls: type[_T], what: str) -> _T:
    """Return `value` as a `cls`, or raise `TypeError`."""
    natural = wrap(value)
    if isinstance(natural, cls):
        return natural
    if (
        cls is RObject
        or (issubclass(cls, DataFrame) and isinstance(natural, DataFrame))
        or (issubclass(cls, Record) and isinstance(natural, ListVector))
    ):
        make: Callable[[Sexp], _T] = cls
        return make(value)
    raise TypeError(f"{what} is a {type(natural).__name__}, not a {cls.__name__}: {_AGAIN}")


def _no_such_name(module: str, name: str, datasets: Mapping[str, tuple[str, type[Any]]]) -> NoReturn:
    message = f"module {module!r} has no attribute {name!r}"
    if not (name.startswith("__") and name.endswith("__")):
        # R's spelling first, then whatever is near.
        meant = [python for python, (r_name, _) in datasets.items() if r_name == name]
        if not meant:
            from difflib import get_close_matches

            lower = {python.lower(): python for python in datasets}
            spelt = name.replace(".", "_").lower()
            meant = [lower[close] for close in get_close_matches(spelt, lower, n=1)]
        if meant:
            message += f". Did you mean: {meant[0]!r}?"
    raise AttributeError(message, name=name, obj=None)


__all__ = [
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
    "RObject",
    "Record",
    "StrArray",
    "StrMatrix",
    "StrTimeSeries",
    "StrTimeSeriesMatrix",
    "StrVector",
    "check_contract",
    "column",
    "field",
    "lazy_datasets",
]
