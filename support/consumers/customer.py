"""The customer's door."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.conf import settings

from support import access, handoff, log
from support.consumers.door import UNAUTHENTICATED, Door, db
from support.faces import customer as face
from support.protocol import VERSION
from support.protocol import customer as frames
from support.protocol.parts import CustomerState
from support.push import conversation_group

SLOW_DOWN = "That was a lot at once. Your message is kept; send it again in a few seconds."


class CustomerDoor(Door):
    """One tab of one customer, on the conversation that their session has open."""

    incoming = frames.FROM_CUSTOMER
    conversation: UUID | None = None
    seq = 0
    told: CustomerState | None = None

    async def enter(self) -> int | None:
        """A valid session cookie of this inbox."""
        key = self.scope["url_route"]["kwargs"]["inbox_key"]
        token = self.scope["cookies"].get(access.cookie_name(key))
        self.caller = await db(access.customer_caller, key, token)
        return None if self.caller else UNAUTHENTICATED

    async def on_hello(self, hello: frames.Hello) -> None:
        """Say where the log ends, then send the rest of it, or start again when the client knows more than the log."""
        if hello.version != VERSION:
            await self.say(frames.Error("version", f"This service speaks version {VERSION}. Load the page again."))
            return
        conversation = await db(handoff.present_conversation, self.caller)
        if conversation is None:
            await self.say(frames.Error("no_conversation", "Open a session first."))
            return
        if self.conversation not in (None, conversation):
            await self.unfollow(conversation_group(self.conversation))
        self.conversation = conversation
        await self.follow(conversation_group(conversation))
        setting = await db(face.setting, conversation)
        self.told = await db(face.state, conversation)
        await self.say(
            frames.Welcome(
                version=VERSION,
                conversation=str(conversation),
                inbox=setting.inbox,
                bot=setting.bot,
                seq=setting.last_seq,
                heartbeat_s=settings.HEARTBEAT_S,
                state=self.told,
            )
        )
        self.seq = hello.after
        if hello.after > setting.last_seq:
            self.seq = 0
            await self.say(frames.Resync())
        await self._read_on()

    async def on_send(self, send: frames.Send) -> None:
        """Store, then acknowledge. What is refused is named, so that the client keeps it."""
        conversation = await self._open_conversation()
        if conversation is None:
            return
        if self.too_fast():
            await self.say(frames.Refused(send.client_id, "too_fast", SLOW_DOWN))
            return
        try:
            stored = await db(_append, conversation, send)
        except log.Refused as refused:
            await self.say(frames.Refused(send.client_id, refused.code, refused.detail))
            return
        await self.say(frames.Accepted(send.client_id, stored.seq))

    async def on_stop_waiting(self, _: frames.StopWaiting) -> None:
        """Leave the queue."""
        await self._pass(handoff.stop_waiting)

    async def on_finish(self, _: frames.Finish) -> None:
        """End the conversation."""
        await self._pass(handoff.finish)

    async def on_rate(self, rate: frames.Rate) -> None:
        """Store the rating; the new state says that it is stored."""
        await self._pass(handoff.rate, rate.score, rate.comment)
        await self._tell_state()

    async def on_ping(self, _: frames.Ping) -> None:
        """Answer with the end of the log, so that a lost last hint heals."""
        seq = await db(face.end_of_log, self.conversation) if self.conversation else 0
        await self.say(frames.Heartbeat(seq))
        if self.conversation:
            await self._tell_state()

    async def grew(self, _: dict[str, str]) -> None:
        """A hint: read on, and see who holds it."""
        await self._read_on()
        await self._tell_state()

    async def _read_on(self) -> None:
        if self.conversation is None:
            return
        more = True
        while more:
            items = await db(log.since, self.conversation, self.seq, "customer")
            if not items:
                return
            more = len(items) == log.PAGE
            self.seq = items[-1].seq
            await self.say(frames.Lines(tuple(items), more))

    async def _tell_state(self) -> None:
        if self.conversation is None:
            return
        state = await db(face.state, self.conversation)
        if state != self.told:
            self.told = state
            await self.say(frames.State(state))

    async def _pass(self, act: Callable[..., None], *args: object) -> None:
        conversation = await self._open_conversation()
        if conversation is None:
            return
        try:
            await db(act, conversation, *args)
        except handoff.Conflict as conflict:
            await self.say(frames.Error(conflict.code, conflict.detail))

    async def _open_conversation(self) -> UUID | None:
        if self.conversation is None:
            await self.say(frames.Error("hello_first", "Say hello first."))
        return self.conversation


def _append(conversation: UUID, send: frames.Send) -> log.Stored:
    return log.append(conversation, "customer", send.client_id, send.body, pressed=send.pressed)
