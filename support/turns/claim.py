"""Claiming the oldest open turn, by lease: a killed worker's turn is free again when the lease is over."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import connection

CLAIM = """
UPDATE support_turn SET free_at = statement_timestamp() + make_interval(secs => %(lease)s), attempts = attempts + 1
WHERE id = (
    SELECT candidate.id FROM support_turn candidate
    JOIN support_conversation conversation ON conversation.id = candidate.conversation_id
    WHERE candidate.state = 'open'
        -- A lease that ends much later than one that begins now was written before the clock stepped back. Much: this
        -- statement may have begun before the one that wrote it.
        AND (candidate.free_at <= statement_timestamp()
            OR candidate.free_at > statement_timestamp() + make_interval(secs => 3 * %(lease)s))
        AND (%(bot)s::boolean IS NULL OR (conversation.holder = 'bot') = %(bot)s)
        AND NOT EXISTS (
            SELECT FROM support_turn earlier
            WHERE earlier.conversation_id = candidate.conversation_id AND earlier.state = 'open'
                AND earlier.seq < candidate.seq
        )
    ORDER BY candidate.free_at
    LIMIT 1 FOR UPDATE OF candidate SKIP LOCKED
)
RETURNING id, conversation_id, seq, attempts
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """One turn that this worker may take until its lease ends; ``attempts`` tells it from a later claim."""

    turn_id: int
    conversation_id: UUID
    seq: int
    attempts: int


def claim(bot_holds: bool | None = None) -> Claim | None:
    """The oldest turn that is free, one at a time per conversation; None when there is none.

    Args:
        bot_holds: only of conversations that the bot holds (True) or does not hold (False); of all when None. It may
            have changed by the time the turn is taken.
    """
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, {"lease": settings.TURN_LEASE_S, "bot": bot_holds})
        row = cursor.fetchone()
    return Claim(*row) if row else None
