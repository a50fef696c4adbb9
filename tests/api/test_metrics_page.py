"""The dashboard as a browser gets it: every number is a link, and the link opens as many conversations."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from support.metrics.figures import BY_KEY
from support.models import Conversation
from tests import people
from tests.database.histories import Teller, store

pytestmark = pytest.mark.django_db
PERIOD = {"from": "2026-11-06", "to": "2026-11-19"}
NUMBER = re.compile(r"\d[\d,]*")


class Links(HTMLParser):
    """Addresses of lists with the words inside each link; for a mark of a chart, its name."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.inside = ""
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        href = values.get("href") or ""
        if tag == "a" and href.startswith("/dashboard/conversations?"):
            if name := values.get("aria-label"):
                self.found.append((href, _number_of_mark(name)))
            else:
                self.inside, self.text = href, ""

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.inside:
            self.found.append((self.inside, self.text.strip()))
            self.inside = ""


def _number_of_mark(name: str) -> str:
    # "Fri 6 Nov, Bot failure: 3" or "Fri 6 Nov: 66.7 % contained, 4 of 6 (few)"
    counted = re.search(r"(\d+) of \d+|: (\d[\d,]*)$", name)
    assert counted, name
    return counted[1] or counted[2]


@pytest.fixture
def helen(settings: Settings) -> Client:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    tarnwood = people.inbox("tarnwood", name="Tarnwood & <b>Sons</b>")
    agents = [people.agent(name, tarnwood) for name in ("Ana", "Ben")]
    people.agent("Helen", tarnwood, people.inbox("quiet"), role="manager")
    store(Teller(5, agents, datetime(2026, 11, 3, tzinfo=UTC), 20).tell(tarnwood, 130))
    return client("helen")


def client(name: str) -> Client:
    signed_in = Client()
    signed_in.force_login(User.objects.get(username=name))
    return signed_in


def text_of(browser: Client, address: str, **query: str) -> str:
    answer = browser.get(address, query or None)
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


def listed(browser: Client, address: str) -> int:
    """The count in the heading of a list, after turning all its pages and counting the rows."""
    page = text_of(browser, address)
    heading = re.search(r'id="count" class="num">([\d,]+)<', page)
    assert heading
    rows = page.count('href="/console/?c=')
    while following := re.search(r'rel="next" href="([^"]+)"', page):
        page = text_of(browser, following[1].replace("&amp;", "&"))
        rows += page.count('href="/console/?c=')
    assert rows == int(heading[1].replace(",", ""))
    return rows


def test_every_number_on_the_page_opens_a_list_of_that_many(helen: Client) -> None:
    links = Links(text_of(helen, "/dashboard/", **PERIOD)).found
    numbers = {(href, int(text.replace(",", ""))) for href, text in links if NUMBER.fullmatch(text)}
    assert len(numbers) > 80, "the charts, their twins and the tiles should all be links"
    opened = {href: listed(helen, href) for href, _ in numbers}
    assert {(href, count) for href, count in numbers if opened[href] != count} == set()


@pytest.mark.parametrize("key", BY_KEY)
def test_every_figure_stands_on_the_page_with_its_list_its_definition_and_its_sheet(key: str, helen: Client) -> None:
    page = text_of(helen, "/dashboard/", **PERIOD)
    whole = {
        parse_qs(urlsplit(href).query)["figure"][0]: text for href, text in Links(page).found if is_whole(href, text)
    }
    address = f"/dashboard/conversations?figure={key}&from=2026-11-06&to=2026-11-19"
    assert int(whole[key].replace(",", "")) == listed(helen, address)
    assert BY_KEY[key].how in page
    assert f"/api/metrics/{key}/conversations.csv?from=2026-11-06&amp;to=2026-11-19" in text_of(helen, address)


def is_whole(href: str, text: str) -> bool:
    return "from=2026-11-06&to=2026-11-19" in href and NUMBER.fullmatch(text) is not None


def test_a_chart_and_its_table_twin_hold_the_same_numbers(helen: Client) -> None:
    page = text_of(helen, "/dashboard/", **PERIOD)
    for heading in ("rates", "reasons"):
        card = page.split(f'aria-labelledby="{heading}"')[1].split("</section>")[0]
        chart, twin = card.split('class="table-view"')
        marks = set(Links(chart.split('class="chart-view"')[1]).found)
        cells = set(Links(twin).found)
        assert marks
        assert marks <= cells


def test_strangers_are_sent_to_sign_in_and_agents_are_refused(helen: Client) -> None:
    for address in ("/dashboard/", "/dashboard/conversations?figure=started"):
        answer = Client().get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/login/?next=/dashboard/")
        assert client("ana").get(address).status_code == 403


def test_nothing_to_count_is_said_in_words_with_the_nearest_period_that_has_something(helen: Client) -> None:
    page = text_of(helen, "/dashboard/", **{"from": "2025-01-01", "to": "2025-01-14"})
    last = Conversation.objects.exclude(first_asked_at=None).latest("first_asked_at").first_asked_at
    assert last
    assert "No customer wrote in this period" in page
    assert f"to={last.date()}" in page
    assert 'class="tile"' not in page


def test_an_inbox_without_any_conversation_invents_no_number(helen: Client) -> None:
    page = text_of(helen, "/dashboard/", inbox="quiet", **PERIOD)
    assert "None has written so far" in page
    assert not Links(page).found


def test_a_filter_that_cannot_be_read_is_explained_on_the_page(helen: Client) -> None:
    for address in ("/dashboard/", "/dashboard/conversations"):
        answer = helen.get(address, {"figure": "started", "from": "soon"})
        assert answer.status_code == 400
        assert "is not a date. Write it as 2026-11-09." in answer.content.decode()


def test_an_unknown_figure_is_not_found(helen: Client) -> None:
    assert helen.get("/dashboard/conversations?figure=happiness").status_code == 404


def test_few_is_said_where_there_are_few(helen: Client) -> None:
    assert ">few<" in text_of(helen, "/dashboard/", **{"from": "2026-11-06", "to": "2026-11-07"})


def test_names_are_shown_and_not_run(helen: Client) -> None:
    for page in (text_of(helen, "/dashboard/", **PERIOD), text_of(helen, "/dashboard/conversations?figure=started")):
        assert "<b>Sons</b>" not in page


def test_the_page_has_no_inline_style(helen: Client) -> None:
    assert " style=" not in text_of(helen, "/dashboard/", **PERIOD)


def test_a_period_of_months_is_drawn_in_weeks(helen: Client) -> None:
    page = text_of(helen, "/dashboard/", **{"from": "2026-06-01", "to": "2026-11-30"})
    assert "16 to 22 Nov 2026, " in page


def test_an_inbox_filter_stays_on_every_link(helen: Client) -> None:
    links = Links(text_of(helen, "/dashboard/", inbox="tarnwood", **PERIOD)).found
    assert links
    assert all("inbox=tarnwood" in href for href, _ in links)
