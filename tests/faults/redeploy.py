"""A new version goes out: one web process after the other is drained and started again, with all sockets open."""

from __future__ import annotations

import asyncio

from tests.faults.scene import Scene, in_turn
from tests.stack.cast import Cast

AT_ONCE = 10
SPOKEN_S = 0.2
INBOX = "elsewhere"


async def redeploy(scene: Scene, sockets: int) -> list[int]:
    """Open so many sockets, redeploy while they talk, wait until all are back; how the processes ended.

    The few that have an agent talk all the time, the many others now and then.
    """
    service = scene.stack.service
    elsewhere = Cast(service, INBOX)
    await asyncio.to_thread(elsewhere.make, ())
    await scene.open_many(with_agent=2, with_bot=0)
    while len(scene.tabs) < sockets:
        await asyncio.gather(
            *(scene.open(in_turn(service.addresses, number), cast=elsewhere) for number in range(AT_ONCE))
        )
    stop = asyncio.Event()
    talks = asyncio.gather(*(talk.go_on(stop, SPOKEN_S if talk.ana else sockets / 25) for talk in scene.talks))
    scene.notes.note("fault", "", "", name=f"redeploy with {len(scene.tabs)} sockets")
    ends = []
    for web in service.webs:
        ends.append(await asyncio.to_thread(web.stop))
        await asyncio.to_thread(web.start)
    scene.notes.note("over", "", "", name=f"redeploy with {len(scene.tabs)} sockets")
    for tab in scene.tabs:
        await tab.until_welcome(2)
    stop.set()
    await talks
    await asyncio.gather(*(talk.chat(1) for talk in scene.talks))
    return ends
