"""Clocks that are wrong: a process an hour behind beside others, a database that steps back, a socket older than a day."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import psycopg
import pytest

from tests.faults.scene import AGENTS, Scene, Stack, until
from tests.faults.started import MANAGER, service_for
from tests.stack.cast import Cast

HOUR_S = 3600
# In front of pg_catalog on every session's path, and in place of the defaults that were bound when the tables were made.
WRONG = """
CREATE SCHEMA wrong;
CREATE TABLE wrong.step (by interval NOT NULL);
INSERT INTO wrong.step VALUES ('0');
CREATE FUNCTION wrong.now() RETURNS timestamptz STABLE LANGUAGE sql
    AS 'SELECT pg_catalog.now() + (SELECT by FROM wrong.step)';
CREATE FUNCTION wrong.statement_timestamp() RETURNS timestamptz STABLE LANGUAGE sql
    AS 'SELECT pg_catalog.statement_timestamp() + (SELECT by FROM wrong.step)';
CREATE FUNCTION wrong.clock_timestamp() RETURNS timestamptz VOLATILE LANGUAGE sql
    AS 'SELECT pg_catalog.clock_timestamp() + (SELECT by FROM wrong.step)';
DO $$
DECLARE found record;
BEGIN
    FOR found IN SELECT table_name, column_name FROM information_schema.columns
        WHERE table_schema = 'public' AND column_default = 'statement_timestamp()'
    LOOP
        EXECUTE format('ALTER TABLE %I ALTER COLUMN %I SET DEFAULT wrong.statement_timestamp()',
            found.table_name, found.column_name);
    END LOOP;
END $$;
ALTER DATABASE stepping SET search_path = wrong, pg_catalog, public;
"""
STEP = "UPDATE wrong.step SET by = by - interval '1 hour'"
DEFAULTS = "SELECT count(*) FROM information_schema.columns WHERE column_default LIKE 'wrong.%'"


async def figures(cast: Cast, address: str) -> list[float]:
    """Every number that the manager is shown."""
    helen = await cast.agent(address, MANAGER)
    answer = await cast.read(address, helen, "/api/metrics")
    assert answer.status_code == 200, answer.text[:300]
    return list(numbers(answer.json()))


def numbers(value: object) -> Iterator[float]:
    """The numbers in a JSON value."""
    if isinstance(value, int | float):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from numbers(part)


async def test_processes_an_hour_behind_the_others_change_no_order_and_no_duration(scene: Scene) -> None:
    service = scene.stack.service
    behind, worker = service.add_web(), service.add_worker()
    for process in (behind, worker):
        process.inject(f"clock=-{HOUR_S}")
    try:
        await asyncio.gather(*(asyncio.to_thread(process.start) for process in (behind, worker)))
        await scene.open([behind.address, service.addresses[0]], service.addresses[:1])
        await scene.open([service.addresses[0]], [behind.address])
        await scene.open([behind.address])
        await asyncio.gather(*(talk.chat(5) for talk in scene.talks))
        assert (await scene.judge()).faults == []
        found = await figures(scene.stack.cast, behind.address)
    finally:
        service.retire(behind)
        service.retire(worker)
    assert found
    assert min(found) >= 0


@pytest.fixture(scope="module")
def stepping(running: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A database of its own whose clock a test can set back, with a web process and a worker."""
    url = running.database.add("stepping")
    service = service_for(url, running.bot, tmp_path_factory.mktemp("stepping"))
    cast = Cast(service)
    cast.make(AGENTS, (MANAGER,))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(WRONG)
        assert connection.execute(DEFAULTS).fetchone() != (0,)
    service.add_web()
    service.add_worker()
    try:
        service.start()
        yield Stack(running.database, running.bot, service, cast, "stepping")
    finally:
        service.kill()


async def test_a_database_whose_clock_steps_back_keeps_the_order_and_reports_no_negative_duration(
    stepping: Stack,
) -> None:
    async with Scene(stepping) as scene:
        await scene.open_many(with_agent=2, with_bot=2)
        await asyncio.gather(*(talk.chat(3) for talk in scene.talks))
        await scene.settle()
        with stepping.database.connect(stepping.name) as connection:
            connection.execute(STEP)
        await asyncio.gather(*(talk.chat(3) for talk in scene.talks))
        late = await scene.open(stepping.service.addresses, stepping.service.addresses)
        await late.chat(3)
        assert (await scene.judge()).faults == []
        found = await figures(stepping.cast, stepping.service.addresses[0])
    assert found
    assert min(found) >= 0


async def test_turns_that_are_owed_when_the_clock_steps_back_are_answered_all_the_same(stepping: Stack) -> None:
    async with Scene(stepping) as scene:
        await asyncio.to_thread(stepping.service.workers[0].stop)
        await scene.open_many(with_agent=0, with_bot=2)
        await asyncio.gather(*(talk.chat(1) for talk in scene.talks))
        with stepping.database.connect(stepping.name) as connection:
            connection.execute(STEP)
        await asyncio.to_thread(stepping.service.workers[0].start)
        await until(lambda: scene.owed() == 0, within_s=10)
        assert (await scene.judge()).faults == []


async def test_a_socket_that_has_been_open_for_more_than_a_day_still_hears(scene: Scene) -> None:
    addresses = scene.stack.service.addresses
    talk = await scene.open(addresses[:1], addresses[1:])
    await talk.chat(1)
    await asyncio.sleep(
        6
    )  # timers of the handshake (5 s) go by the wall clock: a step, unlike a day, would end the socket
    scene.stack.service.webs[0].inject(f"clock={25 * HOUR_S}")
    await asyncio.sleep(3)  # Daphne looks at the age of its sockets every two seconds
    assert talk.ana
    await talk.ana.send("Are you still there?")
    await talk.maria.send("I am.")
    assert (await scene.judge()).faults == []
    assert [(event.who, event.values) for event in scene.notes.of("closed")] == []
    assert talk.maria.welcomes == 1
