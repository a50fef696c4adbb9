"""The answer of Rasa's desk channel, checked field by field before anything of it is believed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bots.reply import Button, Reply, Silence, Understanding, Utterance
from bots.sizes import fault


class Malformed(ValueError):
    """The answer is not what the channel promises; the text names the field."""


def read_answer(body: object) -> Reply | Silence:
    """Return the bot's reply, or ``Silence`` when it has nothing to say. Raises ``Malformed``."""
    answer = read_fields(mapping(body, "answer"))
    wrong = fault(answer)
    if wrong:
        raise Malformed(wrong)
    return answer


def read_fields(answer: Mapping[str, Any]) -> Reply | Silence:
    """Return the answer when each field is of its kind."""
    utterances = tuple(utterance(one) for one in listed(answer, "replies"))
    understood = understanding(answer)
    slots, memory, model = texts(answer, "slots"), (mapping(answer.get("memory"), "memory"),), text(answer, "model")
    if not utterances:
        # Whatever Rasa thinks that it understood, the customer got nothing: that is a fallback.
        return Silence(replace(understood, fallback=True), slots, memory, model)
    active_form = answer.get("active_form")
    return Reply(
        utterances, understood, slots, None if active_form is None else text(answer, "active_form"), memory, model
    )


def understanding(answer: Mapping[str, Any]) -> Understanding:
    """Return what the bot understood."""
    fallback = answer.get("fallback")
    if not isinstance(fallback, bool):
        raise Malformed("fallback is not true or false")
    failures = listed(answer, "failures")
    if not all(isinstance(name, str) for name in failures):
        raise Malformed("failures are not texts")
    return Understanding(
        intent=None if answer.get("intent") is None else text(answer, "intent"),
        confidence=share(answer.get("confidence"), "confidence"),
        ranking=tuple(ranked(pair) for pair in listed(answer, "ranking")),
        entities=texts(answer, "entities"),
        fallback=fallback,
        failures=tuple(failures),
    )


def utterance(value: object) -> Utterance:
    """Return one bubble."""
    bubble = mapping(value, "reply")
    buttons = (mapping(one, "button") for one in listed(bubble, "buttons"))
    return Utterance(text(bubble, "text"), tuple(Button(text(one, "title"), text(one, "payload")) for one in buttons))


def ranked(value: object) -> tuple[str, float]:
    """Return an intent with its confidence."""
    if not isinstance(value, list) or len(value) != 2 or not isinstance(value[0], str):
        raise Malformed("ranking is not a list of name and confidence")
    return value[0], share(value[1], "ranking")


def share(value: object, name: str) -> float:
    """Return a number from 0 to 1; ``True`` is no number, and NaN is none either."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise Malformed(f"{name} is not a number from 0 to 1")
    return float(value)


def text(owner: Mapping[str, Any], name: str) -> str:
    """Return a text field."""
    value = owner.get(name)
    if not isinstance(value, str):
        raise Malformed(f"{name} is not a text")
    return value


def texts(owner: Mapping[str, Any], name: str) -> dict[str, str]:
    """Return a field of named texts."""
    values = mapping(owner.get(name), name)
    if not all(isinstance(value, str) for value in values.values()):
        raise Malformed(f"{name} holds other things than texts")
    return dict(values)


def listed(owner: Mapping[str, Any], name: str) -> list[Any]:
    """Return a list field."""
    value = owner.get(name)
    if not isinstance(value, list):
        raise Malformed(f"{name} is not a list")
    return value


def mapping(value: object, name: str) -> dict[str, Any]:
    """Return a JSON object."""
    if not isinstance(value, dict):
        raise Malformed(f"{name} is not an object")
    return value
