"""One PostgreSQL for the whole run, started before anything reads Django's settings (see config/launch/for_tests.py)."""

import django
import pytest
from django.conf import settings

from config.launch import for_tests

for_tests.start()
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the real one takes 0.3 s on purpose
settings.SEND_LIMIT = 1000  # people of tests write faster than any person; the tests of limits set their own
django.setup()

from support.push import ANNOUNCER  # noqa: E402  (the applications must be loaded first)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown() -> None:
    """Hints go out on a thread of their own; the test's database is there until its fixtures end."""
    ANNOUNCER.flush(30)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Screenshots for the docs are made on demand: they differ by the clock each time."""
    parser.addoption("--screenshots", help="folder for the screenshots that the docs show")
