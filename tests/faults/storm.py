"""The long form: twenty conversations on two web processes and two workers, and everything goes wrong at random."""

from __future__ import annotations

import asyncio
import random
import signal
import time
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack

from tests.faults import disk
from tests.faults.hooked import OF_A_MESSAGE, OF_A_TURN
from tests.faults.scene import Scene, in_turn
from tests.faults.weather import Weather
from tests.faults.wire import Wire
from tests.stack.service import Process

PAUSE_S = 1.0
BETWEEN_S = (2, 10)  # kills of one kind
KILL_WITHIN_S = 15.0
QUIET_S = 5.0
Say = Callable[[str], None]


class Storm:
    """One run. ``until`` is the moment (monotonic) after which nothing new goes wrong."""

    def __init__(self, scene: Scene, kills: int, until: float, chance: random.Random, say: Say) -> None:
        self.scene, self.kills, self.until, self.chance, self.say = scene, kills, until, chance, say
        self.service = scene.stack.service
        self.done = 0
        self.quiet = asyncio.Event()

    async def run(self, talks: int) -> None:
        """From the first hello to the moment when everybody shows everything."""
        async with AsyncExitStack() as exits:
            wires = [await exits.enter_async_context(Wire(web.address)) for web in self.service.webs]
            self.weather = Weather(self.scene, wires, self.chance)
            await self._open(talks, [wire.address for wire in wires])
            stop = asyncio.Event()
            talking = asyncio.gather(*(talk.go_on(stop, PAUSE_S) for talk in self.scene.talks))
            await self._rage()
            self.say(f"{self.done} kills; all is mended, and a quiet time follows")
            await self.scene.acknowledged(2)
            await asyncio.sleep(QUIET_S)
            stop.set()
            await talking
            await self.scene.settle()

    async def _open(self, talks: int, wires: list[str]) -> None:
        """A third comes in over the wires; two thirds have an agent, who sits at the other process."""
        web = self.service.addresses
        for number in range(talks):
            at = in_turn(wires if number % 3 == 0 else web, number)
            await self.scene.open(at, in_turn(web, number + 1) if number % 3 < 2 else ())
        filler = await self.scene.stack.cast.customer(web[0])
        await asyncio.to_thread(disk.fill, self.scene.stack.database, filler.conversation)

    async def _rage(self) -> None:
        keeper = asyncio.create_task(self._keep_up())
        try:
            await asyncio.gather(
                self._kill(self.service.webs, OF_A_MESSAGE, self.kills // 2),
                self._kill(self.service.workers, OF_A_TURN, self.kills - self.kills // 2),
                self._change_weather(),
            )
        finally:
            self.quiet.set()
            await keeper
        await asyncio.to_thread(self.service.mend)

    async def _kill(self, processes: Sequence[Process], points: Sequence[str], times: int) -> None:
        """One process of a kind after the other, at a point that is drawn, or between points when it passes none."""
        while times and time.monotonic() < self.until:
            await asyncio.sleep(self.chance.uniform(*BETWEEN_S))
            free = [each for each in processes if each.alive and each not in self.weather.busy]
            if not free:
                continue
            victim, point = self.chance.choice(free), self.chance.choice(points)
            self.weather.inject(victim, f"kill@{point}:{self.chance.randint(1, 3)}")
            code = await self._ended(victim)
            if code is None:
                point = "no point"
                victim.kill()
            elif code != -signal.SIGKILL:  # a redeploy came first
                continue
            times -= 1
            self.done += 1
            self._note("fault", f"kill at {point}")
            self._note("over", f"kill at {point}")

    async def _ended(self, victim: Process) -> int | None:
        """Its exit code; None when it did not pass the point in time."""
        try:
            return await asyncio.to_thread(victim.ended, KILL_WITHIN_S)
        except AssertionError:
            return None

    async def _change_weather(self) -> None:
        """Every other fault once, in an order that is drawn, and again from the start while there are kills to come."""
        first = True
        while first or (self.done < self.kills and time.monotonic() < self.until):
            deck = self.weather.deck()
            self.chance.shuffle(deck)
            for name, fault in deck:
                if not first and self.done >= self.kills:
                    return
                await asyncio.sleep(self.chance.uniform(2, 4))
                self._note("fault", name)
                await fault()
                self._note("over", name)
            first = False

    async def _keep_up(self) -> None:
        """Start again what died, as a supervisor does."""
        while not self.quiet.is_set():
            for process in (*self.service.webs, *self.service.workers):
                if not process.alive and process not in self.weather.planned:
                    self.weather.inject(process)
                    await asyncio.to_thread(process.launch)
            await asyncio.sleep(0.5)

    def _note(self, kind: str, name: str) -> None:
        self.scene.notes.note(kind, "", "", name=name)
        if kind == "fault":
            self.say(f"{name} ({self.done} kills)")
