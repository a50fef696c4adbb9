"""The load generator against the real processes: what it sends arrives, once and in order, and it notices what does not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench.baton import Baton
from tests.bench.ledger import Faults
from tests.bench.load import Load
from tests.stack.database import Database

NOBODY = "http://127.0.0.1:9"  # the bot is not asked: agents hold these conversations


@pytest.fixture
def baton(tmp_path: Path) -> Iterator[Baton]:
    """Started for this test; gone at the end whatever happened."""
    with Database(durable=False) as database:
        running = Baton(database.url, tmp_path, RASA_URL=NOBODY, RASA_TOKEN="of the tests")
        try:
            running.start()
            yield running
        finally:
            running.stop()


async def test_two_seconds_of_messages_both_ways_are_seen_once_and_in_order(baton: Baton) -> None:
    chats = await baton.open(2)
    for side in ("customer", "agent"):
        load = Load(chats, side)
        await load.by_timetable(rate=20, seconds=1, seed=1)
        await load.settle()
        await baton.rest()
        stored = baton.stored(load.prefix)
        assert len(stored) == len(load.ledger.entries) > 5
        assert load.ledger.faults(stored) == Faults(lost=0, doubled=0, reordered=0, unanswered=0, refused=0)
        assert load.ledger.faults(stored[1:]).lost == 1
    for chat in chats:
        await chat.close()
