"""The customer's network: cut, gone, half open, or good in one direction only."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest_asyncio

from tests.faults.scene import Scene, Talk
from tests.faults.wire import Wire


@pytest_asyncio.fixture
async def wire(scene: Scene) -> AsyncIterator[Wire]:
    """Between the customer and one of the web processes."""
    async with Wire(scene.stack.service.addresses[0]) as wire:
        yield wire


async def open_through(wire: Wire, scene: Scene) -> Talk:
    """The customer comes in through the wire, the agent sits at the other process."""
    return await scene.open([wire.address], [scene.stack.service.addresses[1]])


async def test_a_network_that_is_cut_again_and_again_and_then_is_away_loses_nothing(scene: Scene, wire: Wire) -> None:
    talk = await open_through(wire, scene)
    async with scene.talking(0.02):
        for number in range(1, 5):
            await scene.acknowledged(3)
            wire.cut()
            await talk.maria.until_welcome(number + 1)
        wire.go_down()
        await asyncio.sleep(1)
        wire.connected = True
        await scene.acknowledged()
    assert (await scene.judge()).faults == []


async def test_a_connection_that_is_half_open_is_noticed_by_the_heartbeat(scene: Scene, wire: Wire) -> None:
    talk = await open_through(wire, scene)
    async with scene.talking():
        await scene.acknowledged()
        wire.go_half_open()
        await talk.maria.until_welcome(2)
        await scene.acknowledged()
    assert (await scene.judge()).faults == []


async def test_a_send_whose_acknowledgement_was_lost_is_sent_again_and_stored_once(scene: Scene, wire: Wire) -> None:
    talk = await open_through(wire, scene)
    await talk.chat(1)
    wire.lose_answers()
    seq = await talk.maria.send("Did this arrive?", "once")
    assert talk.maria.welcomes == 2
    assert talk.ana
    read = scene.notes.first("seen", talk.ana.who, body="Did this arrive?")
    assert read.values["seq"] == seq
    assert read.at < scene.notes.first("accepted", client_id="once").at, "the first acknowledgement was not lost"
    assert (await scene.judge()).faults == []
