"""Any thread uses R; one at a time does, and nobody waits for ever."""

import faulthandler
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from rbindgen.rinterface import FloatSexpVector, RRuntimeError, evalr, globalenv


@pytest.fixture(autouse=True)
def deadlock_is_a_failure() -> Iterator[None]:
    """End the process with a traceback of every thread when a test hangs."""
    faulthandler.dump_traceback_later(60, exit=True, file=2)
    yield
    faulthandler.cancel_dump_traceback_later()


def together(work: Callable[[int], object], workers: int = 8) -> list[object]:
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(work, range(workers)))


def test_threads_share_r() -> None:
    def work(number: int) -> float:
        total = 0.0
        for round_ in range(100):
            vector = FloatSexpVector([number, round_])
            vector[0] += 1
            total += evalr("sum")(vector)[0]
            assert np.asarray(vector)[1] == round_
        return total

    assert together(work) == [100.0 * (number + 1) + 4950.0 for number in range(8)]


def test_output_from_threads_does_not_deadlock(capsys: pytest.CaptureFixture[str]) -> None:
    # R holds its lock and wants Python's to write; the others hold Python's and want R's.
    def work(number: int) -> None:
        for _ in range(50):
            evalr(f"cat('{number}\\n')")
            len(globalenv)
            evalr("1:3")[0]

    together(work)
    lines = capsys.readouterr().out.splitlines()
    assert sorted(lines) == sorted(str(number) for number in range(8) for _ in range(50))


def test_python_runs_while_r_computes() -> None:
    started = threading.Event()

    def compute() -> None:
        started.set()
        evalr("Sys.sleep(1)")

    thread = threading.Thread(target=compute)
    thread.start()
    started.wait()
    begin = time.perf_counter()
    turns = 0
    while time.perf_counter() - begin < 0.3:
        turns += 1
        time.sleep(0.001)
    assert turns > 50
    assert thread.is_alive()
    # Whoever wants R waits, and gets it.
    assert evalr("2L")[0] == 2
    thread.join()


def test_objects_may_be_dropped_anywhere() -> None:
    vectors = [evalr("numeric(1000)") for _ in range(100)]
    thread = threading.Thread(target=vectors.clear)
    thread.start()
    thread.join()
    evalr("gc()")
    assert not vectors


def test_errors_and_deep_recursion_on_threads() -> None:
    def work(number: int) -> str:
        try:
            evalr(f"stop('{number}')" if number % 2 else "f <- function() f(); f()")
        except RRuntimeError as error:
            return error.message
        return ""

    found = together(work)
    assert [found[number] for number in (1, 3, 5, 7)] == ["1", "3", "5", "7"]
    assert all(found)
