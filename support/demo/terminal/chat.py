"""One customer's side of a conversation: frames and typed lines in; text and frames out. It knows no socket."""

from __future__ import annotations

from dataclasses import dataclass, field

from support.demo.terminal import wording
from support.demo.terminal.typed import Say
from support.protocol import VERSION, Frame
from support.protocol.customer import (
    Accepted,
    Error,
    Heartbeat,
    Hello,
    Lines,
    Refused,
    Resync,
    Send,
    State,
    Welcome,
)
from support.protocol.parts import Button, CustomerState, Line


@dataclass(slots=True)
class Turn:
    """What a frame leads to: text for the screen, frames for the service."""

    show: list[str] = field(default_factory=list)
    send: list[Frame] = field(default_factory=list)


@dataclass(slots=True)
class Chat:
    """The log as far as it is known (``seq``) and the messages that are not acknowledged yet, oldest first.

    ``echo``: show the customer's own lines too; on a keyboard they are on the screen already.
    """

    echo: bool
    bot: str = "The bot"
    seq: int = 0
    heartbeat_s: int = 15
    state: CustomerState | None = None
    choices: tuple[Button, ...] = ()
    pending: dict[str, Send] = field(default_factory=dict)
    _own: set[str] = field(default_factory=set)
    _end: int = 0
    _asked: int = 0
    _answered: int = 0
    _state_text: str = ""

    def hello(self) -> Hello:
        """The first frame of every connection: what this side has."""
        return Hello(VERSION, self.seq)

    def say(self, said: Say, client_id: str) -> Send:
        """Keep a message until the service names it; the frame to send now."""
        self.choices = ()
        self._own.add(client_id)
        self.pending[client_id] = Send(client_id, said.body, said.pressed)
        return self.pending[client_id]

    @property
    def here(self) -> bool:
        """Whether the service has greeted and the log is read to its end."""
        return self.state is not None and self.seq >= self._end

    @property
    def owed(self) -> bool:
        """Whether something is still to come: an acknowledgement, a known line, or the bot's answer."""
        bot_answers = self.state is not None and self.state.holder == "bot"
        return bool(self.pending) or not self.here or (bot_answers and self._asked > self._answered)

    def take(self, frame: Frame) -> Turn:
        """Take one frame from the service."""
        turn = Turn()
        match frame:
            case Welcome():
                self._welcome(frame, turn)
            case Lines():
                self._lines(frame, turn)
            case Resync():
                self.seq = 0
            case Accepted() | Refused():
                self._judged(frame, turn)
            case Error():
                turn.show.append(f"-- The service says: {frame.detail}")
            case State():
                self._state(frame.state, turn)
            case Heartbeat() if frame.seq > self.seq:
                turn.send.append(self.hello())
        return turn

    def _welcome(self, frame: Welcome, turn: Turn) -> None:
        self.bot, self.heartbeat_s, self._end = frame.bot, frame.heartbeat_s, frame.seq
        self._state(frame.state, turn)
        # Whether they arrived before the connection was lost is not known; their client_id makes a second time harmless.
        turn.send.extend(self.pending.values())

    def _judged(self, frame: Accepted | Refused, turn: Turn) -> None:
        sent = self.pending.pop(frame.client_id, None)
        if isinstance(frame, Refused):
            turn.show.append(wording.refused_text(sent.body if sent else "", frame.detail))
            return
        self._asked = max(self._asked, frame.seq)
        self._end = max(self._end, frame.seq)

    def _lines(self, frame: Lines, turn: Turn) -> None:
        fresh = [line for line in frame.items if line.seq > self.seq]
        if fresh and fresh[0].seq > self.seq + 1:
            turn.send.append(self.hello())  # a part is missing: ask for all from here on
            return
        for line in fresh:
            self.seq = line.seq
            self._line(line, turn)

    def _line(self, line: Line, turn: Turn) -> None:
        if line.author == "customer":
            self._asked = max(self._asked, line.seq)
        else:
            self._answered = line.seq
        if self.echo or line.author != "customer" or line.client_id not in self._own:
            turn.show.append(wording.line_text(line))
        self.choices = line.buttons
        if line.buttons:
            turn.show.append(wording.buttons_text(line.buttons))

    def _state(self, state: CustomerState, turn: Turn) -> None:
        self.state = state
        text = wording.state_text(state, self.bot)
        if text != self._state_text:
            turn.show.append(text)
        self._state_text = text
