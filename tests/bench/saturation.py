"""As much as a stack can take from eight senders, a little more than that, and what a message costs then."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench.chat import Chat, Stack
from tests.bench.figures import Spread, spread
from tests.bench.ledger import Entry, Faults, total
from tests.bench.load import Load
from tests.bench.processes import Meter

SENDERS = 8
WINDOW = 16
OVER = 1.15
GENERATOR = "generator"
POSTGRES = "postgres"


@dataclass(frozen=True)
class Moment:
    """Delays of one load: to the acknowledgement, to the other side's screen, and from the one to the other."""

    rate: float
    acknowledged: Spread
    visible: Spread
    behind: Spread
    faults: Faults


@dataclass(frozen=True)
class Saturation:
    """Of one round of one stack. ``cpu_ms`` is by process, a message; ``owed`` is the share of messages that were not judged
    when the last one was seen; the CPU is read when all are."""

    full: Moment
    over: Moment
    cpu_ms: dict[str, float]
    owed: float

    @property
    def service_ms(self) -> float:
        """Processor time of the stack's own processes."""
        return sum(spent for name, spent in self.cpu_ms.items() if name not in (GENERATOR, POSTGRES))


async def measure(
    stacks: Sequence[Stack], postmaster: int, rounds: int, warm_s: float, seconds: float
) -> dict[str, list[Saturation]]:
    """Each round measures every stack with new chats."""
    found: dict[str, list[Saturation]] = {stack.name: [] for stack in stacks}
    for number in range(rounds):
        for stack in stacks:
            chats = await stack.open(SENDERS)
            full, cpu_ms, owed = await _full(stack, chats, postmaster, warm_s, seconds)
            over = await _over(stack, chats, full.rate * OVER, number, seconds)
            found[stack.name].append(Saturation(full, over, cpu_ms, owed))
            await asyncio.gather(*(chat.close() for chat in chats))
    return found


async def _full(
    stack: Stack, chats: Sequence[Chat], postmaster: int, warm_s: float, seconds: float
) -> tuple[Moment, dict[str, float], float]:
    meter = Meter({**stack.processes(), GENERATOR: os.getpid()}, postmaster)
    load = Load(chats)
    began = await load.by_window(WINDOW, warm_s + seconds)
    ended = time.monotonic()
    await load.settle()
    messages = len(load.ledger.entries)
    owed = stack.owed() / messages
    await stack.rest()  # what is put off costs as much as what is done at once
    cpu_ms = {name: spent * 1000 / messages for name, spent in meter.spent().items()}
    accepted = [entry.accepted for entry in load.ledger.entries.values() if entry.accepted is not None]
    rate = sum(began + warm_s <= at < ended for at in accepted) / (ended - began - warm_s)
    faults = load.ledger.faults(stack.stored(load.prefix))
    return _moment(rate, load.ledger.after(began + warm_s), faults), cpu_ms, owed


async def _over(stack: Stack, chats: Sequence[Chat], rate: float, seed: int, seconds: float) -> Moment:
    load = Load(chats)
    began = await load.by_timetable(rate, seconds, seed)
    await load.settle()
    await stack.rest()
    return _moment(rate, load.ledger.after(began), load.ledger.faults(stack.stored(load.prefix)))


def _moment(rate: float, entries: Sequence[Entry], faults: Faults) -> Moment:
    whole = [(entry.due, entry.accepted, entry.seen) for entry in entries]
    known = [(due, accepted, seen) for due, accepted, seen in whole if accepted is not None and seen is not None]
    return Moment(
        rate=rate,
        acknowledged=spread([accepted - due for due, accepted, _ in known]),
        visible=spread([seen - due for due, _, seen in known]),
        behind=spread([seen - accepted for _, accepted, seen in known]),
        faults=faults,
    )


def wrong(rounds: Sequence[Saturation]) -> Faults:
    """Of all rounds."""
    return total([moment.faults for one in rounds for moment in (one.full, one.over)])
