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


def hidden(root: Path, *command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a program where the loader finds no libR and the PATH no R: only R_HOME leads to one."""
    done = subprocess.run(
        [root / "tests" / "hidden-libr.sh", *command], cwd=cwd, capture_output=True, text=True, check=False
    )
    if done.returncode == 77:
        pytest.skip(done.stderr.strip())
    assert done.returncode == 0, done.stderr
    return done


def test_python_where_only_r_home_leads_to_r(root: Path) -> None:
    done = hidden(root, sys.executable, "report.py", cwd=root / "generated-examples" / "python")
    assert done.stdout.startswith("mtcars: 32 cars")


def test_the_command_where_only_r_home_leads_to_r(root: Path, rbindgen: Path, tmp_path: Path) -> None:
    done = hidden(root, rbindgen, "datasets", cwd=tmp_path)
    assert "104 data sets" in done.stderr
    assert (tmp_path / "bindings" / "rust" / "datasets.rs").is_file()


def test_rust_where_only_r_home_leads_to_r(root: Path) -> None:
    program = root / "target" / "debug" / "example-committed"
    if not program.is_file():
        pytest.skip("cargo test --workspace has not built the examples")
    done = hidden(root, program, cwd=root)
    assert done.stdout.startswith("mtcars: 32 cars")


def test_a_machine_without_r(root: Path, rbindgen: Path, tmp_path: Path) -> None:
    """The command says where it looked and what to install; a program gets the same words."""
    home = subprocess.run(
        [root / "scripts" / "r-home.sh"], capture_output=True, text=True, check=True
    ).stdout.strip()
    hide = f'mount -t tmpfs none "{home}" && PATH=/nowhere exec "$0" "$@"'
    unshare = ["/usr/bin/unshare", "-m"] if os.geteuid() == 0 else ["/usr/bin/unshare", "-rm"]
    env = {name: value for name, value in os.environ.items() if name != "R_HOME"}
    if subprocess.run([*unshare, "/bin/true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("unshare is not permitted here")

    command = [*unshare, "/bin/sh", "-c", hide]
    done = subprocess.run(
        [*command, rbindgen, "datasets"], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith(
        "error[RB0101]: no R was found on this machine. Looked for it in:\n  - `R RHOME`: "
    )
    assert "apt-get install r-base-core" in done.stderr
    assert list(tmp_path.iterdir()) == []

    code = "from rbindgen.rinterface import evalr; evalr('1')"
    done = subprocess.run(
        [*command, sys.executable, "-c", code],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr.splitlines()[0].startswith("Traceback")
    assert "RNotFoundError: no R was found on this machine." in done.stderr
