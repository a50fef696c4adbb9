"""How large an answer may be, and what it may hold, so that whoever asked can store and show all of it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from bots.reply import Reply, Silence, Utterance

TEXT = 4000
"""Characters of a bubble, of a fact's value and of a fact's name."""
NAME = 80
"""Of an intent, a form or a failure."""
MODEL = 120
TITLE = 60
"""Of a button."""
PAYLOAD = 200
BUBBLES = 10
BUTTONS = 10
"""In one bubble."""
FACTS = 50
"""Slots, entities, failures: of each."""
INTENTS = 500
"""In a ranking."""
MEMORY_BYTES = 500_000
"""Of what one turn adds to the memory, as JSON in UTF-8."""


def fault(answer: Reply | Silence) -> str | None:
    """Return what keeps the answer from being stored and shown, naming the field; None when nothing does."""
    return next(faults(answer), None)


def faults(answer: Reply | Silence) -> Iterator[str]:
    """Yield everything that is wrong with the answer."""
    if isinstance(answer, Reply):
        yield from counted("replies", len(answer.utterances), BUBBLES)
        if not answer.utterances:
            yield "replies are empty: that is silence"
        for utterance in answer.utterances:
            yield from spoken(utterance)
        yield from written("active_form", answer.active_form or "", NAME)
    understood = answer.understanding
    names = (understood.intent or "", *understood.failures, *(name for name, _ in understood.ranking))
    for name in names:
        yield from written("intent, ranking or failures", name, NAME)
    yield from counted("ranking", len(understood.ranking), INTENTS)
    yield from counted("failures", len(understood.failures), FACTS)
    if not all(0 <= value <= 1 for value in (understood.confidence, *(value for _, value in understood.ranking))):
        yield "confidence is not a number from 0 to 1"
    for field, facts in (("slots", answer.slots), ("entities", understood.entities)):
        yield from counted(field, len(facts), FACTS)
        for fact in (*facts, *facts.values()):
            yield from written(field, fact, TEXT)
    yield from written("model", answer.model, MODEL)
    yield from remembered(answer)


def spoken(utterance: Utterance) -> Iterator[str]:
    """Yield what is wrong with a bubble."""
    if not utterance.text.strip():
        yield "reply has an empty text"
    yield from written("text", utterance.text, TEXT)
    yield from counted("buttons", len(utterance.buttons), BUTTONS)
    for button in utterance.buttons:
        yield from written("title", button.title, TITLE)
        yield from written("payload", button.payload, PAYLOAD)


def remembered(answer: Reply | Silence) -> Iterator[str]:
    """Yield what is wrong with the memory: JSON knows no infinity, and PostgreSQL's no NUL."""
    try:
        whole = json.dumps(answer.memory, allow_nan=False, ensure_ascii=False).encode()
    except (TypeError, ValueError, RecursionError) as error:
        yield f"memory is no JSON: {type(error).__name__}"
        return
    yield from counted("memory", len(whole), MEMORY_BYTES)
    if b"\\u0000" in whole.replace(b"\\\\", b""):
        yield "memory holds a NUL"


def written(field: str, text: str, most: int) -> Iterator[str]:
    """Yield what is wrong with a text: PostgreSQL stores no NUL, and half a surrogate pair is no character."""
    yield from counted(field, len(text), most)
    if "\x00" in text or any("\ud800" <= one <= "\udfff" for one in text):
        yield f"{field} holds a NUL or half a character"


def counted(field: str, count: int, most: int) -> Iterator[str]:
    """Yield a word about what is too long."""
    if count > most:
        yield f"{field} is too long: {count} of {most}"
