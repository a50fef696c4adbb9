"""One PostgreSQL for the whole run, started before anything reads Django's settings (see config/launch/for_tests.py)."""

import django
import pytest
from django.conf import settings

from config.launch import for_tests

for_tests.start()
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the real one takes 0.3 s on purpose
django.setup()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Screenshots for the docs are made on demand: they differ by the clock each time."""
    parser.addoption("--screenshots", help="folder for the screenshots that the docs show")
