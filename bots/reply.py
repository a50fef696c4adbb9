"""All that a bot can be asked and all that it can give back; ``docs/bot-contract.md`` has the rules, ``sizes`` the limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal, Protocol

Memory = tuple[Mapping[str, Any], ...]
"""What a bot wants to be told again at the next turn. Opaque to everybody else: stored and returned as it is."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A line that was written while a person held the conversation and the bot was quiet."""

    author: Literal["customer", "agent"]
    text: str


@dataclass(frozen=True, slots=True)
class Ask:
    """One customer message that the bot owes an answer.

    ``memory`` is what the bot returned at earlier turns, oldest first. ``heard`` is what was said since its last turn
    while a person held the conversation; when it is not empty the bot must drop any form it had open. ``pressed`` is
    the payload of a button of the bot's own that the customer pressed; typed text is never a command.
    """

    conversation_id: str
    message_id: str
    text: str
    pressed: str | None = None
    memory: Memory = ()
    heard: tuple[Heard, ...] = ()


@dataclass(frozen=True, slots=True)
class Button:
    """A quick reply: ``title`` is shown and logged, ``payload`` goes back to the bot."""

    title: str
    payload: str


@dataclass(frozen=True, slots=True)
class Utterance:
    """One bubble of the bot."""

    text: str
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Understanding:
    """How the bot understood the customer's message. ``confidence`` is 0 to 1."""

    intent: str | None
    confidence: float
    ranking: tuple[tuple[str, float], ...] = ()
    entities: Mapping[str, str] = field(default_factory=dict)
    fallback: bool = False
    failures: tuple[str, ...] = ()
    """Names of look-ups and actions that failed during this turn."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The bot answers. ``utterances`` is never empty; ``slots`` are all the facts known so far."""

    utterances: tuple[Utterance, ...]
    understanding: Understanding
    slots: Mapping[str, str] = field(default_factory=dict)
    active_form: str | None = None
    memory: Memory = ()
    """What to add to the memory; the caller keeps the whole."""
    model: str = ""


@dataclass(frozen=True, slots=True)
class Silence:
    """The bot understood (or not) and has nothing to say: a failure of the bot, never shown as an answer.

    Its ``understanding.fallback`` is true.
    """

    understanding: Understanding
    slots: Mapping[str, str] = field(default_factory=dict)
    memory: Memory = ()
    model: str = ""


class Why(StrEnum):
    """Why a bot was unavailable."""

    REFUSED = "refused"
    """Nobody took the question."""
    TIMEOUT = "timeout"
    """No whole answer in time, whoever noticed."""
    STATUS = "status"
    """A failure that the bot reported itself."""
    MALFORMED = "malformed"
    """An answer that is not in the contract, or none."""
    TOO_LARGE = "too_large"
    CIRCUIT_OPEN = "circuit_open"
    """It was not asked, because it failed several times in a row."""


@dataclass(frozen=True, slots=True)
class Unavailable:
    """The bot could not be asked, or did not answer in time or in form."""

    why: Why
    detail: str = ""


Answer = Reply | Silence | Unavailable


class Bot(Protocol):
    """Anything that can hold the bot's end of a conversation."""

    def answer(self, ask: Ask) -> Answer:
        """Answer within the bot's own deadline. Never raises for a fault of the bot: that is ``Unavailable``."""
        ...
