"""What the tests share: the checkout, its command, and running a program."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., str]


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the top folder of the checkout."""
    return Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def rbindgen(root: Path) -> Path:
    """Return the command that `make setup` built."""
    return root / "target" / "release" / "rbindgen"


@pytest.fixture(scope="session")
def run() -> Run:
    """Return a function that runs a program and gives its output; a failing exit code fails the test."""

    def run(*command: str | Path, cwd: Path | None = None, env: dict[str, str] | None = None) -> str:
        done = subprocess.run(
            [str(part) for part in command], cwd=cwd, env=env, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            shown = " ".join(str(part) for part in command)
            pytest.fail(f"`{shown}` ended with {done.returncode}\n{done.stdout}{done.stderr}", pytrace=False)
        return done.stdout

    return run


@pytest.fixture(scope="session")
def python(run: Run) -> Run:
    """Return a function that runs this Python with arguments, in a process of its own."""

    def python(*arguments: str | Path, cwd: Path | None = None, env: dict[str, str] | None = None) -> str:
        return run(sys.executable, *arguments, cwd=cwd, env=env)

    return python
