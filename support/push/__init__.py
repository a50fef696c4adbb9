"""Push: after a commit, hints that a conversation grew or a list changed. A hint may be lost; the log is the truth.

Hints carry ids and never text. Everything that is sent to the channel layer goes through here.
"""

from __future__ import annotations

from functools import partial
from uuid import UUID

from channels.layers import get_channel_layer
from django.db import transaction

from support.push.announcer import ANNOUNCER
from support.push.here import HERE
from support.push.hint_layer import WORK, HintLayer

__all__ = ["ANNOUNCER", "WORK", "after_commit", "conversation_group", "inbox_changed", "inbox_group", "now"]


def conversation_group(conversation_id: UUID) -> str:
    """Everybody who follows one conversation."""
    return f"conversation.{conversation_id.hex}"


def inbox_group(inbox_id: int) -> str:
    """Every agent who sees one inbox's lists."""
    return f"inbox.{inbox_id}"


def after_commit(conversation_id: UUID, inbox_id: int, work: bool = False) -> None:
    """Tell the followers of a conversation and of its inbox once the transaction is committed; wake a worker."""
    groups = _groups(conversation_id, inbox_id, work)
    transaction.on_commit(partial(ANNOUNCER.announce, groups), robust=True)


def now(conversation_id: UUID, inbox_id: int, work: bool = False) -> None:
    """The same at once, for a statement that is committed already and was run on the event loop."""
    groups, layer = _groups(conversation_id, inbox_id, work), get_channel_layer()
    if isinstance(layer, HintLayer):
        HERE.announce(layer, groups)
    else:
        ANNOUNCER.announce(groups)  # Redis is spoken to from the thread


def inbox_changed(inbox_id: int) -> None:
    """Tell the agents of an inbox that something in their lists changed, such as who is available."""
    transaction.on_commit(partial(ANNOUNCER.announce, (inbox_group(inbox_id),)), robust=True)


def _groups(conversation_id: UUID, inbox_id: int, work: bool) -> tuple[str, ...]:
    return (conversation_group(conversation_id), inbox_group(inbox_id), *((WORK,) if work else ()))
