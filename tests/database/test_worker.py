"""The worker: real threads, real wake-ups, a database that goes away and comes back."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from bots.reply import Ask, Reply, Understanding, Utterance
from escalation.model import RuleScorer
from support import log, presence
from support.management.worker import Worker
from support.models import Turn, TurnState
from tests import people

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE_S = 15


class Echo:
    """Repeats what it is told, or breaks on a word."""

    def answer(self, ask: Ask) -> Reply:
        if ask.text == "break":
            raise RuntimeError("a bug in a bot")
        return Reply((Utterance(f"You said: {ask.text}"),), Understanding("echo", 1.0))


@contextmanager
def working() -> Iterator[Worker]:
    worker = Worker(Echo(), RuleScorer())
    thread = threading.Thread(target=worker.run)
    thread.start()
    try:
        yield worker
    finally:
        worker.stop()
        thread.join(timeout=PATIENCE_S)
        assert not thread.is_alive()


def eventually(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def bot_lines(visitor: people.Visitor) -> list[str]:
    return [line.body for line in log.since(visitor.conversation, 1, "customer") if line.author == "bot"]


def test_messages_of_many_conversations_are_answered_each_once_and_in_order() -> None:
    website = people.inbox()
    visitors = [people.visitor(website) for _ in range(6)]
    with working():
        for text in ("one", "two", "three"):
            for visitor in visitors:
                visitor.says(text)
        eventually(lambda: not Turn.objects.filter(state=TurnState.OPEN).exists())
    for visitor in visitors:
        assert bot_lines(visitor) == ["You said: one", "You said: two", "You said: three"]


def test_a_worker_says_that_it_is_there_and_takes_itself_off() -> None:
    with working():
        eventually(presence.worker_is_there)
    assert not presence.worker_is_there()


def test_terminated_connections_do_not_end_the_worker() -> None:
    maria = people.visitor(people.inbox())
    with working() as worker:
        eventually(presence.worker_is_there)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        maria.says("still there?")
        eventually(lambda: bot_lines(maria) == ["You said: still there?"])
        assert not worker.failed


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_bug_ends_the_worker_so_that_it_is_started_again() -> None:
    maria = people.visitor(people.inbox())
    with working() as worker:
        maria.says("break")
        eventually(worker.stopping.is_set)
    assert worker.failed
    assert Turn.objects.get().state == TurnState.OPEN
