"""`python -m tests.faults.hooked serve ...`: manage.py with faults inside, which the product's code knows nothing of.

FAULTS names a file; what it says holds from the moment of a change, words separated by spaces:

    kill@<point>:<n>   SIGKILL at the n-th pass of this point from now on; then the file is emptied
    drop=<share>       this share of the hints that arrive is thrown away
    shuffle=<seconds>  every hint arrives late by up to this much, so in another order
    clock=<seconds>    this process's clock is ahead by so much, or behind
"""

from __future__ import annotations

import importlib
import os
import random
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django
from django.core.management import execute_from_command_line
from django.utils import timezone

POLL_S = 0.02
OF_A_MESSAGE = ("arrived", "committed", "announced", "acknowledged", "heard")
OF_A_TURN = ("claimed", "read", "asked", "judged", "assessed", "answered", "stored")


class Faults:
    """What is wrong in this process now."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.chance = random.Random(os.getpid())
        self.text: str | None = None
        self.read()

    def read(self) -> None:
        """Take in what the file says, if it changed."""
        text = self.file.read_text() if self.file.exists() else ""
        if text == self.text:
            return
        self.text = text
        words = dict(word.split("=", 1) for word in text.split() if "=" in word)
        kills = [word.removeprefix("kill@").split(":") for word in text.split() if word.startswith("kill@")]
        self.kills = {point: int(number) for point, number in kills}
        self.passes: Counter[str] = Counter()
        self.drop, self.shuffle = float(words.get("drop", 0)), float(words.get("shuffle", 0))
        self.clock = float(words.get("clock", 0))

    def watch(self) -> None:
        """Read the file again and again."""
        while True:
            time.sleep(POLL_S)
            self.read()

    def passed(self, point: str) -> None:
        """The process is at this point of a message or of a turn."""
        self.passes[point] += 1
        if self.passes[point] == self.kills.get(point):
            self.file.write_text("")
            os.kill(os.getpid(), signal.SIGKILL)


class Clock:
    """A wall clock that is wrong. No function, because classes that keep one as an attribute would call it as a method."""

    def __init__(self, faults: Faults, real: Callable[[], float]) -> None:
        self.faults, self.real = faults, real

    def __call__(self) -> float:
        return self.real() + self.faults.clock


def shift_clock(faults: Faults) -> None:
    """Wall clocks follow the fault; the monotonic one never steps."""
    time.time = Clock(faults, time.time)
    timezone.now = lambda: datetime.now(tz=UTC) + timedelta(seconds=faults.clock)


def main(arguments: list[str]) -> None:
    """Set the faults up, then be manage.py."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    faults = Faults(Path(os.environ["FAULTS"]))
    shift_clock(faults)  # before anything else takes the function by its name
    django.setup()
    importlib.import_module("tests.faults.points").install(faults)
    threading.Thread(target=faults.watch, name="faults", daemon=True).start()
    execute_from_command_line(["manage.py", *arguments])


if __name__ == "__main__":
    main(sys.argv[1:])
