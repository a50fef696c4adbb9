"""The client and a server that misbehaves in every way that Rasa can: each is a typed failure, within the deadline.

Nothing here measures time: these servers never finish by themselves, so an answer at all is one within the deadline.
"""

from __future__ import annotations

import gzip
import json
import socket
import threading
from collections.abc import Callable
from functools import partial
from itertools import repeat

import pytest

from bots.rasa_client import MOST_AT_ONCE, MOST_BYTES, RasaBot
from bots.reply import Ask, Reply, Unavailable, Why
from tests.bot.rough import RoughServer, Script, drips, floods, hangs, http, nobody_accepts, sends, serving
from tests.threads import at_once
from tests.unit.test_bots_rasa_answer import GOOD

ASK = Ask(conversation_id="c1", message_id="m1", text="where is my order")
GOOD_ANSWER = http(json.dumps(GOOD).encode())
BROKEN = http(b"oh dear", "500 Internal Server Error")


def good(**changed: object) -> bytes:
    return http(json.dumps({**GOOD, **changed}).encode())


WRONG: dict[str, tuple[Script, Why]] = {
    "500": (sends(BROKEN), Why.STATUS),
    "503": (sends(http(b"{}", "503 Service Unavailable")), Why.STATUS),
    "redirect": (sends(http(b"{}", "302 Found\r\nLocation: http://127.0.0.1:9/")), Why.STATUS),
    "Rasa's own deadline": (sends(http(b"{}", "504 Gateway Timeout")), Why.TIMEOUT),
    "HTML": (sends(http(b"<html><body>It works!</body></html>")), Why.MALFORMED),
    "empty list": (sends(http(b"[]")), Why.MALFORMED),
    "empty": (sends(http(b"")), Why.MALFORMED),
    "not UTF-8": (sends(http(b"\xff\xfe{}")), Why.MALFORMED),
    "deeply nested": (sends(http(b"[" * 100_000)), Why.MALFORMED),
    "compressed unasked": (sends(http(gzip.compress(json.dumps(GOOD).encode()))), Why.MALFORMED),
    "wrong type": (sends(good(confidence="high")), Why.MALFORMED),
    "no number": (sends(good(memory={"x": float("nan")})), Why.MALFORMED),
    "too great a number": (sends(http(json.dumps(GOOD).replace('"after": {}', '"after": 1e999').encode())), Why.MALFORMED),
    "NUL": (sends(good(replies=[{"text": "a\0b", "buttons": []}])), Why.MALFORMED),
    "too long an intent": (sends(good(intent="i" * 81)), Why.MALFORMED),
    "cut off": (sends(http(json.dumps(GOOD).encode(), length=5000)), Why.MALFORMED),
    "half of the JSON": (sends(http(json.dumps(GOOD).encode()[:100])), Why.MALFORMED),
    "not HTTP": (sends(b"SSH-2.0-OpenSSH\r\n"), Why.MALFORMED),
    "closed at once": (sends(b""), Why.MALFORMED),
    "endless head": (floods(b"HTTP/1.1 200 OK\r\n", b"X-More: and more\r\n" * 100), Why.MALFORMED),
    "10 MB": (sends(http(b" " * 10_000_000)), Why.TOO_LARGE),
    "endless body": (floods(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", b" " * 65536), Why.TOO_LARGE),
}  # fmt: skip


@pytest.mark.parametrize("how", WRONG)
def test_each_way_to_answer_wrongly_is_a_typed_failure(how: str) -> None:
    script, why = WRONG[how]
    with serving(script, timeout=20) as (bot, _):
        answer = bot.answer(ASK)
    assert isinstance(answer, Unavailable)
    assert answer.why is why


@pytest.mark.parametrize("how", WRONG)
def test_after_a_wrong_answer_the_next_question_is_asked_as_if_nothing_had_been(how: str) -> None:
    scripts = iter([WRONG[how][0], sends(GOOD_ANSWER)])
    with serving(lambda connection, stopped: next(scripts)(connection, stopped), timeout=20) as (bot, _):
        assert isinstance(bot.answer(ASK), Unavailable)
        assert isinstance(bot.answer(ASK), Reply)


def test_of_a_huge_answer_little_more_is_read_than_is_allowed() -> None:
    sent = 0

    def counts(connection: socket.socket, stopped: threading.Event) -> None:
        nonlocal sent
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 65536)
        connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        while not stopped.is_set():
            sent += connection.send(b" " * 65536)

    with serving(counts, timeout=20) as (bot, _):
        bot.answer(ASK)
    assert MOST_BYTES < sent < 12 * MOST_BYTES  # the rest fits into the buffers of the two sockets


def test_a_refused_connection_is_a_typed_failure() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    bot = RasaBot(f"http://127.0.0.1:{port}", "secret")
    answer = bot.answer(ASK)
    bot.close()
    assert isinstance(answer, Unavailable)
    assert answer.why is Why.REFUSED


@pytest.mark.parametrize(
    "script",
    [hangs, drips(http(b"", length=1_000_000)), drips(b"HTTP/1.1 200 OK\r\nX-Slow: ")],
    ids=["hangs", "dripping body", "dripping head"],
)
def test_the_deadline_holds_for_the_whole_answer(script: Script) -> None:
    with serving(script, timeout=0.3) as (bot, _):
        assert bot.answer(ASK) == Unavailable(Why.TIMEOUT, "no answer in 0.3 s")


def test_the_deadline_holds_for_the_connection_too() -> None:
    with nobody_accepts() as url:
        bot = RasaBot(url, "secret", timeout=0.3)
        assert bot.answer(ASK) == Unavailable(Why.TIMEOUT, "no answer in 0.3 s")
        bot.close()


def test_other_conversations_are_answered_while_one_hangs() -> None:
    reached, done = threading.Event(), threading.Event()

    def script(connection: socket.socket, stopped: threading.Event) -> None:
        if server.requests[-1].endswith(b'"heard": []}') and b'"slow"' in server.requests[-1]:
            reached.set()
            assert done.wait(timeout=20)
        connection.sendall(GOOD_ANSWER)

    def others() -> list[object]:
        assert reached.wait(timeout=20)
        answers: list[object] = [bot.answer(ASK) for _ in range(20)]
        done.set()
        return answers

    with serving(script, timeout=20) as (bot, server):
        both: list[Callable[[], object]] = [partial(bot.answer, Ask("slow", "m1", "hello")), others]
        slow, quick = at_once(both)
    assert isinstance(slow, Reply)
    assert isinstance(quick, list)
    assert all(isinstance(answer, Reply) for answer in quick)


def test_however_many_ask_at_once_connections_are_bounded_and_all_are_answered() -> None:
    lock, full = threading.Lock(), threading.Event()
    now, most = 0, 0

    def script(connection: socket.socket, stopped: threading.Event) -> None:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
            if most == MOST_AT_ONCE:
                full.set()
        assert full.wait(timeout=20)
        stopped.wait(0.2)  # time for one too many to show itself
        with lock:
            now -= 1
        connection.sendall(GOOD_ANSWER)

    with serving(script, timeout=20) as (bot, _):
        answers = at_once([partial(bot.answer, ASK)] * (MOST_AT_ONCE + 10))
    assert all(isinstance(answer, Reply) for answer in answers)
    assert most == MOST_AT_ONCE


@pytest.mark.parametrize("how", ["500", "HTML", "10 MB", "closed at once", "Rasa's own deadline"])
def test_after_five_failures_of_any_kind_nobody_asks_until_a_probe_succeeds(how: str) -> None:
    now = [0.0]
    scripts = iter([*repeat(WRONG[how][0], 6), *repeat(sends(GOOD_ANSWER), 2)])
    server = RoughServer(lambda connection, stopped: next(scripts)(connection, stopped))
    bot = RasaBot(server.url, "secret", timeout=20, clock=lambda: now[0])
    try:
        assert {bot.answer(ASK).why for _ in range(5)} == {WRONG[how][1]}  # type: ignore[union-attr]
        assert bot.answer(ASK) == Unavailable(Why.CIRCUIT_OPEN)
        assert len(server.requests) == 5
        now[0] = 21.0
        assert isinstance(bot.answer(ASK), Unavailable)
        assert bot.answer(ASK) == Unavailable(Why.CIRCUIT_OPEN)
        assert len(server.requests) == 6
        now[0] = 42.0
        assert isinstance(bot.answer(ASK), Reply)
        assert isinstance(bot.answer(ASK), Reply)
    finally:
        bot.close()
        server.stop()


def test_of_many_who_ask_when_the_pause_is_over_one_is_the_probe() -> None:
    now, probed, turned_away = [0.0], threading.Event(), threading.Event()

    def script(connection: socket.socket, stopped: threading.Event) -> None:
        if len(server.requests) <= 5:
            return connection.sendall(BROKEN)
        probed.set()
        assert turned_away.wait(timeout=20)
        connection.sendall(GOOD_ANSWER)

    server = RoughServer(script)
    bot = RasaBot(server.url, "secret", timeout=20, clock=lambda: now[0])
    told: list[object] = []

    def ask() -> object:
        answer = bot.answer(ASK)
        told.append(answer)
        if len(told) == 7 and probed.wait(timeout=20):
            turned_away.set()  # the probe is still under way when all the others have their answer
        return answer

    try:
        for _ in range(5):
            bot.answer(ASK)
        now[0] = 21.0
        answers = at_once([ask] * 8)
    finally:
        bot.close()
        server.stop()
    assert sum(isinstance(answer, Reply) for answer in answers) == 1
    assert answers.count(Unavailable(Why.CIRCUIT_OPEN)) == 7
    assert len(server.requests) == 6


def test_a_probe_that_hangs_keeps_its_place_longer_than_the_pause() -> None:
    now, probed = [0.0], threading.Event()

    def script(connection: socket.socket, stopped: threading.Event) -> None:
        if len(server.requests) <= 5:
            return connection.sendall(BROKEN)
        probed.set()
        stopped.wait()

    def ask_meanwhile() -> object:
        assert probed.wait(timeout=20)
        now[0] += 20.0
        answer = bot.answer(ASK)
        bot.close()
        return answer

    server = RoughServer(script)
    bot = RasaBot(server.url, "secret", timeout=20, clock=lambda: now[0])
    try:
        for _ in range(5):
            bot.answer(ASK)
        now[0] = 21.0
        both: list[Callable[[], object]] = [partial(bot.answer, ASK), ask_meanwhile]
        _, meanwhile = at_once(both)
    finally:
        bot.close()
        server.stop()
    assert meanwhile == Unavailable(Why.CIRCUIT_OPEN)
