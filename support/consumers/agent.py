"""The agent's door."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from support import access, handoff, log, presence
from support.consumers.door import FORBIDDEN, UNAUTHENTICATED, Door
from support.consumers.settling import Settling
from support.consumers.threads import db
from support.faces import case as case_face
from support.faces import lists as lists_face
from support.protocol import VERSION
from support.protocol import agent as frames
from support.push import conversation_group, inbox_group
from support.push.hint_layer import EVERYTHING


class AgentDoor(Door):
    """One tab of the console."""

    incoming = frames.FROM_AGENT
    caller: access.AgentCaller

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lists = Settling(self._tell_lists)
        self.case = Settling(self._tell_case)

    async def enter(self) -> int | None:
        """A signed-in agent who may use the console."""
        caller = await self._who()
        if caller is None:
            return UNAUTHENTICATED
        self.caller = caller
        return None if caller.may(access.Act.USE_CONSOLE) else FORBIDDEN

    async def on_hello(self, hello: frames.Hello) -> None:
        """Join the inboxes and send the lists."""
        if hello.version != VERSION:
            await self.say(frames.Error("version", f"This service speaks version {VERSION}. Load the page again."))
            return
        await db(presence.beat, f"{presence.AGENT}{self.caller.agent_id}")
        self.inboxes = await db(_inboxes, self.caller)
        for inbox in self.inboxes:
            await self.follow(inbox_group(inbox))
        await self.say(frames.Welcome(VERSION, await db(lists_face.me, self.caller), settings.HEARTBEAT_S))
        await self._tell_lists()

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
        await self._tell_lines()
        await self._tell_case()

    async def on_send(self, send: frames.Send) -> None:
        """Store a reply, then acknowledge."""
        await self.answer(send.client_id, await self._store(send))

    async def on_ping(self, _: frames.Ping) -> None:
        """Beat for presence, and leave when the account was signed out, closed or changed its role meanwhile."""
        if await self._who() != self.caller:
            await self.close(code=UNAUTHENTICATED)
            return
        await db(presence.beat, f"{presence.AGENT}{self.caller.agent_id}")
        await self.say(frames.Heartbeat(await db(log.end, self.conversation) if self.conversation else 0))

    async def read_on(self, group: str) -> None:
        """The open conversation's lines at once; its case and the lists when they have settled."""
        opened = conversation_group(self.conversation) if self.conversation else None
        if group in (EVERYTHING, opened):
            await self._tell_lines()
            self.case.ask()
        if group != opened:
            self.lists.ask()

    def lists_changed(self) -> None:
        """The sweep found that lists changed."""
        self.lists.ask()

    async def disconnect(self, code: int) -> None:
        """Leave every group. Presence expires by itself: a disconnect is only a rumour."""
        self.lists.cancel()
        self.case.cancel()
        await super().disconnect(code)

    async def _tell_lists(self) -> None:
        await self.say(await db(lists_face.lists, self.caller))

    async def _tell_case(self) -> None:
        if self.conversation:
            await self.say(frames.CaseFrame(await db(case_face.case, self.conversation, self.caller.agent_id)))

    async def _tell_lines(self) -> None:
        more = True
        while more and self.conversation:
            items = await db(log.since, self.conversation, self.seq, "agent")
            more = len(items) == log.PAGE
            if items:
                self.seq = items[-1].seq
                await self.say(frames.Lines(str(self.conversation), tuple(items), more))

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
    return list(caller.inboxes().values_list("pk", flat=True))
