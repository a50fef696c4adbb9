"""Who asks for a person, and who only mentions one."""

from __future__ import annotations

import pytest

from escalation.requests import named_team, request
from escalation.transcript import Line


def rule(text: str) -> str | None:
    seen = request(Line(1, "customer", text))
    return seen.rule if seen else None


@pytest.mark.parametrize(
    "text",
    [
        "human!!",
        "agent pls",
        "person",
        "“person”",
        "Yes, get me a person",
        "Let me talk to a human please",
        "why can't I talk to a real human",
        "no. I want to speak to a human",
        "this is not working, get me an agent",
        "I don't need the label, I need to talk to a person",
        "no i dont want to make a transfer please let me speak with someone else",
        "lemme tlk 2 a live agnt abt my refund",
        "gimme a customer service rep",
        "can a human help me",
        "quiero hablar con una persona",
        "Ich möchte mit einem Mitarbeiter sprechen",
    ],
)
def test_a_request_for_a_person_is_recognised_however_it_is_put(text: str) -> None:
    assert rule(text) == "asked_person"


@pytest.mark.parametrize(
    "text",
    [
        "I don't need a person",
        "no human needed",
        "before you offer me a chat with your sales humans: no. just the price list",
        "without talking to a person, can I return it?",
        "are you a person?",
        "am I talking to a human?",
        "do I have to talk to a person to return this?",
        "table for 4 people",
        "just for 1 person, thanks",
        "is it real human hair",
        "My estate agent is asking for proof",
        "gate agent in Accra said my bag is tagged",
        "I already spoke to an agent yesterday",
        "Can I transfer 50 pounds to a person abroad?",
        'the review says "I DEMANDED TO SPEAK TO THE MANAGER". Is the pool open?',
        "No, go on",
        "I work in customer service",
        "please call me Frank from now on",
        "how long does money take to reach the account?",
    ],
)
def test_who_only_mentions_a_person_does_not_ask_for_one(text: str) -> None:
    assert rule(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("can i talk to someone from billing", "asked_team"),
        ("spa team please", "asked_team"),
        ("transfer me to the returns department", "asked_team"),
        ("Who's our account manager? Please connect us.", "asked_team"),
        ("could one of your lot give me a bell this afternoon?", "asked_call"),
        ("can someone call me back please", "asked_call"),
        ("Stop. I don't want to talk to a bot", "refused_bot"),
        ("I don't feel comfortable sharing my details with a machine", "refused_bot"),
    ],
)
def test_a_team_a_call_and_a_refused_bot_are_told_apart(text: str, expected: str) -> None:
    assert rule(text) == expected


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("spa please", True),
        ("can I speak to the spa", True),
        ("put me through to housekeeping", True),
        ("I do not need to talk to the spa", False),
        ("how long is the spa open", False),
    ],
)
def test_an_inboxs_own_team_is_asked_for_by_its_name(text: str, asks: bool) -> None:
    assert (named_team(Line(1, "customer", text), ("spa", "housekeeping")) is not None) == asks


def test_without_teams_nobody_asks_for_one() -> None:
    assert named_team(Line(1, "customer", "spa please"), ()) is None


def test_the_evidence_is_the_request_and_not_the_whole_message() -> None:
    text = "My tent leaks. Can I talk to a person about it?"
    seen = request(Line(7, "customer", text))
    assert seen is not None
    [evidence] = seen.evidence
    assert (evidence.seq, text[evidence.start : evidence.end]) == (7, "talk to a person")
