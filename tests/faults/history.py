"""What happened, as those saw it to whom it happened: one record for each event, kept as JSON lines."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Event:
    """One event; ``at`` is monotonic seconds of this machine.

    Kinds: sent, accepted, refused, seen, resync, error, open, closed, silent, settled (this tab has caught up), left,
    unproven (shown or acknowledged, and at that moment not in the database), fault and over (its end).
    """

    at: float
    kind: str
    who: str
    conversation: str
    values: dict[str, Any] = field(default_factory=dict)


class History:
    """All events of one run, in the order in which they were noted."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def note(self, kind: str, who: str, conversation: str, **values: Any) -> None:
        """Take one event down, now."""
        self.events.append(Event(time.monotonic(), kind, who, conversation, values))

    def of(self, kind: str) -> Iterator[Event]:
        """The events of one kind."""
        return (event for event in tuple(self.events) if event.kind == kind)

    def count(self, kind: str, **values: Any) -> int:
        """How many events of a kind have these values."""
        return sum(values.items() <= event.values.items() for event in self.of(kind))

    def first(self, kind: str, who: str = "", **values: Any) -> Event:
        """The first event of a kind with these values, of anybody or of this tab. Raises StopIteration."""
        return next(
            event for event in self.of(kind) if values.items() <= event.values.items() and who in ("", event.who)
        )


def write(events: Iterable[Event], path: Path) -> None:
    """Keep events."""
    path.write_text("".join(f"{json.dumps(asdict(event))}\n" for event in events))


def read(path: Path) -> list[Event]:
    """The events of a kept history."""
    return [Event(**json.loads(line)) for line in path.read_text().splitlines()]
