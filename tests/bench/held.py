"""A thousand sockets that only wait: what they hold, and how they come back when the web process is started again."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

from config.launch import ports
from tests.bench.baton import Baton
from tests.bench.guest import Guest, until_all
from tests.bench.processes import cpu_s, pss_kib
from tests.stack.service import START_S, wait_for

WARM = 50
AT_ONCE = 50
SETTLE_S = 3.0
PATIENCE_S = 60.0


@dataclass(frozen=True)
class Held:
    """``back_s`` counts from when the port answers again, ``back_from_stop_s`` from the SIGTERM; seconds.

    ``cpu_ms_each`` is what the web process spent on each that came back.
    """

    sockets: int
    kib_each: float
    drained_s: float
    down_s: float
    back_s: float
    back_from_stop_s: float
    failed: int
    cpu_ms_each: float


async def measure(baton: Baton, count: int) -> Held:
    """Begin with a web process that has not done anything else."""
    customers = await baton.customers(count)
    await asyncio.to_thread(restart, baton)
    guests = [Guest(baton.web.address, baton.service.public_url, customer) for customer in customers]
    await _come(guests[:WARM])  # what the first sockets load is no cost of the thousandth
    await asyncio.sleep(SETTLE_S)
    before = pss_kib(baton.web.pid)
    await _come(guests[WARM:])
    await asyncio.sleep(SETTLE_S)
    each = (pss_kib(baton.web.pid) - before) / (count - WARM)
    held = await _storm(baton, guests, each)
    await asyncio.gather(*(guest.go() for guest in guests))
    return held


def restart(baton: Baton) -> tuple[float, float]:
    """SIGTERM, wait for the end, start, wait until the port answers; when it had ended and when it answered."""
    baton.web.stop()
    ended = time.monotonic()
    baton.web.launch()
    # Not until it is ready: those who come back are served first, and would then not be counted.
    wait_for(lambda: not ports.is_free(baton.web.port), START_S, baton.web.written)
    return ended, time.monotonic()


async def _come(guests: list[Guest]) -> None:
    began = time.monotonic()
    for number in range(0, len(guests), AT_ONCE):
        some = guests[number : number + AT_ONCE]
        for guest in some:
            guest.come()
        missing = await until_all(some, began, PATIENCE_S)
        assert missing == 0, f"{missing} sockets had no welcome"


async def _storm(baton: Baton, guests: list[Guest], kib_each: float) -> Held:
    stopped = time.monotonic()
    ended, answered = await asyncio.to_thread(restart, baton)
    idle = cpu_s(baton.web.pid)
    failed = await until_all(guests, stopped, PATIENCE_S)
    back = max(guest.welcomed_at for guest in guests)
    return Held(
        sockets=len(guests),
        kib_each=kib_each,
        drained_s=ended - stopped,
        down_s=answered - stopped,
        back_s=back - answered,
        back_from_stop_s=back - stopped,
        failed=failed + sum(guest.refused for guest in guests),
        cpu_ms_each=(cpu_s(baton.web.pid) - idle) * 1000 / len(guests),
    )
