"""Two workers, none, one that is killed in the middle: each deadline fires once, each turn is answered once."""

from __future__ import annotations

import asyncio

from tests.faults.hooked import POLL_S
from tests.faults.scene import Scene, until

TALKS = 6
ASK = "I want to talk to a person, please"
CAUSES = """
SELECT cause, count(*), count(DISTINCT conversation_id) FROM support_holderchange
WHERE conversation_id = ANY(%s::uuid[]) GROUP BY cause
"""
STATES = "SELECT state, count(*) FROM support_handoff WHERE conversation_id = ANY(%s::uuid[]) GROUP BY state"
HOLDERS = "SELECT count(*) FROM support_conversation WHERE id = ANY(%s::uuid[]) AND holder = %s"
GIVE_UP = "UPDATE support_handoff SET give_up_at = now() WHERE conversation_id = ANY(%s::uuid[])"
GO_QUIET = "UPDATE support_conversation SET last_at = now() - interval '1 day' WHERE id = ANY(%s::uuid[])"
VANISH = """
WITH gone AS (UPDATE support_presence SET seen_at = now() - interval '1 day' WHERE name LIKE 'agent:%%')
UPDATE support_assignment SET started_at = now() - interval '1 day' WHERE conversation_id = ANY(%s::uuid[])
"""
ATTEMPTS = "SELECT attempts, outcome FROM support_turn WHERE conversation_id = %s::uuid"


def told(scene: Scene, query: str, *values: object) -> list[tuple[object, ...]]:
    with scene.stack.database.connect() as connection:
        cursor = connection.execute(query, values)
        return list(cursor.fetchall()) if cursor.description else []


async def no_workers(scene: Scene) -> None:
    for worker in scene.stack.service.workers:
        await asyncio.to_thread(worker.stop)


async def test_turns_that_came_while_no_worker_was_there_are_answered_once_each_in_order(scene: Scene) -> None:
    await scene.open_many(with_agent=0, with_bot=3)
    await no_workers(scene)
    for talk in scene.talks:
        await talk.chat(3)
    await asyncio.to_thread(scene.stack.service.start)
    assert (await scene.judge()).faults == []
    for talk in scene.talks:
        answers = [
            event.values["body"]
            for event in scene.notes.of("seen")
            if event.who == talk.maria.who and event.values["author"] == "bot"
        ]
        assert answers[1:] == [f"Answer to Note {number} by {talk.maria.who}" for number in (1, 2, 3)]


async def test_a_deadline_that_passed_while_no_worker_was_there_fires_once_although_two_come_back(scene: Scene) -> None:
    await scene.open_many(with_agent=0, with_bot=TALKS)
    waiting = scene.conversations[: TALKS // 2]
    for talk in scene.talks:
        await talk.maria.send(ASK if talk.customer.conversation in waiting else "Good morning")
    await until(lambda: told(scene, HOLDERS, waiting, "queue") == [(len(waiting),)])
    await scene.settle()
    await no_workers(scene)
    told(scene, GIVE_UP, waiting)
    told(scene, GO_QUIET, scene.conversations[TALKS // 2 :])
    await asyncio.to_thread(scene.stack.service.start)
    await until(lambda: len(told(scene, CAUSES, scene.conversations)) == 4)
    assert (await scene.judge()).faults == []
    half = TALKS // 2
    assert sorted(told(scene, CAUSES, scene.conversations)) == [
        ("escalated", half, half), ("expired", half, half), ("opened", TALKS, TALKS), ("quiet", half, half),
    ]  # fmt: skip
    assert told(scene, STATES, waiting) == [("expired", half)]


async def test_the_conversations_of_an_agent_who_vanished_are_queued_again_once(scene: Scene) -> None:
    await scene.open_many(with_agent=3, with_bot=0)
    await asyncio.gather(*(talk.chat(1) for talk in scene.talks))
    await scene.settle()
    await no_workers(scene)
    for talk in scene.talks:
        assert talk.ana
        await talk.ana.leave()
        talk.ana = None
    told(scene, VANISH, scene.conversations)
    await asyncio.to_thread(scene.stack.service.start)
    await until(lambda: told(scene, HOLDERS, scene.conversations, "queue") == [(3,)])
    assert (await scene.judge()).faults == []
    assert ("vanished", 3, 3) in told(scene, CAUSES, scene.conversations)
    assert told(scene, STATES, scene.conversations) == [("waiting", 3)]


async def test_the_turn_of_a_killed_worker_is_taken_over_when_its_lease_ends(scene: Scene) -> None:
    talk = await scene.open(scene.stack.service.addresses)
    for worker in scene.stack.service.workers:
        worker.inject("kill@asked:1")
    await asyncio.sleep(10 * POLL_S)  # a turn is over sooner than a worker looks what is injected
    await talk.maria.send("Who answers this?")
    await until(lambda: any(not worker.alive for worker in scene.stack.service.workers))
    for worker in scene.stack.service.workers:
        worker.inject("")
    assert (await scene.judge()).faults == []
    assert told(scene, ATTEMPTS, talk.customer.conversation) == [(2, "replied")]
