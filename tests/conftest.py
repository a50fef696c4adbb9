"""One PostgreSQL for the whole run, started before anything reads Django's settings (see config/launch/for_tests.py)."""

import django

from config.launch import for_tests

for_tests.start()
django.setup()
