"""Every data set of package `datasets` and every column, through the generated Python, against `Rscript`."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

import oracle
from rbindgen.rinterface import FloatSexpVector, IntSexpVector, NULLType
from rbindgen.robjects.vectors import DataFrame, FactorVector, Record


@pytest.fixture(scope="module")
def datasets(root: Path) -> ModuleType:
    """Return the committed bindings of package `datasets`."""
    package = root / "generated-examples" / "python" / "bindings"
    spec = importlib.util.spec_from_file_location("bindings", package / "__init__.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["bindings"] = module
    spec.loader.exec_module(module)
    return importlib.import_module("bindings.datasets")


@pytest.fixture(scope="module")
def theirs(root: Path) -> dict[str, dict[str, Any]]:
    """Return what R says, by path."""
    return oracle.describe(root, "datasets")


def table(datasets: ModuleType) -> dict[str, tuple[str, type]]:
    """Return the R name and the class of each data set, by its Python name."""
    found: dict[str, tuple[str, type]] = datasets._rb_datasets
    return found


def test_every_data_set_is_bound(datasets: ModuleType, theirs: dict[str, dict[str, Any]]) -> None:
    names = {path for path in theirs if not set("[@") & set(path)}
    assert {r_name for r_name, _ in table(datasets).values()} == names
    assert len(names) >= 100


def test_every_data_set_is_what_r_says(datasets: ModuleType, theirs: dict[str, dict[str, Any]]) -> None:
    seen: set[str] = set()
    for name, (r_name, cls) in table(datasets).items():
        value = getattr(datasets, name)
        assert cls in type(value).__mro__, name
        for line in oracle.dump(r_name, value):
            assert line == theirs[line["path"]]
            seen.add(line["path"])
    assert seen == set(theirs), "every object below every data set was looked at"


def test_every_property_is_the_column_that_r_has(
    datasets: ModuleType, theirs: dict[str, dict[str, Any]]
) -> None:
    members = 0
    for name, (r_name, cls) in table(datasets).items():
        if not issubclass(cls, DataFrame | Record):
            continue
        value = getattr(datasets, name)
        properties = [member for member in vars(cls).values() if isinstance(member, property)]
        assert len(properties) == theirs[r_name]["length"], "a property for each column"
        for index, member in enumerate(properties):
            column = member.fget(value)  # type: ignore[misc]
            line = theirs[f"{r_name}[[{index + 1}]]"]
            assert oracle.read(column) == line.get("values"), (r_name, index)
            members += 1
            levels = theirs.get(f"{r_name}[[{index + 1}]]@levels")
            if levels is not None:
                factor: FactorVector[str] = column
                labels = levels["values"]
                assert list(factor.levels) == labels
                assert factor.labels() == [
                    None if code is None else labels[code - 1] for code in line["values"]
                ]
    assert members >= 200


def test_numpy_sees_the_same_values(datasets: ModuleType, theirs: dict[str, dict[str, Any]]) -> None:
    """The views agree with R bit for bit, with the shape of matrices and arrays."""
    views = 0
    for name, (r_name, _) in table(datasets).items():
        value = getattr(datasets, name)
        if not isinstance(value, FloatSexpVector | IntSexpVector):
            continue
        view = np.asarray(value)
        line = theirs[r_name]
        flat = view.ravel(order="F")
        if isinstance(value, FloatSexpVector):
            assert [f"{x:016x}" for x in flat.view(np.uint64)] == line["values"]
        else:
            assert [None if x == np.iinfo(np.int32).min else int(x) for x in flat] == line["values"]
        dim = theirs.get(f"{r_name}@dim")
        assert list(view.shape) == (dim["values"] if dim else [line["length"]])
        assert (value.dim or ()) == (tuple(dim["values"]) if dim else ())
        views += 1
    assert views >= 50


def test_names_and_times(datasets: ModuleType, theirs: dict[str, dict[str, Any]]) -> None:
    for name, (r_name, _) in table(datasets).items():
        value = getattr(datasets, name)
        names = theirs.get(f"{r_name}@names")
        if names is not None:
            assert list(value.names) == names["values"]
        elif f"{r_name}@dim" not in theirs:
            assert isinstance(value.names, NULLType)
        tsp = theirs.get(f"{r_name}@tsp")
        if tsp is not None:
            assert [oracle.bits(x) for x in (value.start, value.end, value.frequency)] == tsp["values"]


@pytest.mark.parametrize(
    ("data_set", "asked", "meant"), [("mtcars", "mgp", "mpg"), ("iris", "Petal.Length", "Petal_Length")]
)
def test_a_mistyped_column_is_an_error_with_a_suggestion(
    datasets: ModuleType, data_set: str, asked: str, meant: str
) -> None:
    with pytest.raises(AttributeError, match=f"has no attribute '{asked}'. Did you mean: '{meant}'?"):
        getattr(getattr(datasets, data_set), asked)
    assert not hasattr(datasets.mtcars, "_nothing")
