"""The agent's socket: ``/ws/agent``, authenticated by the console's session. Decisions (accept, hand back ...) go over HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from support.protocol.customer import Accepted as Accepted
from support.protocol.customer import Error as Error
from support.protocol.customer import Refused as Refused
from support.protocol.frames import MAX_BODY, Body, Frame, Limit, Name, Seq, by_type
from support.protocol.parts import Case, Line, Me, Row


@dataclass(frozen=True, slots=True)
class Hello(Frame):
    """First frame: the protocol version."""

    type: ClassVar[str] = "hello"
    version: Annotated[int, Limit(1, 1_000)]


@dataclass(frozen=True, slots=True)
class Open(Frame):
    """Follow a conversation from after line ``after``. One at a time: it takes the place of the one before."""

    type: ClassVar[str] = "open"
    conversation: Name
    after: Seq = 0


@dataclass(frozen=True, slots=True)
class Send(Frame):
    """A reply to the customer of a conversation that this agent holds."""

    type: ClassVar[str] = "send"
    conversation: Name
    client_id: Name
    body: Body


@dataclass(frozen=True, slots=True)
class Ping(Frame):
    """Ask for a heartbeat; send one every ``heartbeat_s`` seconds."""

    type: ClassVar[str] = "ping"


@dataclass(frozen=True, slots=True)
class Welcome(Frame):
    """Answer to hello."""

    type: ClassVar[str] = "welcome"
    version: int
    me: Me
    heartbeat_s: int
    max_body: int = MAX_BODY


@dataclass(frozen=True, slots=True)
class Lists(Frame):
    """The whole of the three lists: mine by waiting time, the queue by priority then age, watch by risk."""

    type: ClassVar[str] = "lists"
    me: Me
    mine: tuple[Row, ...]
    queue: tuple[Row, ...]
    watch: tuple[Row, ...]
    available: int


@dataclass(frozen=True, slots=True)
class CaseFrame(Frame):
    """The conversation that is open, whenever it changed."""

    type: ClassVar[str] = "case"
    case: Case


@dataclass(frozen=True, slots=True)
class Lines(Frame):
    """The next part of the open conversation's log."""

    type: ClassVar[str] = "lines"
    conversation: str
    items: tuple[Line, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Resync(Frame):
    """Drop the lines of this conversation, the whole log follows."""

    type: ClassVar[str] = "resync"
    conversation: str


@dataclass(frozen=True, slots=True)
class Heartbeat(Frame):
    """Answer to ping, with the end of the open conversation's log (0: none is open)."""

    type: ClassVar[str] = "heartbeat"
    seq: int


FROM_AGENT = by_type(Hello, Open, Send, Ping)
TO_AGENT = by_type(Welcome, Lists, CaseFrame, Lines, Resync, Accepted, Refused, Error, Heartbeat)
