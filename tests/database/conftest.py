"""Real PostgreSQL, committed rows: races need more than one connection."""

import pytest

from support.models import Agent, Inbox
from tests import people


@pytest.fixture
def tarnwood(db: None) -> Inbox:
    """The website of most tests."""
    return people.inbox()


@pytest.fixture
def maria(tarnwood: Inbox) -> people.Visitor:
    """A customer with an open conversation that the bot holds."""
    return people.visitor(tarnwood)


@pytest.fixture
def ana(tarnwood: Inbox) -> Agent:
    """An agent of Tarnwood."""
    return people.agent("Ana", tarnwood)


@pytest.fixture
def ben(tarnwood: Inbox) -> Agent:
    """Her colleague."""
    return people.agent("Ben", tarnwood)
