"""What a typed line means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from support.protocol import Frame
from support.protocol.customer import Finish, Rate, StopWaiting
from support.protocol.frames import MAX_BODY
from support.protocol.parts import Button

ASK_FOR_PERSON = "I would like to talk to a person."


@dataclass(frozen=True, slots=True)
class Say:
    """A message; ``pressed`` is a button's payload."""

    body: str
    pressed: str = ""


@dataclass(frozen=True, slots=True)
class Do:
    """A frame that is no message."""

    frame: Frame


@dataclass(frozen=True, slots=True)
class Quit:
    """Leave."""


@dataclass(frozen=True, slots=True)
class Help:
    """Show the commands."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """The line means nothing; the text says why."""

    why: str


Typed = Say | Do | Quit | Help | Wrong
COMMANDS: dict[str, Typed] = {
    "/person": Say(ASK_FOR_PERSON),
    "/stop": Do(StopWaiting()),
    "/finish": Do(Finish()),
    "/quit": Quit(),
    "/help": Help(),
}


def understand(text: str, choices: Sequence[Button]) -> Typed | None:
    """What a line means while ``choices`` are on the screen; None for an empty one."""
    text = text.strip()
    if text.isascii() and text.isdigit() and 1 <= int(text) <= len(choices):
        chosen = choices[int(text) - 1]
        return Say(chosen.title, chosen.payload)
    if text.startswith("/") and not text.startswith("//"):
        return _command(text)
    body = text.removeprefix("/")
    if len(body) > MAX_BODY:
        return Wrong(f"A message has at most {MAX_BODY} characters, this one has {len(body)}.")
    return Say(body) if body else None


def _command(text: str) -> Typed:
    word, _, rest = text.partition(" ")
    if word != "/rate":
        return COMMANDS.get(word) or Wrong(f"There is no command {word}. /help lists them; // sends a slash.")
    score, _, comment = rest.strip().partition(" ")
    if score not in ("1", "2", "3", "4", "5"):
        return Wrong("Write /rate and a number from 1 to 5.")
    return Do(Rate(int(score), comment.strip()[:1000]))
