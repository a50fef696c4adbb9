"""Take turns and fire deadlines."""

import signal
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from bots.rasa_client import RasaBot
from escalation.model import RuleScorer
from support.management.worker import Worker


class Command(BaseCommand):
    """One worker process; several may run."""

    help = "Answer customers' turns and fire deadlines; SIGTERM finishes what is under way."

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until told to stop."""
        bot = RasaBot(settings.RASA_URL, settings.RASA_TOKEN, timeout=settings.BOT_TIMEOUT_S)
        worker = Worker(bot, RuleScorer())
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stop())
        worker.run()
        if worker.failed:
            raise CommandError("a job ended by an error; see above")
