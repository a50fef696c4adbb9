"""The handoff card: the customer's goal, what the bot tried, the points made. Every line is an extract and names its messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from escalation.extract import Sentence, customer_sentences, shortened
from escalation.failure import same_reply
from escalation.transcript import BotView, Line, Transcript

MOST_POINTS = 3
Outcome = Literal["ok", "failed", "fallback", "repeated"]


@dataclass(frozen=True, slots=True)
class Sourced:
    """The customer's own words and the messages that they come from."""

    text: str
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """What the bot took a message for, and what came of it. ``sources``: the customer's message, then the bot's answer."""

    text: str
    outcome: Outcome
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """What an agent reads before the first word. ``goal`` is None when the customer has not said what it is about."""

    goal: Sourced | None
    tried: tuple[Tried, ...]
    points: tuple[Sourced, ...]


def summarise(transcript: Transcript, slots: Mapping[str, str]) -> Card:
    """Sum up the whole conversation, including what lies before a hand-back.

    The goal is the sentence that says most about the matter; talk about the chat itself ("get me a person") is no goal. Points are up to three
    further sentences that say something else, in their order.
    """
    found = list(customer_sentences(transcript.lines, slots.values()))
    goal = max((one for one in found if not one.aside), key=lambda one: one.worth, default=None)
    return Card(
        goal=_sourced(goal) if goal else None,
        tried=tuple(_tried(transcript, line, seen) for line, seen in _turns(transcript)),
        points=tuple(_sourced(one) for one in _points(found, goal)),
    )


def _points(found: list[Sentence], goal: Sentence | None) -> list[Sentence]:
    chosen: list[Sentence] = []
    for one in sorted(found, key=lambda sentence: -sentence.worth):
        if (
            len(chosen) < MOST_POINTS
            and one is not goal
            and not any(one.like(other) for other in (goal, *chosen) if other)
        ):
            chosen.append(one)
    return [one for one in found if one in chosen]


def _sourced(sentence: Sentence) -> Sourced:
    return Sourced(shortened(sentence.text), (sentence.seq,))


def _turns(transcript: Transcript) -> list[tuple[Line, list[BotView]]]:
    turns: list[tuple[Line, list[BotView]]] = []
    before: list[BotView] = []
    for line in transcript.lines:
        if line.author == "customer" and line.seq in transcript.views:
            turns.append((line, before))
            before = [*before, transcript.views[line.seq]]
    return turns


def _tried(transcript: Transcript, line: Line, before: list[BotView]) -> Tried:
    view = transcript.views[line.seq]
    return Tried(_in_words(view), _outcome(view, before), (line.seq, *_answers(transcript, line, view)))


def _in_words(view: BotView) -> str:
    if not view.available:
        return "No answer from the bot"
    if view.fallback or not view.intent:
        return "Not understood"
    return view.intent.replace("_", " ").strip().capitalize()


def _outcome(view: BotView, before: list[BotView]) -> Outcome:
    if view.failures or not view.available:
        return "failed"
    if view.fallback:
        return "fallback"
    return "repeated" if any(same_reply(view, other) for other in before) else "ok"


def _answers(transcript: Transcript, line: Line, view: BotView) -> tuple[int, ...]:
    following = [one for one in transcript.lines if one.seq > line.seq]
    until = next((one.seq for one in following if one.author == "customer" and one.seq in transcript.views), None)
    return tuple(
        one.seq
        for one in following
        if one.author == "bot" and one.text in view.replies and (until is None or one.seq < until)
    )
