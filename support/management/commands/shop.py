"""Serve the made-up shop on an origin of its own."""

import logging
import signal
import threading
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.db import connection

ADDRESS = "127.0.0.1"


class Quiet(WSGIRequestHandler):
    """Answers without a line per request."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing; faults are logged by Django itself."""


class Command(BaseCommand):
    """A demo website, so the plain threaded server of Django will do."""

    help = "Serve the demo shop on 127.0.0.1 until SIGTERM or Ctrl-C."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for the port."""
        parser.add_argument("--port", type=int, default=urlsplit(settings.SHOP_ORIGIN).port or 8001)

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        """Serve until told to stop."""
        try:
            server = ThreadedWSGIServer((ADDRESS, port), Quiet)
        except OSError as error:
            raise CommandError(
                f"Cannot listen on {ADDRESS}:{port}: {error.strerror}. Choose another --port."
            ) from error
        server.daemon_threads = True
        server.set_app(shop())
        # A wrong address, or a browser that goes away in the middle of an answer, is not worth a line.
        for name in ("django.server", "django.request"):
            logging.getLogger(name).setLevel(logging.ERROR)
        for number in (signal.SIGTERM, signal.SIGINT):
            # shutdown() waits for the loop that this thread runs, so another thread must call it.
            signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
        self.stdout.write(f"The shop is open at http://localhost:{port}")
        self.stdout.flush()
        server.serve_forever()
        server.server_close()
        connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's has one


def shop() -> WSGIHandler:
    """Django with the shop's addresses and headers in place of the service's: this process is nothing else."""
    settings.ROOT_URLCONF = "support.demo.site.urls"
    settings.MIDDLEWARE = ["support.demo.site.headers.headers"]
    return WSGIHandler()
