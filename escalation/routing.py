"""The queue's order, and who may take from it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """A handoff that waits; ``priority`` 1 is served first."""

    id: int
    priority: int
    enqueued_at: datetime


def order(handoffs: Iterable[Waiting]) -> tuple[Waiting, ...]:
    """By priority, then age; of two that came at the same moment the lower id is first, so that the order is total."""
    return tuple(sorted(handoffs, key=lambda one: (one.priority, one.enqueued_at, one.id)))


def may_take(skills_needed: Collection[str], skills_have: Collection[str], load: int, capacity: int) -> bool:
    """Whether an agent has every skill that is needed and room for one conversation more."""
    return load < capacity and set(skills_needed) <= set(skills_have)
