"""One website, Maria who asks there, and the people who answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from support.models import Agent, Inbox
from tests import people
from tests.people import Visitor


@pytest.fixture(autouse=True)
def _counts_begin_anew() -> None:
    """The limits of one test are not used up by another."""
    cache.clear()


@pytest.fixture
def tarnwood(db: None) -> Inbox:
    """The website of most tests."""
    return people.inbox()


@pytest.fixture
def maria(tarnwood: Inbox) -> Visitor:
    """A customer with an open conversation that the bot holds."""
    return people.visitor(tarnwood)


@pytest.fixture
def browser(maria: Visitor) -> Client:
    """Maria's."""
    client = Client()
    name, token = maria.cookie
    client.cookies[name] = token
    return client


@pytest.fixture
def ana(tarnwood: Inbox) -> Agent:
    """An agent of Tarnwood."""
    return people.agent("Ana", tarnwood)


@pytest.fixture
def ben(tarnwood: Inbox) -> Agent:
    """Her colleague."""
    return people.agent("Ben", tarnwood)


@pytest.fixture
def signed_in() -> Callable[[Agent], Client]:
    """The browser of a person who has logged in."""

    def _signed_in(agent: Agent) -> Client:
        client = Client()
        client.force_login(agent.user)
        return client

    return _signed_in
