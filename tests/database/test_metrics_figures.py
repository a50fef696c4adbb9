"""The SQL of the figures against a count in plain Python."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from support.metrics import lists, report, scope
from support.metrics.figures import BY_KEY, KINDS, OUTCOMES, of_kind
from support.metrics.period import Period
from support.models import Inbox
from tests import people
from tests.database import counting
from tests.database.histories import History, Teller, store

pytestmark = pytest.mark.django_db

PERIOD = Period(date(2026, 11, 6), date(2026, 11, 19))
FIRST = datetime(2026, 11, 3, tzinfo=UTC)  # three days before the period, and four after it, are not counted


@pytest.fixture
def inboxes() -> list[Inbox]:
    return [people.inbox(key) for key in ("shoes", "tea", "rival")]


@pytest.fixture
def histories(inboxes: list[Inbox], settings: Settings) -> list[History]:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    teller = Teller(7, [people.agent(name, *inboxes) for name in ("Ana", "Ben", "Cleo")], FIRST, 21)
    told = [history for inbox in inboxes for history in teller.tell(inbox, 150)]
    store(told)
    return told


def scope_of(*keys: str) -> scope.Scope:
    return scope.Scope(Inbox.objects.filter(key__in=keys), PERIOD)


def cohort(histories: list[History], *keys: str, part: Period = PERIOD) -> list[History]:
    mine = [told for told in histories if told.inbox.key in keys]
    return counting.in_cohort(mine, part.start, part.end)


@pytest.mark.parametrize("key", BY_KEY)
def test_a_figure_counts_what_happened_in_the_callers_inboxes_and_its_list_holds_as_many(
    key: str, histories: list[History]
) -> None:
    expected = counting.count(cohort(histories, "shoes", "tea"), histories)[key]
    asked = scope_of("shoes", "tea")
    assert expected > 0, "the histories are too tame to test this figure"
    assert report.report(asked).counts[key] == expected
    assert len(list(lists.rows(asked, BY_KEY[key]))) == expected


@pytest.mark.parametrize("key", ["queue_wait", "first_response", "handle_time"])
def test_percentiles_are_those_of_the_told_durations(key: str, histories: list[History]) -> None:
    told = counting.durations(cohort(histories, "shoes"))[key]
    found = report.report(scope_of("shoes")).spreads[key]
    assert found.n == len(told) > 10
    assert found.p50 == pytest.approx(counting.percentile(told, 0.5))
    assert found.p90 == pytest.approx(counting.percentile(told, 0.9))
    assert found.mean == pytest.approx(sum(told) / len(told))


def test_every_conversation_has_exactly_one_outcome(histories: list[History]) -> None:
    counts = report.report(scope_of("shoes", "tea")).counts
    assert sum(counts[key] for key in OUTCOMES) == counts["started"]


def test_every_escalation_has_exactly_one_main_reason(histories: list[History]) -> None:
    counts = report.report(scope_of("shoes", "tea")).counts
    assert sum(counts[of_kind(kind)] for kind in KINDS) == counts["escalated"]


def test_the_days_add_up_and_each_is_counted_as_if_it_were_the_period(histories: list[History]) -> None:
    asked = scope_of("shoes")
    found = report.report(asked)
    assert [part.period.first for part in found.parts] == [PERIOD.first + timedelta(days=day) for day in range(14)]
    for key in ("started", "closed", "contained", "escalated", "escalated_asked"):
        assert sum(part.counts[key] for part in found.parts) == found.counts[key]
    for part in found.parts:
        told = counting.count(cohort(histories, "shoes", part=part.period), histories)
        assert part.counts["contained"] == told["contained"]
        assert report.count(asked.within(part.period), BY_KEY["contained"]) == told["contained"]


def test_nothing_of_a_foreign_inbox_is_counted_or_listed(histories: list[History]) -> None:
    asked = scope_of("shoes")
    assert {row.inbox for row in lists.rows(asked, BY_KEY["started"])} == {"Shoes"}
    assert {row.inbox for row in lists.rows(asked, BY_KEY["handled"])} == {"Shoes"}


def test_without_conversations_there_are_zeros_and_no_shares(inboxes: list[Inbox]) -> None:
    found = report.report(scope_of("shoes"))
    assert set(found.counts.values()) == {0}
    assert {share.value for share in found.shares.values()} == {None}
    assert {(spread.n, spread.p50, spread.p90, spread.mean) for spread in found.spreads.values()} == {
        (0, None, None, None)
    }
    assert scope_of("shoes").last_day() is None


def test_the_last_day_with_conversations_is_known(histories: list[History]) -> None:
    last = max(told.asked for told in histories if told.asked and told.inbox.key == "tea")
    assert scope_of("tea").last_day() == last.date()


def test_a_report_reads_in_two_queries_whatever_it_counts(histories: list[History]) -> None:
    with CaptureQueriesContext(connection) as queries:
        report.report(scope_of("shoes", "tea"))
    assert len([query for query in queries.captured_queries if query["sql"].startswith("SELECT")]) == 2
