"""A chat as the load generator sees it: a customer's socket and the socket of the agent who has it open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from tests.bench.ledger import Stored


@dataclass
class Ears:
    """Whom a chat tells what it hears; set anew for each measurement. Times are monotonic seconds."""

    accepted: Callable[[str, int, float], None]  # client_id, seq, at
    refused: Callable[[str, float], None]  # client_id, seconds after which to send it again; 0: never
    seen: Callable[[str, int, float], None]  # the body's last word, seq, at: on the screen of the other side


class Chat(Protocol):
    """Both sides of one conversation."""

    ears: Ears

    def write(self, client_id: str, body: str) -> None:
        """The customer sends."""

    def reply(self, client_id: str, body: str) -> None:
        """The agent sends."""

    async def close(self) -> None:
        """Both hang up."""


class Stack(Protocol):
    """One of the systems that are measured."""

    name: str

    def start(self) -> None:
        """Start every process of it, and wait until it is ready."""

    def stop(self) -> None:
        """End them."""

    def processes(self) -> dict[str, int]:
        """Process ids by name, PostgreSQL's not among them."""

    async def open(self, count: int) -> Sequence[Chat]:
        """New chats, each with both sockets open."""

    def owed(self) -> int:
        """How many acknowledged messages it has not finished with."""

    async def rest(self) -> None:
        """Wait until there are none."""

    def stored(self, client_ids: str) -> list[Stored]:
        """What its table holds of the messages whose client_id begins so."""


def deaf() -> Ears:
    """Between measurements nobody listens."""
    return Ears(lambda *_: None, lambda *_: None, lambda *_: None)


def last_word(body: str) -> str:
    """The name that a message of the load generator ends with."""
    return body.rpartition(" ")[2]
