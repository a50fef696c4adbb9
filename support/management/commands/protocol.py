"""Write what is generated from the protocol."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from support.protocol.reference import reference
from support.protocol.typescript import typescript

TARGETS = {"frontend/src/shared/protocol.ts": typescript, "docs/protocol.md": reference}


class Command(BaseCommand):
    """Generate the TypeScript types and the protocol page; ``--check`` only compares."""

    help = "Generate frontend/src/shared/protocol.ts and docs/protocol.md from support/protocol."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer --check."""
        parser.add_argument("--check", action="store_true", help="fail when a file is out of date")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        """Write or compare."""
        stale = []
        for name, make in TARGETS.items():
            path: Path = settings.BASE_DIR / name
            text = make()
            if path.exists() and path.read_text() == text:
                continue
            if check:
                stale.append(name)
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            self.stdout.write(f"wrote {name}")
        if stale:
            raise CommandError(f"out of date: {', '.join(stale)}. Run manage.py protocol.")
