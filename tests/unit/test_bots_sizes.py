"""What no answer may hold, whichever bot gives it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bots import sizes
from bots.reply import Button, Reply, Silence, Understanding, Utterance
from bots.sizes import fault

GOOD = Reply(
    (Utterance("Where to?", (Button("Home", "/home"),)),),
    Understanding("order_status", 0.9, (("order_status", 0.9), ("invoice", 0.05)), {"order_number": "TW-48213"}),
    {"order_number": "TW-48213"},
    "return_form",
    ({"kept": ["\\u0000 as it is written", 1.5, None]},),
    "tarn-1",
)


def test_a_good_answer_has_no_fault_and_silence_needs_no_words() -> None:
    assert fault(GOOD) is None
    assert fault(Silence(Understanding(None, 0.0, fallback=True))) is None


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ({"utterances": ()}, "replies"),
        ({"utterances": (Utterance("Hello."),) * (sizes.BUBBLES + 1)}, "replies"),
        ({"utterances": (Utterance(" \n"),)}, "text"),
        ({"utterances": (Utterance("x" * (sizes.TEXT + 1)),)}, "text"),
        ({"utterances": (Utterance("nul \0"),)}, "text"),
        ({"utterances": (Utterance("half \ud83d"),)}, "text"),
        ({"utterances": (Utterance("Which?", (Button("a", "/a"),) * (sizes.BUTTONS + 1)),)}, "buttons"),
        ({"utterances": (Utterance("Which?", (Button("t" * (sizes.TITLE + 1), "/a"),)),)}, "title"),
        ({"utterances": (Utterance("Which?", (Button("a", "p" * (sizes.PAYLOAD + 1)),)),)}, "payload"),
        ({"active_form": "f" * (sizes.NAME + 1)}, "active_form"),
        ({"slots": {"name": "x" * (sizes.TEXT + 1)}}, "slots"),
        ({"slots": {"nul \0": "x"}}, "slots"),
        ({"slots": {str(number): "x" for number in range(sizes.FACTS + 1)}}, "slots"),
        ({"model": "m" * (sizes.MODEL + 1)}, "model"),
        ({"memory": ({"kept": "x" * sizes.MEMORY_BYTES},)}, "memory"),
        ({"memory": ({"kept": float("inf")},)}, "memory"),
        ({"memory": ({"kept": {1, 2}},)}, "memory"),
        ({"memory": ({"kept": "nul \0"},)}, "memory"),
        ({"memory": ({"kept": "half \ud83d"},)}, "memory"),
    ],
)
def test_what_cannot_be_stored_or_shown_is_a_fault_that_names_the_field(change: dict[str, Any], names: str) -> None:
    assert names in str(fault(replace(GOOD, **change)))


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ({"intent": "i" * (sizes.NAME + 1)}, "intent"),
        ({"confidence": 1.1}, "confidence"),
        ({"confidence": float("nan")}, "confidence"),
        ({"ranking": (("order_status", -0.1),)}, "confidence"),
        ({"ranking": (("order_status", 0.1),) * (sizes.INTENTS + 1)}, "ranking"),
        ({"ranking": (("nul \0", 0.1),)}, "ranking"),
        ({"entities": {"name": "nul \0"}}, "entities"),
        ({"failures": ("f" * (sizes.NAME + 1),)}, "failures"),
        ({"failures": ("f",) * (sizes.FACTS + 1)}, "failures"),
    ],
)
def test_the_same_for_what_was_understood(change: dict[str, Any], names: str) -> None:
    understood = replace(GOOD.understanding, **change)
    assert names in str(fault(replace(GOOD, understanding=understood)))
    assert names in str(fault(Silence(understood)))
