"""The agent's door."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from support import access, handoff, log, presence
from support.consumers.board import BOARDS, Board
from support.consumers.door import FORBIDDEN, UNAUTHENTICATED, Door
from support.consumers.settling import SETTLE_S, Settling
from support.consumers.threads import db
from support.faces import case as case_face
from support.faces import lists
from support.protocol import VERSION
from support.protocol import agent as frames
from support.protocol.agent import Lists
from support.protocol.parts import Line
from support.push import conversation_group, inbox_group
from support.push.waiting import EVERYTHING

TALK_S = 3.0  # talk alone changes little on the handoff card; a passage does at once


class AgentDoor(Door):
    """One tab of the console."""

    incoming = frames.FROM_AGENT
    viewer = "agent"
    caller: access.AgentCaller
    agent_id: int
    shown: Lists | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = Settling(self._tell_case)
        self.board: Board | None = None

    async def enter(self) -> int | None:
        """A signed-in agent who may use the console."""
        caller = await self._who()
        if caller is None:
            return UNAUTHENTICATED
        self.caller, self.agent_id = caller, caller.agent_id
        return None if caller.may(access.Act.USE_CONSOLE) else FORBIDDEN

    async def on_hello(self, hello: frames.Hello) -> None:
        """Join the inboxes and send the lists."""
        if hello.version != VERSION:
            await self.say(frames.Error("version", f"This service speaks version {VERSION}. Load the page again."))
            return
        await db(presence.beat, f"{presence.AGENT}{self.agent_id}")
        await self.say(frames.Welcome(VERSION, await db(lists.me, self.agent_id), settings.HEARTBEAT_S))
        self.shown = None
        await self._join(await db(_inboxes, self.caller))

    async def on_open(self, wanted: frames.Open) -> None:
        """Follow one conversation in place of the one before."""
        try:
            found = await db(access.conversation, self.caller, access.Act.READ_CONVERSATION, wanted.conversation)
        except access.Denied as denied:
            await self.say(frames.Error("not_found", denied.detail))
            return
        await self.follow_conversation(found)
        self.seq = wanted.after
        if wanted.after > await db(log.end, found):
            self.seq = 0
            await self.say(frames.Resync(str(found)))
        await self.send_log()
        await self._tell_case()

    async def on_send(self, send: frames.Send) -> None:
        """Store a reply, then acknowledge."""
        await self.answer(send.client_id, await self._store(send))

    async def on_ping(self, _: frames.Ping) -> None:
        """Beat for presence, and leave when the account was signed out, closed or changed its role meanwhile."""
        if await self._who() != self.caller:
            await self.close(code=UNAUTHENTICATED)
            return
        if self.board and (inboxes := await db(_inboxes, self.caller)) != self.inboxes:
            await self._join(inboxes)
        await db(presence.beat, f"{presence.AGENT}{self.agent_id}")
        await self.say(frames.Heartbeat(await db(log.end, self.conversation) if self.conversation else 0))

    async def read_on(self, group: str) -> None:
        """The open conversation's lines at once; its case and the lists when they have settled."""
        opened = conversation_group(self.conversation) if self.conversation else None
        if group in (EVERYTHING, opened):
            authors = await self.send_news()
            self.case.ask(TALK_S if authors and "system" not in authors else SETTLE_S)
        if group != opened:
            self.lists_changed()

    def lists_changed(self) -> None:
        """A hint came, or the sweep found it."""
        if self.board:
            self.board.settling.ask()

    async def tell_lines(self, lines: tuple[Line, ...], more: bool) -> None:
        """The next part of the open conversation's log."""
        await self.say(frames.Lines(str(self.conversation), lines, more))

    async def tell_lists(self, new: Lists) -> None:
        """Send the lists unless they are as they were."""
        if new != self.shown:
            self.shown = new
            await self.say(new)

    async def disconnect(self, code: int) -> None:
        """Leave every group. Presence expires by itself: a disconnect is only a rumour."""
        self.case.cancel()
        if self.board:
            BOARDS.leave(self, self.board)
        await super().disconnect(code)

    async def _join(self, inboxes: list[int]) -> None:
        """Show the lists of these inboxes, and of no other from now on."""
        for inbox in set(self.inboxes) - set(inboxes):
            await self.unfollow(inbox_group(inbox))
        if self.board:
            BOARDS.leave(self, self.board)
        self.inboxes = inboxes
        for inbox in inboxes:
            await self.follow(inbox_group(inbox))
        self.board = BOARDS.join(self, frozenset(inboxes))
        await self.board.show(self)

    async def _tell_case(self) -> None:
        if self.conversation:
            await self.say(frames.CaseFrame(await db(case_face.case, self.conversation, self.caller.agent_id)))

    async def _store(self, send: frames.Send) -> log.Stored | log.Refused:
        try:
            self.admit()
            return await db(_reply, self.caller, send)
        except log.Refused as refused:
            return refused

    async def _who(self) -> access.AgentCaller | None:
        return await db(access.agent_of_session, self.scope["session"].session_key)


def _reply(caller: access.AgentCaller, send: frames.Send) -> log.Stored:
    try:
        found = access.conversation(caller, access.Act.WRITE_AS_AGENT, send.conversation)
    except access.Denied as denied:
        raise log.Refused("not_found", denied.detail) from denied
    return handoff.reply(found, caller.agent_id, send.client_id, send.body)


def _inboxes(caller: access.AgentCaller) -> list[int]:
    return list(caller.inboxes().order_by("pk").values_list("pk", flat=True))
