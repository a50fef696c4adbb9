"""Which days a number is about. Days begin at midnight in settings.TIME_ZONE."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

DEFAULT_DAYS = 14
LONGEST_DAYS = 366
MOST_PARTS = 31


class WrongFilter(Exception):
    """A filter that cannot be read. ``field`` is the name of the query parameter."""

    def __init__(self, field: str, detail: str) -> None:
        super().__init__(detail)
        self.field = field
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days, ``first`` to ``last``, both included."""

    first: date
    last: date

    @property
    def start(self) -> datetime:
        """The first moment of the first day."""
        return midnight(self.first)

    @property
    def end(self) -> datetime:
        """The first moment after the last day."""
        return midnight(self.last + timedelta(days=1))

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def parts(self) -> list[Period]:
        """Days, or whole weeks where there would be more than 31 marks on a chart; the last one may be shorter."""
        step = 1
        while -(-self.days // step) > MOST_PARTS:
            step += 7 if step > 1 else 6
        firsts = [self.first + timedelta(days=offset) for offset in range(0, self.days, step)]
        return [Period(first, min(first + timedelta(days=step - 1), self.last)) for first in firsts]

    def __str__(self) -> str:
        first, last = self.first, self.last
        end = f"{last.day} {last:%b %Y}"
        if first == last:
            return end
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day} to {end}"
        return f"{first.day} {first:%b} to {end}" if first.year == last.year else f"{first.day} {first:%b %Y} to {end}"


def midnight(day: date) -> datetime:
    """The first moment of a day here."""
    return datetime.combine(day, time(), tzinfo=timezone.get_default_timezone())


def ending(last: date, days: int = DEFAULT_DAYS) -> Period:
    """So many days up to ``last``."""
    return Period(last - timedelta(days=days - 1), last)


def read(query: Mapping[str, str]) -> Period:
    """The period of ``from`` and ``to`` (ISO dates); without them the 14 days up to today, or up to ``to``.

    Raises:
        WrongFilter: not a date, the wrong way round, or longer than 366 days.
    """
    last = _date(query, "to") or timezone.localdate(timezone=timezone.get_default_timezone())
    first = _date(query, "from") or ending(last).first
    if first > last:
        raise WrongFilter("from", f"The period begins on {first} and ends on {last}. Swap the two dates.")
    if (last - first).days >= LONGEST_DAYS:
        raise WrongFilter("from", f"The period is longer than {LONGEST_DAYS} days. Choose a shorter one.")
    return Period(first, last)


def _date(query: Mapping[str, str], field: str) -> date | None:
    value = query.get(field, "")
    if not value:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise WrongFilter(field, f"{value!r} is not a date. Write it as 2026-11-09.") from error
    # The day after the last one and the 14 days before it must be dates as well.
    if not 1970 <= day.year <= 9000:
        raise WrongFilter(field, f"{value!r} is too far away. Choose a day from 1970 on.")
    return day
