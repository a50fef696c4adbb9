"""The threads on which the doors of a process do everything but the log: few, shared, never the one thread of asgiref."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import Error, connection

COUNT = 8


class Threads:
    """A bounded executor. While jobs wait, a thread keeps its connection; else the connection goes back to the pool."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._executor = ThreadPoolExecutor(count, thread_name_prefix="door")
        self.under_way = 0

    async def run[T](self, function: Callable[..., T], *args: Any) -> T:
        """Run a database function; raises what it raises."""
        self.under_way += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._executor, self._job, function, args)
        finally:
            self.under_way -= 1

    def _job[T](self, function: Callable[..., T], args: tuple[Any, ...]) -> T:
        try:
            return function(*args)
        except Error:
            connection.close()  # it may be broken; the next one is checked when it leaves the pool
            raise
        finally:
            if self.under_way <= self._count:
                connection.close()


THREADS = Threads(COUNT)


async def db[T](function: Callable[..., T], *args: Any) -> T:
    """Run a database function on the doors' threads."""
    return await THREADS.run(function, *args)
