"""What both doors share: no hop to the one shared thread, one frame at a time, one way to fail."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from channels.consumer import get_handler_name
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.db import Error as DjangoTrouble
from psycopg import Error as PsycopgTrouble

from support import log
from support.consumers.reading import READING
from support.consumers.sweep import SWEEP
from support.log import live
from support.protocol import BadFrame, Frame, dump, parse
from support.protocol.customer import Accepted, Error, Refused
from support.protocol.parts import Line
from support.push import conversation_group
from support.push.waiting import EVERYTHING

DATABASE_TROUBLE = (DjangoTrouble, PsycopgTrouble)  # from a thread, or from the event loop's own lanes
UNAUTHENTICATED = 4401
FORBIDDEN = 4403
TRY_AGAIN = 4013
BUSY_RETRY_S = 2
AWAY = "The service cannot read its database just now. It goes on by itself."
logger = logging.getLogger(__name__)


class Door(AsyncWebsocketConsumer):  # type: ignore[misc]
    """Parses frames of one direction and calls ``on_<type>``; a bad frame gets an ``error`` and the connection lives.

    ``conversation`` is the one that this socket follows, ``seq`` the last line of it that was sent.
    """

    incoming: Mapping[str, type[Frame]]
    conversation: UUID | None = None
    seq = 0
    inboxes: list[int]
    viewer: log.Viewer

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.inboxes = []
        self.groups_joined: set[str] = set()
        self.entered = False
        self.behind = False
        self.hints: set[str] = set()
        self.telling: asyncio.Task[None] | None = None
        self.one_at_a_time = asyncio.Lock()

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Channels would await close_old_connections on the one shared thread for every frame; no connection lives there."""
        await getattr(self, get_handler_name(message))(message)

    async def websocket_connect(self, message: dict[str, Any]) -> None:
        """Check the Origin, then let the door decide. Refusals close after accepting, so that a browser sees the code."""
        await self.accept()
        try:
            code = FORBIDDEN if not self._own_page() else await self.enter()
        except DATABASE_TROUBLE as trouble:
            self._note(trouble)
            code = TRY_AGAIN
        if code:
            await self.close(code=code)
        else:
            self.entered = True
            SWEEP.add(self)

    @property
    def address(self) -> str:
        """The client's address; empty when the server does not tell."""
        return str((self.scope.get("client") or ("",))[0])

    async def enter(self) -> int | None:
        """Authenticate. Returns the close code of a refusal, or None."""
        raise NotImplementedError

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Parse and call; a frame that cannot be taken is an answer, not a crash."""
        if not self.entered:  # it was on its way when the door was shut
            return
        try:
            frame = parse(text_data, self.incoming)
            if frame.type == "send":  # does not wait for lines that are being read
                await self.on_send(frame)
            else:
                async with self.one_at_a_time:
                    await getattr(self, f"on_{frame.type}")(frame)
        except BadFrame as bad:
            await self.say(Error(bad.code, bad.detail))
        except DATABASE_TROUBLE as trouble:
            self._note(trouble)
            await self.say(Error("unavailable", AWAY))

    async def grew(self, hint: dict[str, str]) -> None:
        """A hint: read on, while frames are taken as before."""
        self.hints.add(hint["group"])
        if self.telling is None or self.telling.done():
            self.telling = asyncio.create_task(self._tell())

    async def _tell(self) -> None:
        # What cannot be read now is read at the next sweep.
        while self.hints:
            hints, self.hints = self.hints, set()
            try:
                async with self.one_at_a_time:
                    for group in {EVERYTHING} if EVERYTHING in hints else hints:
                        await self.read_on(group)
                self.behind = False
            except DATABASE_TROUBLE as trouble:
                self._note(trouble)

    async def on_send(self, send: Any) -> None:
        """Store a message and answer."""
        raise NotImplementedError

    async def read_on(self, group: str) -> None:
        """Send what is new in this group; in every group when it is EVERYTHING."""
        raise NotImplementedError

    async def tell_lines(self, lines: tuple[Line, ...], more: bool) -> None:
        """Send a part of the log; ``more`` when another follows at once."""
        raise NotImplementedError

    async def send_log(self) -> None:
        """Send everything after ``seq``, page by page."""
        more = True
        while more and self.conversation:
            lines = await live.since(self.conversation, self.seq)
            more = len(lines) == log.PAGE
            await self._pass_on(lines, more)

    async def send_news(self) -> set[str]:
        """Send what is new since the last hint; returns who wrote it."""
        authors: set[str] = set()
        more = True
        while more and self.conversation:
            lines, more = await READING.since(self.conversation, self.seq)
            authors.update(line.author for line in lines)
            await self._pass_on(lines, more)
        return authors

    async def _pass_on(self, lines: Sequence[Line], more: bool) -> None:
        if lines:
            self.seq = lines[-1].seq
            await self.tell_lines(tuple(log.seen_by(self.viewer, line) for line in lines), more)

    async def fell_behind(self) -> None:
        """The sweep found lines that no hint had told of."""
        await self.grew({"type": "grew", "group": EVERYTHING})

    def lists_changed(self) -> None:
        """The sweep found that lists changed; a door without lists does nothing."""

    async def say(self, frame: Frame) -> None:
        """Send one frame."""
        await self.send(text_data=dump(frame))

    async def answer(self, client_id: str, stored: log.Stored | log.Refused) -> None:
        """Acknowledge a send, or say why it was not stored."""
        if isinstance(stored, log.Refused):
            await self.say(Refused(client_id, stored.code, stored.detail, stored.retry_s))
        else:
            await self.say(Accepted(client_id, stored.seq))

    def admit(self) -> None:
        """Let a message in; raises log.Refused when this process has more under way than it gets done in time."""
        if live.overloaded():
            raise log.busy(BUSY_RETRY_S)

    async def follow(self, group: str) -> None:
        """Join a group of hints."""
        self.groups_joined.add(group)
        await self.channel_layer.group_add(group, self.channel_name)

    async def unfollow(self, group: str) -> None:
        """Leave a group of hints."""
        self.groups_joined.discard(group)
        await self.channel_layer.group_discard(group, self.channel_name)

    async def follow_conversation(self, conversation: UUID) -> None:
        """Follow this conversation in place of the one before."""
        if self.conversation not in (None, conversation):
            await self.unfollow(conversation_group(self.conversation))
        await self.follow(conversation_group(conversation))
        self.conversation = conversation

    async def disconnect(self, code: int) -> None:
        """Leave every group."""
        SWEEP.remove(self)
        if self.telling:
            self.telling.cancel()
        for group in tuple(self.groups_joined):
            await self.unfollow(group)

    def _note(self, trouble: Exception) -> None:
        logger.warning("door: %s", type(trouble.__cause__ or trouble).__name__)
        self.behind = True

    def _own_page(self) -> bool:
        origin = dict(self.scope["headers"]).get(b"origin", b"").decode("latin-1")
        return origin == settings.PUBLIC_URL and bool(urlsplit(origin).hostname)
