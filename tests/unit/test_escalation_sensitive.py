"""Matters that belong with a person, and what only looks like them."""

from __future__ import annotations

import pytest

from escalation.sensitive import match
from escalation.transcript import Line


def matters(text: str) -> set[str]:
    return {seen.rule for seen in match(Line(1, "customer", text))}


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("I want to kill myself", "self_harm"),
        ("the charger caught fire last night", "danger"),
        ("my son got badly burned by it", "danger"),
        ("Someone used my card on your shop", "fraud"),
        ("I told OTP, now 48,000 is gone from my account", "fraud"),
        ("I don't recognise this payment", "fraud"),
        ("I'm filing in small claims", "legal"),
        ("my solicitor will write to you", "legal"),
        ("I will complain to the ombudsman", "legal"),
        ("I just got someone else's passport scan", "privacy"),
        ("this is a subject access request", "privacy"),
        ("My sister died this morning", "bereavement"),
        ("she's type 1 and these are her glucose sensors", "health"),
        ("we are being evicted", "hardship"),
    ],
)
def test_a_sensitive_matter_is_recognised(text: str, matter: str) -> None:
    assert matter in matters(text)


@pytest.mark.parametrize(
    "text",
    [
        "do you sell smoke detectors?",
        "does the card come with fraud protection?",
        "is this a scam?",
        "I'm a lawyer and need a quiet room",
        "a film about a man whose father has died",
        "I need a dress for tomorrow, a funeral outfit",
        "could you deliver the fire pit?",
        "I could kill for a coffee",
        "my phone died, can I still log in?",
        "my account is disabled",
        'he wrote "I\'ll sue" in the review, funny',
        "Where is my order?",
    ],
)
def test_a_look_alike_is_not_a_sensitive_matter(text: str) -> None:
    assert matters(text) == set()
