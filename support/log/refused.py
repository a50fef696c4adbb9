"""Why a line was not stored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings

from support.models import Holder

AWAY_RETRY_S = 2
WHY_NOT = """
SELECT holder, ceil(extract(epoch FROM paid_until - statement_timestamp()) - %(room)s)::integer
FROM support_conversation WHERE id = %(conversation)s
"""


class Refused(Exception):
    """A line that was not stored; the sender is told and keeps it.

    ``code`` is for programs. ``retry_s`` above 0: nothing is wrong with it, send it again after that many seconds.
    """

    def __init__(self, code: str, detail: str, retry_s: int = 0) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.retry_s = retry_s


def too_fast(retry_s: int) -> Refused:
    """More than one customer's share."""
    return Refused("too_fast", "That was a lot at once. Your message is kept and goes in a few seconds.", retry_s)


def busy(retry_s: int) -> Refused:
    """More than this service takes on at once."""
    return Refused("busy", "There is a lot going on here. Your message is kept and goes in a few seconds.", retry_s)


def unavailable() -> Refused:
    """The database cannot be written now."""
    return Refused("unavailable", "The message could not be stored just now. It is kept and goes soon.", AWAY_RETRY_S)


def question(conversation_id: UUID) -> dict[str, Any]:
    """The values of WHY_NOT."""
    return {"conversation": conversation_id, "room": settings.SEND_WINDOW_S * (1 - 1 / settings.SEND_LIMIT)}


def reason(row: Sequence[Any] | None, author: str) -> Refused:
    """Why the statement of an append stored nothing, from what WHY_NOT found."""
    if row is None:
        return Refused("missing", "There is no such conversation.")
    holder, wait_s = row
    if holder == Holder.NOBODY:
        return Refused("closed", "This conversation has ended.")
    if author != "customer":
        return Refused("not_holder", f"The {author} does not hold this conversation now.")
    return too_fast(max(1, wait_s))
