"""One PostgreSQL for the whole run, started before anything reads Django's settings (see config/launch/for_tests.py)."""

import time
from collections.abc import Iterator
from typing import Any

import django
import pytest
from django.conf import settings
from django.db import connection

from config.launch import for_tests

for_tests.start()
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the real one takes 0.3 s on purpose
settings.SEND_LIMIT = 1000  # people of tests write faster than any person; the tests of limits set their own
django.setup()

from support.push import ANNOUNCER  # noqa: E402  (the applications must be loaded first)
from support.push.hint_layer import NAME as LISTENER  # noqa: E402
from support.push.lanes import NAME as LANE  # noqa: E402


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The tests' database, which cannot be dropped before the server has noticed that the last listener hung up."""
    yield
    deadline = time.monotonic() + 10
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE application_name = ANY(%s)", [[LANE, LISTENER]])
            if cursor.fetchone() == (0,):
                break
            time.sleep(0.01)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown() -> None:
    """Hints go out on a thread of their own; the test's database is there until its fixtures end."""
    ANNOUNCER.flush(30)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Screenshots for the docs are made on demand: they differ by the clock each time."""
    parser.addoption("--screenshots", help="folder for the screenshots that the docs show")
