"""Everything that one run found."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from tests.bench.bot_turn import BotTurn
from tests.bench.delays import Delays
from tests.bench.held import Held
from tests.bench.ledger import Faults, total
from tests.bench.saturation import Saturation, wrong
from tests.bench.trips import Trips

BATON, RAW, RAW_DAPHNE, SOCKETIO = "Baton", "raw ASGI, uvicorn", "raw ASGI, Daphne", "Socket.IO"


@dataclass
class Results:
    """By part; a part that was left out is empty or None. ``delays``, ``replies`` and ``saturation`` are by stack."""

    options: dict[str, Any]
    machine: str = ""
    neighbours: float = 0.0
    delays: dict[str, Delays] = field(default_factory=dict)
    replies: dict[str, Delays] = field(default_factory=dict)
    saturation: dict[str, list[Saturation]] = field(default_factory=dict)
    held: Held | None = None
    trips: Trips | None = None
    bot_turn: BotTurn | None = None
    assistant_turn: BotTurn | None = None
    no_assistant: str = ""

    @property
    def begun(self) -> bool:
        """Whether at least one part was measured."""
        return any((self.delays, self.replies, self.saturation, self.held, self.trips, self.bot_turn))

    def faults(self, stack: str) -> Faults:
        """Of all measurements of one stack."""
        found = [part[stack].wrong for part in (self.delays, self.replies) if stack in part]
        return total([*found, wrong(self.saturation.get(stack, ()))])

    def as_json(self) -> dict[str, Any]:
        """Plain values, without the single messages."""
        return {name: _plain(value) for name, value in vars(self).items()}


def _plain(value: object) -> Any:
    if isinstance(value, Delays):
        spreads = {"acknowledged": asdict(value.acknowledged), "visible": asdict(value.visible)}
        return {**spreads, "faults": asdict(value.wrong)}
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, Saturation | Held | Trips | BotTurn):
        return asdict(value)
    return value


def middle(rounds: Sequence[Saturation], what: str) -> float:
    """The median over the rounds of one figure; READ has their names."""
    return statistics.median(READ[what](one) for one in rounds)


READ: dict[str, Callable[[Saturation], float]] = {
    "rate": lambda one: one.full.rate,
    "service_ms": lambda one: one.service_ms,
    "postgres_ms": lambda one: one.cpu_ms["postgres"],
    "generator_ms": lambda one: one.cpu_ms["generator"],
    "owed": lambda one: one.owed,
    "over_acknowledged_p99": lambda one: one.over.acknowledged.p99,
    "visible_p99": lambda one: one.full.visible.p99,
    "over_rate": lambda one: one.over.rate,
    "over_visible_p99": lambda one: one.over.visible.p99,
    "over_behind_p99": lambda one: one.over.behind.p99,
    "over_behind_worst": lambda one: one.over.behind.worst,
}
