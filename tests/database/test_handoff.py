"""The passage: one holder, one winner, a chain of ownership, and honest words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from support import dispatch, handoff, log, presence
from support.models import (
    Agent,
    Assignment,
    Conversation,
    Disposition,
    Handoff,
    HandoffState,
    Holder,
    HolderChange,
    Rating,
)
from tests import people
from tests.judgements import escalate
from tests.people import Visitor


def holder(visitor: Visitor) -> str:
    return Conversation.objects.get(pk=visitor.conversation).holder


def last_line(visitor: Visitor) -> str:
    return log.since(visitor.conversation, 0, "customer")[-1].body


def chain(visitor: Visitor) -> list[tuple[str, str]]:
    return list(
        HolderChange.objects.filter(conversation=visitor.conversation).order_by("number").values_list("before", "after")
    )


def test_an_escalation_tells_why_and_that_nobody_is_there(maria: Visitor) -> None:
    escalate(maria.conversation, maria.says("a person please"))
    assert holder(maria) == Holder.QUEUE
    assert last_line(maria).startswith("You asked for a person")
    assert "Nobody of our team is here right now" in last_line(maria)


def test_an_escalation_does_not_say_that_nobody_is_there_when_ana_is(maria: Visitor, ana: Agent) -> None:
    presence.beat(f"{presence.AGENT}{ana.pk}")
    escalate(maria.conversation, maria.says("a person please"))
    assert "Nobody" not in last_line(maria)


def test_reasons_are_stored_unchanged_with_the_handoff(maria: Visitor) -> None:
    made = escalate(maria.conversation, maria.says("I want to talk to a person"))
    stored = Handoff.objects.get(pk=made.pk)
    assert stored.main_kind == "asked"
    assert stored.reasons[0]["kind"] == "asked"
    assert stored.due_at - stored.enqueued_at < timedelta(seconds=121)


def test_the_way_goes_both_ways_and_the_chain_has_no_gap(maria: Visitor, ana: Agent) -> None:
    escalate(maria.conversation, maria.says("a person please"))
    handoff.accept(maria.conversation, ana.pk)
    handoff.reply(maria.conversation, ana.pk, "hi", "Hello, I am Ana.")
    handoff.hand_back(maria.conversation, ana.pk, "She wants a refund")
    handoff.take_over(maria.conversation, ana.pk)
    handoff.resolve(maria.conversation, ana.pk, Disposition.SOLVED)
    links = chain(maria)
    assert [after for _, after in links] == ["bot", "queue", "agent", "bot", "agent", "nobody"]
    assert [before for before, _ in links[1:]] == [after for _, after in links[:-1]]
    assert not Assignment.objects.filter(ended_at=None).exists()


def test_a_hand_back_writes_the_boundary_at_the_last_line_before_it(maria: Visitor, ana: Agent) -> None:
    escalate(maria.conversation, maria.says("a person please"))
    handoff.accept(maria.conversation, ana.pk)
    seq = maria.says("thank you")
    handoff.hand_back(maria.conversation, ana.pk, "")
    assert Conversation.objects.get(pk=maria.conversation).boundary == seq


def test_the_first_reply_of_the_agent_is_the_first_response(maria: Visitor, ana: Agent) -> None:
    made = escalate(maria.conversation, maria.says("a person please"))
    handoff.accept(maria.conversation, ana.pk)
    assert Handoff.objects.get(pk=made.pk).answered_at is None
    handoff.reply(maria.conversation, ana.pk, "1", "Hello")
    first = Handoff.objects.get(pk=made.pk).answered_at
    handoff.reply(maria.conversation, ana.pk, "2", "I look it up")
    assert first is not None
    assert Handoff.objects.get(pk=made.pk).answered_at == first


def test_an_agent_who_holds_all_that_fits_cannot_accept_more(maria: Visitor) -> None:
    full = people.agent("Cleo", maria.inbox, capacity=1)
    other = people.visitor(maria.inbox)
    for visitor in (maria, other):
        escalate(visitor.conversation, visitor.says("a person please"))
    handoff.accept(maria.conversation, full.pk)
    with pytest.raises(handoff.Conflict) as conflict:
        handoff.accept(other.conversation, full.pk)
    assert conflict.value.code == "at_capacity"
    assert holder(other) == Holder.QUEUE


def test_who_comes_too_late_is_told_who_was_first(maria: Visitor, ana: Agent, ben: Agent) -> None:
    escalate(maria.conversation, maria.says("a person please"))
    handoff.accept(maria.conversation, ben.pk)
    with pytest.raises(handoff.Conflict) as conflict:
        handoff.accept(maria.conversation, ana.pk)
    assert (conflict.value.holder, conflict.value.agent) == ("agent", "Ben")
    assert "Ben" in conflict.value.detail


def test_stop_waiting_is_an_abandoned_handoff_and_the_bot_goes_on(maria: Visitor) -> None:
    made = escalate(maria.conversation, maria.says("a person please"))
    handoff.stop_waiting(maria.conversation)
    assert Handoff.objects.get(pk=made.pk).state == HandoffState.ABANDONED
    assert holder(maria) == Holder.BOT


def test_a_handoff_that_waits_too_long_expires_once_and_the_customer_is_told(maria: Visitor) -> None:
    made = escalate(maria.conversation, maria.says("a person please"))
    Handoff.objects.filter(pk=made.pk).update(give_up_at=timezone.now() - timedelta(seconds=1))
    assert dispatch.run_due() == 1
    assert dispatch.run_due() == 0
    assert Handoff.objects.get(pk=made.pk).state == HandoffState.EXPIRED
    assert "nobody could come in time" in last_line(maria)


def test_the_conversation_of_an_agent_who_vanished_goes_to_the_front_once(maria: Visitor, ana: Agent) -> None:
    made = escalate(maria.conversation, maria.says("a person please"))
    handoff.accept(maria.conversation, ana.pk)
    Assignment.objects.update(started_at=timezone.now() - timedelta(hours=1))
    presence.beat(f"{presence.AGENT}{ana.pk}")
    assert dispatch.run_due() == 0  # she is there
    presence.forget(f"{presence.AGENT}{ana.pk}")
    assert dispatch.run_due() == 1
    assert dispatch.run_due() == 0
    assert holder(maria) == Holder.QUEUE
    assert Handoff.objects.get(pk=made.pk).priority == 1
    with pytest.raises(log.Refused):
        handoff.reply(maria.conversation, ana.pk, "late", "I am back")


def test_a_quiet_conversation_of_the_bot_is_closed_and_one_in_the_queue_is_not(maria: Visitor) -> None:
    waiting = people.visitor(maria.inbox)
    escalate(waiting.conversation, waiting.says("a person please"))
    maria.says("hello")
    Conversation.objects.update(last_at=timezone.now() - timedelta(hours=2))
    assert dispatch.run_due() == 1
    assert (holder(maria), holder(waiting)) == (Holder.NOBODY, Holder.QUEUE)


def test_only_an_ended_chat_is_rated_and_only_once(maria: Visitor) -> None:
    with pytest.raises(handoff.Conflict, match="when it has ended"):
        handoff.rate(maria.conversation, 5, "")
    handoff.finish(maria.conversation)
    handoff.rate(maria.conversation, 4, "fine")
    with pytest.raises(handoff.Conflict, match="has its rating"):
        handoff.rate(maria.conversation, 1, "")
    assert Rating.objects.get().score == 4
