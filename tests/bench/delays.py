"""Delays of an ordinary day: 20 chats, 10 messages a second in all, the stacks in turn."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.bench.chat import Stack
from tests.bench.figures import Spread, spread
from tests.bench.ledger import Entry, Faults, total
from tests.bench.load import Load

CHATS = 20
RATE = 10.0


@dataclass
class Delays:
    """Of one stack over all rounds."""

    entries: list[Entry] = field(default_factory=list)
    faults: list[Faults] = field(default_factory=list)

    @property
    def acknowledged(self) -> Spread:
        """From when the message was due to the acknowledgement."""
        return spread([entry.accepted - entry.due for entry in self.entries if entry.accepted is not None])

    @property
    def visible(self) -> Spread:
        """From when the message was due to the other side's screen."""
        return spread([entry.seen - entry.due for entry in self.entries if entry.seen is not None])

    @property
    def wrong(self) -> Faults:
        """Of all rounds."""
        return total(self.faults)


async def measure(
    stacks: Sequence[Stack], rounds: int, warm_s: float, seconds: float, side: str = "customer"
) -> dict[str, Delays]:
    """Each round measures every stack with new chats and the same timetable; ``side`` writes."""
    found = {stack.name: Delays() for stack in stacks}
    for number in range(rounds):
        for stack in stacks:
            chats = await stack.open(CHATS)
            load = Load(chats, side)
            began = await load.by_timetable(RATE, warm_s + seconds, seed=number)
            await load.settle()
            await stack.rest()
            found[stack.name].entries += load.ledger.after(began + warm_s)
            found[stack.name].faults.append(load.ledger.faults(stack.stored(load.prefix)))
            await asyncio.gather(*(chat.close() for chat in chats))
    return found
