"""An answer of Rasa is believed only when every field is what the channel promises."""

from __future__ import annotations

import math
from typing import Any

import pytest

from bots.rasa_answer import Malformed, read_answer
from bots.reply import Button, Reply, Silence

GOOD: dict[str, Any] = {
    "replies": [{"text": "Where to?", "buttons": [{"title": "Home", "payload": "/home"}]}],
    "intent": "order_status",
    "confidence": 0.9,
    "ranking": [["order_status", 0.9], ["invoice", 0.05]],
    "entities": {"order_number": "TW-48213"},
    "fallback": False,
    "failures": [],
    "slots": {"order_number": "TW-48213"},
    "active_form": "return_form",
    "memory": {"events": [], "after": {}},
    "model": "tarn-1",
}


def test_a_good_answer_is_read_whole() -> None:
    reply = read_answer(GOOD)
    assert isinstance(reply, Reply)
    assert reply.utterances[0].text == "Where to?"
    assert reply.utterances[0].buttons == (Button("Home", "/home"),)
    assert reply.understanding.ranking == (("order_status", 0.9), ("invoice", 0.05))
    assert reply.understanding.entities == {"order_number": "TW-48213"}
    assert reply.slots == {"order_number": "TW-48213"}
    assert reply.active_form == "return_form"
    assert reply.memory == ({"events": [], "after": {}},)
    assert reply.model == "tarn-1"


def test_no_reply_is_silence_that_keeps_what_was_understood_and_remembered() -> None:
    silence = read_answer({**GOOD, "replies": [], "failures": ["action_order_status"]})
    assert isinstance(silence, Silence)
    assert silence.understanding.failures == ("action_order_status",)
    assert silence.memory == ({"events": [], "after": {}},)


def test_below_the_threshold_there_is_no_intent() -> None:
    reply = read_answer({**GOOD, "intent": None, "fallback": True})
    assert isinstance(reply, Reply)
    assert reply.understanding.intent is None
    assert reply.understanding.fallback


@pytest.mark.parametrize("body", [None, [], "text", 7, True])
def test_an_answer_that_is_no_object_is_malformed(body: object) -> None:
    with pytest.raises(Malformed):
        read_answer(body)


@pytest.mark.parametrize("field", sorted(set(GOOD) - {"intent", "active_form"}))
def test_each_field_must_be_there(field: str) -> None:
    with pytest.raises(Malformed, match=field):
        read_answer({name: value for name, value in GOOD.items() if name != field})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("replies", {"text": "x"}),
        ("replies", ["x"]),
        ("replies", [{"text": 5, "buttons": []}]),
        ("replies", [{"text": "  ", "buttons": []}]),
        ("replies", [{"text": "x"}]),
        ("replies", [{"text": "x", "buttons": [{"title": "no payload"}]}]),
        ("intent", 4),
        ("confidence", "0.9"),
        ("confidence", True),
        ("confidence", 1.01),
        ("confidence", -0.1),
        ("confidence", math.nan),
        ("ranking", [["order_status"]]),
        ("ranking", [[0.9, "order_status"]]),
        ("ranking", {"order_status": 0.9}),
        ("entities", {"order_number": 48213}),
        ("entities", []),
        ("fallback", "no"),
        ("failures", [None]),
        ("failures", "action"),
        ("slots", {"order_number": None}),
        ("active_form", 1),
        ("memory", []),
        ("model", None),
    ],
)
def test_a_field_of_the_wrong_kind_is_malformed(field: str, value: object) -> None:
    with pytest.raises(Malformed):
        read_answer({**GOOD, field: value})
