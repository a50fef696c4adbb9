"""Hints are lost, late and out of order: the log is the truth, so everybody shows it all the same."""

from __future__ import annotations

import asyncio

import pytest

from tests.faults.scene import Scene
from tests.faults.weather import END_LISTENERS


@pytest.mark.parametrize("fault", ["drop=0.1 shuffle=0.3", "drop=1"])
async def test_hints_that_are_lost_late_or_out_of_order_cost_no_line(scene: Scene, fault: str) -> None:
    await scene.open_many(with_agent=2, with_bot=2)
    for web in scene.stack.service.webs:
        web.inject(fault)
    await asyncio.gather(*(talk.chat(10, 0.1) for talk in scene.talks))
    assert (await scene.judge()).faults == []


async def test_a_listener_that_is_ended_while_messages_flow_is_replaced_and_misses_nothing(scene: Scene) -> None:
    await scene.open_many(with_agent=2, with_bot=2)
    ended = 0
    async with scene.talking():
        for _ in range(4):
            await scene.acknowledged()
            with scene.stack.database.connect() as connection:
                ended += len(connection.execute(END_LISTENERS).fetchall())
    assert (await scene.judge()).faults == []
    assert ended >= 4
