"""Run functions at the same moment, each on a thread and a connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from django.db import connection


def at_once[T](functions: Sequence[Callable[[], T]]) -> list[T | Exception]:
    """The result or the exception of each, in their order."""
    gate = threading.Barrier(len(functions))
    results: list[T | Exception] = [RuntimeError("did not run")] * len(functions)

    def run(number: int, function: Callable[[], T]) -> None:
        try:
            gate.wait(timeout=20)
            results[number] = function()
        except Exception as error:  # noqa: BLE001  (a test looks at it)
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number, function)) for number, function in enumerate(functions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results
