"""Durations: the median and the 90th percentile beside the mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Aggregate, Avg, DurationField

from support.metrics import shares


@dataclass(frozen=True, slots=True)
class Timing:
    """``figure`` is the set that is measured (its size is n), ``fact`` the duration of each."""

    key: str
    name: str
    figure: str
    fact: str


TIMINGS: tuple[Timing, ...] = (
    Timing("queue_wait", "Wait for a person", "accepted", "wait"),
    Timing("first_response", "First response", "answered", "response"),
    Timing("handle_time", "Handle time", "handled", "handle"),
)


@dataclass(frozen=True, slots=True)
class Spread:
    """Seconds; None when there is nothing to measure."""

    n: int
    p50: float | None
    p90: float | None
    mean: float | None

    @property
    def few(self) -> bool:
        """Whether there are too few to read much into it."""
        return self.n < shares.FEW


class Percentile(Aggregate):
    """PostgreSQL's percentile_cont: between two values it interpolates."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(%(part)s) WITHIN GROUP (ORDER BY %(expressions)s)%(filter)s"
    output_field = DurationField()

    def __init__(self, expression: str, part: float, **extra: Any) -> None:
        super().__init__(expression, part=f"{part:.2f}", **extra)


def columns(timing: Timing, which: Any) -> dict[str, Aggregate]:
    """The aggregates of one timing over the rows that ``which`` chooses."""
    return {
        f"{timing.key}_p50": Percentile(timing.fact, 0.5, filter=which),
        f"{timing.key}_p90": Percentile(timing.fact, 0.9, filter=which),
        f"{timing.key}_mean": Avg(timing.fact, filter=which),
    }


def spread(timing: Timing, n: int, found: Mapping[str, timedelta | None]) -> Spread:
    """Read the aggregates back."""
    p50, p90, mean = (found[f"{timing.key}_{name}"] for name in ("p50", "p90", "mean"))
    return Spread(n, _seconds(p50), _seconds(p90), _seconds(mean))


def _seconds(value: timedelta | None) -> float | None:
    return None if value is None else value.total_seconds()
