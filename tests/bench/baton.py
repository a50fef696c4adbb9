"""Baton as it is used: a signed-in customer, a signed-in agent who holds the conversation and has it open."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg

from tests.bench.chat import Ears, deaf, last_word
from tests.bench.ledger import Stored
from tests.bench.wire import Wire
from tests.stack.cast import Agent, Cast, Customer
from tests.stack.service import MANAGE, Service

AGENTS = tuple(f"agent{number}" for number in range(20))
HEARTBEAT_S = 15
AT_ONCE = 8
REST_S = 120
UNLIMITED = {"SEND_LIMIT": "1000000", "SESSION_LIMIT": "100000", "ADDRESS_LIMIT": "1000000", "INBOX_LIMIT": "1000000"}
HELLO = '{"type": "hello", "version": 1}'
OWED = "SELECT count(*) FROM support_turn WHERE state = 'open'"
STORED = (
    "SELECT client_id, seq FROM support_message WHERE author IN ('customer', 'agent') AND starts_with(client_id, %s)"
)


class BatonChat:
    """Follows docs/protocol.md: what is known is dropped, and a gap is asked for again."""

    def __init__(self, conversation: str) -> None:
        self.conversation = conversation
        self.ears: Ears = deaf()
        self.known = {"customer": 0, "agent": 0}  # the last seq on each screen
        self.ready = asyncio.Event()
        self.customer: Wire
        self.agent: Wire
        self.beating: asyncio.Task[None]

    async def join(self, service: Service, address: str, customer: Customer, agent: Agent) -> None:
        """Open both sockets and wait until both follow the conversation."""
        url = f"ws://{address}"
        self.customer = await Wire.open(url + customer.path, self._customer_hears, service.public_url, customer.cookie)
        self.agent = await Wire.open(url + agent.path, self._agent_hears, service.public_url, agent.cookie)
        self.agent.post(HELLO)
        self._read_on("customer")
        self._read_on("agent")
        self.beating = asyncio.create_task(self._beat())
        async with asyncio.timeout(30):
            while not all(self.known.values()):
                await self.ready.wait()
                self.ready.clear()

    def write(self, client_id: str, body: str) -> None:
        """The customer sends."""
        self.customer.post(json.dumps({"type": "send", "client_id": client_id, "body": body}))

    def reply(self, client_id: str, body: str) -> None:
        """The agent sends."""
        frame = {"type": "send", "conversation": self.conversation, "client_id": client_id, "body": body}
        self.agent.post(json.dumps(frame))

    async def close(self) -> None:
        """The customer ends the conversation, so that it stands in no list any more; both hang up."""
        self.ears = deaf()
        self.beating.cancel()
        self.customer.post('{"type": "finish"}')
        await asyncio.sleep(0.1)
        await asyncio.gather(self.customer.close(), self.agent.close())

    def _customer_hears(self, text: str, at: float) -> None:
        self._hears(json.loads(text), at, "customer", other="agent")

    def _agent_hears(self, text: str, at: float) -> None:
        self._hears(json.loads(text), at, "agent", other="customer")

    def _hears(self, frame: dict[str, Any], at: float, side: str, other: str) -> None:
        match frame["type"]:
            case "accepted":
                self.ears.accepted(frame["client_id"], frame["seq"], at)
            case "refused":
                self.ears.refused(frame["client_id"], frame.get("retry_s", 0))
            case "lines":
                self._show(frame["items"], at, side, other)
            case "heartbeat" if frame["seq"] > self.known[side]:
                self._read_on(side)
            case "error":
                raise AssertionError(f"the service did not take a frame: {frame}")

    def _show(self, lines: list[dict[str, Any]], at: float, side: str, other: str) -> None:
        for line in lines:
            if line["seq"] <= self.known[side]:
                continue
            if line["seq"] > self.known[side] + 1:
                self._read_on(side)
                return
            self.known[side] = line["seq"]
            if line["author"] == other:
                self.ears.seen(last_word(line["body"]), line["seq"], at)
        self.ready.set()

    def _read_on(self, side: str) -> None:
        if side == "customer":
            self.customer.post(json.dumps({"type": "hello", "version": 1, "after": self.known[side]}))
        else:
            frame = {"type": "open", "conversation": self.conversation, "after": self.known[side]}
            self.agent.post(json.dumps(frame))

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_S)
            for wire in (self.customer, self.agent):
                wire.post('{"type": "ping"}')


class Baton:
    """One web process and one worker."""

    name = "Baton"

    def __init__(self, database_url: str, logs: Path, **more: str) -> None:
        self.database_url = database_url
        self.service = Service(database_url, logs, MANAGE, **UNLIMITED, **more)
        self.cast = Cast(self.service)
        self.web, self.worker = self.service.add_web(), self.service.add_worker()
        self.agents: list[Agent] = []

    def start(self) -> None:
        """Start both, with an inbox and its agents."""
        self.cast.make(AGENTS)
        self.service.start()

    def stop(self) -> None:
        """End them."""
        self.service.kill()

    def processes(self) -> dict[str, int]:
        """Of this life; a web process that was started again has another id."""
        return {"web": self.web.pid, "worker": self.worker.pid}

    async def customers(self, count: int) -> list[Customer]:
        """New customers, some at a time: each is a request."""
        gate = asyncio.Semaphore(AT_ONCE)

        async def _one() -> Customer:
            async with gate:
                return await self.cast.customer(self.web.address)

        return await asyncio.gather(*(_one() for _ in range(count)))

    async def open(self, count: int) -> Sequence[BatonChat]:
        """Each chat is held by another agent, up to twenty."""
        for name in AGENTS[len(self.agents) : count]:
            self.agents.append(await self.cast.agent(self.web.address, name))
        chats = []
        for number, customer in enumerate(await self.customers(count)):
            agent = self.agents[number % len(self.agents)]
            await self.cast.take_over(self.web.address, agent, customer)
            chat = BatonChat(customer.conversation)
            await chat.join(self.service, self.web.address, customer, agent)
            chats.append(chat)
        return chats

    def owed(self) -> int:
        """Customers' messages that the worker has not judged yet."""
        with psycopg.connect(self.database_url) as database:
            return int(database.execute(OWED).fetchall()[0][0])

    async def rest(self) -> None:
        """Wait until the worker has judged every message."""
        began = time.monotonic()
        while owed := self.owed():
            if time.monotonic() - began > REST_S or not self.worker.alive:
                raise AssertionError(f"{owed} messages unread:\n{self.worker.written()}")
            await asyncio.sleep(0.1)

    def stored(self, client_ids: str) -> list[Stored]:
        """Lines of customers and agents."""
        with psycopg.connect(self.database_url) as database:
            return database.execute(STORED, [client_ids]).fetchall()
