"""Load the demo: accounts, the shop's inbox and the shop's data."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from support.demo.loading import accounts, inbox, stock


class Command(BaseCommand):
    """All in one transaction, and a second time nothing."""

    help = "Load the demo shop, its inbox and the accounts named in a file. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for the accounts."""
        parser.add_argument(
            "--accounts", dest="path", metavar="FILE", help='JSON: [{"username", "role", "password"}, ...]'
        )

    def handle(self, *args: Any, path: str | None, **options: Any) -> None:
        """Load, and say in one line what changed."""
        if not path:
            raise CommandError("Name the accounts file: manage.py load_demo --accounts FILE.")
        changes = self.load(Path(path))
        self.stdout.write(f"Demo data loaded: {'; '.join(changes)}." if changes else "Demo data was there already.")

    def load(self, path: Path) -> list[str]:
        """Every part. Returns what changed."""
        try:
            people = accounts.read(path)
        except accounts.BadAccounts as error:
            raise CommandError(str(error)) from error
        with transaction.atomic():
            tarnwood, changes = inbox.load(settings.SHOP_ORIGIN)
            return changes + accounts.load(people, tarnwood) + stock.load(timezone.localdate())
