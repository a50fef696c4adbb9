"""What `make up` and `make test` show: a line per step with its time, and one clear line when they cannot go on."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator

GREEN, RED, DIM = "32", "31", "2"


class Refusal(Exception):
    """Why the command cannot go on and what to do about it: one line for the person who typed it."""


class Screen:
    """The terminal. Colours and a line that changes in place only where somebody can see them."""

    def __init__(self, stream: TextIO = sys.stdout, colour: bool | None = None) -> None:
        self.stream = stream
        self.live = stream.isatty()
        self.gone = False  # nobody reads any more: the terminal was closed, or the pipe behind us
        self.colour = self.live and "NO_COLOR" not in os.environ if colour is None else colour

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Show ``name`` while the block runs, then whether it went well and how many seconds it took."""
        began = time.monotonic()
        if self.live:
            self.write(f"  {name} ...")
        try:
            yield
        except BaseException:
            self.done("✗", RED, name, began)
            raise
        self.done("✓", GREEN, name, began)

    def done(self, mark: str, colour: str, name: str, began: float) -> None:
        """Write the line of a step that began at this monotonic time."""
        took = f"{time.monotonic() - began:.1f} s"
        line = f"{self.paint(mark, colour)} {name:<36} {self.paint(took.rjust(7), DIM)}"
        self.write(f"\r\x1b[K{line}\n" if self.live else f"{line}\n")

    def say(self, line: str = "") -> None:
        """Write one line."""
        self.write(f"{line}\n")

    def refuse(self, refusal: object) -> None:
        """Write why it cannot go on."""
        self.say(f"{self.paint('Baton cannot start:', RED)} {refusal}")

    def paint(self, text: str, colour: str) -> str:
        """Return the text in this colour, if colours are shown."""
        return f"\x1b[{colour}m{text}\x1b[0m" if self.colour else text

    def write(self, text: str) -> None:
        """Write at once, also in a terminal whose alphabet lacks the marks, or that was closed."""
        encoding = self.stream.encoding or "utf-8"
        try:
            self.stream.write(text.encode(encoding, "replace").decode(encoding))
            self.stream.flush()
        except OSError:
            self.gone = True
