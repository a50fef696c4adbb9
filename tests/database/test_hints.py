"""Hints through PostgreSQL: each group once, none before its commit, none lost when the database goes away."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import psycopg
import pytest
from django.db import OperationalError, connection, transaction

from support import push
from support.push import announcer
from support.push.announcer import Announcer
from support.push.hint_layer import CHANNEL, PAYLOAD_BYTES, WORK, HintLayer, _parameters
from tests import people

PATIENCE_S = 10


@pytest.fixture
def heard(transactional_db: None) -> Iterator[Callable[[], list[str]]]:
    """What arrives at another process, as a list of notifications so far."""
    with psycopg.connect(**_parameters(), autocommit=True) as listener:
        listener.execute(f"LISTEN {CHANNEL}")
        listener.execute(f"LISTEN {WORK}")

        def _heard() -> list[str]:
            return [notice.payload or notice.channel for notice in listener.notifies(timeout=0.3)]

        yield _heard


def test_one_message_is_one_notification_with_ids_only(heard: Callable[[], list[str]]) -> None:
    maria = people.visitor(people.inbox())
    push.ANNOUNCER.flush(PATIENCE_S)
    heard()
    maria.says("my card number is 4111 1111 1111 1111")
    push.ANNOUNCER.flush(PATIENCE_S)
    groups = f"- {push.conversation_group(maria.conversation)} {push.inbox_group(maria.inbox.pk)}"
    assert heard() == [WORK, groups]


def test_nothing_is_announced_before_the_commit(heard: Callable[[], list[str]]) -> None:
    maria = people.visitor(people.inbox())
    push.ANNOUNCER.flush(PATIENCE_S)
    heard()
    with transaction.atomic():
        maria.says("Hello")
        assert push.ANNOUNCER.flush(PATIENCE_S)
        assert heard() == []
    push.ANNOUNCER.flush(PATIENCE_S)
    assert heard()


def test_what_was_rolled_back_is_never_announced(heard: Callable[[], list[str]]) -> None:
    maria = people.visitor(people.inbox())
    push.ANNOUNCER.flush(PATIENCE_S)
    heard()
    with transaction.atomic():
        maria.says("Hello")
        transaction.set_rollback(True)
    assert push.ANNOUNCER.flush(PATIENCE_S)
    assert heard() == []


def test_more_groups_than_a_notification_holds_go_in_several(heard: Callable[[], list[str]]) -> None:
    groups = [f"conversation.{number:032x}" for number in range(500)]
    HintLayer().announce(groups)
    payloads = heard()
    assert [group for payload in payloads for group in payload.split(" ")[1:]] == groups
    assert len(payloads) > 1
    assert all(len(payload) <= PAYLOAD_BYTES + len(groups[0]) for payload in payloads)


def test_hints_that_come_while_others_are_sent_go_together_each_once(monkeypatch: pytest.MonkeyPatch) -> None:
    batches: list[tuple[str, ...]] = []
    started, go_on = threading.Event(), threading.Event()

    def slow(groups: tuple[str, ...]) -> None:
        batches.append(groups)
        started.set()
        assert go_on.wait(PATIENCE_S)

    monkeypatch.setattr(announcer, "_send", slow)
    sending = Announcer()
    sending.announce(["a"])
    assert started.wait(PATIENCE_S)
    for group in ("b", "c", "b", "a", "b"):
        sending.announce([group])
    go_on.set()
    assert sending.flush(PATIENCE_S)
    assert batches == [("a",), ("b", "c", "a")]


def test_hints_that_could_not_be_sent_are_sent_later(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[tuple[str, ...]] = []
    monkeypatch.setattr(announcer, "RETRY_S", 0.01)

    def away_at_first(groups: tuple[str, ...]) -> None:
        sent.append(groups)
        if len(sent) == 1:
            raise OperationalError("the database system is shutting down")

    monkeypatch.setattr(announcer, "_send", away_at_first)
    sending = Announcer()
    sending.announce(["a", "b"])
    assert sending.flush(PATIENCE_S)
    assert sent == [("a", "b")] * 2


@pytest.mark.django_db(transaction=True)
def test_a_writer_does_not_wait_for_its_hints(monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()
    monkeypatch.setattr(announcer, "_send", lambda _: go_on.wait(PATIENCE_S))
    maria = people.visitor(people.inbox())
    assert maria.says("Hello") == 2
    assert not push.ANNOUNCER.flush(0.01)
    go_on.set()


@pytest.mark.django_db(transaction=True)
def test_the_announcer_keeps_no_connection_while_it_rests() -> None:
    people.visitor(people.inbox()).says("Hello")
    assert push.ANNOUNCER.flush(PATIENCE_S)
    pool = connection.pool  # type: ignore[attr-defined]  # PostgreSQL only
    connection.close()
    deadline = time.monotonic() + PATIENCE_S
    while pool.get_stats()["pool_available"] < pool.get_stats()["pool_size"]:
        assert time.monotonic() < deadline, "somebody keeps a connection"
        time.sleep(0.01)
