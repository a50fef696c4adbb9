"""PostgreSQL goes away while everybody talks. Nothing is acknowledged without a commit, and all heals by itself."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import pytest

from tests.faults import disk
from tests.faults.scene import Scene
from tests.faults.weather import END_ALL
from tests.stack.database import Database


def restart_at_once(database: Database) -> None:
    """No session is told, and the next start recovers from the write-ahead log."""
    database.kill()
    database.start()


def be_away(database: Database, seconds: float = 4) -> None:
    """Stopped in order, and down for a while."""
    database.stop()
    time.sleep(seconds)
    database.start()


def end_all_sessions(database: Database) -> None:
    """Three times, as an administrator does who does not know who uses it."""
    for _ in range(3):
        with database.connect() as connection:
            connection.execute(END_ALL)
        time.sleep(0.5)


@pytest.mark.parametrize("fault", [restart_at_once, be_away, end_all_sessions])
async def test_a_database_that_goes_away_takes_no_acknowledged_message_with_it(
    scene: Scene, fault: Callable[[Database], None]
) -> None:
    await scene.open_many(with_agent=2, with_bot=2)
    async with scene.talking():
        await scene.acknowledged()
        await asyncio.to_thread(fault, scene.stack.database)
        await scene.acknowledged(3)
    assert (await scene.judge()).faults == []


async def test_on_a_full_disk_senders_are_put_off_and_what_they_sent_arrives_when_there_is_room(scene: Scene) -> None:
    await scene.open_many(with_agent=2, with_bot=0)
    nobody = await scene.stack.cast.customer(scene.stack.service.addresses[0])
    await asyncio.to_thread(disk.fill, scene.stack.database, nobody.conversation)
    for talk in scene.talks:
        talk.padding = disk.padding()
    async with scene.talking(0.1):
        with disk.full(scene.stack.database):
            await scene.until_noted(("refused", "error"), code="unavailable")
        await scene.acknowledged(2)
    assert (await scene.judge()).faults == []
