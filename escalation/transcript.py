"""What the engine reads: the lines of a conversation and how the bot understood them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Author = Literal["customer", "bot", "agent"]


@dataclass(frozen=True, slots=True)
class Line:
    """One message; ``seq`` is its number in the log."""

    seq: int
    author: Author
    text: str


@dataclass(frozen=True, slots=True)
class BotView:
    """How the bot fared with one customer line. ``available`` is false when it could not answer at all."""

    intent: str | None = None
    confidence: float = 0.0
    ranking: tuple[tuple[str, float], ...] = ()
    entities: Mapping[str, str] = field(default_factory=dict)
    fallback: bool = False
    failures: tuple[str, ...] = ()
    replies: tuple[str, ...] = ()
    available: bool = True


@dataclass(frozen=True, slots=True)
class Transcript:
    """A conversation up to and including the customer line that is judged (the last one).

    ``views`` maps the ``seq`` of a customer line to how the bot fared with it. ``boundary`` is the ``seq`` of the last
    hand-back: evidence at or before it has been dealt with and never counts again. ``earlier`` are the probabilities of
    the customer lines before this one and after the boundary, oldest first. ``escalated_before`` is whether a person
    already held this conversation once.
    """

    lines: tuple[Line, ...]
    views: Mapping[int, BotView] = field(default_factory=dict)
    boundary: int = 0
    earlier: tuple[float, ...] = ()
    escalated_before: bool = False

    @property
    def last(self) -> Line:
        """The customer line that is judged."""
        return self.lines[-1]

    def fresh(self) -> tuple[Line, ...]:
        """The lines after the boundary."""
        return tuple(line for line in self.lines if line.seq > self.boundary)
