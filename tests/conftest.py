"""One PostgreSQL for the whole run, started before anything reads Django's settings (see config/launch/for_tests.py)."""

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


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The tests' database. It cannot be dropped while a thread that has no more to do keeps a connection to it."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown() -> None:
    """Hints go out on a thread of their own; the test's database is there until its fixtures end."""
    ANNOUNCER.flush(30)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Screenshots for the docs are made on demand: they differ by the clock each time."""
    parser.addoption("--screenshots", help="folder for the screenshots that the docs show")
