"""The FAQ bot: what is like a known question is answered, by a threshold that was measured."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bots.faq import THRESHOLD, Entry, FaqBot
from bots.reply import Answer, Ask, Reply, Silence
from bots.sizes import TEXT
from tests.bot.threshold import STEPS, measure

HOURS = Entry("hours", "Monday to Friday.", ["when are you open", "what are your opening hours"])
DELIVERY = Entry("delivery", "Two to four working days.", ["how long does delivery take", "is delivery free"])


def ask(text: str, bot: FaqBot | None = None) -> Answer:
    return (bot or FaqBot([HOURS, DELIVERY])).answer(Ask("c1", "m1", text))


@pytest.mark.parametrize(
    "text", ["when are you open", "WHEN are you open?!", "open when are you", "what are the opening hours of yours"]
)
def test_case_marks_order_and_small_words_do_not_matter(text: str) -> None:
    answer = ask(text)
    assert isinstance(answer, Reply)
    assert answer.utterances[0].text == "Monday to Friday."
    assert answer.understanding.intent == "hours"


def test_the_ranking_holds_all_entries_the_nearest_first_and_confidence_is_its_first() -> None:
    answer = ask("how long does delivery take")
    assert isinstance(answer, Reply)
    assert [name for name, _ in answer.understanding.ranking] == ["delivery", "hours"]
    assert answer.understanding.confidence == answer.understanding.ranking[0][1] == 1.0


def test_a_word_that_it_never_heard_makes_a_question_less_like_a_known_one() -> None:
    known, strange = ask("is delivery free"), ask("is zeppelin delivery free")
    assert isinstance(known, Reply)
    assert isinstance(strange, Reply | Silence)
    assert strange.understanding.confidence < known.understanding.confidence


def test_below_the_threshold_it_is_silent_and_says_what_was_nearest() -> None:
    answer = ask("how long is a piece of string")
    assert isinstance(answer, Silence)
    assert answer.understanding.fallback
    assert answer.understanding.intent is None
    assert answer.understanding.ranking[0][0] == "delivery"
    assert 0 < answer.understanding.confidence < THRESHOLD


def test_entries_come_from_a_file_as_the_page_about_the_contract_says() -> None:
    rows = '[{"name": "hours", "answer": "Monday to Friday.", "questions": ["when are you open"]}]'
    assert rows in (Path(__file__).parents[2] / "docs/bot-contract.md").read_text()
    assert isinstance(ask("When are you open?", FaqBot(Entry(**row) for row in json.loads(rows))), Reply)


def test_without_entries_it_is_silent() -> None:
    assert isinstance(ask("hello", FaqBot([])), Silence)


@pytest.mark.parametrize(
    "entry", [Entry("hours", " ", ["when"]), Entry("hours", "x" * (TEXT + 1), ["when"]), Entry("hours", "Always.", [])]
)
def test_an_entry_that_cannot_be_shown_or_found_is_an_error_at_the_start(entry: Entry) -> None:
    with pytest.raises(ValueError, match="hours: "):
        FaqBot([entry])


def test_the_threshold_is_the_best_of_those_measured_on_questions_that_are_not_among_its_own() -> None:
    table = measure(STEPS)
    best = max(table, key=lambda row: row.gain)
    assert best.threshold == THRESHOLD
    assert best.right > 0.70
    assert best.wrong < 0.10
    assert best.left > 0.90
