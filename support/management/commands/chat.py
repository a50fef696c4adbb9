"""Chat as a customer, in a terminal."""

import asyncio
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from support.demo.loading.inbox import KEY
from support.demo.terminal.incoming import StrangeFrame
from support.demo.terminal.session import NoChat, begin
from support.demo.terminal.talk import talk


class Command(BaseCommand):
    """The way of a message without a browser; with a pipe, for scripts."""

    help = "Chat as a customer over the same socket as the widget. /help lists the commands."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask where the service is."""
        parser.add_argument("--url", default=settings.PUBLIC_URL, help="the service's own address (%(default)s)")
        parser.add_argument("--inbox", default=KEY, help="the inbox's key (%(default)s)")

    def handle(self, *args: Any, url: str, inbox: str, **options: Any) -> None:
        """Talk until the input ends."""
        at_keyboard = sys.stdin.isatty()
        try:
            session = begin(url.rstrip("/"), inbox)
            if at_keyboard:
                self.show("-- Write a message and press Enter. /help lists the commands.")
            asyncio.run(talk(session, sys.stdin, at_keyboard, self.show))
        except (NoChat, StrangeFrame) as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            self.show("")

    def show(self, text: str) -> None:
        """One line or more, at once, also into a pipe."""
        self.stdout.write(text)
        self.stdout.flush()
