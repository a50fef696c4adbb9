"""A burst of messages: answered in order, without a pile of replies; read along in one go when a person holds it."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bots.reply import Answer, Ask, Button, Reply, Silence, Understanding, Utterance
from escalation.model import RuleScorer, Score
from escalation.transcript import Transcript
from support import handoff, log, turns
from support.models import Agent, Assessment, Turn, TurnState
from tests.people import Visitor

KNOWN = Understanding(intent="order_status", confidence=0.9)
LOST = Understanding(intent=None, confidence=0.1, fallback=True)


class Bot:
    """Answers each text as it was told to."""

    def __init__(self, answers: dict[str, Answer]) -> None:
        self.answers = answers

    def answer(self, ask: Ask) -> Answer:
        return self.answers[ask.text]


class Watching(RuleScorer):
    """The rules; something may happen while they are applied."""

    def __init__(self, meanwhile: Callable[[], None]) -> None:
        self.meanwhile = meanwhile

    def score(self, transcript: Transcript) -> Score:
        self.meanwhile()
        return super().score(transcript)


def says(text: str, understanding: Understanding = KNOWN, **more: object) -> Reply:
    return Reply(utterances=(Utterance(text),), understanding=understanding, **more)  # type: ignore[arg-type]


def take_all(bot: Bot) -> list[str]:
    outcomes = []
    while (claim := turns.claim()) is not None:
        outcomes.append(turns.take(claim, bot, RuleScorer()).value)
    return outcomes


def bot_lines(visitor: Visitor) -> list[str]:
    return [line.body for line in log.since(visitor.conversation, 1, "customer") if line.author == "bot"]


def test_each_question_of_a_burst_is_answered_in_order(maria: Visitor) -> None:
    for text in ("Where is my order?", "What is the return period?", "Do you ship to Norway?"):
        maria.says(text)
    bot = Bot(
        {
            "Where is my order?": says("On its way."),
            "What is the return period?": says("30 days."),
            "Do you ship to Norway?": says("Yes."),
        }
    )
    assert take_all(bot) == ["replied"] * 3
    assert bot_lines(maria) == ["On its way.", "30 days.", "Yes."]


def test_what_was_asked_for_in_between_is_asked_only_once_if_at_all(maria: Visitor) -> None:
    maria.says("Where is my order?")
    maria.says("TW-48213")
    bot = Bot(
        {
            "Where is my order?": says("Which order?", active_form="order_form"),
            "TW-48213": says("TW-48213 arrives tomorrow."),
        }
    )
    assert take_all(bot) == ["overtaken", "replied"]
    assert bot_lines(maria) == ["TW-48213 arrives tomorrow."]


def test_a_choice_of_buttons_is_left_out_when_the_customer_wrote_on(maria: Visitor) -> None:
    maria.says("Return")
    maria.says("the tent please")
    choice = Reply((Utterance("Which one?", (Button("Tent", "/tent"),)),), KNOWN)
    assert take_all(Bot({"Return": choice, "the tent please": says("Here is how.")})) == ["overtaken", "replied"]
    assert bot_lines(maria) == ["Here is how."]


def test_the_same_question_three_times_is_answered_once(maria: Visitor) -> None:
    for number in range(3):
        maria.says("Where is my order?", client_id=f"again-{number}")
    assert take_all(Bot({"Where is my order?": says("On its way.")})) == ["replied", "overtaken", "overtaken"]
    assert bot_lines(maria) == ["On its way."]


def test_the_same_question_after_its_answer_is_answered_again(maria: Visitor) -> None:
    bot = Bot({"Where is my order?": says("On its way.")})
    for number in range(2):
        maria.says("Where is my order?", client_id=f"again-{number}")
        assert take_all(bot) == ["replied"]
    assert bot_lines(maria) == ["On its way."] * 2


def test_not_understood_is_said_to_the_last_line_only(maria: Visitor) -> None:
    maria.says("hm")
    maria.says("gift wrap")
    bot = Bot({"hm": Silence(LOST), "gift wrap": says("I did not understand.", LOST)})
    outcomes = take_all(bot)
    assert outcomes[0] == "overtaken"
    assert "I have no answer to that. Try other words, or ask for a person." not in bot_lines(maria)


def test_every_message_of_a_burst_is_judged_whatever_was_said(maria: Visitor) -> None:
    seqs = [maria.says("Where is my order?", client_id=f"again-{number}") for number in range(3)]
    take_all(Bot({"Where is my order?": says("On its way.")}))
    assert list(Assessment.objects.order_by("seq").values_list("seq", flat=True)) == seqs


def test_a_burst_to_a_person_is_judged_in_one_go(maria: Visitor, ana: Agent) -> None:
    handoff.take_over(maria.conversation, ana.pk)
    seqs = [maria.says(f"line {number}, this is bad") for number in range(7)]
    claim = turns.claim()
    assert claim is not None
    assert turns.take(claim, Bot({}), RuleScorer()) == turns.Outcome.LISTENED
    assert list(Assessment.objects.order_by("seq").values_list("seq", flat=True)) == seqs
    assert set(Turn.objects.values_list("state", "outcome", "asked")) == {("done", "listened", False)}
    assert turns.claim() is None


def test_one_go_judges_each_line_as_if_it_had_come_alone(maria: Visitor, ana: Agent) -> None:
    texts = ("Thanks", "But this is the worst service ever", "I am furious", "Where is it", "Where is it now?")
    handoff.take_over(maria.conversation, ana.pk)
    for text in texts:
        maria.says(text, client_id=f"one {text}")
        take_all(Bot({}))
    apart = list(Assessment.objects.order_by("seq").values_list("probability", "reasons", "action"))
    Assessment.objects.all().delete()
    Turn.objects.update(state=TurnState.OPEN, free_at=timezone.now())
    take_all(Bot({}))
    assert list(Assessment.objects.order_by("seq").values_list("probability", "reasons", "action")) == apart


def test_more_messages_do_not_mean_more_queries(maria: Visitor, ana: Agent) -> None:
    handoff.take_over(maria.conversation, ana.pk)
    counts = []
    for size in (1, 20):
        for number in range(size):
            maria.says(f"{size} {number}")
        with CaptureQueriesContext(connection) as queries:
            take_all(Bot({}))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_what_came_after_a_hand_back_during_the_listening_is_left_to_the_bot(maria: Visitor, ana: Agent) -> None:
    handoff.take_over(maria.conversation, ana.pk)
    before = maria.says("Thank you, Ana")
    once: list[int] = []

    def handed_back_and_written_on() -> None:
        if not once:
            once.append(1)
            handoff.hand_back(maria.conversation, ana.pk, "")
            maria.says("Where is my order?")

    claim = turns.claim()
    assert claim is not None
    assert turns.take(claim, Bot({}), Watching(handed_back_and_written_on)) == turns.Outcome.LISTENED
    assert Assessment.objects.get().seq == before
    assert take_all(Bot({"Where is my order?": says("On its way.")})) == ["replied"]


def test_a_listener_whose_lease_went_to_another_stores_nothing(maria: Visitor, ana: Agent) -> None:
    handoff.take_over(maria.conversation, ana.pk)
    maria.says("one")
    late = turns.claim()
    Turn.objects.update(free_at=timezone.now())
    current = turns.claim()
    assert late is not None
    assert current is not None
    assert turns.take(late, Bot({}), RuleScorer()) == turns.Outcome.LOST
    assert Assessment.objects.count() == 0
    assert turns.take(current, Bot({}), RuleScorer()) == turns.Outcome.LISTENED
    assert Assessment.objects.count() == 1


def test_a_message_to_a_person_that_killed_its_worker_three_times_is_passed_over(maria: Visitor, ana: Agent) -> None:
    handoff.take_over(maria.conversation, ana.pk)
    maria.says("poison")
    later = maria.says("hello?")
    Turn.objects.filter(seq__lt=later).update(attempts=3)
    take_all(Bot({}))
    assert Assessment.objects.get().seq == later
    assert not Turn.objects.filter(state=TurnState.OPEN).exists()
