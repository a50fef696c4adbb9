"""The client against a server that misbehaves in every way that Rasa can."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import repeat

import pytest

from bots.rasa_client import REMEMBERED_TURNS, RasaBot
from bots.reply import Ask, Heard, Reply, Silence, Unavailable, Why
from tests.unit.test_bots_rasa_answer import GOOD

Script = Callable[[socket.socket], None]
ASK = Ask(conversation_id="c1", message_id="m1", text="/restart")


class Server:
    """Reads each request whole, keeps it, and lets the script write to the connection; one request per connection."""

    def __init__(self, script: Script) -> None:
        self.requests: list[bytes] = []
        self._script = script
        self._stopped = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        with socket.create_connection(self._listener.getsockname()):
            pass
        self._thread.join()
        self._listener.close()

    def _serve(self) -> None:
        while not self._stopped.is_set():
            connection, _ = self._listener.accept()
            with connection:
                request = whole_request(connection)
                if request:
                    self.requests.append(request)
                    try:
                        self._script(connection)
                    except OSError:
                        continue  # the client gave up, which some scripts are there for


def whole_request(connection: socket.socket) -> bytes:
    """Return head and body, or nothing if the connection was closed without a request."""
    received = b""
    while b"\r\n\r\n" not in received:
        part = connection.recv(65536)
        if not part:
            return b""
        received += part
    head, _, body = received.partition(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")
    )
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


def http(body: bytes, status: str = "200 OK", length: int | None = None) -> bytes:
    head = (
        f"HTTP/1.1 {status}\r\nContent-Length: {len(body) if length is None else length}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body


def sends(data: bytes) -> Script:
    return lambda connection: connection.sendall(data)


def trickles(data: bytes, pause: float) -> Script:
    def script(connection: socket.socket) -> None:
        for at in range(len(data)):
            connection.sendall(data[at : at + 1])
            time.sleep(pause)

    return script


@contextmanager
def serving(script: Script, timeout: float = 4.0) -> Iterator[tuple[RasaBot, Server]]:
    server = Server(script)
    bot = RasaBot(server.url, "secret", timeout=timeout)
    try:
        yield bot, server
    finally:
        bot.close()
        server.stop()


def test_a_good_answer_is_a_reply_and_the_request_is_what_the_channel_wants() -> None:
    with serving(sends(http(json.dumps(GOOD).encode()))) as (bot, server):
        memory = tuple({"turn": number} for number in range(30))
        ask = Ask("c1", "m1", "/restart", memory=memory, heard=(Heard("agent", "It is on its way."),))
        assert isinstance(bot.answer(ask), Reply)
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /webhooks/desk/turn ")
    assert b"authorization: bearer secret" in head.lower()
    sent = json.loads(body)
    assert sent["text"] == "/restart"
    assert sent["pressed"] is None
    assert sent["heard"] == [{"author": "agent", "text": "It is on its way."}]
    assert sent["memory"] == list(memory[-REMEMBERED_TURNS:])


def test_an_empty_list_of_replies_is_silence() -> None:
    with serving(sends(http(json.dumps({**GOOD, "replies": []}).encode()))) as (bot, _):
        assert isinstance(bot.answer(ASK), Silence)


def test_a_failed_action_reaches_the_answer() -> None:
    body = json.dumps({**GOOD, "failures": ["action_order_status"]}).encode()
    with serving(sends(http(body))) as (bot, _):
        reply = bot.answer(ASK)
    assert isinstance(reply, Reply)
    assert reply.understanding.failures == ("action_order_status",)


@pytest.mark.parametrize(
    ("script", "why"),
    [
        (sends(http(b"oh dear", "500 Internal Server Error")), Why.STATUS),
        (sends(http(b"{}", "503 Service Unavailable")), Why.STATUS),
        (sends(http(b"{}", "302 Found\r\nLocation: http://127.0.0.1:9/")), Why.STATUS),
        (sends(http(b"<html><body>It works!</body></html>")), Why.MALFORMED),
        (sends(http(b"[]")), Why.MALFORMED),
        (sends(http(b"")), Why.MALFORMED),
        (sends(http(b"\xff\xfe{}")), Why.MALFORMED),
        (sends(http(b"[" * 100_000)), Why.MALFORMED),
        (sends(http(json.dumps({**GOOD, "confidence": "high"}).encode())), Why.MALFORMED),
        (sends(http(json.dumps(GOOD).encode(), length=5000)), Why.MALFORMED),
        (sends(http(json.dumps(GOOD).encode()[:100])), Why.MALFORMED),
        (sends(b"SSH-2.0-OpenSSH\r\n"), Why.MALFORMED),
        (sends(b""), Why.MALFORMED),
        (sends(http(b" " * 10_000_000)), Why.TOO_LARGE),
    ],
    ids=[
        "500", "503", "redirect", "html", "list", "empty", "not utf-8", "deeply nested", "wrong type", "cut off",
        "half of the JSON", "not HTTP", "closed at once", "10 MB",
    ],
)  # fmt: skip
def test_each_way_to_answer_wrongly_is_a_typed_failure(script: Script, why: Why) -> None:
    with serving(script) as (bot, _):
        answer = bot.answer(ASK)
    assert isinstance(answer, Unavailable)
    assert answer.why is why


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
    [
        lambda connection: time.sleep(0.6),
        trickles(http(b" " * 100), pause=0.02),
        trickles(http(b"x", "200 OK\r\n" + "X-Slow: 1\r\n" * 50), pause=0.02),
    ],
    ids=["hangs", "trickling body", "trickling head"],
)
def test_the_deadline_holds_for_the_whole_answer(script: Script) -> None:
    with serving(script, timeout=0.3) as (bot, _):
        started = time.monotonic()
        answer = bot.answer(ASK)
        took = time.monotonic() - started
    assert isinstance(answer, Unavailable)
    assert answer.why is Why.TIMEOUT
    assert 0.25 < took < 0.6


def test_after_five_failures_nobody_asks_until_a_probe_succeeds() -> None:
    now = [0.0]
    answers = iter([http(b"", "500 Internal Server Error")] * 5 + list(repeat(http(json.dumps(GOOD).encode()), 2)))
    server = Server(lambda connection: connection.sendall(next(answers)))
    bot = RasaBot(server.url, "secret", clock=lambda: now[0])
    try:
        assert [bot.answer(ASK) for _ in range(5)] == [Unavailable(Why.STATUS, "500")] * 5
        assert bot.answer(ASK) == Unavailable(Why.CIRCUIT_OPEN)
        assert len(server.requests) == 5
        now[0] = 10.0
        assert isinstance(bot.answer(ASK), Reply)
        assert isinstance(bot.answer(ASK), Reply)
    finally:
        bot.close()
        server.stop()


def test_a_request_that_rasa_refuses_does_not_close_it_to_others() -> None:
    with serving(sends(http(b"{}", "400 Bad Request"))) as (bot, server):
        assert [bot.answer(ASK) for _ in range(7)] == [Unavailable(Why.STATUS, "400")] * 7
    assert len(server.requests) == 7


def test_many_threads_share_one_bot() -> None:
    answers: list[object] = []
    with serving(sends(http(json.dumps(GOOD).encode()))) as (bot, _):
        threads = [threading.Thread(target=lambda: answers.append(bot.answer(ASK))) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(answers) == 20
    assert all(isinstance(answer, Reply) for answer in answers)
