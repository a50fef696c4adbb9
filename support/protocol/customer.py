"""The customer's socket: ``/ws/customer/<inbox key>``, authenticated by the session cookie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from support.protocol.frames import MAX_BODY, Body, Frame, Limit, Name, Seq, by_type
from support.protocol.parts import CustomerState, Line


@dataclass(frozen=True, slots=True)
class Hello(Frame):
    """First frame: the protocol version and the last ``seq`` that the client has (0: none)."""

    type: ClassVar[str] = "hello"
    version: Annotated[int, Limit(1, 1_000)]
    after: Seq = 0


@dataclass(frozen=True, slots=True)
class Send(Frame):
    """A message. Keep it until ``accepted`` or ``refused`` names its ``client_id``; sending it again changes nothing."""

    type: ClassVar[str] = "send"
    client_id: Name
    body: Body
    pressed: Annotated[str, Limit(0, 200)] = ""


@dataclass(frozen=True, slots=True)
class StopWaiting(Frame):
    """Leave the queue and go back to the bot."""

    type: ClassVar[str] = "stop_waiting"


@dataclass(frozen=True, slots=True)
class Finish(Frame):
    """End the conversation."""

    type: ClassVar[str] = "finish"


@dataclass(frozen=True, slots=True)
class Rate(Frame):
    """The customer's own score, 1 to 5, after the end. The first one counts."""

    type: ClassVar[str] = "rate"
    score: Annotated[int, Limit(1, 5)]
    comment: Annotated[str, Limit(0, 1_000)] = ""


@dataclass(frozen=True, slots=True)
class Ping(Frame):
    """Ask for a heartbeat; send one every ``heartbeat_s`` seconds."""

    type: ClassVar[str] = "ping"


@dataclass(frozen=True, slots=True)
class Welcome(Frame):
    """Answer to hello: which conversation this is, and its present end."""

    type: ClassVar[str] = "welcome"
    version: int
    conversation: str
    inbox: str
    bot: str
    seq: int
    heartbeat_s: int
    state: CustomerState
    max_body: int = MAX_BODY


@dataclass(frozen=True, slots=True)
class Lines(Frame):
    """The next part of the log, oldest first; ``more`` says that another part follows at once."""

    type: ClassVar[str] = "lines"
    items: tuple[Line, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Resync(Frame):
    """The client knows lines that the log does not have: drop them all, the whole log follows."""

    type: ClassVar[str] = "resync"


@dataclass(frozen=True, slots=True)
class Accepted(Frame):
    """The message is stored as line ``seq``."""

    type: ClassVar[str] = "accepted"
    client_id: str
    seq: int


@dataclass(frozen=True, slots=True)
class Refused(Frame):
    """The message is not stored: keep it, and say why.

    ``retry_s`` above 0 says that nothing is wrong with it: send it again, unchanged, after that many seconds.
    """

    type: ClassVar[str] = "refused"
    client_id: str
    code: str
    detail: str
    retry_s: int = 0


@dataclass(frozen=True, slots=True)
class Error(Frame):
    """A frame could not be taken; the connection lives. ``code`` is a word, ``detail`` says what is wrong."""

    type: ClassVar[str] = "error"
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class State(Frame):
    """Who holds the conversation now, and the place in the queue."""

    type: ClassVar[str] = "state"
    state: CustomerState


@dataclass(frozen=True, slots=True)
class Heartbeat(Frame):
    """Answer to ping. A ``seq`` beyond the client's own means a lost hint: say hello again."""

    type: ClassVar[str] = "heartbeat"
    seq: int


FROM_CUSTOMER = by_type(Hello, Send, StopWaiting, Finish, Rate, Ping)
TO_CUSTOMER = by_type(Welcome, Lines, Resync, Accepted, Refused, Error, State, Heartbeat)
