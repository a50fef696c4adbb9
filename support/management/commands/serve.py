"""Answer HTTP and WebSocket."""

import os
from typing import Any

from channels.routing import get_default_application
from daphne import server as _first  # noqa: F401  (installs Twisted's asyncio reactor before anything else imports one)
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from support.management import listener
from support.management.daphne_server import listen


class Command(BaseCommand):
    """Serve on 127.0.0.1 unless told otherwise."""

    help = "Serve HTTP and WebSocket with Daphne; SIGTERM drains."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to listen, and beside whom."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--share", action="store_true", help="let other processes that share listen on the port too"
        )
        parser.add_argument("--name", default="", help="what /health/ready calls this process")

    def handle(self, *args: Any, host: str, port: int, share: bool, name: str, **options: Any) -> None:
        """Serve until told to stop."""
        application = get_default_application()
        listener.allow_many_sockets()
        try:
            ours = listener.listening(host, port, share)
        except (OSError, ValueError) as error:  # ValueError: this platform does not share ports
            raise CommandError(f"cannot listen on {host}, port {port}: {error}") from error
        self.stdout.write(f"serving on http://{host}:{port} (process {os.getpid()})")
        self.stdout.flush()
        listen(application, ours, name, trust_proxy=settings.TRUST_PROXY)
