"""The worker: answers turns on several threads, listens on one to what people are told, fires deadlines on another."""

from __future__ import annotations

import logging
import os
import socket
import sys
import threading
from collections.abc import Callable

import psycopg
from django.conf import settings
from django.db import DatabaseError, connection

from bots.reply import Bot
from escalation.model import Scorer
from support import dispatch, presence, push, turns

ALL = 64  # more than there can be
IDLE_S = 1.0
LISTEN_S = 1.0
GIVES_WAY = 10  # nice(2)
BEAT_S = 5.0
RETRY_S = 1.0
logger = logging.getLogger(__name__)


class Worker:
    """Any number of these may run side by side: turns and deadlines are claimed by row."""

    def __init__(self, bot: Bot, scorer: Scorer) -> None:
        self.bot = bot
        self.scorer = scorer
        self.name = f"{presence.WORKER}{socket.gethostname()}:{os.getpid()}"
        self.stopping = threading.Event()
        self.failed = False
        self.woken = threading.Condition()
        self.signals = 0

    def run(self) -> None:
        """Work until ``stop``; turns under way are finished first. ``failed`` says that a job ended by a bug."""
        jobs: list[Callable[[], None]] = [self._hear, self._keep_time, self._listen]
        jobs += [self._answer] * settings.WORKER_THREADS
        threads = [threading.Thread(target=self._steadily, args=(job,), name=job.__name__) for job in jobs]
        for thread in threads:
            thread.start()
        logger.info("working, %d turns at once", settings.WORKER_THREADS)
        for thread in threads:
            thread.join()
        presence.forget(self.name)
        connection.close()

    def stop(self) -> None:
        """Finish what is under way."""
        self.stopping.set()
        self._wake()

    def _steadily(self, job: Callable[[], None]) -> None:
        # A database that is away is no reason to die: everything is a row and waits. A bug is: a worker that goes on with
        # fewer threads would look alive; the one who started it starts it again, and the turn's attempts are counted.
        while not self.stopping.is_set():
            try:
                job()
            except (DatabaseError, psycopg.Error) as error:
                logger.warning("%s: %s, again in %.0f s", job.__name__, type(error).__name__, RETRY_S)
                self.stopping.wait(RETRY_S)
            except Exception:
                self.failed = True
                self.stop()
                raise
            finally:
                connection.close()

    def _answer(self) -> None:
        while not self.stopping.is_set():
            seen = self.signals
            if self._take(bot_holds=True):
                self._wake(1)  # the next turn of this conversation may be free now
            else:
                self._sleep(seen)

    def _listen(self) -> None:
        # A thread of its own, so that much talk to people never holds up the bot. Nobody waits for it, so it comes by
        # now and then and reads all that was written since in one go, and leaves the processor to those who deliver.
        if sys.platform == "linux":  # elsewhere a thread has no priority of its own
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), GIVES_WAY)
        while not self.stopping.is_set():
            if not self._take(bot_holds=False):
                self.stopping.wait(LISTEN_S)

    def _take(self, bot_holds: bool) -> bool:
        claim = turns.claim(bot_holds)
        if claim is None:
            connection.close()
            return False
        outcome = turns.take(claim, self.bot, self.scorer)
        logger.debug("turn %d: %s", claim.turn_id, outcome)
        return True

    def _keep_time(self) -> None:
        while not self.stopping.is_set():
            presence.beat(self.name)
            fired = dispatch.run_due()
            if fired:
                logger.info("%d deadlines", fired)
            connection.close()
            self.stopping.wait(IDLE_S)

    def _hear(self) -> None:
        connection.ensure_connection()
        listener = connection.connection
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {push.WORK}")
        while not self.stopping.is_set():
            for _ in listener.notifies(timeout=IDLE_S):
                self._wake()

    def _wake(self, threads: int = ALL) -> None:
        with self.woken:
            self.signals += 1
            self.woken.notify(threads)

    def _sleep(self, seen: int) -> None:
        # A signal between the empty claim and here must not be slept through.
        with self.woken:
            self.woken.wait_for(lambda: self.signals != seen or self.stopping.is_set(), timeout=IDLE_S)
