"""Every figure: a name, how it is counted, and the condition that chooses its conversations or handoffs.

A figure is counted and listed by the same condition, so that a number and its list cannot differ. Definitions follow
the trade's: containment, abandonment, service level and CSAT as contact centres report them, on one shared cohort.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import F, Q

from escalation.findings import Kind
from support.models import Disposition, HandoffState, Holder


class Unit(StrEnum):
    """What is counted: each conversation once, or each handoff once."""

    CONVERSATIONS = "conversations"
    HANDOFFS = "handoffs"


@dataclass(frozen=True, slots=True)
class Figure:
    """``which`` is a condition on facts.of_conversations or facts.of_handoffs; ``longest`` the fact a list sorts by."""

    key: str
    name: str
    unit: Unit
    how: str
    which: Q
    longest: str = ""


KINDS: Mapping[Kind, str] = {
    Kind.ASKED: "Asked for a person",
    Kind.BOT_FAILURE: "Bot failure",
    Kind.SENTIMENT: "Sentiment",
    Kind.COMPLEXITY: "Complexity",
    Kind.SENSITIVE: "Sensitive",
}

CLOSED = Q(closed_at__isnull=False)
ESCALATED = Q(kind__isnull=False)
REACHED = ESCALATED & Q(reached=True)
UNREACHED = ESCALATED & Q(reached=False)
CONTAINED = CLOSED & Q(handed=False)
RATED = CLOSED & Q(score__isnull=False)
SATISFIED = CLOSED & Q(score__gte=4)
BOT_ONLY = Q(people=0)
WITH_PERSON = Q(people__gt=0)
FOR_GOOD = CLOSED & Q(disposition=Disposition.SOLVED, people=1, back=False)

OFFERED = Q(asked_by_agent=False)
ACCEPTED = OFFERED & Q(accepted_at__isnull=False)


def _conversations(key: str, name: str, how: str, which: Q) -> Figure:
    return Figure(key, name, Unit.CONVERSATIONS, how, which)


def _handoffs(key: str, name: str, how: str, which: Q, longest: str = "") -> Figure:
    return Figure(key, name, Unit.HANDOFFS, how, which, longest)


def of_kind(kind: str) -> str:
    """The key of the figure that counts escalations of one kind."""
    return f"escalated_{kind}"


ALL: tuple[Figure, ...] = (
    _conversations(
        "started",
        "Conversations",
        "Conversations whose customer first wrote in the period.",
        Q(first_asked_at__isnull=False),
    ),
    _conversations("closed", "Closed", "Of these, closed by now. The denominator of containment.", CLOSED),
    _conversations("contained", "Contained", "Closed without any handoff: no escalation and no take-over.", CONTAINED),
    _conversations(
        "false_contained",
        "False containment",
        "Contained, but the customer rated it 1 or 2, or wrote again within 24 hours of its end.",
        CONTAINED & (Q(score__lte=2) | Q(back=True)),
    ),
    _conversations("with_bot", "Still with the bot", "Open, and never handed to a person.", ~CLOSED & Q(handed=False)),
    _conversations(
        "escalated",
        "Escalated",
        "Handed to the queue for a person, each conversation once. Take-overs are counted apart.",
        ESCALATED,
    ),
    *(
        _conversations(
            of_kind(kind),
            name,
            f"Escalated; the main reason of the first escalation was: {name.lower()}.",
            Q(kind=kind),
        )
        for kind, name in KINDS.items()
    ),
    _conversations("reached", "Reached a person", "Escalated, and a person accepted.", REACHED),
    _conversations(
        "failed",
        "Failed escalations",
        "Escalated, but abandoned or expired before a person accepted.",
        UNREACHED & ~Q(holder=Holder.QUEUE),
    ),
    _conversations(
        "in_queue",
        "Waiting now",
        "Escalated, in the queue now, and no person has accepted yet.",
        UNREACHED & Q(holder=Holder.QUEUE),
    ),
    _conversations(
        "taken_over",
        "Taken over",
        "A person stepped in unasked, and it was never escalated.",
        ~ESCALATED & Q(handed=True),
    ),
    _conversations("rated", "Ratings", "Closed and rated by the customer, 1 to 5.", RATED),
    _conversations("satisfied", "Ratings of 4 or 5", "Closed and rated 4 or 5.", SATISFIED),
    _conversations("closed_bot", "Closed, bot only", "Closed, and no person ever held it.", CLOSED & BOT_ONLY),
    _conversations("rated_bot", "Ratings, bot only", "Rated, and no person ever held it.", RATED & BOT_ONLY),
    _conversations(
        "satisfied_bot",
        "Ratings of 4 or 5, bot only",
        "Rated 4 or 5, and no person ever held it.",
        SATISFIED & BOT_ONLY,
    ),
    _conversations(
        "closed_person", "Closed, with a person", "Closed, and a person held it at some time.", CLOSED & WITH_PERSON
    ),
    _conversations(
        "rated_person", "Ratings, with a person", "Rated, and a person held it at some time.", RATED & WITH_PERSON
    ),
    _conversations(
        "satisfied_person",
        "Ratings of 4 or 5, with a person",
        "Rated 4 or 5, and a person held it at some time.",
        SATISFIED & WITH_PERSON,
    ),
    _conversations(
        "first_contact",
        "Solved at first contact",
        "Closed as solved, held by exactly one person, and the customer did not write again within 24 hours.",
        FOR_GOOD,
    ),
    _handoffs(
        "offered",
        "Handoffs offered",
        "Handoffs that entered the queue. Take-overs never wait and are left out.",
        OFFERED,
    ),
    _handoffs(
        "accepted",
        "Accepted",
        "Offered, and accepted by a person. Their wait is from enqueued to accepted.",
        ACCEPTED,
        "wait",
    ),
    _handoffs(
        "in_time",
        "Accepted in time",
        "Accepted within the target that the inbox had when it was offered. Who still waits is not (yet) in time.",
        ACCEPTED & Q(accepted_at__lte=F("due_at")),
        "wait",
    ),
    _handoffs(
        "abandoned", "Abandoned", "Offered, and the customer left the queue.", OFFERED & Q(state=HandoffState.ABANDONED)
    ),
    _handoffs(
        "expired",
        "Expired",
        "Offered, and nobody came within the queue limit.",
        OFFERED & Q(state=HandoffState.EXPIRED),
    ),
    _handoffs(
        "answered",
        "Answered",
        "Offered, and a person wrote. First response is from enqueued to the first message of a person.",
        OFFERED & Q(answered_at__isnull=False),
        "response",
    ),
    _handoffs(
        "handled",
        "Handled",
        "Ended, after a person held it; take-overs included. Handle time is the sum of all stretches of all persons.",
        Q(ended_at__isnull=False, handle__isnull=False),
        "handle",
    ),
    _handoffs(
        "handed_back",
        "Handed back",
        "Handoffs that a person ended by handing back to the bot.",
        Q(state=HandoffState.HANDED_BACK),
    ),
)

BY_KEY: Mapping[str, Figure] = {figure.key: figure for figure in ALL}

# Each conversation is in exactly one of these.
OUTCOMES = ("contained", "reached", "failed", "taken_over", "in_queue", "with_bot")
