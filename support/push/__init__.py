"""Push: after a commit, hints that a conversation grew or a list changed. A hint may be lost; the log is the truth.

Hints carry ids and never text. This is the only place that sends to the channel layer.
"""

from __future__ import annotations

from functools import partial
from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import connection, transaction

WORK = "baton_work"


def conversation_group(conversation_id: UUID) -> str:
    """Everybody who follows one conversation."""
    return f"conversation.{conversation_id.hex}"


def inbox_group(inbox_id: int) -> str:
    """Every agent who sees one inbox's lists."""
    return f"inbox.{inbox_id}"


def after_commit(conversation_id: UUID, inbox_id: int, work: bool = False) -> None:
    """Tell the followers of a conversation and of its inbox once the transaction is committed; wake a worker."""
    transaction.on_commit(partial(_hint, conversation_group(conversation_id)), robust=True)
    transaction.on_commit(partial(_hint, inbox_group(inbox_id)), robust=True)
    if work:
        transaction.on_commit(_wake, robust=True)


def inbox_changed(inbox_id: int) -> None:
    """Tell the agents of an inbox that something in their lists changed, such as who is available."""
    transaction.on_commit(partial(_hint, inbox_group(inbox_id)), robust=True)


def _hint(group: str) -> None:
    async_to_sync(get_channel_layer().group_send)(group, {"type": "grew", "group": group})


def _wake() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {WORK}")
