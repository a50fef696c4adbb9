"""What a manager looks at: conversations of their inboxes whose customer first wrote in a period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Max, QuerySet
from django.utils import timezone

from support.metrics import period
from support.metrics.period import Period, WrongFilter
from support.models import Conversation, Handoff, Inbox


@dataclass(frozen=True, slots=True)
class Scope:
    """One cohort for every figure, so that all shares have the same denominators.

    ``allowed`` are the caller's inboxes (access.AgentCaller.inboxes); ``inbox`` narrows it to one of them.
    """

    allowed: QuerySet[Inbox]
    period: Period
    inbox: Inbox | None = None

    def conversations(self) -> QuerySet[Conversation]:
        """Those with a customer message, by the day of the first one."""
        return self._of_the_inboxes().filter(first_asked_at__gte=self.period.start, first_asked_at__lt=self.period.end)

    def handoffs(self) -> QuerySet[Handoff]:
        """All handoffs of these conversations, also those that came after the period."""
        return Handoff.objects.filter(conversation__in=self.conversations().values("pk"))

    def within(self, part: Period) -> Scope:
        """The same inboxes in another period."""
        return replace(self, period=part)

    def last_day(self) -> date | None:
        """The last day on which a conversation started, in any period; None when there was none."""
        last = self._of_the_inboxes().aggregate(last=Max("first_asked_at"))["last"]
        return timezone.localdate(last, timezone.get_default_timezone()) if last else None

    def query(self) -> dict[str, str]:
        """The query parameters that name this scope."""
        words = {"from": self.period.first.isoformat(), "to": self.period.last.isoformat()}
        return words | ({"inbox": self.inbox.key} if self.inbox else {})

    def _of_the_inboxes(self) -> QuerySet[Conversation]:
        if self.inbox:
            return Conversation.objects.filter(inbox=self.inbox)
        return Conversation.objects.filter(inbox__in=self.allowed)


def read(query: Mapping[str, str], allowed: QuerySet[Inbox]) -> Scope:
    """The scope of ``from``, ``to`` and ``inbox`` (its key; empty for all).

    Raises:
        WrongFilter: a date is wrong, or the inbox is not one of the allowed ones (whether it exists stays hidden).
    """
    found = None
    if key := query.get("inbox"):
        # A NUL byte is legal in an address and illegal in PostgreSQL text.
        found = None if "\0" in key else allowed.filter(key=key).first()
        if found is None:
            raise WrongFilter("inbox", "There is no such inbox among yours.")
    return Scope(allowed, period.read(query), found)
