"""kill -9 of a web process and of a worker at every point of a message and of a turn, while everybody talks."""

from __future__ import annotations

import asyncio
import signal

from tests.faults.hooked import OF_A_MESSAGE, OF_A_TURN
from tests.faults.scene import Scene
from tests.stack.service import Process


async def kill_at_every_point(processes: list[Process], points: tuple[str, ...]) -> list[int]:
    """One after the other, in turns, so that there is always another; each is started again. How they ended."""
    ends = []
    for number, point in enumerate(points):
        victim = processes[number % 2]
        victim.inject(f"kill@{point}:1")
        ends.append(await asyncio.to_thread(victim.ended))
        await asyncio.to_thread(victim.start)
    return ends


async def test_a_kill_at_any_point_of_a_message_or_of_a_turn_loses_doubles_and_reorders_nothing(scene: Scene) -> None:
    await scene.open_many(with_agent=2, with_bot=2)
    service = scene.stack.service
    async with scene.talking():
        of_webs, of_workers = await asyncio.gather(
            kill_at_every_point([*service.webs], OF_A_MESSAGE), kill_at_every_point([*service.workers], OF_A_TURN)
        )
        await scene.acknowledged()
    assert (await scene.judge()).faults == []
    assert of_webs == [-signal.SIGKILL] * len(OF_A_MESSAGE)
    assert of_workers == [-signal.SIGKILL] * len(OF_A_TURN)


async def test_processes_that_freeze_for_a_while_hold_nobody_up_for_good(scene: Scene) -> None:
    await scene.open_many(with_agent=2, with_bot=2)
    frozen = (scene.stack.service.webs[0], scene.stack.service.workers[0])
    async with scene.talking():
        await scene.acknowledged()
        for process in frozen:
            process.send(signal.SIGSTOP)
        try:
            await asyncio.sleep(3)  # less than two heartbeats, so that some wait and others come back elsewhere
        finally:
            for process in frozen:
                process.send(signal.SIGCONT)
        await scene.acknowledged(3)
    assert (await scene.judge()).faults == []
