"""Where a number leads."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from support.metrics.period import Period
from support.metrics.scope import Scope
from support.pages.dashboard import words


@dataclass(frozen=True, slots=True)
class Link:
    """Words that open a list. ``before`` and ``after`` stand beside them, unlinked."""

    text: str
    href: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses within a scope."""

    scope: Scope

    def to(self, figure: str, part: Period | None = None) -> str:
        """The list of a figure, in the whole period or in a part of it."""
        scope = self.scope.within(part) if part else self.scope
        return f"{reverse('dashboard-conversations')}?{urlencode({'figure': figure, **scope.query()})}"

    def count(self, figure: str, count: int, before: str = "", after: str = "") -> Link:
        """A number that opens its list."""
        return Link(words.number(count), self.to(figure), before, after)

    def sheet(self, figure: str) -> str:
        """The list as CSV."""
        return f"{reverse('metrics-csv', args=[figure])}?{urlencode(self.scope.query())}"

    def overview(self) -> str:
        """Back to the figures."""
        return f"{reverse('dashboard')}?{urlencode(self.scope.query())}"
