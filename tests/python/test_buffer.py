"""The buffer protocol (PEP 3118) and NumPy's array interface, for every type and shape."""

import ctypes
import gc
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from rbindgen.rinterface import SexpVector, StrSexpVector, evalr

TYPES = {
    "TRUE": ("i", np.int32),
    "1L": ("i", np.int32),
    "1.5": ("d", np.float64),
    "1+2i": ("Zd", np.complex128),
    "as.raw(7)": ("B", np.uint8),
}
SHAPES = [(0,), (1,), (5,), (0, 3), (3, 0), (1, 4), (4, 1), (2, 3), (2, 3, 4), (2, 0, 4), (1, 1, 1, 6)]


def r_array(element: str, shape: tuple[int, ...]) -> SexpVector:
    length = int(np.prod(shape))
    vector = evalr(f"rep({element}, {length})")
    if len(shape) > 1:
        vector.dim = shape
    assert isinstance(vector, SexpVector)
    return vector


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("element", TYPES)
def test_views(element: str, shape: tuple[int, ...]) -> None:
    vector: Any = r_array(element, shape)
    code, dtype = TYPES[element]
    view = memoryview(vector)
    assert view.format == code
    assert view.itemsize == np.dtype(dtype).itemsize
    assert view.shape == shape
    assert view.f_contiguous
    assert not view.readonly
    assert view.obj is vector
    array = np.asarray(vector)
    assert (array.shape, array.dtype) == (shape, np.dtype(dtype))
    assert array.flags.f_contiguous
    assert array.flags.writeable
    assert array.flags.aligned
    if array.size:
        assert array.strides == np.empty(shape, dtype, order="F").strides
        assert np.shares_memory(array, np.asarray(vector))
        assert array.flat[0] == vector[0]
    copy = np.array(vector)
    assert not np.shares_memory(array, copy)
    np.testing.assert_array_equal(copy, array)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("element", TYPES)
def test_array_interface(element: str, shape: tuple[int, ...]) -> None:
    vector: Any = r_array(element, shape)

    class Interface:
        """Only the interface, without the buffer, which NumPy would take first."""

        def __init__(self) -> None:
            self.vector = vector
            self.__array_interface__ = vector.__array_interface__

    array = np.asarray(Interface())
    direct = np.asarray(vector)
    assert (array.shape, array.dtype) == (direct.shape, direct.dtype)
    assert array.__array_interface__["data"] == direct.__array_interface__["data"] or not array.size
    assert vector.__array_interface__["version"] == 3


def test_elements_lie_column_by_column() -> None:
    matrix = evalr("matrix(1:6, 2)")
    assert np.asarray(matrix).tolist() == [[1, 3, 5], [2, 4, 6]]
    np.asarray(matrix)[1, 2] = 60
    assert matrix[5] == 60
    assert evalr("function(m) m[2, 3]")(matrix)[0] == 60


# What a consumer may ask for, and PEP 3118's numbers.
SIMPLE, WRITABLE, FORMAT, ND = 0, 1, 4, 8
STRIDES, C_CONTIGUOUS, F_CONTIGUOUS, ANY_CONTIGUOUS = 0x18, 0x38, 0x58, 0x98


class PyBuffer(ctypes.Structure):
    _fields_ = (
        ("buf", ctypes.c_void_p),
        ("obj", ctypes.py_object),
        ("len", ctypes.c_ssize_t),
        ("itemsize", ctypes.c_ssize_t),
        ("readonly", ctypes.c_int),
        ("ndim", ctypes.c_int),
        ("format", ctypes.c_char_p),
        ("shape", ctypes.POINTER(ctypes.c_ssize_t)),
        ("strides", ctypes.POINTER(ctypes.c_ssize_t)),
        ("suboffsets", ctypes.POINTER(ctypes.c_ssize_t)),
        ("internal", ctypes.c_void_p),
    )


def request(vector: object, flags: int) -> dict[str, Any]:
    """Ask for a buffer, and say what came."""
    view = PyBuffer()
    get = ctypes.pythonapi.PyObject_GetBuffer
    get.argtypes = [ctypes.py_object, ctypes.POINTER(PyBuffer), ctypes.c_int]
    get(vector, ctypes.byref(view), flags)
    dimensions = range(view.ndim)
    found = {
        "len": view.len,
        "ndim": view.ndim,
        "format": view.format,
        "shape": [view.shape[i] for i in dimensions] if view.shape else None,
        "strides": [view.strides[i] for i in dimensions] if view.strides else None,
    }
    ctypes.pythonapi.PyBuffer_Release(ctypes.byref(view))
    return found


def test_requests_for_a_matrix() -> None:
    matrix = evalr("matrix(1:6, 2)")
    full = {"len": 24, "ndim": 2, "format": b"i", "shape": [2, 3], "strides": [4, 8]}
    assert request(matrix, STRIDES | FORMAT | WRITABLE) == full
    assert request(matrix, F_CONTIGUOUS | FORMAT) == full
    assert request(matrix, ANY_CONTIGUOUS) == {**full, "format": None}
    for flags in (SIMPLE, ND, C_CONTIGUOUS, WRITABLE, ND | FORMAT):
        with pytest.raises(BufferError, match="column by column"):
            request(matrix, flags)


@pytest.mark.parametrize("code", ["1:6", "matrix(1:6, 1)", "matrix(1:6, 6)", "matrix(0L, 3, 0)"])
def test_what_lies_row_by_row_too_is_given(code: str) -> None:
    vector = evalr(code)
    size = len(vector) * 4
    simple = {"len": size, "ndim": 1, "format": None, "shape": None, "strides": None}
    assert request(vector, SIMPLE) == simple
    assert request(vector, ND)["shape"] == list(vector.dim or [6])
    assert request(vector, C_CONTIGUOUS)["strides"] is not None


def test_strings_and_lists_have_no_buffer() -> None:
    for code in ("letters", "list(1)", "quote(f(x))"):
        with pytest.raises(TypeError):
            memoryview(evalr(code))
    assert np.asarray(StrSexpVector(["a", "bc"])).tolist() == ["a", "bc"]
    assert np.asarray(evalr("character(0)")).shape == (0,)


def r_gc() -> None:
    gc.collect()
    evalr("{for (i in 1:20) numeric(1e5); gc(); NULL}")


def every_other(x: Any) -> Any:
    return np.asarray(x)[::2]


@pytest.mark.parametrize("take", [np.asarray, memoryview, every_other])
def test_a_view_outlives_its_vector(take: Callable[[Any], Any]) -> None:
    vector = evalr("as.numeric(1:1000) * 2")
    view = take(vector)
    first = view[7]
    del vector
    r_gc()
    assert view[7] == first
    assert sum(view) in (1001000.0, 500000.0)


def test_a_view_outlives_the_wrapper_that_r_made() -> None:
    # Where only attributes change, R wraps the vector and shares its memory (ALTREP wrappers).
    x = evalr("x <- as.numeric(1:1000); attr(x, 'a') <- 1; x")
    first = np.asarray(x)
    other = evalr("y <- x; attr(y, 'b') <- 2; y")
    # What is shared is not for writing through a view; an element that is set gives it memory of its own.
    if not np.asarray(other).flags.writeable:
        assert np.shares_memory(np.asarray(other), first)
    other[0] = -1
    second = np.asarray(x)
    assert first[0] == 1
    del other
    evalr("rm(x, y)")
    r_gc()
    assert first[1:].tolist() == second[1:].tolist()


def test_a_view_of_a_sequence_does_not_move() -> None:
    sequence = evalr("1:100000")
    view = np.asarray(sequence)
    r_gc()
    view[3] = 0
    assert sequence[3] == 0
    assert np.asarray(sequence)[3] == 0
