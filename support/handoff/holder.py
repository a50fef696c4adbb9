"""Passing the holder on: one conditional UPDATE, one link in the chain of ownership, one line for the customer."""

from __future__ import annotations

from uuid import UUID

from django.db.models.functions import Now

from support import log, push
from support.models import Agent, Author, Cause, Conversation, Disposition, Holder, HolderChange


class Conflict(Exception):
    """Somebody else was first, or the conversation moved on. ``holder`` and ``agent`` say who holds it now."""

    def __init__(self, code: str, detail: str, holder: str = "", agent: str | None = None) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.holder = holder
        self.agent = agent


def locked(conversation_id: UUID) -> Conversation:
    """The conversation with its row locked until the transaction ends; all passages of one conversation queue here."""
    # No join: one that waited for the lock would bring the agent of before, beside the row of after.
    return Conversation.objects.select_for_update(no_key=True).get(pk=conversation_id)


def pass_on(
    conversation: Conversation,
    after: Holder,
    cause: Cause,
    told: str,
    *,
    agent: Agent | None = None,
    note: str = "",
    disposition: str = "",
) -> None:
    """Change the holder of a locked conversation, write the link, tell the customer in the log.

    Args:
        agent: who does it (accept, hand back ...); the new holder when ``after`` is agent.
        told: the line that both sides read.
    """
    before = conversation.holder
    changed = Conversation.objects.filter(pk=conversation.pk, holder=before).update(
        holder=after,
        agent=agent if after == Holder.AGENT else None,
        closed_at=Now() if after == Holder.NOBODY else None,
        disposition=disposition,
        boundary=conversation.last_seq if after == Holder.BOT else conversation.boundary,
    )
    if changed != 1:
        raise AssertionError("the row is locked, so its holder cannot have changed")
    number = conversation.holder_changes.count() + 1
    link = HolderChange.objects.create(
        conversation=conversation,
        number=number,
        before=before,
        after=after,
        cause=cause,
        agent=agent,
        note=note,
        seq=conversation.last_seq,
    )
    conversation.holder = after
    conversation.agent = agent if after == Holder.AGENT else None
    log.append(
        conversation.pk,
        Author.SYSTEM,
        f"holder-{link.number}",
        told,
        event=EVENTS[cause],
        agent_id=agent.pk if agent else None,
    )
    push.after_commit(conversation.pk, conversation.inbox_id)


EVENTS: dict[str, str] = {
    Cause.ESCALATED: "escalated",
    Cause.ACCEPTED: "joined",
    Cause.TAKEN_OVER: "joined",
    Cause.HANDED_BACK: "handed_back",
    Cause.RESOLVED: "resolved",
    Cause.STOPPED_WAITING: "stopped_waiting",
    Cause.EXPIRED: "expired",
    Cause.VANISHED: "requeued",
    Cause.FINISHED: "finished",
    Cause.QUIET: "quiet",
}


def not_any_more(conversation: Conversation) -> Conflict:
    """What to tell somebody who came too late."""
    match conversation.holder:
        case Holder.AGENT if conversation.agent:
            detail = f"{conversation.agent.name} holds this conversation now."
        case Holder.QUEUE:
            detail = "This conversation waits in the queue."
        case Holder.NOBODY:
            detail = f"This conversation has ended ({Disposition(conversation.disposition).label.lower()})."
        case _:
            detail = "The bot holds this conversation now."
    agent = conversation.agent.name if conversation.agent else None
    return Conflict("taken", detail, conversation.holder, agent)
