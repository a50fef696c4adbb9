"""One PostgreSQL for the whole run, started before anything reads Django's settings (see config/launch/for_tests.py)."""

import django
from django.conf import settings

from config.launch import for_tests

for_tests.start()
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the real one takes 0.3 s on purpose
django.setup()
