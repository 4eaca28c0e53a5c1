"""What R writes goes to `sys.stdout` and `sys.stderr`, whatever they are."""

import io
import sys
from contextlib import redirect_stderr, redirect_stdout

import pytest

from rbindgen.rinterface import evalr


def test_output_and_messages(capsys: pytest.CaptureFixture[str]) -> None:
    evalr("cat('ü\\n'); print(1:3); message('note'); warning('careful')")
    out, err = capsys.readouterr()
    assert out == "ü\n[1] 1 2 3\n"
    assert err.startswith("note\n")
    assert "careful" in err


def test_redirection() -> None:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        evalr("cat('a'); message('b')")
    assert (out.getvalue(), err.getvalue()) == ("a", "b\n")


def test_a_broken_stream_loses_only_what_was_written(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(io.StringIO):
        def write(self, text: str, /) -> int:
            raise OSError(text)

    monkeypatch.setattr(sys, "stdout", Broken())
    assert evalr("cat('lost'); 5L")[0] == 5
    monkeypatch.setattr(sys, "stdout", None)
    assert evalr("cat('lost'); 6L")[0] == 6


def test_a_stream_may_use_r(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    lengths: list[int] = []

    class Curious(io.StringIO):
        def write(self, text: str, /) -> int:
            lengths.append(evalr("nchar")(text)[0])
            return len(text)

    monkeypatch.setattr(sys, "stdout", Curious())
    evalr("cat('four')")
    assert lengths == [4]
