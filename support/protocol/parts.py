"""Shapes that frames and the API share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

HolderName = Literal["bot", "queue", "agent", "nobody"]
AuthorName = Literal["customer", "bot", "agent", "system"]
KindName = Literal["asked", "bot_failure", "sentiment", "complexity", "sensitive"]
MoodName = Literal["upset", "annoyed", "neutral", "pleased"]


@dataclass(frozen=True, slots=True)
class Button:
    """A quick reply. Pressing it sends ``title`` as the body and ``payload`` as ``pressed``."""

    title: str
    payload: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line in the log. ``at`` is ISO 8601 in UTC. ``event`` is set on system lines, ``client_id`` on customer and agent lines."""

    seq: int
    author: AuthorName
    name: str
    body: str
    at: str
    event: str
    client_id: str
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class CustomerState:
    """What the widget shows around the log. ``place`` and ``wait_s`` are set while waiting; ``wait_s`` is null when there is no basis for it."""

    holder: HolderName
    person: str | None
    place: int | None
    wait_s: int | None
    rated: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A reason in two or three words."""

    kind: KindName
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A conversation in one of the agent's lists. ``risk`` is 0 to 100; ``waiting_since`` is the first unanswered customer message (in the queue: since when it waits)."""

    id: str
    customer: str
    inbox: str
    holder: HolderName
    agent: str | None
    last_text: str
    last_author: AuthorName
    last_at: str
    waiting_since: str | None
    due_at: str | None
    priority: int | None
    risk: int | None
    chips: tuple[Chip, ...]


@dataclass(frozen=True, slots=True)
class Me:
    """The agent who is signed in."""

    id: int
    name: str
    role: Literal["agent", "manager", "administrator"]
    availability: Literal["available", "away"]
    capacity: int
    load: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Characters ``start`` to ``end`` (UTF-16 units, as JavaScript counts) of message ``seq``."""

    seq: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a person is needed. ``share`` is its part of the score in points of probability; base + all shares = score."""

    number: int
    kind: KindName
    rule: str
    label: str
    chip: str
    share: float
    hard: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """The assessment of one customer message."""

    seq: int
    probability: float
    sentiment: float
    mood: MoodName
    chips: tuple[Chip, ...]


@dataclass(frozen=True, slots=True)
class BotTurn:
    """How the bot understood one customer message and what came of it."""

    seq: int
    intent: str
    confidence: float
    fallback: bool
    failures: tuple[str, ...]
    outcome: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Who held the conversation, from when to when (null: still)."""

    holder: HolderName
    name: str | None
    since: str
    until: str | None
    cause: str


@dataclass(frozen=True, slots=True)
class Sourced:
    """A sentence with the messages that it comes from."""

    text: str
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """Something the bot tried; ``outcome`` is ok, failed, fallback or repeated."""

    text: str
    outcome: str
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """A fact that the bot learned."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Why:
    """The decision behind a handoff. ``base`` is the score of a usual chat here."""

    handoff: int
    seq: int
    state: Literal["waiting", "assigned", "handed_back", "resolved", "abandoned", "expired"]
    priority: int
    score: float | None
    base: float | None
    threshold: float | None
    policy: int
    taken_over: bool
    reasons: tuple[Reason, ...]
    enqueued_at: str
    due_at: str


@dataclass(frozen=True, slots=True)
class Case:
    """One conversation as an agent sees it, without its lines."""

    id: str
    customer: str
    inbox: str
    bot: str
    holder: HolderName
    agent: str | None
    mine: bool
    last_seq: int
    opened_at: str
    closed_at: str | None
    disposition: str
    rating: int | None
    track: tuple[Stretch, ...]
    why: Why | None
    goal: Sourced | None
    tried: tuple[Tried, ...]
    points: tuple[Sourced, ...]
    slots: tuple[Slot, ...]
    scores: tuple[Score, ...]
    turns: tuple[BotTurn, ...]
