"""`rbindgen.generated`: what generated modules rely on."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import rbindgen.generated as rb
from rbindgen.rinterface import evalr


class Mtcars(rb.DataFrame):
    __slots__ = ()

    @property
    def mpg(self) -> rb.FloatVector:
        return rb.column(self, 0, "mpg", rb.FloatVector)

    @property
    def gone(self) -> rb.FloatVector:
        return rb.column(self, 0, "gone", rb.FloatVector)

    @property
    def changed(self) -> rb.StrVector:
        return rb.column(self, 1, "cyl", rb.StrVector)


class Harman(rb.Record):
    __slots__ = ()

    @property
    def cov(self) -> rb.FloatMatrix:
        # Not where it stood: found by its name.
        return rb.field(self, 2, "cov", rb.FloatMatrix)


@pytest.fixture
def module() -> Iterator[Any]:
    name = "rbindgen_test_module"
    module = sys.modules[name] = ModuleType(name)
    module.__getattr__, module.__dir__ = rb.lazy_datasets(  # type: ignore[method-assign]
        name,
        "datasets",
        {
            "mtcars": ("mtcars", Mtcars),
            "Harman74_cor": ("Harman74.cor", Harman),
            "state_x77": ("state.x77", rb.FloatMatrix),
            "iris": ("iris", rb.FloatVector),
            "rivers": ("rivers", rb.RObject),
        },
    )
    yield module
    del sys.modules[name]


def test_the_contract() -> None:
    rb.check_contract(1, "bindings.datasets")
    with pytest.raises(ImportError, match=r"bindings.datasets was generated for contract 0.*run the command"):
        rb.check_contract(0, "bindings.datasets")


def test_data_sets_are_read_once(module: Any) -> None:
    assert "mtcars" not in vars(module)
    cars = module.mtcars
    assert type(cars) is Mtcars
    assert vars(module)["mtcars"] is cars
    assert cars.mpg[0] == 21.0
    assert type(cars.mpg) is rb.FloatVector
    assert {"mtcars", "state_x77"} <= set(dir(module))
    assert type(module.Harman74_cor) is Harman
    assert module.Harman74_cor.cov.nrow == 24
    assert type(module.rivers) is rb.FloatVector


@pytest.mark.parametrize(
    ("name", "meant"),
    [("state.x77", "state_x77"), ("mtcar", "mtcars"), ("MTCARS", "mtcars"), ("harman74.cor", "Harman74_cor")],
)
def test_a_name_that_was_probably_meant(module: Any, name: str, meant: str) -> None:
    with pytest.raises(AttributeError, match=f"Did you mean: '{meant}'"):
        getattr(module, name)


def test_a_name_like_none(module: Any) -> None:
    with pytest.raises(AttributeError) as caught:
        _ = module.zzzzzz
    assert "Did you mean" not in str(caught.value)
    assert not hasattr(module, "__path__")


def test_what_has_changed_is_said(module: Any) -> None:
    with pytest.raises(KeyError, match="gone"):
        _ = module.mtcars.gone
    with pytest.raises(TypeError, match=r"`cyl` is a FloatVector, not a StrVector.*again"):
        _ = module.mtcars.changed
    with pytest.raises(TypeError, match="data set `iris`"):
        _ = module.iris


def test_levels_are_compared_where_they_are_given() -> None:
    frame = rb.DataFrame(evalr("data.frame(f = factor(c('a', 'b')))"))
    assert rb.column(frame, 0, "f", rb.FactorVector, ("a", "b")).labels() == ["a", "b"]
    with pytest.raises(TypeError, match="levels"):
        rb.column(frame, 0, "f", rb.FactorVector, ("a", "c"))


def test_members_are_reserved(root: Path) -> None:
    """The command must know every public attribute of the bases: a column of that name gets another one."""
    table = (root / "codegen/src/names/reserved.rs").read_text(encoding="utf-8")
    members = re.search(r"const PYTHON_MEMBERS[^=]*= &\[(.*?)\];", table, re.DOTALL)
    assert members is not None
    reserved = set(re.findall(r'"(\w+)"', members[1]))
    public = {name for base in (rb.DataFrame, rb.Record) for name in dir(base) if not name.startswith("_")}
    assert {"nrow", "names"} <= public
    assert public <= reserved, sorted(public - reserved)
