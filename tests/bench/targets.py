"""The targets, and whether a run met them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench.held import Held
from tests.bench.results import BATON, RAW, SOCKETIO, Results, middle


@dataclass(frozen=True)
class Row:
    """One target. ``limit`` is the most that is allowed, or the least when ``at_least``."""

    what: str
    measured: float
    limit: float
    unit: str
    note: str = ""
    at_least: bool = False

    @property
    def met(self) -> bool:
        """Whether it holds."""
        return self.measured >= self.limit if self.at_least else self.measured <= self.limit


def rows(results: Results) -> Iterator[Row]:
    """Those that this run has figures for."""
    yield from _delays(results)
    yield from _saturation(results)
    if results.bot_turn:
        yield Row(
            "service overhead of a bot turn, p50", results.bot_turn.overhead_ms, 25, "ms", "the bot answers at once"
        )
    if results.assistant_turn:
        yield Row("the same with the trained assistant", results.assistant_turn.overhead_ms, 25, "ms")
    if results.held:
        yield from _held(results.held)
    if results.delays or results.replies or results.saturation:
        yield from _faults(results)


def _faults(results: Results) -> Iterator[Row]:
    faults = results.faults(BATON)
    yield Row("lost, doubled or reordered", faults.lost + faults.doubled + faults.reordered, 0, "")
    yield Row("never answered", faults.unanswered, 0, "")


def _delays(results: Results) -> Iterator[Row]:
    if not {BATON, RAW, SOCKETIO} <= results.delays.keys():
        return
    baton, raw, socketio = (results.delays[name] for name in (BATON, RAW, SOCKETIO))
    ours, theirs = baton.acknowledged.p50, raw.acknowledged.p50
    yield Row("acknowledged p50, to raw ASGI", ours / theirs, 2, "x", f"{ours:.1f} to {theirs:.1f} ms")
    ours, theirs = baton.visible.p50, socketio.visible.p50
    yield Row("visible p50, to Socket.IO", ours / theirs, 3, "x", f"{ours:.1f} to {theirs:.1f} ms")


def _saturation(results: Results) -> Iterator[Row]:
    rounds = results.saturation.get(BATON)
    if not rounds:
        return
    yield Row("durable messages a second, 8 senders", middle(rounds, "rate"), 600, "/s", "stretch 1,000", at_least=True)
    yield Row("visible p99 at that rate", middle(rounds, "visible_p99"), 500, "ms")
    worst = max(one.over.behind.worst for one in rounds)
    yield Row("visible after acknowledged, worst, overload", worst, 1000, "ms")
    yield Row("processor time a message", middle(rounds, "service_ms"), 2.5, "ms", "web and worker")


def _held(held: Held) -> Iterator[Row]:
    yield Row("a held socket", held.kib_each, 64, "KiB", f"{held.sockets:,} sockets")
    yield Row(f"{held.sockets:,} sockets back after a restart", held.back_s, 6, "s", "from when the port answers")
    yield Row("sockets that failed to come back", held.failed, 0, "")
