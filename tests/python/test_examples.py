"""The examples in generated-examples/ have not drifted, and the Python program prints what R holds."""

from collections.abc import Callable
from pathlib import Path

import pytest

REPORT = """\
mtcars: 32 cars, miles per gallon by number of cylinders
  4: 26.66
  6: 19.74
  8: 15.10
iris: 150 flowers of setosa, versicolor, virginica
occupationalStatus: (8, 8) of int32, strides (4, 32)
  456 written through NumPy, R has 456
AirPassengers: 1949.0 to 1960.92, 12 values a year
"""


@pytest.mark.parametrize("example", ["committed", "python"])
def test_committed_bindings_have_not_drifted(
    example: str, root: Path, rbindgen: Path, run: Callable[..., str]
) -> None:
    run(rbindgen, "check", cwd=root / "generated-examples" / example)


def test_report(root: Path, python: Callable[..., str]) -> None:
    assert python("report.py", cwd=root / "generated-examples" / "python") == REPORT
