"""The figures over HTTP: who may read them, and that each number is as long as its list."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from pytest_django import Settings
from rest_framework.test import APIClient

from support.metrics.figures import BY_KEY
from support.models import Inbox
from tests import people
from tests.database.histories import Teller, store

pytestmark = pytest.mark.django_db
PERIOD = {"from": "2026-11-06", "to": "2026-11-19"}


@pytest.fixture
def told(settings: Settings) -> list[Inbox]:
    """Two inboxes of Helen the manager and Ana the agent, and a rival's."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    tarnwood, northlamp, rival = (people.inbox(key) for key in ("tarnwood", "northlamp", "rival"))
    agents = [people.agent(name, tarnwood, northlamp, rival) for name in ("Ana", "Ben", "Cleo")]
    people.agent("Helen", tarnwood, northlamp, role="manager")
    people.agent("Ada", role="administrator")
    teller = Teller(12, agents, datetime(2026, 11, 3, tzinfo=UTC), 20)
    store([history for inbox in (tarnwood, northlamp, rival) for history in teller.tell(inbox, 90)])
    return [tarnwood, northlamp, rival]


def client(name: str) -> APIClient:
    signed_in = APIClient()
    signed_in.force_login(User.objects.get(username=name))
    return signed_in


def counts(name: str, **query: str) -> dict[str, int]:
    answer = client(name).get("/api/metrics", PERIOD | query)
    assert answer.status_code == 200, answer.content
    return {figure["key"]: figure["count"] for figure in answer.json()["figures"]}


ROUTES = ("/api/metrics", "/api/metrics/contained/conversations", "/api/metrics/contained/conversations.csv")


@pytest.mark.parametrize("route", ROUTES)
def test_strangers_are_401_agents_403_managers_and_administrators_200(route: str, told: list[Inbox]) -> None:
    assert APIClient().get(route).status_code == 401
    assert client("ana").get(route).status_code == 403
    assert client("helen").get(route).status_code == 200
    assert client("ada").get(route).status_code == 200


@pytest.mark.parametrize("key", BY_KEY)
def test_a_figure_equals_its_list_and_its_sheet(key: str, told: list[Inbox]) -> None:
    helen = client("helen")
    [figure] = [figure for figure in helen.get("/api/metrics", PERIOD).json()["figures"] if figure["key"] == key]
    listing = helen.get(figure["conversations"]).json()
    sheet = list(csv.DictReader(io.StringIO(helen.get(figure["csv"]).content.decode())))
    assert figure["count"] == listing["count"] == len(listing["items"]) == len(sheet) > 0
    assert [row["conversation"] for row in sheet] == [row["conversation"] for row in listing["items"]]


def test_a_manager_counts_their_own_inboxes_and_an_administrator_all(told: list[Inbox]) -> None:
    tarnwood, northlamp = counts("ada", inbox="tarnwood"), counts("ada", inbox="northlamp")
    assert counts("helen") == {key: tarnwood[key] + northlamp[key] for key in tarnwood}
    assert counts("ada")["started"] == counts("helen")["started"] + counts("ada", inbox="rival")["started"]
    assert counts("helen", inbox="tarnwood") == tarnwood


def test_a_foreign_inbox_is_refused_like_one_that_does_not_exist(told: list[Inbox]) -> None:
    answers = [client("helen").get("/api/metrics", PERIOD | {"inbox": key}) for key in ("rival", "nowhere", "a\0b")]
    assert [answer.status_code for answer in answers] == [400, 400, 400]
    assert answers[0].content == answers[1].content == answers[2].content


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"from": "yesterday"}, "from"),
        ({"to": "2026-02-30"}, "to"),
        ({"to": "9999-12-31"}, "to"),
        ({"from": "2026-11-19", "to": "2026-11-06"}, "from"),
        ({"from": "2020-01-01", "to": "2026-11-06"}, "from"),
        ({"limit": "0"}, "limit"),
        ({"limit": "201"}, "limit"),
        ({"offset": "-1"}, "offset"),
        ({"offset": "²"}, "offset"),
    ],
)
def test_a_filter_that_cannot_be_read_is_named(query: dict[str, str], field: str, told: list[Inbox]) -> None:
    answer = client("helen").get("/api/metrics/started/conversations", query)
    assert answer.status_code == 400
    assert list(answer.json()["fields"]) == [field]


@pytest.mark.parametrize("ending", ["conversations", "conversations.csv"])
def test_an_unknown_figure_is_not_found(ending: str, told: list[Inbox]) -> None:
    answer = client("helen").get(f"/api/metrics/happiness/{ending}")
    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"


def test_pages_of_a_list_join_without_gap_or_overlap(told: list[Inbox]) -> None:
    def page(**query: Any) -> list[str]:
        items = client("helen").get("/api/metrics/offered/conversations", PERIOD | query).json()["items"]
        return [f"{row['conversation']} {row['wait_s']} {row['handoff']}" for row in items]

    whole = page()
    assert page(offset=0, limit=7) + page(offset=7, limit=200) == whole
    assert len(whole) > 14


def test_waits_are_listed_longest_first(told: list[Inbox]) -> None:
    items = client("helen").get("/api/metrics/accepted/conversations", PERIOD).json()["items"]
    waits = [row["wait_s"] for row in items]
    assert waits == sorted(waits, reverse=True)


def test_rates_and_durations_say_what_they_are_made_of(told: list[Inbox]) -> None:
    found = client("helen").get("/api/metrics", PERIOD).json()
    number = {figure["key"]: figure["count"] for figure in found["figures"]}
    for rate in found["rates"]:
        assert rate["n"] == number[rate["whole"]]
        assert rate["share"] == pytest.approx(number[rate["part"]] / number[rate["whole"]])
        assert rate["interval"][0] <= rate["share"] <= rate["interval"][1]
        assert rate["few"] == (rate["n"] < 30)
    for duration in found["durations"]:
        assert duration["n"] == number[duration["figure"]]
        assert 0 < duration["p50_s"] < duration["p90_s"]


def test_without_data_shares_and_durations_are_null_and_not_zero() -> None:
    people.agent("Helen", people.inbox(), role="manager")
    found = client("helen").get("/api/metrics", PERIOD).json()
    assert {(rate["share"], rate["interval"]) for rate in found["rates"]} == {(None, None)}
    assert {(duration["p50_s"], duration["p90_s"], duration["mean_s"]) for duration in found["durations"]} == {
        (None, None, None)
    }


def test_a_sheet_does_not_let_a_name_be_a_formula(told: list[Inbox]) -> None:
    Inbox.objects.filter(key="tarnwood").update(name='=HYPERLINK("http://evil.example")')
    sheet = client("helen").get("/api/metrics/started/conversations.csv", PERIOD | {"inbox": "tarnwood"})
    names = {row["inbox"] for row in csv.DictReader(io.StringIO(sheet.content.decode()))}
    assert names == {'\'=HYPERLINK("http://evil.example")'}
    assert sheet["Content-Type"].startswith("text/csv")
    assert sheet["Content-Disposition"] == 'attachment; filename="baton-started-2026-11-06-2026-11-19.csv"'


def test_the_figures_cannot_be_written(told: list[Inbox]) -> None:
    assert client("helen").post("/api/metrics", {}, format="json").status_code == 405
