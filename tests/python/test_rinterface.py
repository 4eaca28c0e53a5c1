"""Sequences, environments, functions, errors: what `rbindgen.rinterface` promises beside NA and buffers."""

import subprocess
import sys
import weakref
from typing import Any, cast

import pytest

from rbindgen.rinterface import (
    NULL,
    RTYPES,
    BoolSexpVector,
    ByteSexpVector,
    ComplexSexpVector,
    FloatSexpVector,
    IntSexpVector,
    ListSexpVector,
    NA_Integer,
    RRuntimeError,
    Sexp,
    SexpClosure,
    SexpEnvironment,
    SexpS4,
    SexpVector,
    StrSexpVector,
    baseenv,
    emptyenv,
    evalr,
    globalenv,
)


def test_import_does_not_start_r() -> None:
    code = """
import rbindgen.generated, rbindgen.rinterface as ri
assert "libR.so" not in open("/proc/self/maps").read()
assert repr(ri.NULL) == "NULL"
assert "libR.so" not in open("/proc/self/maps").read()
ri.initr()
assert "libR.so" in open("/proc/self/maps").read()
assert "numpy" not in __import__("sys").modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("code", "cls", "rtype"),
    [
        ("NULL", type(NULL), RTYPES.NILSXP),
        ("TRUE", BoolSexpVector, RTYPES.LGLSXP),
        ("1L", IntSexpVector, RTYPES.INTSXP),
        ("1", FloatSexpVector, RTYPES.REALSXP),
        ("1i", ComplexSexpVector, RTYPES.CPLXSXP),
        ("raw(1)", ByteSexpVector, RTYPES.RAWSXP),
        ("''", StrSexpVector, RTYPES.STRSXP),
        ("list()", ListSexpVector, RTYPES.VECSXP),
        ("globalenv()", SexpEnvironment, RTYPES.ENVSXP),
        ("function() 1", SexpClosure, RTYPES.CLOSXP),
        ("sum", SexpClosure, RTYPES.BUILTINSXP),
        ("`if`", SexpClosure, RTYPES.SPECIALSXP),
        (
            "methods::setClass('P', representation(a = 'numeric')); methods::new('P', a = 1)",
            SexpS4,
            RTYPES.S4SXP,
        ),
    ],
)
def test_classes(code: str, cls: type[Sexp], rtype: RTYPES) -> None:
    value = evalr(code)
    assert type(value) is cls
    assert value.typeof is rtype


@pytest.mark.parametrize(
    ("cls", "elements"),
    [
        (BoolSexpVector, [True, False]),
        (IntSexpVector, [1, -2, 2**31 - 1]),
        (FloatSexpVector, [1.5, 2, float("inf")]),
        (ComplexSexpVector, [1 + 2j, 3.5, 4]),
        (ByteSexpVector, [0, 255]),
        (StrSexpVector, ["a", "ü", ""]),
    ],
)
def test_vectors_of_python_values(cls: Any, elements: list[object]) -> None:
    for source in (elements, tuple(elements), iter(elements)):
        assert list(cls(source)) == elements
    assert list(cls([])) == []
    vector = cls(elements)
    assert vector.rsame(cls(vector))
    assert len(vector) == len(elements)


def test_numpy_scalars_are_numbers() -> None:
    np = pytest.importorskip("numpy")
    assert list(IntSexpVector(np.array([1, 2], dtype=np.int64))) == [1, 2]
    assert list(FloatSexpVector(np.array([1.5], dtype=np.float32))) == [1.5]
    assert list(BoolSexpVector(np.array([True]))) == [True]
    assert list(ComplexSexpVector(np.array([1j]))) == [1j]


def test_lists_take_r_objects_and_scalars() -> None:
    inner = IntSexpVector([1])
    x = ListSexpVector([None, True, 1, 2.5, 1j, "a", b"xy", 2**40, inner])
    assert [type(element).__name__[:4] for element in x] == [
        "NULL", "Bool", "IntS", "Floa", "Comp", "StrS", "Byte", "Floa", "IntS",
    ]  # fmt: skip
    assert x[0] is NULL
    assert x[8].rsame(inner)
    x[0] = "new"
    assert x[0][0] == "new"
    with pytest.raises(TypeError, match="make a vector"):
        ListSexpVector([cast(Any, [1, 2])])
    with pytest.raises(OverflowError):
        ListSexpVector([2**60 + 1])


def test_a_list_cannot_hold_itself() -> None:
    x = ListSexpVector([1])
    with pytest.raises(TypeError, match="itself"):
        x[0] = x
    with pytest.raises(TypeError, match="itself"):
        x[0] = ListSexpVector([ListSexpVector([x])])


def test_indices_and_slices() -> None:
    x = evalr("c(a = 1L, b = 2L, c = 3L, d = 4L)")
    assert (x[0], x[-1], x[3]) == (1, 4, 4)
    assert list(x[1:3]) == [2, 3]
    assert list(x[::-1]) == [4, 3, 2, 1]
    assert list(x[1:3].names) == ["b", "c"]
    assert list(x[10:]) == []
    for index in (4, -5, 2**40):
        with pytest.raises(IndexError):
            x[index]
        with pytest.raises(IndexError):
            x[index] = 1
    with pytest.raises(TypeError):
        x["a"]
    with pytest.raises(TypeError):
        del x[0]
    x[0] = 10
    x[1:3] = [20, NA_Integer]
    assert list(x) == [10, 20, NA_Integer, 4]
    with pytest.raises(ValueError, match="keep their length"):
        x[0:2] = [1]
    with pytest.raises(TypeError, match="element 1"):
        x[0:2] = [1, "b"]
    assert list(x) == [10, 20, NA_Integer, 4], "a refused assignment changes nothing"


def test_sequence_methods() -> None:
    x = StrSexpVector(["a", "b", "a"])
    assert x.index("b") == 1
    assert x.index("a", 1) == 2
    assert x.count("a") == 2
    assert "b" in x
    assert "z" not in x
    assert list(reversed(x)) == ["a", "b", "a"]
    with pytest.raises(ValueError, match="not in"):
        x.index("z")


@pytest.mark.parametrize(
    "cls", [IntSexpVector, FloatSexpVector, StrSexpVector, BoolSexpVector, ByteSexpVector]
)
@pytest.mark.parametrize("bad", [3, None, "text", [object()], [[1]], [None]])
def test_wrong_elements(cls: Any, bad: object) -> None:
    with pytest.raises(TypeError):
        cls(bad)


def test_wrong_numbers() -> None:
    with pytest.raises(OverflowError):
        IntSexpVector([2**31])
    with pytest.raises(OverflowError):
        IntSexpVector([2**70])
    with pytest.raises(TypeError):
        IntSexpVector([1.0])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    with pytest.raises(ValueError, match="byte"):
        ByteSexpVector([256])
    with pytest.raises(ValueError, match="NUL"):
        StrSexpVector(["a\0b"])
    with pytest.raises(UnicodeEncodeError):
        StrSexpVector(["\ud800"])


def test_wrong_objects() -> None:
    with pytest.raises(TypeError, match="an environment"):
        SexpEnvironment(evalr("1"))
    with pytest.raises(TypeError, match="a function"):
        SexpClosure(evalr("1"))
    with pytest.raises(TypeError, match="a vector"):
        SexpVector(globalenv)
    with pytest.raises(TypeError):
        Sexp(1)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def test_attributes() -> None:
    x = IntSexpVector(range(6))
    assert x.names is NULL
    assert x.dim is None
    x.dim = (2, 3)
    assert x.dim == (2, 3)
    assert list(x.rclass) == ["matrix", "array"]
    with pytest.raises(RRuntimeError, match="dims"):
        x.dim = (4, 4)
    with pytest.raises(ValueError, match="extent"):
        x.dim = (-2, -3)
    x.dim = None
    x.names = list("abcdef")
    assert list(x.names) == list("abcdef")
    x.names = None
    assert x.names is NULL
    x.do_slot_assign("note", "hello")
    assert x.do_slot("note")[0] == "hello"
    assert x.list_attrs() == ("note",)
    x.rclass = ["special"]
    assert list(x.rclass) == ["special"]
    with pytest.raises(LookupError, match="no attribute `other`"):
        x.do_slot("other")
    with pytest.raises(TypeError):
        x.names = "abc"


def test_subclasses() -> None:
    class Codes(IntSexpVector):
        def double(self) -> list[int]:
            return [2 * int(code) for code in self if not isinstance(code, type(NA_Integer))]

    x = Codes([1, 2])
    assert x.double() == [2, 4]
    assert isinstance(x, IntSexpVector)
    assert memoryview(x).shape == (2,)
    assert type(x[0:1]) is IntSexpVector
    assert weakref.ref(x)() is x


def test_environments() -> None:
    env = evalr("new.env()")
    env["x"] = 1.5
    env["y"] = IntSexpVector([1, 2])
    assert sorted(env) == ["x", "y"]
    assert len(env) == 2
    assert "x" in env
    assert env["x"][0] == 1.5
    assert env.get("nope") is None
    assert env.get("nope", 3) == 3
    assert dict(env.items())["y"][1] == 2
    del env["x"]
    assert list(env.keys()) == ["y"]
    for missing in ("x", "", "a b"):
        with pytest.raises(KeyError):
            env[missing]
    with pytest.raises(KeyError):
        del env["x"]
    with pytest.raises(TypeError):
        env[1]
    assert env.enclos.rsame(globalenv)
    assert list(env.find("letters"))[:2] == ["a", "b"]
    assert "letters" not in env
    with pytest.raises(KeyError):
        env.find("no such name at all")
    assert len(emptyenv) == 0
    assert "sum" in baseenv
    assert evalr("y", envir=env)[1] == 2


def test_functions() -> None:
    paste = evalr("paste")
    assert paste("a", 1, sep="-")[0] == "a-1"
    assert paste.rcall([(None, "a"), ("sep", "+"), (None, "b")])[0] == "a+b"
    assert list(evalr("sum")(IntSexpVector([1, NA_Integer]), **{"na.rm": True})) == [1]
    # A symbol or a call is a value like any other.
    assert evalr("class")(evalr("quote(x + y)"))[0] == "call"
    assert evalr("function() parent.frame()").rcall([], globalenv).rsame(globalenv)
    assert evalr("sum").closureenv is NULL
    with pytest.raises(TypeError, match="make a vector"):
        paste([1, 2])


def test_errors_carry_the_condition() -> None:
    code = "structure(class = c('special', 'error', 'condition'), list(message = 'no', call = quote(f(1))))"
    with pytest.raises(RRuntimeError) as caught:
        evalr(f"g <- function() stop({code}); g()")
    error = caught.value
    assert error.message == "no"
    assert error.rclass == ("special", "error", "condition")
    assert error.call == "f(1)"
    assert error.trace[0] == "g()"
    assert error.trace[1].startswith("stop(structure(")
    assert len(error.trace) == 2
    assert str(error) == "Error in f(1): no"


@pytest.mark.parametrize(
    "code", ["stop()", "stop('')", "quit()", "invokeRestart('abort')", "1 +", "no_such_name"]
)
def test_nothing_ends_the_process(code: str) -> None:
    with pytest.raises(RRuntimeError):
        evalr(code)
    assert evalr("1L")[0] == 1


def test_deep_recursion_is_an_error() -> None:
    with pytest.raises(RRuntimeError, match=r"nested too deeply|C stack"):
        evalr("f <- function(n) f(n + 1); f(1)")
    assert evalr("1L")[0] == 1


def test_interrupts() -> None:
    code = """
import os, signal, threading
from rbindgen.rinterface import evalr, initr
initr()
for endless in ("while (TRUE) {}", "Sys.sleep(60)"):
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
    try:
        evalr(endless)
    except KeyboardInterrupt:
        assert evalr("1L")[0] == 1
    else:
        raise SystemExit("not interrupted")
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=30)


def test_no_r_is_a_clear_exception(tmp_path: object) -> None:
    code = f"""
import os
os.environ["R_HOME"] = {str(tmp_path)!r}
from rbindgen.rinterface import RNotFoundError, initr
try:
    initr()
except RNotFoundError as error:
    assert isinstance(error, RuntimeError)
    assert {str(tmp_path)!r} in str(error), error
else:
    raise SystemExit("R was found")
"""
    subprocess.run([sys.executable, "-c", code], check=True)
