"""The wheel works outside the checkout, without NumPy, and where only R_HOME leads to R."""

import os
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

import pytest

PROGRAM = """\
from bindings import datasets
print(len(datasets.mtcars.mpg), sum(datasets.women.height))
"""


def test_the_wheel_in_a_fresh_environment(
    tmp_path: Path, root: Path, rbindgen: Path, run: Callable[..., str]
) -> None:
    (wheel,) = (root / "target" / "wheels").glob("rbindgen-*.whl")
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", "--no-index", wheel)

    run(rbindgen, "datasets", "--python", "bindings", cwd=tmp_path)
    (tmp_path / "program.py").write_text(PROGRAM, encoding="utf-8")
    clean = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    assert run(python, "program.py", cwd=tmp_path, env=clean) == "32 975.0\n"


def test_only_r_home_leads_to_r(root: Path) -> None:
    done = subprocess.run(
        [root / "tests" / "hidden-libr.sh", sys.executable, "report.py"],
        cwd=root / "generated-examples" / "python",
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 77:
        pytest.skip(done.stderr.strip())
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("mtcars: 32 cars")
