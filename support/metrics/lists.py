"""The conversations behind a figure. A figure of handoffs lists each handoff, with the conversation it is of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from support.metrics.figures import KINDS, Figure, Unit
from support.metrics.report import figure_rows
from support.metrics.scope import Scope
from support.models import Conversation, Disposition, Handoff, HandoffState, Holder

TAKEN_OVER = "Taken over"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list.

    ``kinds`` are the main reasons of its handoffs, ``reasons`` the words of all of them. ``wait_s`` is enqueued to
    accepted. ``handoff``, ``response_s`` and ``handle_s`` are set when the figure counts handoffs.
    """

    conversation: UUID
    customer: str
    inbox: str
    started_at: datetime
    closed_at: datetime | None
    holder: str
    agent: str
    disposition: str
    kinds: tuple[str, ...]
    reasons: tuple[str, ...]
    wait_s: float | None
    rating: int | None
    handoff: str = ""
    response_s: float | None = None
    handle_s: float | None = None


def rows(scope: Scope, figure: Figure, first: int = 0, many: int | None = None) -> Iterator[Row]:
    """The rows ``first`` to ``first + many``; longest duration first where the figure measures one, else newest first."""
    found = ordered(scope, figure)
    page = found[first:] if many is None else found[first : first + many]
    if figure.unit == Unit.HANDOFFS:
        return (_of_handoff(handoff) for handoff in page.iterator(1000))
    return (_of_conversation(conversation) for conversation in page.iterator(1000))


def ordered(scope: Scope, figure: Figure) -> Any:
    """The figure's set in the order of its list, with all that a row reads."""
    found = figure_rows(scope, figure)
    if figure.unit == Unit.CONVERSATIONS:
        handoffs = Prefetch("handoffs", Handoff.objects.order_by("enqueued_at", "pk"))
        related = found.select_related("inbox", "customer", "agent", "rating").prefetch_related(handoffs)
        return related.order_by("-first_asked_at", "pk")
    related = found.select_related(
        "conversation__inbox", "conversation__customer", "conversation__agent", "conversation__rating"
    )
    return related.order_by(f"-{figure.longest or 'enqueued_at'}", "pk")


def _of_conversation(conversation: Any) -> Row:
    handoffs: list[Handoff] = list(conversation.handoffs.all())
    return Row(**_shared(conversation, handoffs), wait_s=_seconds(conversation.wait))


def _of_handoff(handoff: Any) -> Row:
    return Row(
        **_shared(handoff.conversation, [handoff]),
        wait_s=None if handoff.asked_by_agent else _seconds(handoff.wait),
        handoff=HandoffState(handoff.state).label,
        response_s=None if handoff.asked_by_agent else _seconds(handoff.response),
        handle_s=_seconds(handoff.handle),
    )


def _shared(conversation: Conversation, handoffs: Iterable[Handoff]) -> dict[str, Any]:
    rating = getattr(conversation, "rating", None)
    return {
        "conversation": conversation.pk,
        "customer": conversation.customer.name,
        "inbox": conversation.inbox.name,
        "started_at": conversation.first_asked_at,
        "closed_at": conversation.closed_at,
        "holder": Holder(conversation.holder).label,
        "agent": conversation.agent.name if conversation.agent else "",
        "disposition": Disposition(conversation.disposition).label if conversation.disposition else "",
        "kinds": _once(kind_name(handoff) for handoff in handoffs),
        "reasons": _once(_label(reason) for handoff in handoffs for reason in handoff.reasons),
        "rating": rating.score if rating else None,
    }


def kind_name(handoff: Handoff) -> str:
    """The words for its main reason."""
    names: Mapping[str, str] = {kind.value: name for kind, name in KINDS.items()}
    return TAKEN_OVER if handoff.asked_by_agent else names[handoff.main_kind]


def _label(reason: Mapping[str, Any]) -> str:
    return str(reason["label"])


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _seconds(value: timedelta | None) -> float | None:
    return None if value is None else value.total_seconds()
