"""A list as the page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from escalation.findings import Kind
from support.metrics.figures import KINDS
from support.metrics.lists import Row
from support.pages.dashboard import words

CSS: Mapping[str, str] = {
    KINDS[Kind.ASKED]: "why-asked",
    KINDS[Kind.BOT_FAILURE]: "why-bot",
    KINDS[Kind.SENTIMENT]: "why-mood",
    KINDS[Kind.COMPLEXITY]: "why-hard",
    KINDS[Kind.SENSITIVE]: "why-sensitive",
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A main reason; ``css`` is empty for a take-over, which has none."""

    name: str
    css: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One row, ready to print."""

    conversation: str
    customer: str
    inbox: str
    started_at: datetime
    holder: str
    agent: str
    disposition: str
    kinds: tuple[Chip, ...]
    reasons: str
    handoff: str
    wait: str
    response: str
    handle: str
    rating: str


def shown(row: Row) -> Shown:
    """Durations as 1:06, what is not there as a dash."""
    return Shown(
        conversation=str(row.conversation),
        customer=row.customer,
        inbox=row.inbox,
        started_at=row.started_at,
        holder=row.holder,
        agent=row.agent,
        disposition=row.disposition,
        kinds=tuple(Chip(kind, CSS.get(kind, "")) for kind in row.kinds),
        reasons=", ".join(row.reasons),
        handoff=row.handoff,
        wait=words.clock(row.wait_s),
        response=words.clock(row.response_s),
        handle=words.clock(row.handle_s),
        rating=words.NOTHING if row.rating is None else f"{row.rating} of 5",
    )
