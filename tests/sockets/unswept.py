"""`python -m tests.sockets.unswept serve ...`: manage.py without the sweep, so that what arrives has come by a hint."""

import os
import sys

import django
from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from support.consumers import sweep  # noqa: E402  (the applications must be loaded first)

if __name__ == "__main__":
    sweep.SWEEP_S = 3600.0
    execute_from_command_line(["manage.py", *sys.argv[1:]])
