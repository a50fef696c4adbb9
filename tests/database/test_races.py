"""Races for one conversation, with real threads and connections: one winner, one holder, no lock-up."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, transaction
from django.utils import timezone

from support import dispatch, handoff, log, presence
from support.models import Assignment, Conversation, Handoff, HandoffState, Holder, HolderChange
from tests import people
from tests.judgements import escalate
from tests.people import Visitor
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)
Runs = list[Callable[[], object]]


def holder(visitor: Visitor) -> str:
    return Conversation.objects.get(pk=visitor.conversation).holder


def chain(visitor: Visitor) -> list[tuple[str, str]]:
    return list(
        HolderChange.objects.filter(conversation=visitor.conversation).order_by("number").values_list("before", "after")
    )


def test_twenty_agents_accept_at_once_and_one_wins() -> None:
    website = people.inbox()
    agents = [people.agent(f"Agent{number}", website) for number in range(20)]
    for _ in range(3):
        maria = people.visitor(website)
        escalate(maria.conversation, maria.says("a person please"))
        results = at_once([partial(handoff.accept, maria.conversation, agent.pk) for agent in agents])
        winners = [agent for agent, result in zip(agents, results, strict=True) if result is None]
        losers = [result for result in results if isinstance(result, handoff.Conflict)]
        assert (len(winners), len(losers)) == (1, 19)
        assert {loser.agent for loser in losers} == {winners[0].name}
        assert Conversation.objects.get(pk=maria.conversation).agent == winners[0]
        assert Assignment.objects.filter(conversation=maria.conversation).count() == 1


def test_one_agent_with_one_place_left_who_accepts_five_at_once_gets_one() -> None:
    website = people.inbox()
    ana = people.agent("Ana", website, capacity=1)
    visitors = [people.visitor(website) for _ in range(5)]
    for visitor in visitors:
        escalate(visitor.conversation, visitor.says("a person please"))
    results = at_once([partial(handoff.accept, visitor.conversation, ana.pk) for visitor in visitors])
    assert results.count(None) == 1
    assert Assignment.objects.filter(agent=ana, ended_at=None).count() == 1


def test_accept_against_stop_waiting_leaves_one_holder_and_an_unbroken_chain() -> None:
    website = people.inbox()
    ana = people.agent("Ana", website, capacity=50)
    for _ in range(10):
        maria = people.visitor(website)
        escalate(maria.conversation, maria.says("a person please"))
        results = at_once(
            [partial(handoff.accept, maria.conversation, ana.pk), partial(handoff.stop_waiting, maria.conversation)]
        )
        assert results.count(None) == 1
        links = chain(maria)
        assert [before for before, _ in links[1:]] == [after for _, after in links[:-1]]
        assert Handoff.objects.get(conversation=maria.conversation).state in (
            HandoffState.ASSIGNED,
            HandoffState.ABANDONED,
        )


def test_an_accept_against_a_deadline_ends_in_one_of_the_two_and_never_in_a_deadlock() -> None:
    website = people.inbox()
    ana = people.agent("Ana", website, capacity=50)
    presence.beat(f"{presence.AGENT}{ana.pk}")
    for _ in range(15):
        maria = people.visitor(website)
        made = escalate(maria.conversation, maria.says("a person please"))
        Handoff.objects.filter(pk=made.pk).update(give_up_at=timezone.now())
        runs: Runs = [partial(handoff.accept, maria.conversation, ana.pk), dispatch.run_due, dispatch.run_due]
        accepted, *_ = at_once(runs)
        assert accepted is None or isinstance(accepted, handoff.Conflict)
        state = Handoff.objects.get(pk=made.pk).state
        assert state == (HandoffState.ASSIGNED if accepted is None else HandoffState.EXPIRED)


def test_a_hand_back_against_the_agents_vanishing_ends_in_one_of_the_two() -> None:
    website = people.inbox()
    ana = people.agent("Ana", website, capacity=50)
    for _ in range(15):
        maria = people.visitor(website)
        escalate(maria.conversation, maria.says("a person please"))
        handoff.accept(maria.conversation, ana.pk)
        Assignment.objects.update(started_at=timezone.now() - timedelta(hours=1))
        runs: Runs = [partial(handoff.hand_back, maria.conversation, ana.pk, ""), dispatch.run_due, dispatch.run_due]
        back, *fired = at_once(runs)
        assert all(isinstance(count, int) for count in fired)
        assert back is None or isinstance(back, handoff.Conflict)
        assert holder(maria) == (Holder.BOT if back is None else Holder.QUEUE)
        handoff.finish(maria.conversation)


def test_one_agent_who_hands_back_in_one_tab_and_accepts_in_another_does_not_lock_up() -> None:
    website = people.inbox()
    ana = people.agent("Ana", website, capacity=50)
    for _ in range(15):
        maria = people.visitor(website)
        escalate(maria.conversation, maria.says("a person please"))
        handoff.accept(maria.conversation, ana.pk)
        back, again = at_once(
            [
                partial(handoff.hand_back, maria.conversation, ana.pk, ""),
                partial(handoff.accept, maria.conversation, ana.pk),
            ]
        )
        assert back is None
        assert isinstance(again, handoff.Conflict)


def test_an_append_that_loses_a_deadlock_is_tried_again_and_stored_once() -> None:
    website = people.inbox()
    ana = people.agent("Ana", website)
    maria = people.visitor(website)
    handoff.take_over(maria.conversation, ana.pk)
    stored: list[log.Stored] = []

    def reply() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET deadlock_timeout = '50ms'")  # so that this one is the loser
        stored.append(log.append(maria.conversation, "agent", "once", "Hello", agent_id=ana.pk))
        with connection.cursor() as cursor:
            cursor.execute("RESET deadlock_timeout")
        connection.close()

    thread = threading.Thread(target=reply)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL deadlock_timeout = '30s'")
        cursor.execute("SELECT FROM support_agent WHERE id = %s FOR UPDATE", [ana.pk])
        thread.start()
        until_somebody_waits_for_a_lock()
        cursor.execute("UPDATE support_conversation SET last_at = now() WHERE id = %s", [maria.conversation])
    thread.join(timeout=20)
    assert [answer.repeated for answer in stored] == [False]
    assert [line.body for line in log.since(maria.conversation, 0, "agent") if line.author == "agent"] == ["Hello"]


def until_somebody_waits_for_a_lock() -> None:
    deadline = time.monotonic() + 20
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            time.sleep(0.01)
    raise AssertionError("nobody waits")
