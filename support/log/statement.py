"""The one statement that writes a line, and what its answer means. Who runs it, and how often, is not known here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings

from support.log.refused import Refused
from support.models import Author, Holder
from support.protocol.parts import Button

ANYBODY = (Holder.BOT, Holder.QUEUE, Holder.AGENT, Holder.NOBODY)
WHILE_OPEN = (Holder.BOT, Holder.QUEUE, Holder.AGENT)
EACH_MAY_WRITE: dict[str, Sequence[Holder]] = {
    Author.CUSTOMER: WHILE_OPEN,
    Author.BOT: (Holder.BOT,),
    Author.AGENT: (Holder.AGENT,),
    Author.SYSTEM: ANYBODY,
}

# Until when the customer's sends are paid for, were this one paid too (the generic cell rate algorithm, ITU-T I.371):
# each send costs window / limit seconds, and nobody may be paid up beyond the window. A time further ahead than that
# was written before the clock stepped back, and counts as nothing.
PAID = """
    CASE WHEN paid_until > statement_timestamp() + %(window)s THEN statement_timestamp()
    ELSE greatest(paid_until, statement_timestamp()) END + %(cost)s
"""
APPEND = f"""
WITH earlier AS (
    SELECT seq, body = %(body)s AS same FROM support_message
    WHERE conversation_id = %(conversation)s AND author = %(author)s AND client_id = %(client_id)s
), counted AS (
    UPDATE support_conversation
    SET last_seq = last_seq + 1, last_at = statement_timestamp(),
        first_asked_at = CASE WHEN %(author)s = 'customer' THEN coalesce(first_asked_at, statement_timestamp())
                         ELSE first_asked_at END,
        paid_until = CASE WHEN %(author)s = 'customer' THEN {PAID} ELSE paid_until END
    WHERE id = %(conversation)s AND holder = ANY(%(holders)s) AND NOT EXISTS (SELECT FROM earlier)
        AND (%(author)s <> 'agent' OR agent_id = %(agent)s)
        AND (%(author)s <> 'customer' OR {PAID} <= statement_timestamp() + %(window)s)
    RETURNING id, last_seq, inbox_id, holder
), written AS (
    INSERT INTO support_message
        (conversation_id, seq, author, agent_id, client_id, body, event, pressed, button_titles, button_payloads)
    SELECT id, last_seq, %(author)s, %(agent)s, %(client_id)s, %(body)s, %(event)s, %(pressed)s,
        %(titles)s::varchar[], %(payloads)s::varchar[]
    FROM counted
), owed AS (
    INSERT INTO support_turn (conversation_id, seq)
    SELECT id, last_seq FROM counted WHERE %(author)s = 'customer'
), answered AS (
    UPDATE support_handoff SET answered_at = statement_timestamp()
    WHERE conversation_id = (SELECT id FROM counted) AND state = 'assigned' AND answered_at IS NULL
        AND %(author)s = 'agent'
)
SELECT last_seq, inbox_id, holder = 'bot', NULL FROM counted UNION ALL SELECT seq, NULL, NULL, same FROM earlier
"""


Row = tuple[int, int | None, bool | None, bool | None]


@dataclass(frozen=True, slots=True)
class Stored:
    """A line is in the log as ``seq``; ``repeated`` when an earlier arrival of the same send stored it."""

    seq: int
    repeated: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line to be written."""

    conversation_id: UUID
    author: str
    client_id: str
    body: str
    agent_id: int | None = None
    event: str = ""
    pressed: str = ""
    buttons: Sequence[Button] = ()

    def values(self) -> dict[str, Any]:
        """The values of APPEND."""
        return {
            "conversation": self.conversation_id,
            "author": self.author,
            "client_id": self.client_id,
            "body": self.body,
            "agent": self.agent_id,
            "event": self.event,
            "pressed": self.pressed,
            "titles": [button.title for button in self.buttons],
            "payloads": [button.payload for button in self.buttons],
            "holders": [holder.value for holder in EACH_MAY_WRITE[self.author]],
            "window": settings.SEND_WINDOW,
            "cost": settings.SEND_WINDOW / settings.SEND_LIMIT,
        }


@dataclass(frozen=True, slots=True)
class News:
    """Whom to tell of a line that is new: its inbox, and a worker when the bot owes an answer."""

    inbox_id: int
    work: bool


def outcome(row: Row, line: Line) -> tuple[Stored, News | None]:
    """What the answer of APPEND means; news only of a line that is new.

    Raises:
        Refused: ``reused_id``.
    """
    seq, inbox_id, bot_holds, same = row
    if inbox_id is None:
        if not same:
            raise Refused("reused_id", "This client_id was used for another text.")
        return Stored(seq, repeated=True), None
    # Nobody waits for what the engine makes of a line to a person: the worker comes by and reads several at once.
    return Stored(seq, repeated=False), News(inbox_id, work=line.author == Author.CUSTOMER and bool(bot_holds))
