"""Two web processes on one port and two workers on one database: to a customer and to an agent they are one service."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio
from channels.db import database_sync_to_async
from django.conf import settings
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

from config.launch import ports, probe
from support import handoff
from support.models import Agent, Inbox, Message
from tests import people
from tests.people import Visitor
from tests.sockets.serving import Served, closed, database_url, hears, say
from tests.stack.bot import Bot
from tests.stack.service import Worker, environment

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux spreads connections over processes")
SignIn = Callable[[str], Awaitable[dict[str, str]]]
SENDS = 4
SPREAD = 64  # sockets at most, until both processes have some: that they do not has a chance of 2 in 2 to the 64


class Neighbour(Served):
    """One of several web processes on one port."""

    def ready(self) -> bool:
        """Whether this very process answers; the kernel asks any of them."""
        return probe.says(self.port, "/health/ready", "process", self.pid)

    def serves(self, client: ClientConnection) -> bool:
        """Whether the other end of this client's connection is in this process (proc(5))."""
        ours, theirs = f":{self.port:04X}", f":{client.local_address[1]:04X}"
        rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()]
        wanted = {f"socket:[{row[9]}]" for row in rows if row[1].endswith(ours) and row[2].endswith(theirs)}
        return any(
            os.path.basename(os.path.realpath(file)) in wanted for file in Path(f"/proc/{self.pid}/fd").iterdir()
        )


@pytest.fixture
def bot() -> Iterator[Bot]:
    with Bot() as running:
        yield running


@pytest.fixture
def told(transactional_db: None, bot: Bot) -> dict[str, str]:
    """The environment of all; one public address, as behind a balancer."""
    address = f"http://127.0.0.1:{ports.any_free()}"
    bots = {"RASA_URL": bot.url, "RASA_TOKEN": "of the tests", "WORKER_THREADS": "1", "LOG_LEVEL": "DEBUG"}
    return environment(database_url(), address, **bots, SECRET_KEY=settings.SECRET_KEY)


@pytest.fixture
def webs(told: dict[str, str], tmp_path: Path) -> Iterator[list[Neighbour]]:
    """Two, ready, each shown by itself."""
    port = int(told["PUBLIC_URL"].rsplit(":", 1)[1])
    both = [Neighbour(name, told, tmp_path, port=port) for name in ("web1", "web2")]
    try:
        for web in both:
            web.command += ("--share",)
            web.launch()
        for web in both:
            web.wait_ready()
        yield both
    finally:
        for web in both:
            web.kill()


@pytest.fixture
def workers(told: dict[str, str], tmp_path: Path) -> Iterator[list[Worker]]:
    """Two, ready."""
    both = [Worker(name, told, tmp_path) for name in ("worker1", "worker2")]
    try:
        for worker in both:
            worker.start()
        yield both
    finally:
        for worker in both:
            worker.kill()


@pytest.fixture
def ana(tarnwood: Inbox) -> Agent:
    return people.agent("Ana", tarnwood, capacity=SPREAD)


@pytest_asyncio.fixture
async def sockets() -> AsyncIterator[AsyncExitStack]:
    """Closes what was opened."""
    async with AsyncExitStack() as opened:
        yield opened


class Crowd:
    """Customers with open sockets, at least two on each process."""

    def __init__(self, web: Neighbour, sockets: AsyncExitStack) -> None:
        self.web, self.sockets = web, sockets
        self.members: list[tuple[Visitor, ClientConnection]] = []

    async def enter(self, visitor: Visitor) -> ClientConnection:
        """Open a widget on the port of all."""
        client = await self.sockets.enter_async_context(self.web.connect(visitor))
        await say(client, "hello", version=1)
        await hears(client, "lines")
        return client

    async def gather(self, webs: list[Neighbour], inbox: Inbox) -> None:
        """Let them in, one after the other."""
        while min(sum(web.serves(client) for _, client in self.members) for web in webs) < 2:
            assert len(self.members) < SPREAD, "the kernel gives all to one process"
            visitor = await database_sync_to_async(people.visitor)(inbox)
            self.members.append((visitor, await self.enter(visitor)))


@pytest_asyncio.fixture
async def crowd(webs: list[Neighbour], sockets: AsyncExitStack, tarnwood: Inbox) -> Crowd:
    made = Crowd(webs[0], sockets)
    await made.gather(webs, tarnwood)
    return made


@pytest_asyncio.fixture
async def console(webs: list[Neighbour], sockets: AsyncExitStack, ana: Agent, signed_in: SignIn) -> ClientConnection:
    """Ana's, on one of the processes."""
    cookies = "; ".join(f"{name}={value}" for name, value in (await signed_in("ana")).items())
    address = webs[0].address
    opening = connect(
        f"ws://{address}/ws/agent",
        origin=Origin(f"http://{address}"),
        additional_headers={"Cookie": cookies},
        proxy=None,
    )
    client = await sockets.enter_async_context(opening)
    await say(client, "hello", version=1)
    await hears(client, "lists")
    return client


async def test_customers_of_both_processes_talk_with_an_agent_of_one(
    crowd: Crowd, console: ClientConnection, ana: Agent
) -> None:
    for number, (visitor, client) in enumerate(crowd.members):
        await database_sync_to_async(handoff.take_over)(visitor.conversation, ana.pk)
        conversation = str(visitor.conversation)
        await say(console, "open", conversation=conversation)
        await hears(console, "case")
        await say(console, "send", conversation=conversation, client_id=f"a{number}", body=f"Hello {number}")
        await hears_line(client, f"Hello {number}")
        await say(client, "send", client_id="c", body=f"Good day {number}")
        await hears_line(console, f"Good day {number}")


async def hears_line(client: ClientConnection, body: str) -> None:
    """Wait for a line of the log with this text."""
    while body not in [line["body"] for line in (await hears(client, "lines"))["items"]]:
        pass


async def test_when_one_is_killed_the_other_takes_its_customers_until_it_is_back(
    crowd: Crowd, webs: list[Neighbour]
) -> None:
    dead, alive = webs
    of_the_dead = [dead.serves(client) for _, client in crowd.members]
    dead.kill()
    for (visitor, client), came_back in zip(crowd.members, of_the_dead, strict=True):
        if came_back:
            assert (await closed(client)).rcvd is None
            client = await crowd.enter(visitor)
            assert alive.serves(client)
        await say(client, "send", client_id="a", body="Still here?")
        assert (await hears(client, "accepted"))["seq"] == 2
    await asyncio.to_thread(dead.start)


async def test_one_that_drains_leaves_the_port_to_its_neighbour(crowd: Crowd, webs: list[Neighbour]) -> None:
    leaving, staying = webs
    of_the_leaving = [leaving.serves(client) for _, client in crowd.members]
    leaving.send(signal.SIGTERM)
    for (visitor, client), must_go in zip(crowd.members, of_the_leaving, strict=True):
        if must_go:
            assert (await closed(client)).rcvd
            client = await crowd.enter(visitor)
            assert staying.serves(client)
        await say(client, "ping")
        await hears(client, "heartbeat")
    assert await leaving.gone() == 0


async def test_two_workers_answer_each_turn_once_and_in_order_whichever_process_took_it(
    crowd: Crowd, workers: list[Worker], bot: Bot
) -> None:
    bot.slow_s = 0.05  # so that one worker alone is not quick enough to take all
    await asyncio.gather(*(converses(client) for _, client in crowd.members))
    for visitor, _ in crowd.members:
        assert await database_sync_to_async(answers)(visitor) == [f"Answer to Question {n}" for n in range(SENDS)]
    assert sorted(bot.asked) == sorted(f"Question {n}" for n in range(SENDS) for _ in crowd.members)
    assert ["turn " in worker.log.read_text() for worker in workers] == [True, True]


async def converses(client: ClientConnection) -> None:
    """Ask, and ask on when the answer is there."""
    for number in range(SENDS):
        await say(client, "send", client_id=f"m{number}", body=f"Question {number}")
        await hears_line(client, f"Answer to Question {number}")


def answers(visitor: Visitor) -> list[str]:
    """What the bot said, in the order of the log."""
    lines = Message.objects.filter(conversation=visitor.conversation, author="bot").exclude(body=visitor.inbox.greeting)
    return list(lines.order_by("seq").values_list("body", flat=True))
