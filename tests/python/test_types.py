"""The type checkers accept the distribution and the code that the generator writes; stubs tell the truth."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def example(root: Path) -> Path:
    return root / "generated-examples" / "python"


def test_mypy_strict(example: Path, root: Path, python: Callable[..., str]) -> None:
    # The stubs, and the modules that they describe: mypy sees only one of the two at a time.
    python("-m", "mypy", "--strict", "report.py", cwd=example)
    python("-m", "mypy", "--strict", "-p", "bindings", cwd=example)
    for module in sorted((example / "bindings").glob("*.py")):
        python("-m", "mypy", "--strict", module, cwd=root)
    python("-m", "mypy", "--strict", "-p", "rbindgen", cwd=root / "tests" / "python")


def test_mypy_strict_on_each_rule(root: Path, python: Callable[..., str]) -> None:
    # One small module for each rule of the generator, hostile text among them.
    golden = root / "codegen" / "tests" / "golden" / "python"
    for module in sorted(golden.glob("*.py*")):
        if module.suffix in {".py", ".pyi"}:
            python("-m", "mypy", "--strict", module, cwd=root)


def test_basedpyright_strict(root: Path, python: Callable[..., str]) -> None:
    python("-m", "basedpyright", "--warnings", "--project", root / "tests" / "python", cwd=root)


def test_stubs_agree_with_the_modules(example: Path, python: Callable[..., str]) -> None:
    env = {**os.environ, "MYPYPATH": str(example), "PYTHONPATH": str(example)}
    python("-m", "mypy.stubtest", "rbindgen._rinterface", "bindings", cwd=example, env=env)
