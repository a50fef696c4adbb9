"""Bots in the service: what the contract promises can be stored, and another bot can take Rasa's place."""

from __future__ import annotations

import pytest

from bots import sizes
from bots.faq import FaqBot
from bots.reply import Answer, Bot, Button, Heard, Reply, Unavailable, Understanding, Utterance, Why
from bots.scripted import ScriptedBot, says
from escalation.model import RuleScorer
from support import handoff, log, turns
from support.models import Agent, Conversation, Handoff, Holder, Turn
from tests import people
from tests.bot.subjects import FAQ, HOURS

pytestmark = pytest.mark.django_db(transaction=True)


def asks(visitor: people.Visitor, text: str, bot: Bot) -> turns.Outcome:
    """The customer writes and the turn is taken."""
    visitor.says(text)
    claim = turns.claim()
    assert claim is not None
    return turns.take(claim, bot, RuleScorer())


def bot_lines(visitor: people.Visitor) -> list[str]:
    return [line.body for line in log.since(visitor.conversation, 1, "customer") if line.author == "bot"]


def accepted_and_handed_back(visitor: people.Visitor, agent: Agent) -> None:
    handoff.accept(visitor.conversation, agent.pk)
    handoff.hand_back(visitor.conversation, agent.pk, note="It is about the opening hours.")


def test_the_faq_bot_holds_a_conversation_hands_over_what_it_does_not_know_and_takes_it_back() -> None:
    inbox = people.inbox()
    maria, ana, bot = people.visitor(inbox), people.agent("Ana", inbox), FaqBot(FAQ)
    assert asks(maria, "When are you open?", bot) == turns.Outcome.REPLIED
    assert bot_lines(maria) == ["Monday to Friday, 9:00 to 18:00."]
    stored = Turn.objects.get()
    assert (stored.intent, stored.model, stored.fallback) == ("opening_hours", "faq", False)
    assert asks(maria, "Could you gift wrap the mug?", bot) == turns.Outcome.SPEECHLESS
    assert asks(maria, "I meant wrapping paper", bot) == turns.Outcome.ESCALATED
    assert Handoff.objects.get().main_kind == "bot_failure"
    accepted_and_handed_back(maria, ana)
    assert asks(maria, HOURS + " on Monday", bot) == turns.Outcome.REPLIED
    assert Conversation.objects.get().holder == Holder.BOT


@pytest.mark.parametrize("why", Why)
def test_each_kind_of_failure_is_counted_with_its_turn_and_leads_to_the_queue(why: Why) -> None:
    maria = people.visitor(people.inbox())
    assert asks(maria, "Where is my order?", ScriptedBot([Unavailable(why, "detail")])) == turns.Outcome.UNAVAILABLE
    assert Turn.objects.filter(outcome="unavailable", failures=[f"bot: {why}"]).count() == 1
    assert Conversation.objects.get().holder == Holder.QUEUE


def largest() -> Answer:
    """Each field as long as ``bots.sizes`` allows."""
    name, fact = "n" * sizes.NAME, "🙂" * sizes.TEXT
    button = Button("t" * sizes.TITLE, "/" + "p" * (sizes.PAYLOAD - 1))
    bubble = "🙂" * (sizes.TEXT - 2)
    understood = Understanding(name, 1.0, ((name, 1.0),) * sizes.INTENTS, {fact[:-1] + "e": fact}, False, ())
    return Reply(
        tuple(Utterance(f"{number:2}{bubble}", (button,) * sizes.BUTTONS) for number in range(sizes.BUBBLES)),
        understood,
        {fact: fact},
        name,
        ({"kept": "m" * (sizes.MEMORY_BYTES - 20)},),
        "v" * sizes.MODEL,
    )


def test_the_largest_answer_that_the_contract_allows_is_stored_whole() -> None:
    maria, answer = people.visitor(people.inbox()), largest()
    assert isinstance(answer, Reply)
    assert sizes.fault(answer) is None
    assert asks(maria, "Hello", ScriptedBot([answer])) == turns.Outcome.REPLIED
    assert bot_lines(maria) == [utterance.text for utterance in answer.utterances]
    stored = Turn.objects.get()
    assert (stored.intent, stored.model, stored.memory) == ("n" * sizes.NAME, answer.model, list(answer.memory))


def test_the_memory_comes_back_whole_and_what_people_said_comes_with_it() -> None:
    inbox = people.inbox()
    maria, ana = people.visitor(inbox), people.agent("Ana", inbox)
    bot = ScriptedBot([says("One."), says("Two."), Unavailable(Why.TIMEOUT), says("Four.")])
    for text in ("first", "second", "third"):
        asks(maria, text, bot)
    accepted_and_handed_back(maria, ana)
    asks(maria, "fourth", bot)
    assert list(bot.asks[-1].memory) == [{"said": ["One."]}, {"said": ["Two."]}]
    assert Heard("agent", "It is about the opening hours.") in bot.asks[-1].heard
