"""Everything that goes wrong in a storm beside the kills. Each fault is a coroutine that ends when it is over."""

from __future__ import annotations

import asyncio
import random
import signal
from collections.abc import Awaitable, Callable

import psycopg

from tests.faults import disk, frames
from tests.faults.plain import Plain
from tests.faults.scene import Scene
from tests.faults.wire import Wire
from tests.stack.service import Process

SLOW_S = 10
AWAY_S = 30
END_ALL = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
"""
END_LISTENERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN %'"
FLOOD = 60


class Weather:
    """The faults of one run; ``lasting`` is what is wrong inside a process beside the kill that waits for it."""

    def __init__(self, scene: Scene, wires: list[Wire], chance: random.Random) -> None:
        self.scene, self.wires, self.chance = scene, wires, chance
        self.service, self.database = scene.stack.service, scene.stack.database
        self.lasting: dict[Process, str] = {}
        self.frozen: set[Process] = set()
        self.planned: set[Process] = set()

    @property
    def busy(self) -> set[Process]:
        """Those to which something else happens now."""
        return self.frozen | self.planned

    def deck(self) -> list[tuple[str, Callable[[], Awaitable[None]]]]:
        """All of them, by name."""
        return [
            ("a process frozen 10 s", self.freeze),
            ("PostgreSQL restarted at once", self.restart_database),
            ("PostgreSQL down 30 s", self.database_away),
            ("every session ended", self.end_sessions),
            ("disk full", self.fill_disk),
            ("hints lost and shuffled", self.lose_hints),
            ("listeners ended", self.end_listeners),
            ("network cut", self.cut_network),
            ("network half open", self.half_open),
            ("answers lost", self.lose_answers),
            ("a clock an hour behind", self.set_clock_back),
            ("redeploy", self.redeploy),
            ("a deadlock from outside", self.deadlock),
            ("flood", self.flood),
            ("frames beyond the protocol", self.bad_frames),
        ]

    def inject(self, process: Process, kill: str = "") -> None:
        """Tell a process what is wrong in it now."""
        process.inject(f"{self.lasting.get(process, '')} {kill}".strip())

    async def freeze(self) -> None:
        victim = self.chance.choice([*self.service.webs, *self.service.workers])
        if not victim.alive:
            return
        self.frozen.add(victim)
        victim.send(signal.SIGSTOP)
        await asyncio.sleep(SLOW_S)
        self.frozen.discard(victim)
        if victim.alive:
            victim.send(signal.SIGCONT)

    async def restart_database(self) -> None:
        await asyncio.to_thread(self.database.kill)
        await asyncio.to_thread(self.database.start)

    async def database_away(self) -> None:
        await asyncio.to_thread(self.database.stop)
        await asyncio.sleep(AWAY_S)
        await asyncio.to_thread(self.database.start)

    async def end_sessions(self) -> None:
        with self.database.connect() as connection:
            connection.execute(END_ALL)

    async def end_listeners(self) -> None:
        with self.database.connect() as connection:
            connection.execute(END_LISTENERS)

    async def fill_disk(self) -> None:
        for talk in self.scene.talks:
            talk.padding = disk.padding()
        with disk.full(self.database):
            await asyncio.sleep(SLOW_S)
        for talk in self.scene.talks:
            talk.padding = ""

    async def lose_hints(self) -> None:
        await self._for_a_while(list(self.service.webs), "drop=0.1 shuffle=0.3")

    async def set_clock_back(self) -> None:
        processes: list[Process] = [self.service.webs[0], self.service.workers[0]]
        await self._for_a_while(processes, "clock=-3600")

    async def _for_a_while(self, processes: list[Process], words: str) -> None:
        for process in processes:
            self.lasting[process] = words
            self.inject(process, process.injected if "kill@" in process.injected else "")
        await asyncio.sleep(SLOW_S)
        for process in processes:
            del self.lasting[process]
            self.inject(process)

    async def cut_network(self) -> None:
        for wire in self.wires:
            wire.go_down()
        await asyncio.sleep(1)
        for wire in self.wires:
            wire.connected = True

    async def half_open(self) -> None:
        for wire in self.wires:
            wire.go_half_open()

    async def lose_answers(self) -> None:
        for wire in self.wires:
            wire.lose_answers()

    async def redeploy(self) -> None:
        for process in (*self.service.webs, *self.service.workers):
            self.planned.add(process)
            if process.alive:
                self.inject(process)
                process.send(signal.SIGTERM)
                await asyncio.to_thread(process.ended, 60)
            self.planned.discard(process)

    async def deadlock(self) -> None:
        talk = self.chance.choice(self.scene.talks)
        await asyncio.to_thread(hold_rows, self.database.cluster.url(), talk.customer.conversation)

    async def flood(self) -> None:
        talk = self.chance.choice(self.scene.talks)
        bodies = [f"Flood {next(talk.numbers)} by {talk.maria.who}" for _ in range(FLOOD)]
        await asyncio.gather(*(talk.maria.send(body) for body in bodies))

    async def bad_frames(self) -> None:
        web = self.chance.choice(self.service.webs)
        customer = self.chance.choice(self.scene.talks).customer
        for data, _ in frames.CLOSED.values():
            try:
                async with Plain.open(web.address, customer, self.service.public_url) as plain:
                    plain.writer.write(data)
                    await plain.close_code()
            except (OSError, asyncio.IncompleteReadError, TimeoutError):
                continue  # the process has just been killed, or is frozen


def hold_rows(url: str, conversation: str) -> None:
    """Take the rows of a conversation in the wrong order: what is said there meanwhile closes the circle, for one of us."""
    with psycopg.connect(url) as other:
        try:
            other.execute("SELECT 1 FROM support_message WHERE conversation_id = %s FOR UPDATE", [conversation])
            other.execute("SELECT 1 FROM support_turn WHERE conversation_id = %s FOR UPDATE", [conversation])
            other.execute("SELECT pg_sleep(2)")
            other.execute("SELECT 1 FROM support_conversation WHERE id = %s FOR UPDATE", [conversation])
        except psycopg.errors.DeadlockDetected:
            pass
        other.rollback()
