"""The manager's figures counted in plain Python from the told histories: a second opinion on the SQL."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from support.models import HandoffState
from tests.database.histories import KINDS, TARGET, History, Passage

BACK = timedelta(hours=24)
Test = Callable[[History], bool]


def in_cohort(histories: Sequence[History], start: datetime, end: datetime) -> list[History]:
    """Those whose customer first wrote between the two moments."""
    return [told for told in histories if told.asked and start <= told.asked < end]


def escalations(told: History) -> list[Passage]:
    """Its handoffs without take-overs."""
    return [passage for passage in told.passages if not passage.take_over]


def people(told: History) -> int:
    """How many different persons held it."""
    return len({stretch.agent.pk for passage in told.passages for stretch in passage.stretches})


def reached(told: History) -> bool:
    """Whether a person accepted."""
    return any(passage.accepted for passage in escalations(told))


def waits(told: History) -> bool:
    """Whether it is in the queue now."""
    return any(not passage.ended and not passage.stretches for passage in told.passages)


def count(cohort: Sequence[History], everything: Sequence[History]) -> dict[str, int]:
    """Every figure by key."""
    conversations = {key: sum(test(told) for told in cohort) for key, test in _conversations(everything).items()}
    passages = [passage for told in cohort for passage in told.passages]
    return conversations | {key: sum(test(one) for one in passages) for key, test in HANDOFFS.items()}


def _conversations(everything: Sequence[History]) -> Mapping[str, Test]:
    def back(told: History) -> bool:
        return any(
            other is not told
            and other.customer == told.customer
            and other.asked is not None
            and told.closed is not None
            and told.closed < other.asked <= told.closed + BACK
            for other in everything
        )

    def contained(told: History) -> bool:
        return bool(told.closed) and not told.passages

    def rated(told: History, low: int = 1) -> bool:
        return told.score is not None and told.score >= low

    tests: dict[str, Test] = {
        "started": lambda told: True,
        "closed": lambda told: bool(told.closed),
        "contained": contained,
        "false_contained": lambda told: contained(told) and (back(told) or told.score in (1, 2)),
        "with_bot": lambda told: not told.closed and not told.passages,
        "escalated": lambda told: bool(escalations(told)),
        "reached": reached,
        "failed": lambda told: bool(escalations(told)) and not reached(told) and not waits(told),
        "in_queue": lambda told: bool(escalations(told)) and not reached(told) and waits(told),
        "taken_over": lambda told: bool(told.passages) and not escalations(told),
        "rated": rated,
        "satisfied": lambda told: rated(told, 4),
        "closed_bot": lambda told: bool(told.closed) and not people(told),
        "rated_bot": lambda told: rated(told) and not people(told),
        "satisfied_bot": lambda told: rated(told, 4) and not people(told),
        "closed_person": lambda told: bool(told.closed) and people(told) > 0,
        "rated_person": lambda told: rated(told) and people(told) > 0,
        "satisfied_person": lambda told: rated(told, 4) and people(told) > 0,
        "first_contact": lambda told: told.disposition == "solved" and people(told) == 1 and not back(told),
    }
    return tests | {f"escalated_{kind}": _first_was(kind) for kind in KINDS}


def _first_was(kind: str) -> Test:
    return lambda told: [passage.kind for passage in escalations(told)][:1] == [kind]


HANDOFFS: Mapping[str, Callable[[Passage], bool]] = {
    "offered": lambda one: not one.take_over,
    "accepted": lambda one: not one.take_over and one.accepted is not None,
    "in_time": lambda one: not one.take_over and one.accepted is not None and one.accepted - one.enqueued <= TARGET,
    "abandoned": lambda one: one.state == HandoffState.ABANDONED,
    "expired": lambda one: one.state == HandoffState.EXPIRED,
    "answered": lambda one: not one.take_over and one.answered is not None,
    "handled": lambda one: one.ended is not None and bool(one.stretches),
    "handed_back": lambda one: one.state == HandoffState.HANDED_BACK,
}


def durations(cohort: Sequence[History]) -> dict[str, list[float]]:
    """Seconds of each timing, sorted."""
    passages = [passage for told in cohort for passage in told.passages]
    offered = [one for one in passages if not one.take_over]
    handled = [one for one in passages if HANDOFFS["handled"](one)]
    found = {
        "queue_wait": [_seconds(one.enqueued, one.accepted) for one in offered if one.accepted],
        "first_response": [_seconds(one.enqueued, one.answered) for one in offered if one.answered],
        "handle_time": [sum(_seconds(part.start, part.end) for part in one.stretches) for one in handled],
    }
    return {key: sorted(values) for key, values in found.items()}


def percentile(values: Sequence[float], part: float) -> float:
    """Between the two nearest values, in proportion, as percentile_cont does."""
    place = part * (len(values) - 1)
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (place - low)


def _seconds(start: datetime, end: datetime | None) -> float:
    assert end is not None
    return (end - start).total_seconds()
