"""Turns: every customer message is assessed, and each gets exactly one reply whatever dies meanwhile."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from bots.reply import Answer, Ask, Reply, Silence, Unavailable, Understanding, Utterance, Why
from escalation.model import RuleScorer
from support import handoff, log, push, turns
from support.models import Agent, Assessment, Conversation, Handoff, Holder, Turn, TurnState
from tests import people
from tests.judgements import escalate
from tests.people import Visitor

KNOWN = Understanding(intent="order_status", confidence=0.9)
LOST = Understanding(intent=None, confidence=0.1, fallback=True)


class Bot:
    """Gives the next of its answers and remembers what it was asked."""

    def __init__(self, *answers: Answer, meanwhile: Callable[[], None] | None = None) -> None:
        self.answers = list(answers)
        self.asks: list[Ask] = []
        self.meanwhile = meanwhile

    def answer(self, ask: Ask) -> Answer:
        self.asks.append(ask)
        if self.meanwhile:
            self.meanwhile()
        return self.answers.pop(0)


def says(text: str, understanding: Understanding = KNOWN, **more: object) -> Reply:
    return Reply(utterances=(Utterance(text),), understanding=understanding, **more)  # type: ignore[arg-type]


def take(bot: Bot) -> turns.Outcome:
    claim = turns.claim()
    assert claim is not None
    return turns.take(claim, bot, RuleScorer())


def bot_lines(visitor: Visitor) -> list[str]:
    return [line.body for line in log.since(visitor.conversation, 1, "customer") if line.author == "bot"]


def test_a_message_gets_the_bots_reply_and_an_assessment(maria: Visitor) -> None:
    seq = maria.says("Where is my order?")
    assert take(Bot(says("On its way."))) == turns.Outcome.REPLIED
    assert bot_lines(maria) == ["On its way."]
    assert Assessment.objects.get().seq == seq
    assert turns.claim() is None


def test_a_request_for_a_person_escalates_and_the_bots_reply_is_not_shown(maria: Visitor) -> None:
    maria.says("Let me talk to a human please")
    assert take(Bot(says("How can I help?"))) == turns.Outcome.ESCALATED
    assert bot_lines(maria) == []
    assert Handoff.objects.get().main_kind == "asked"


def test_two_failed_answers_escalate_even_when_the_customer_stays_polite(maria: Visitor) -> None:
    bot = Bot(says("Sorry?", LOST), says("Sorry?", LOST))
    maria.says("Could you gift wrap the mug, please?")
    assert take(bot) == turns.Outcome.REPLIED
    maria.says("I meant gift wrapping, thank you")
    assert take(bot) == turns.Outcome.ESCALATED
    assert Handoff.objects.get().main_kind == "bot_failure"


def test_an_unavailable_bot_is_told_and_leads_to_the_queue(maria: Visitor) -> None:
    maria.says("Where is my order?")
    assert take(Bot(Unavailable(Why.TIMEOUT))) == turns.Outcome.UNAVAILABLE
    assert Conversation.objects.get(pk=maria.conversation).holder == Holder.QUEUE
    assert "the fault is ours" in log.since(maria.conversation, 0, "customer")[-1].body


def test_silence_is_never_shown_as_an_answer(maria: Visitor) -> None:
    maria.says("Hm")
    assert take(Bot(Silence(KNOWN))) == turns.Outcome.SPEECHLESS
    assert bot_lines(maria) == ["I have no answer to that. Try other words, or ask for a person."]


def test_a_reply_that_comes_after_a_person_took_over_is_discarded(maria: Visitor, ana: Agent) -> None:
    maria.says("Where is my order?")
    bot = Bot(says("On its way."), meanwhile=lambda: handoff.take_over(maria.conversation, ana.pk))
    assert take(bot) == turns.Outcome.DISCARDED
    assert bot_lines(maria) == []


def test_messages_to_a_person_are_assessed_and_the_bot_is_not_asked(maria: Visitor, ana: Agent) -> None:
    handoff.take_over(maria.conversation, ana.pk)
    seq = maria.says("This is the worst service ever")
    bot = Bot()
    assert take(bot) == turns.Outcome.LISTENED
    assert bot.asks == []
    assert Assessment.objects.get().seq == seq


def test_the_bot_speaks_again_after_a_hand_back_and_knows_what_was_said(maria: Visitor, ana: Agent) -> None:
    memory = ({"event": "slot", "name": "order_number", "value": "TW-48213"},)
    bot = Bot(says("On its way.", memory=memory), says("TW-48213 arrives tomorrow."))
    maria.says("Where is TW-48213?")
    take(bot)
    handoff.take_over(maria.conversation, ana.pk)
    handoff.reply(maria.conversation, ana.pk, "a", "I have sped it up.")
    maria.says("Thank you, Ana")
    take(bot)
    handoff.hand_back(maria.conversation, ana.pk, "Express, arrives tomorrow")
    maria.says("When does it come?")
    assert take(bot) == turns.Outcome.REPLIED
    asked = bot.asks[-1]
    assert list(asked.memory) == list(memory)
    assert [heard.text for heard in asked.heard] == [
        "I have sped it up.",
        "Thank you, Ana",
        "Express, arrives tomorrow",
    ]
    maria.says("And the invoice?")
    bot.answers.append(says("Here."))
    take(bot)
    assert bot.asks[-1].heard == ()


def test_evidence_before_a_hand_back_does_not_escalate_again_and_a_fresh_request_does(
    maria: Visitor, ana: Agent
) -> None:
    escalate(maria.conversation, maria.says("I want a person"))
    take(Bot())
    handoff.accept(maria.conversation, ana.pk)
    handoff.hand_back(maria.conversation, ana.pk, "")
    for text in ("Where is my order?", "Which size is the tent?", "Thanks"):
        maria.says(text)
        assert take(Bot(says(f"About {text}"))) == turns.Outcome.REPLIED
    maria.says("I want to talk to a person")
    assert take(Bot(says("Hm"))) == turns.Outcome.ESCALATED


def test_messages_of_one_conversation_are_claimed_in_order_one_at_a_time(maria: Visitor) -> None:
    first, second = maria.says("one"), maria.says("two")
    claim = turns.claim()
    assert claim is not None
    assert claim.seq == first
    assert turns.claim() is None
    turns.take(claim, Bot(says("1")), RuleScorer())
    following = turns.claim()
    assert following is not None
    assert following.seq == second


def test_a_worker_whose_lease_went_to_another_stores_nothing(maria: Visitor) -> None:
    maria.says("Where is my order?")
    late = turns.claim()
    Turn.objects.update(free_at=timezone.now())
    current = turns.claim()
    assert late is not None
    assert current is not None
    assert turns.take(late, Bot(says("late")), RuleScorer()) == turns.Outcome.LOST
    assert turns.take(current, Bot(says("in time")), RuleScorer()) == turns.Outcome.REPLIED
    assert bot_lines(maria) == ["in time"]


def test_a_lease_of_before_the_clock_stepped_back_does_not_hold_a_turn(maria: Visitor) -> None:
    maria.says("Where is my order?")
    Turn.objects.update(free_at=timezone.now() + timedelta(hours=1))
    assert turns.claim() is not None
    assert turns.claim() is None, "the lease of now holds"


def test_a_turn_that_killed_its_worker_three_times_goes_to_a_person(maria: Visitor) -> None:
    maria.says("poison")
    Turn.objects.update(attempts=3)
    bot = Bot()
    assert take(bot) == turns.Outcome.UNAVAILABLE
    assert bot.asks == []
    assert Handoff.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fatal", ["read", "asked", "judged", "assessed", "answered", "stored"])
@pytest.mark.parametrize("text", ["Where is my order?", "I want to talk to a person"])
def test_a_worker_killed_after_a_step_leaves_exactly_one_answer(fatal: str, text: str) -> None:
    maria = people.visitor(people.inbox())
    maria.says(text)
    in_a_child_that_dies_after(fatal)
    Turn.objects.update(free_at=timezone.now())  # the lease is over
    while (claim := turns.claim()) is not None:
        turns.take(claim, Bot(says("On its way.")), RuleScorer())
    answers = [line for line in log.since(maria.conversation, 2, "customer") if line.author != "customer"]
    assert len(answers) == 1
    assert Assessment.objects.count() == 1
    assert Turn.objects.get().state == TurnState.DONE


def in_a_child_that_dies_after(fatal: str) -> None:
    """Take the next turn in a process of its own, which is killed without a chance to clean up."""
    assert push.ANNOUNCER.flush(30), (
        "its thread must not open the pool again, or hold a lock that the child would inherit"
    )
    connections.close_all()
    for alias in connections:
        connections[alias].close_pool()  # type: ignore[attr-defined]  # PostgreSQL only
    child = os.fork()
    if child == 0:
        try:
            claim = turns.claim()
            assert claim is not None
            turns.take(claim, Bot(says("On its way.")), RuleScorer(), step=lambda done: die_if(done == fatal))
        finally:
            os._exit(7)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), f"the child ended by itself on {sys.platform}"
    assert os.WTERMSIG(status) == signal.SIGKILL


def die_if(now: bool) -> None:
    if now:
        os.kill(os.getpid(), signal.SIGKILL)
