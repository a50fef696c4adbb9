"""The machine of a run, and how much of it went to other work meanwhile."""

from __future__ import annotations

import os
import platform
import time
from pathlib import Path

import psycopg

from tests.bench.processes import TICKS, cpu_s


def name(database: psycopg.Connection) -> str:
    """Processors, memory and versions in one line."""
    models = [line for line in _read("/proc/cpuinfo").splitlines() if line.startswith("model name")]
    model = models[0].partition(":")[2].strip() if models else platform.machine()
    gib = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    version = database.info.server_version // 10_000
    return (
        f"{os.cpu_count()} x {model}, {gib:.0f} GiB, Linux {platform.release().partition('-')[0]}, "
        f"Python {platform.python_version()}, PostgreSQL {version}"
    )


class Neighbours:
    """What other programs took of the processors since the making; read it after our own processes have ended."""

    def __init__(self) -> None:
        self.began, self.busy, self.ours = time.monotonic(), _busy_s(), cpu_s(os.getpid())

    def share(self) -> float:
        """From 0 (the machine was ours) to 1."""
        others = (_busy_s() - self.busy) - (cpu_s(os.getpid()) - self.ours)
        return max(others, 0) / ((time.monotonic() - self.began) * (os.cpu_count() or 1))


def _busy_s() -> float:
    user, nice, system, _idle, _waiting, *interrupts = (int(field) for field in _read("/proc/stat").split()[1:8])
    return (user + nice + system + sum(interrupts)) / TICKS


def _read(path: str) -> str:
    return Path(path).read_text(encoding="utf-8")
