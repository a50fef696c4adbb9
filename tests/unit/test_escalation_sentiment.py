"""Mood: line by line, running, and the words that drove it."""

from __future__ import annotations

import pytest

from escalation.assess import assess
from escalation.assess import mood as in_a_word
from escalation.model import RuleScorer
from escalation.policy import Action, Policy
from escalation.sentiment import match, mood, rate
from escalation.transcript import Line, Transcript


def lines(*texts: str) -> tuple[Line, ...]:
    return tuple(Line(seq, "customer", text) for seq, text in enumerate(texts, start=1))


def rules(*texts: str) -> set[str]:
    return {seen.rule for seen in match(lines(*texts))}


@pytest.mark.parametrize(
    "text",
    [
        "My parcel is late and damaged",
        "I want to cancel the order",
        "the payment failed with an error",
        "I lost my password",
    ],
)
def test_the_topic_of_a_support_chat_is_not_a_mood(text: str) -> None:
    assert rate(text).compound == 0


def test_a_polite_no_is_not_a_bad_mood() -> None:
    assert rate("No thanks").compound > 0


def test_a_quotation_is_somebody_elses_mood() -> None:
    assert rate('a review says "WORST HOTEL EVER, awful". Is the pool open?').compound == 0


def test_the_mood_runs_half_new_half_old() -> None:
    bad = rate("This is terrible").compound
    assert mood(lines("This is terrible", "Order 48213")).running == pytest.approx(bad / 2)


def test_a_single_line_is_no_fall() -> None:
    assert mood(lines("This is terrible")).fall == 0


def test_a_fall_is_seen_when_a_friendly_customer_turns() -> None:
    assert "mood_falling" in rules("Hello, lovely shop!", "Great, thank you", "This is terrible, I hate it")


def test_the_words_behind_a_low_mood_are_the_evidence() -> None:
    said = lines("Hello", "That is terrible, truly awful.")
    low = next(seen for seen in match(said) if seen.rule == "mood_low")
    assert [said[one.seq - 1].text[one.start : one.end] for one in low.evidence] == ["terrible", "awful"]


def test_a_negated_good_word_counts_as_bad() -> None:
    assert [value < 0 for _, _, value in rate("this is not good").words] == [True]


def test_an_angry_face_is_read() -> None:
    assert rate("😡😡").compound < -0.5


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("That's not what I asked", "fed_up"),
        ("this is going nowhere", "fed_up"),
        ("stupid bot", "fed_up"),
        ("Never mind, I'll just cancel and use the competitor", "leaving"),
        ("I am closing my account", "leaving"),
        ("forget it", "leaving"),
    ],
)
def test_set_phrases_tell_that_somebody_has_had_enough(text: str, rule: str) -> None:
    assert rule in rules(text)


@pytest.mark.parametrize(
    "text", ["I forgot my password", "cancel my order please", "bloody brilliant, you found it", "who makes this tent?"]
)
def test_plain_lines_have_no_such_phrase(text: str) -> None:
    assert not rules(text) & {"fed_up", "leaving"}


@pytest.mark.parametrize(
    ("value", "word"), [(-0.9, "upset"), (-0.5, "upset"), (-0.3, "annoyed"), (0.0, "neutral"), (0.3, "pleased")]
)
def test_a_mood_has_a_word(value: float, word: str) -> None:
    assert in_a_word(value) == word


def test_of_a_very_long_message_the_end_is_read_with_offsets_that_fit() -> None:
    text = "word " * 2000 + "this is terrible"
    [(start, end, _)] = rate(text).words
    assert text[start:end] == "terrible"


@pytest.mark.parametrize(
    "text",
    [
        "You are useless, this is the third time my parcel is lost, I am furious!!!",
        "This is a scandal, I hate you, give me my money back now!!",
        "I am so angry and disappointed, worst shop ever",
    ],
)
def test_plain_anger_brings_at_least_the_offer_of_a_person(text: str) -> None:
    judged = assess(Transcript((Line(1, "customer", text),)), RuleScorer(), Policy(number=1))
    assert judged.decision.action in (Action.OFFER, Action.ESCALATE)
