"""Deadlocks and serialization failures, provoked from outside in the running service."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from tests.faults.scene import Scene, Talk, until
from tests.faults.weather import END_ALL
from tests.stack.client import CustomerClient

PRETEND = "INSERT INTO support_message (conversation_id, seq, author, client_id, body) VALUES (%s, 100, 'customer', 'once', '?')"
WAITS = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%%support_message%%'"
LOCK = "SELECT 1 FROM support_conversation WHERE id = %s FOR UPDATE"
DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
FAILURES = b"could not serialize access"


@contextmanager
def same_send_held(scene: Scene, conversation: str) -> Iterator[psycopg.Connection]:
    """Another session has written a send of this name and does not commit it."""
    with psycopg.connect(scene.stack.database.url) as other:
        other.execute(PRETEND, [conversation])
        yield other
        other.rollback()


async def test_a_send_that_ends_in_a_deadlock_is_acknowledged_all_the_same_and_stored_once(scene: Scene) -> None:
    addresses = scene.stack.service.addresses
    talk = await scene.open(addresses, addresses[::-1])
    await talk.chat(1)
    with scene.stack.database.connect() as look, same_send_held(scene, talk.customer.conversation) as other:
        before = number(look, DEADLOCKS)
        sending = asyncio.create_task(talk.maria.send("Through a deadlock", "once"))
        await until(lambda: number(look, WAITS) > 0)  # it has the conversation, and waits for the name
        await asyncio.to_thread(lock, other, talk.customer.conversation)
    assert await sending > 0
    with scene.stack.database.connect() as look:
        await until(lambda: number(look, DEADLOCKS) > before)  # counted when the session of the victim is idle
    assert (await scene.judge()).faults == []


def lock(other: psycopg.Connection, conversation: str) -> None:
    """Ask for the conversation too: a circle, that the server ends after a second for one of the two."""
    try:
        other.execute(LOCK, [conversation])
    except psycopg.errors.DeadlockDetected:
        other.rollback()


def number(look: psycopg.Connection, query: str) -> int:
    row = look.execute(query).fetchone()
    return int(row[0]) if row else 0


async def test_sends_that_cannot_be_serialized_are_tried_again_until_each_is_stored_once(scene: Scene) -> None:
    addresses = scene.stack.service.addresses
    began = scene.stack.database.log.stat().st_size
    talk = await scene.open(addresses, addresses[::-1])
    with strictly(scene):
        tabs = [await second_tab(scene, talk, f"tab{place}") for place in range(4)]
        await asyncio.gather(talk.chat(10), *(say(tab, 10) for tab in tabs))
        assert (await scene.judge()).faults == []
    assert FAILURES in scene.stack.database.log.read_bytes()[began:]


@contextmanager
def strictly(scene: Scene) -> Iterator[None]:
    """Every session that begins now works in serializable transactions; those that there are end, before and after."""
    with scene.stack.database.connect() as connection:
        connection.execute("ALTER ROLE CURRENT_USER SET default_transaction_isolation = 'serializable'")
        connection.execute(END_ALL)
        try:
            yield
        finally:
            connection.execute("ALTER ROLE CURRENT_USER RESET default_transaction_isolation")
            connection.execute(END_ALL)


async def second_tab(scene: Scene, talk: Talk, name: str) -> CustomerClient:
    """One more tab of the same customer."""
    where = (scene.stack.service.addresses, talk.customer.path, talk.customer.cookie, scene.stack.service.public_url)
    return await scene.exits.enter_async_context(CustomerClient(name, talk.customer.conversation, where, scene.notes))


async def say(tab: CustomerClient, lines: int) -> None:
    for place in range(lines):
        await tab.send(f"{tab.who} writes {place}")
