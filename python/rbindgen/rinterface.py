"""R's objects as they are: one class for each of R's types.

R is found and started when it is needed first: by `evalr`, by making a vector, by using `globalenv`. Any
thread may use R; one at a time does, and the others run Python meanwhile.

    >>> from rbindgen.rinterface import IntSexpVector, NA_Integer, evalr
    >>> x = IntSexpVector([1, 2, NA_Integer])
    >>> x[1]
    2
    >>> evalr("sum")(x, **{"na.rm": True})[0]
    3
"""

from rbindgen._errors import RNotFoundError, RRuntimeError
from rbindgen._rinterface import (
    NULL,
    BoolSexpVector,
    ByteSexpVector,
    ComplexSexpVector,
    ExprSexpVector,
    FloatSexpVector,
    IntSexpVector,
    LangSexpVector,
    ListSexpVector,
    NA_Character,
    NA_Complex,
    NA_Integer,
    NA_Logical,
    NA_Real,
    NACharacterType,
    NAIntegerType,
    NALogicalType,
    NULLType,
    PairlistSexpVector,
    Sexp,
    SexpClosure,
    SexpEnvironment,
    SexpExtPtr,
    SexpS4,
    SexpSymbol,
    SexpVector,
    StrSexpVector,
    baseenv,
    emptyenv,
    evalr,
    globalenv,
    initr,
    is_na,
)
from rbindgen._rtypes import RTYPES

__all__ = [
    "NULL",
    "RTYPES",
    "BoolSexpVector",
    "ByteSexpVector",
    "ComplexSexpVector",
    "ExprSexpVector",
    "FloatSexpVector",
    "IntSexpVector",
    "LangSexpVector",
    "ListSexpVector",
    "NACharacterType",
    "NAIntegerType",
    "NALogicalType",
    "NA_Character",
    "NA_Complex",
    "NA_Integer",
    "NA_Logical",
    "NA_Real",
    "NULLType",
    "PairlistSexpVector",
    "RNotFoundError",
    "RRuntimeError",
    "Sexp",
    "SexpClosure",
    "SexpEnvironment",
    "SexpExtPtr",
    "SexpS4",
    "SexpSymbol",
    "SexpVector",
    "StrSexpVector",
    "baseenv",
    "emptyenv",
    "evalr",
    "globalenv",
    "initr",
    "is_na",
]
