"""A client that never reads is cut off, and meanwhile those beside it in the same process talk as if it were not there."""

from __future__ import annotations

import asyncio

from tests.faults.frames import frame
from tests.faults.plain import Plain
from tests.faults.scene import Scene

HELLO = frame(0x81, b'{"type": "hello", "version": 1}')
LONG = 60
MOST = 400  # hellos of 240 KB each


async def test_others_talk_on_while_a_client_that_never_reads_is_cut_off(scene: Scene) -> None:
    address = scene.stack.service.addresses[0]
    greedy = await scene.open([address])
    for number in range(LONG):
        await greedy.maria.send(f"{number} {'x' * 3900}")
    await scene.open([address], [address])
    async with Plain.open(address, greedy.customer, scene.stack.service.public_url) as plain, scene.talking(0.1):
        asked = 0
        while not await plain.cut_off(HELLO):
            asked += 1
            assert asked < MOST, "it takes all and is never cut off"
            await asyncio.sleep(0.02)
        await scene.acknowledged()
    assert (await scene.judge()).faults == []
    assert {event.who for event in scene.notes.of("closed")} == set()
