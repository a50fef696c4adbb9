"""Answer HTTP and WebSocket."""

from typing import Any

from channels.routing import get_default_application
from daphne import server as _first  # noqa: F401  (installs Twisted's asyncio reactor before anything else imports one)
from django.core.management.base import BaseCommand, CommandParser

from support.management.daphne_server import listen


class Command(BaseCommand):
    """Serve on 127.0.0.1 unless told otherwise."""

    help = "Serve HTTP and WebSocket with Daphne; SIGTERM drains."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to listen."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        """Serve until told to stop."""
        self.stdout.write(f"serving on http://{host}:{port}")
        self.stdout.flush()
        listen(get_default_application(), host, port)
