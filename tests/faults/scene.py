"""Talks on the stack: both sides write, something goes wrong, both catch up, and all is held against the log."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Self

import psycopg

from config.launch.postgres import DATABASE
from tests.faults.check import Row, Run, Verdict, check
from tests.faults.witness import Witness
from tests.stack.bot import Bot
from tests.stack.cast import Agent, Cast, Customer
from tests.stack.client import AgentClient, Client, CustomerClient
from tests.stack.database import Database
from tests.stack.service import Service, wait_for

AGENTS = ("ana", "ben")
CATCH_UP_S = 40
ROWS = """
SELECT conversation_id::text, seq, author, client_id, body FROM support_message WHERE conversation_id = ANY(%s::uuid[])
"""
ENDS = "SELECT id::text, last_seq FROM support_conversation WHERE id = ANY(%s::uuid[])"
OWED = "SELECT count(*) FROM support_turn WHERE state = 'open' AND conversation_id = ANY(%s::uuid[])"
NUMBERS = itertools.count(1)


@dataclass
class Stack:
    """All that runs."""

    database: Database
    bot: Bot
    service: Service
    cast: Cast
    name: str = DATABASE


class Talk:
    """One conversation: a customer's tab and, unless the bot has it alone, an agent's."""

    def __init__(self, customer: Customer, maria: CustomerClient, ana: AgentClient | None) -> None:
        self.customer, self.maria, self.ana = customer, maria, ana
        self.numbers = itertools.count(1)
        self.padding = ""

    @property
    def tabs(self) -> list[Client]:
        """Those who look at it."""
        return [self.maria, self.ana] if self.ana else [self.maria]

    async def chat(self, lines: int, pause_s: float = 0) -> None:
        """Each side writes so many lines, one after the other's acknowledgement."""
        await asyncio.gather(*(self._write(tab, lines, pause_s) for tab in self.tabs))

    async def go_on(self, stop: asyncio.Event, pause_s: float) -> None:
        """Each side writes until told to stop, also in the middle of a pause."""
        await asyncio.gather(*(self._write_until(tab, stop, pause_s) for tab in self.tabs))

    async def _write(self, tab: Client, lines: int, pause_s: float) -> None:
        for _ in range(lines):
            await tab.send(self._text(tab))
            await asyncio.sleep(pause_s)

    async def _write_until(self, tab: Client, stop: asyncio.Event, pause_s: float) -> None:
        while not stop.is_set():
            await tab.send(self._text(tab))
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause_s)

    def _text(self, tab: Client) -> str:
        """Nobody says the same twice, so that a line that is there twice is known."""
        return f"Note {next(self.numbers)} by {tab.who}{self.padding}"


class Scene:
    """The talks of one test."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.notes = Witness(stack.database, stack.name)
        self.talks: list[Talk] = []
        self.agents: dict[str, Agent] = {}
        self.exits = AsyncExitStack()

    async def __aenter__(self) -> Self:
        """Nobody is there yet."""
        return self

    async def __aexit__(self, *_: object) -> None:
        for talk in self.talks:
            await talk.maria.say("finish")  # else the lists of the agents grow from test to test
        await asyncio.sleep(0.1)
        await self.exits.aclose()
        self.notes.close()

    async def open(self, at: Sequence[str], agent_at: Sequence[str] = (), cast: Cast | None = None) -> Talk:
        """A customer comes in at the first of these addresses, and an agent takes over at theirs, if there are any."""
        number = next(NUMBERS)
        customer = await (cast or self.stack.cast).customer(at[0])
        ana = await self._take_over(customer, agent_at, AGENTS[number % len(AGENTS)]) if agent_at else None
        where = (at, customer.path, customer.cookie, self.stack.service.public_url)
        maria = CustomerClient(f"maria{number}", customer.conversation, where, self.notes)
        talk = Talk(customer, await self.exits.enter_async_context(maria), ana)
        for tab in talk.tabs:
            await tab.until_welcome()
        self.talks.append(talk)
        return talk

    async def _take_over(self, customer: Customer, at: Sequence[str], name: str) -> AgentClient:
        if name not in self.agents:
            self.agents[name] = await self.stack.cast.agent(at[0], name)
        agent = self.agents[name]
        await self.stack.cast.take_over(at[0], agent, customer)
        where = (at, agent.path, agent.cookie, self.stack.service.public_url)
        tab = AgentClient(f"{name}{next(NUMBERS)}", customer.conversation, where, self.notes)
        return await self.exits.enter_async_context(tab)

    async def open_many(self, with_agent: int, with_bot: int) -> None:
        """Talks whose sides are at different web processes, and change over when theirs is gone."""
        for number in range(with_agent + with_bot):
            at = in_turn(self.stack.service.addresses, number)
            await self.open(at, at[::-1] if number < with_agent else ())

    @asynccontextmanager
    async def talking(self, pause_s: float = 0.25) -> AsyncIterator[None]:
        """All talks go on while the block runs; afterwards every send that was begun has been answered."""
        stop = asyncio.Event()
        talks = asyncio.gather(*(talk.go_on(stop, pause_s) for talk in self.talks))
        try:
            yield
            stop.set()
            await asyncio.wait_for(talks, CATCH_UP_S)
        finally:
            talks.cancel()
            await asyncio.gather(talks, return_exceptions=True)

    async def acknowledged(self, more: int = 1) -> None:
        """Wait until each side of each talk has got so many acknowledgements from now on."""
        wanted = {tab: tab.acknowledged + more for tab in self.tabs}
        await until(
            lambda: all(tab.acknowledged >= number for tab, number in wanted.items()),
            lambda: f"not acknowledged: {[tab.who for tab, number in wanted.items() if tab.acknowledged < number]}",
        )

    async def until_noted(self, kinds: Sequence[str], **values: object) -> None:
        """Wait until somebody notes one of these."""
        await until(
            lambda: any(self.notes.count(kind, **values) for kind in kinds), lambda: f"nobody noted {kinds} {values}"
        )

    @property
    def tabs(self) -> list[Client]:
        """Everybody who is here."""
        return [tab for talk in self.talks for tab in talk.tabs]

    async def settle(self) -> None:
        """Wait until every owed turn is done and every tab shows the end of its log."""
        await until(lambda: not self.owed(), lambda: f"{self.owed()} turns are still owed")
        ends = self._ends()
        for tab in self.tabs:
            await tab.until(lambda tab=tab: tab.seq >= ends[tab.conversation] and not tab.pending, CATCH_UP_S)  # type: ignore[misc]
            tab.note("settled")
        self.notes.catch_up()

    async def judge(self) -> Verdict:
        """Settle, then hold everything against the log."""
        await self.settle()
        silent = [tab.who for tab in self.tabs if not tab.acknowledged]
        assert not silent, f"they said nothing: {silent}"
        return check(await self.run())

    async def run(self) -> Run:
        """What everybody saw, and what the database holds now."""
        with self.stack.database.connect(self.stack.name) as look:
            rows = [Row(*row) for row in look.execute(ROWS, [self.conversations])]
        return Run(self.notes.events, rows, self._ends())

    @property
    def conversations(self) -> list[str]:
        """The ids of the talks."""
        return [talk.customer.conversation for talk in self.talks]

    def _ends(self) -> dict[str, int]:
        with self.stack.database.connect(self.stack.name) as look:
            return dict(look.execute(ENDS, [self.conversations]).fetchall())

    def owed(self) -> int:
        """How many turns are still open; 1 while nobody can say."""
        try:
            with self.stack.database.connect(self.stack.name) as look:
                row = look.execute(OWED, [self.conversations]).fetchone()
        except psycopg.OperationalError:
            return 1
        return int(row[0]) if row else 0


async def until(
    condition: Callable[[], bool], why: Callable[[], str] = lambda: "not in time", within_s: float = CATCH_UP_S
) -> None:
    """Wait for something that another process does. Raises AssertionError with ``why()``."""
    await asyncio.to_thread(wait_for, condition, within_s, why)


def in_turn(addresses: list[str], number: int) -> list[str]:
    """The same addresses with another one first."""
    first = number % len(addresses)
    return addresses[first:] + addresses[:first]
