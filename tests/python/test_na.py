"""R's missing values are no numbers, no strings and no truth values."""

import copy
import math
import operator
import pickle
import struct
from collections.abc import Callable
from typing import Any

import pytest

from rbindgen.rinterface import (
    BoolSexpVector,
    FloatSexpVector,
    IntSexpVector,
    NA_Character,
    NA_Complex,
    NA_Integer,
    NA_Logical,
    NA_Real,
    StrSexpVector,
    evalr,
    is_na,
)

SINGLETONS = [NA_Integer, NA_Logical, NA_Character]


def choose(na: Any) -> int:
    return 1 if na else 2


USES: dict[str, Callable[[Any], Any]] = {
    "bool": bool,
    "int": int,
    "float": float,
    "index": operator.index,
    "neg": operator.neg,
    "+": lambda na: na + 1,
    "reversed +": lambda na: 1 + na,
    "*": lambda na: na * 2.5,
    "<": lambda na: na < 1,
    "subscript": lambda na: (10, 20)[int(na)],
    "if": choose,
}


@pytest.mark.parametrize("na", SINGLETONS, ids=repr)
@pytest.mark.parametrize("use", USES)
def test_use_as_a_value_says_what_to_do(na: object, use: str) -> None:
    with pytest.raises(TypeError, match=r"is a missing value.* compare with `is NA_"):
        USES[use](na)


@pytest.mark.parametrize("na", SINGLETONS, ids=repr)
def test_there_is_one_of_each(na: object) -> None:
    assert na == na
    assert na != 1
    assert na not in [other for other in SINGLETONS if other is not na]
    assert pickle.loads(pickle.dumps(na)) is na
    assert copy.deepcopy(na) is na
    assert not isinstance(na, int | str)
    assert is_na(na)
    with pytest.raises(TypeError):
        type(na)()


def test_vectors_read_them() -> None:
    assert list(evalr("c(1L, NA)")) == [1, NA_Integer]
    assert list(evalr("c(TRUE, NA)")) == [True, NA_Logical]
    assert list(evalr("c('a', NA, 'NA')")) == ["a", NA_Character, "NA"]


def test_vectors_take_them() -> None:
    is_missing = evalr("is.na")
    assert list(is_missing(IntSexpVector([NA_Integer, 1, NA_Logical]))) == [True, False, True]
    assert list(is_missing(BoolSexpVector([NA_Logical, True]))) == [True, False]
    assert list(is_missing(StrSexpVector(["x", NA_Character]))) == [False, True]
    x = IntSexpVector([1, 2])
    x[1] = NA_Integer
    assert x[1] is NA_Integer
    with pytest.raises(TypeError):
        x[0] = NA_Character  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType, reportCallIssue]


def test_missing_doubles_keep_their_mark() -> None:
    bits = struct.pack("<d", evalr("NA_real_")[0])
    assert struct.unpack("<Q", bits)[0] & 0xFFFFFFFF == 1954
    assert struct.pack("<d", NA_Real) == bits
    x = FloatSexpVector([NA_Real, math.nan, 1.0, NA_Integer])
    assert list(evalr("function(x) is.na(x) & !is.nan(x)")(x)) == [True, False, False, True]
    assert [is_na(element) for element in x] == [True, False, False, True]


def test_missing_complex_numbers() -> None:
    assert is_na(evalr("NA_complex_")[0])
    assert is_na(NA_Complex)
    assert not is_na(complex(0, math.nan))


def test_the_smallest_integer_is_no_integer_in_r() -> None:
    with pytest.raises(OverflowError, match="NA_Integer"):
        IntSexpVector([-(2**31)])
