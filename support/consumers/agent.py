"""The agent's door."""

from __future__ import annotations

import asyncio
from uuid import UUID

from django.conf import settings

from support import access, handoff, log, presence
from support.consumers.door import FORBIDDEN, UNAUTHENTICATED, Door, db
from support.faces import case as case_face
from support.faces import lists as lists_face
from support.faces.customer import end_of_log
from support.protocol import VERSION
from support.protocol import agent as frames
from support.push import conversation_group, inbox_group

SETTLE_S = 0.1


class AgentDoor(Door):
    """One tab of the console."""

    incoming = frames.FROM_AGENT
    caller: access.AgentCaller
    conversation: UUID | None = None
    seq = 0
    refresh: asyncio.Task[None] | None = None
    reading: asyncio.Task[None] | None = None

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
        if self.conversation not in (None, found):
            await self.unfollow(conversation_group(self.conversation))
        self.conversation, self.seq = found, wanted.after
        await self.follow(conversation_group(found))
        if wanted.after > await db(end_of_log, found):
            self.seq = 0
            await self.say(frames.Resync(str(found)))
        await self._read_on()
        await self._tell_case()

    async def on_send(self, send: frames.Send) -> None:
        """Store a reply, then acknowledge."""
        try:
            found = await db(access.conversation, self.caller, access.Act.WRITE_AS_AGENT, send.conversation)
            stored = await db(handoff.reply, found, self.caller.agent_id, send.client_id, send.body)
        except access.Denied as denied:
            await self.say(frames.Refused(send.client_id, "not_found", denied.detail))
        except log.Refused as refused:
            await self.say(frames.Refused(send.client_id, refused.code, refused.detail))
        else:
            await self.say(frames.Accepted(send.client_id, stored.seq))

    async def on_ping(self, _: frames.Ping) -> None:
        """Beat for presence, and leave when the account was signed out, closed or changed its role meanwhile."""
        if await self._who() != self.caller:
            await self.close(code=UNAUTHENTICATED)
            return
        await db(presence.beat, f"{presence.AGENT}{self.caller.agent_id}")
        await self.say(frames.Heartbeat(await db(end_of_log, self.conversation) if self.conversation else 0))

    async def grew(self, hint: dict[str, str]) -> None:
        """A hint: read on in the open conversation; hints for the lists settle for a moment, then the lists go once."""
        if self.conversation and hint["group"] in ("", conversation_group(self.conversation)):
            await self._read_on()
            await self._tell_case()
        elif self.refresh is None or self.refresh.done():
            self.refresh = asyncio.create_task(self._settle())

    async def disconnect(self, code: int) -> None:
        """Leave every group. Presence expires by itself: a disconnect is only a rumour."""
        for task in (self.refresh, self.reading):
            if task:
                task.cancel()
        await super().disconnect(code)

    async def _settle(self) -> None:
        await asyncio.sleep(SETTLE_S)
        self.reading, self.refresh = self.refresh, None  # a hint that comes from here on starts the next reading
        await self._tell_lists()

    async def _tell_lists(self) -> None:
        await self.say(await db(lists_face.lists, self.caller))

    async def _tell_case(self) -> None:
        if self.conversation:
            await self.say(frames.CaseFrame(await db(case_face.case, self.conversation, self.caller.agent_id)))

    async def _read_on(self) -> None:
        more = True
        while more and self.conversation:
            items = await db(log.since, self.conversation, self.seq, "agent")
            if not items:
                return
            more = len(items) == log.PAGE
            self.seq = items[-1].seq
            await self.say(frames.Lines(str(self.conversation), tuple(items), more))

    async def _who(self) -> access.AgentCaller | None:
        return await db(_signed_in, self.scope["session"].session_key)


def _signed_in(session_key: str | None) -> access.AgentCaller | None:
    return access.agent_of_session(session_key)


def _inboxes(caller: access.AgentCaller) -> list[int]:
    return list(caller.inboxes().values_list("pk", flat=True))
