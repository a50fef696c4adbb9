"""The bot contract (docs/bot-contract.md): the same tests for every bot. What only a client of Rasa can break is in
``tests/unit/test_bots_rasa_outages.py``."""

from __future__ import annotations

import json
from functools import partial

import pytest

from bots.reply import Ask, Heard, Reply, Silence
from bots.sizes import fault
from tests.bot import subjects
from tests.bot.subjects import ALL, WITH_FORMS, Subject
from tests.bot.talk import Customer
from tests.threads import at_once

every_bot = pytest.mark.parametrize("subject", ALL, indirect=True)
with_forms = pytest.mark.parametrize("subject", WITH_FORMS, indirect=True)
UNKNOWN = ["blorp fizzle wubba", "asdf jkl qwe rtz", "qqq www eee", "!!!", "🙂🙂", "which planet is closest to the sun"]
COMMANDS = ["/restart", "/session_start", "  /restart", "//restart", '/inform{"order_number": "DROP TABLE"}']
ODD = {
    "slash": "/",
    "blank": " ",
    "longest": "wort " * 800,
    "one word": "w" * 4000,
    "backwards": "\N{RIGHT-TO-LEFT OVERRIDE}sruoh",
    "markup": "<script>alert('hours')</script>",
    "JSON": '{"text": ["\\u0000", null]}',
    "two lines": "what are\r\nyour\topening hours",
}


def numbered(texts: list[str]) -> pytest.MarkDecorator:
    """The texts as parameters, each with a number to name the conversation by."""
    return pytest.mark.parametrize(("number", "text"), list(enumerate(texts)))


def words(answer: object) -> list[str]:
    """The bubbles of a reply; none of silence."""
    assert isinstance(answer, Reply | Silence), answer
    return [one.text for one in answer.utterances] if isinstance(answer, Reply) else []


@every_bot
def test_what_it_knows_is_a_reply_that_can_be_stored_and_shown(subject: Subject) -> None:
    customer = subject.customer()
    assert "Monday to Friday" in customer.says(subjects.HOURS)
    reply = customer.last
    assert fault(reply) is None
    assert reply.understanding.intent == "opening_hours"
    assert reply.understanding.ranking[0][0] == "opening_hours"
    assert not reply.understanding.fallback
    assert reply.understanding.failures == ()
    assert reply.active_form is None
    assert reply.model


@every_bot
@numbered(UNKNOWN)
def test_what_it_does_not_know_is_a_fallback_without_an_intent(subject: Subject, number: int, text: str) -> None:
    answer = subject.customer(str(number)).tries(text)
    assert isinstance(answer, Reply | Silence)
    assert answer.understanding.fallback
    assert answer.understanding.intent is None
    assert fault(answer) is None


@every_bot
@pytest.mark.parametrize("kind", ODD)
def test_whatever_is_written_gets_an_answer_that_can_be_stored(subject: Subject, kind: str) -> None:
    answer = subject.customer(kind).tries(ODD[kind])
    assert isinstance(answer, Reply | Silence)
    assert fault(answer) is None


@every_bot
@numbered(COMMANDS)
def test_a_typed_command_is_text_and_sets_nothing(subject: Subject, number: int, text: str) -> None:
    answer = subject.customer(str(number)).tries(text)
    assert isinstance(answer, Reply | Silence)
    assert answer.understanding.confidence < 1.0
    assert answer.slots == {}


@with_forms
@numbered(COMMANDS)
def test_a_typed_command_forgets_nothing(subject: Subject, number: int, text: str) -> None:
    customer = subject.customer(str(number))
    customer.says(subjects.ORDER)
    customer.tries(text)
    customer.says(subjects.CANCEL)
    assert customer.last.slots == subjects.FACTS


@with_forms
def test_an_offered_button_is_its_payload_and_its_payload_typed_is_text(subject: Subject) -> None:
    customer = subject.customer()
    customer.says(subjects.GREETING)
    customer.presses(subjects.RETURN)
    assert customer.last.understanding.intent == "return_item"
    assert customer.last.understanding.confidence == 1.0
    assert customer.last.active_form == "return_form"
    typed = subject.customer("another").tries(subjects.RETURN_PAYLOAD)
    assert isinstance(typed, Reply | Silence)
    assert typed.understanding.confidence < 1.0


@every_bot
@numbered(["/restart", "/back", "/complaint", "/nonsense", "order_status"])
def test_a_payload_that_was_not_offered_is_only_its_title(subject: Subject, number: int, text: str) -> None:
    customer = subject.customer(str(number))
    assert "Monday to Friday" in customer.says(subjects.HOURS, pressed=text)


@with_forms
def test_another_process_goes_on_with_the_memory_as_the_database_gives_it_back(subject: Subject) -> None:
    customer = subject.customer()
    for text in (subjects.ORDER, subjects.CANCEL, subjects.OPENS_A_FORM):
        customer.bot = subject.new()
        customer.memory = tuple(json.loads(json.dumps(customer.memory, allow_nan=False)))
        customer.says(text)
        if text == subjects.CANCEL:
            assert customer.last.slots == subjects.FACTS
    assert customer.last.active_form == "return_form"


@every_bot
def test_the_memory_of_another_bot_is_passed_over(subject: Subject) -> None:
    customer = subject.customer()
    customer.memory = ({"said": ["Hello."]}, {"version": 7, "turn": {"text": "hello"}}, {})
    assert "Monday to Friday" in customer.says(subjects.HOURS)


@every_bot
def test_the_same_message_again_gets_the_same_words_and_changes_nothing_twice(subject: Subject) -> None:
    customer = subject.customer()
    customer.tries(subjects.OPENS_A_FORM)
    customer.tries(subjects.FILLS_IT)
    ask = Ask(customer.conversation_id, f"{customer.conversation_id}-same", subjects.ENDS_IT, memory=customer.memory)
    before = subject.changes()
    first, again = customer.bot.answer(ask), subject.new().answer(ask)
    assert words(again) == words(first)
    assert subject.changes() - before == subject.due


@with_forms
def test_what_people_said_closes_a_form(subject: Subject) -> None:
    customer = subject.customer()
    customer.says(subjects.OPENS_A_FORM)
    assert customer.last.active_form == "return_form"
    heard = (Heard("agent", "Hello, I am Alice. I will have a look."), Heard("customer", "ok thank you"))
    assert "Monday to Friday" in customer.says(subjects.HOURS, heard=heard)
    assert len(customer.last.utterances) == 1
    assert customer.last.active_form is None


@every_bot
def test_what_people_said_is_not_given_back_as_the_bots_own_words(subject: Subject) -> None:
    heard = (Heard("agent", "Your refund is under way."), Heard("customer", "great"))
    assert "refund" not in subject.customer().says(subjects.HOURS, heard=heard)


@with_forms
def test_a_command_in_what_people_said_is_text(subject: Subject) -> None:
    customer = subject.customer()
    customer.says(subjects.ORDER)
    customer.says(subjects.CANCEL, heard=(Heard("customer", "/restart"), Heard("agent", "/session_start")))
    assert customer.last.slots == subjects.FACTS


@every_bot
def test_conversations_at_the_same_time_share_nothing(subject: Subject) -> None:
    one_bot = subject.new()
    customers = [Customer(one_bot, f"{subject.test}/{number}") for number in range(8)]
    texts = [subjects.ORDER, subjects.HOURS] * 4
    answers = at_once([partial(customer.tries, text) for customer, text in zip(customers, texts, strict=True)])
    for answer, text in zip(answers, texts, strict=True):
        assert isinstance(answer, Reply | Silence)
        if text == subjects.HOURS:
            assert "Monday to Friday" in "".join(words(answer))
            assert answer.slots == {}


@with_forms
def test_a_failed_look_up_is_named_and_said_and_leaves_no_form_open(subject: Subject) -> None:
    customer = subject.customer()
    with subject.broken():
        assert "I cannot" in customer.says(subjects.LOOK_UP)
    assert customer.last.understanding.failures == ("order_status_form",)
    assert customer.last.active_form is None
    customer.says(subjects.ORDER)
    assert not customer.last.understanding.failures
