"""Ends without an agent, and the customer's rating after an end."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from support import push
from support.handoff import wording
from support.handoff.holder import Conflict, locked, not_any_more, pass_on
from support.handoff.queue import end
from support.models import Cause, Conversation, Disposition, HandoffState, Holder, Rating


@transaction.atomic
def finish(conversation_id: UUID) -> None:
    """The customer ends the chat. While waiting this is an abandoned handoff.

    Raises:
        Conflict: it has ended already.
    """
    found = locked(conversation_id)
    if found.holder == Holder.NOBODY:
        raise not_any_more(found)
    end(found, HandoffState.ABANDONED if found.holder == Holder.QUEUE else HandoffState.RESOLVED)
    pass_on(found, Holder.NOBODY, Cause.FINISHED, wording.FINISHED, disposition=Disposition.FINISHED)


def quiet(conversation: Conversation) -> None:
    """Close a conversation that the bot holds and that is quiet for long. The caller holds the row's lock."""
    if conversation.holder == Holder.BOT:
        pass_on(conversation, Holder.NOBODY, Cause.QUIET, wording.QUIET, disposition=Disposition.QUIET)


def rate(conversation_id: UUID, score: int, comment: str) -> None:
    """Store the customer's score; the first one counts.

    Raises:
        Conflict: the conversation goes on, or has a rating already.
    """
    with transaction.atomic():
        found = locked(conversation_id)
        if found.holder != Holder.NOBODY:
            raise Conflict("open", "Rate the chat when it has ended.", found.holder)
        _, new = Rating.objects.get_or_create(conversation=found, defaults={"score": score, "comment": comment})
        if not new:
            raise Conflict("rated", "This chat has its rating.", found.holder)
        push.after_commit(found.pk, found.inbox_id)
