"""What processes used, from the kernel's tables (proc(5))."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_s(pid: int) -> float:
    """Seconds of processor time of a process and of its children that have ended."""
    # The name may hold spaces and brackets; what follows it does not.
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return sum(int(field) for field in fields[11:15]) / TICKS


def family_cpu_s(pid: int) -> float:
    """The same of a process with its children, the living and the ended."""
    spent = cpu_s(pid)
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split():
        with suppress(ProcessLookupError, FileNotFoundError):  # ended since: the little that it used is left out
            spent += cpu_s(int(child))
    return spent


def pss_kib(pid: int) -> int:
    """Memory of a process, shared pages by their share."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


class Meter:
    """Processor time from its making on."""

    def __init__(self, processes: Mapping[str, int], postmaster: int) -> None:
        self.processes, self.postmaster = dict(processes), postmaster
        self.before = self._now()

    def spent(self) -> dict[str, float]:
        """Seconds by name; ``postgres`` is the whole cluster, of which one stack is at work at a time."""
        return {name: now - self.before[name] for name, now in self._now().items()}

    def _now(self) -> dict[str, float]:
        used = {name: cpu_s(pid) for name, pid in self.processes.items()}
        return {**used, "postgres": family_cpu_s(self.postmaster)}
