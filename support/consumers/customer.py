"""The customer's door."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.conf import settings

from support import access, handoff, log
from support.consumers.door import UNAUTHENTICATED, Door
from support.consumers.threads import db
from support.faces import customer as face
from support.log import live
from support.protocol import VERSION
from support.protocol import customer as frames
from support.protocol.parts import CustomerState, Line


class CustomerDoor(Door):
    """One tab of one customer, on the conversation that their session has open."""

    incoming = frames.FROM_CUSTOMER
    viewer = "customer"
    caller: access.CustomerCaller
    told: CustomerState | None = None

    async def enter(self) -> int | None:
        """A valid session cookie of this inbox."""
        key = self.scope["url_route"]["kwargs"]["inbox_key"]
        caller = await access.customer_caller_here(key, self.scope["cookies"].get(access.cookie_name(key)))
        if caller is None:
            return UNAUTHENTICATED
        self.caller = caller
        return None

    async def on_hello(self, hello: frames.Hello) -> None:
        """Say where the log ends, then send the rest of it, or start again when the client knows more than the log."""
        if hello.version != VERSION:
            await self.say(frames.Error("version", f"This service speaks version {VERSION}. Load the page again."))
            return
        here = await face.arrival(self.caller)
        if here is None:
            await self.say(frames.Error("no_conversation", "Open a session first."))
            return
        await self.follow_conversation(here.conversation)
        waits = here.state.holder == "queue"
        self.told = await db(face.state, here.conversation) if waits else here.state
        await self.say(
            frames.Welcome(
                version=VERSION,
                conversation=str(here.conversation),
                inbox=here.inbox,
                bot=here.bot,
                seq=here.last_seq,
                heartbeat_s=settings.HEARTBEAT_S,
                state=self.told,
            )
        )
        self.seq = hello.after
        if hello.after > here.last_seq:
            self.seq = 0
            await self.say(frames.Resync())
        await self.send_log()
        if self.seq > here.last_seq:  # something happened before this socket followed it
            await self._tell_state()

    async def on_send(self, send: frames.Send) -> None:
        """Store, then acknowledge. What is refused is named, so that the client keeps it."""
        if conversation := await self._open_conversation():
            await self.answer(send.client_id, await self._store(conversation, send))

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
        seq = await db(log.end, self.conversation) if self.conversation else 0
        await self.say(frames.Heartbeat(seq))
        if self.conversation:
            await self._tell_state()

    async def read_on(self, group: str) -> None:
        """The lines, and who holds it now unless all that came was talk: whoever passes it on says so in a line."""
        authors = await self.send_news()
        if self.conversation and (not authors or "system" in authors):
            await self._tell_state()

    async def tell_lines(self, lines: tuple[Line, ...], more: bool) -> None:
        """The next part of the log."""
        await self.say(frames.Lines(lines, more))

    async def _tell_state(self) -> None:
        state = await db(face.state, self.conversation)
        if state != self.told:
            self.told = state
            await self.say(frames.State(state))

    async def _pass(self, act: Callable[..., None], *args: object) -> None:
        if conversation := await self._open_conversation():
            try:
                await db(act, conversation, *args)
            except handoff.Conflict as conflict:
                await self.say(frames.Error(conflict.code, conflict.detail))

    async def _open_conversation(self) -> UUID | None:
        if self.conversation is None:
            await self.say(frames.Error("hello_first", "Say hello first."))
        return self.conversation

    async def _store(self, conversation: UUID, send: frames.Send) -> log.Stored | log.Refused:
        try:
            self.admit()
            log.admit(self.address, self.caller.inbox_id)
            return await live.append(conversation, "customer", send.client_id, send.body, send.pressed)
        except log.Refused as refused:
            return refused
