"""The example of rpy2's page on NumPy: copies, views, and who sees what is written."""

import numpy
import pytest

from rbindgen.rinterface import SexpVector, evalr

IN_R = "datasets::occupationalStatus[1, 1]"


@pytest.fixture(params=["generated", "evaluated"])
def occupational_status(request: pytest.FixtureRequest) -> SexpVector:
    if request.param == "generated":
        datasets = pytest.importorskip("bindings.datasets")
        found = datasets.occupationalStatus
    else:
        found = evalr("datasets::occupationalStatus")
    assert isinstance(found, SexpVector)
    return found


def test_array_is_a_copy(occupational_status: SexpVector) -> None:
    copy = numpy.array(occupational_status)
    assert copy.shape == (8, 8)
    assert copy.dtype == numpy.int32
    assert copy[0, 0] == 50
    copy[0, 0] = 123
    assert occupational_status[0] == 50
    assert evalr(IN_R)[0] == 50


def test_asarray_is_a_view(occupational_status: SexpVector) -> None:
    view = numpy.asarray(occupational_status)
    assert view.shape == (8, 8)
    assert view.flags.f_contiguous
    view[0, 0] = 456
    try:
        assert occupational_status[0] == 456
        assert evalr(IN_R)[0] == 456
    finally:
        view[0, 0] = 50
    assert evalr(IN_R)[0] == 50


def test_names_along_the_dimensions_stay(occupational_status: SexpVector) -> None:
    dimnames = occupational_status.do_slot("dimnames")
    assert list(dimnames.names) == ["origin", "destination"]
    assert [list(names) for names in dimnames] == [list("12345678")] * 2
