"""The client and a server that does as it should; ``test_bots_rasa_outages.py`` has the ones that do not."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable
from functools import partial

import httpx
import pytest

from bots.rasa_client import REMEMBERED_TURNS, RasaBot
from bots.reply import Ask, Heard, Reply, Silence, Unavailable, Why
from tests.bot.rough import RoughServer, hangs, http, sends, serving
from tests.threads import at_once
from tests.unit.test_bots_rasa_answer import GOOD

ASK = Ask(conversation_id="c1", message_id="m1", text="/restart")
GOOD_ANSWER = http(json.dumps(GOOD).encode())


def rasa_threads() -> int:
    return [thread.name for thread in threading.enumerate()].count("rasa")


def test_a_good_answer_is_a_reply_and_the_request_is_what_the_channel_wants() -> None:
    memory = tuple({"events": [], "after": {}, "turn": number} for number in range(30))
    with serving(sends(GOOD_ANSWER)) as (bot, server):
        ask = Ask("c1", "m1", "/restart", memory=memory, heard=(Heard("agent", "It is on its way."),))
        assert isinstance(bot.answer(ask), Reply)
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /webhooks/desk/turn ")
    assert b"authorization: bearer secret" in head.lower()
    assert b"content-type: application/json" in head.lower()
    sent = json.loads(body)
    assert sent["text"] == "/restart"
    assert sent["pressed"] is None
    assert sent["heard"] == [{"author": "agent", "text": "It is on its way."}]
    assert sent["memory"] == list(memory[-REMEMBERED_TURNS:])


def test_an_empty_list_of_replies_is_silence() -> None:
    with serving(sends(http(json.dumps({**GOOD, "replies": []}).encode()))) as (bot, _):
        assert isinstance(bot.answer(ASK), Silence)


def test_half_a_character_in_a_question_is_sent_all_the_same() -> None:
    with serving(sends(GOOD_ANSWER)) as (bot, server):
        assert isinstance(bot.answer(Ask("c1", "m1", "half \ud83d")), Reply)
    assert b"half \\ud83d" in server.requests[0]


def test_a_request_that_rasa_refuses_does_not_close_it_to_others() -> None:
    with serving(sends(http(b"{}", "400 Bad Request"))) as (bot, server):
        assert [bot.answer(ASK) for _ in range(7)] == [Unavailable(Why.STATUS, "400")] * 7
    assert len(server.requests) == 7


def test_many_threads_share_one_bot_which_has_one_thread_of_its_own() -> None:
    gate = threading.Barrier(20)

    def together(connection: socket.socket, stopped: threading.Event) -> None:
        gate.wait(timeout=20)
        connection.sendall(GOOD_ANSWER)

    before = rasa_threads()
    with serving(together, timeout=20) as (bot, _):
        answers = at_once([partial(bot.answer, ASK)] * 20)
        assert rasa_threads() == before + 1
    assert rasa_threads() == before
    assert all(isinstance(answer, Reply) for answer in answers)


def test_closing_breaks_off_what_is_under_way_and_a_later_question_begins_anew() -> None:
    asked = threading.Event()

    def script(connection: socket.socket, stopped: threading.Event) -> None:
        if not asked.is_set():
            asked.set()
            return hangs(connection, stopped)
        connection.sendall(GOOD_ANSWER)

    def close_when_asked(bot: RasaBot) -> None:
        assert asked.wait(timeout=20)
        bot.close()

    with serving(script, timeout=20) as (bot, _):
        both: list[Callable[[], object]] = [partial(bot.answer, ASK), partial(close_when_asked, bot)]
        broken_off, _ = at_once(both)
        assert broken_off == Unavailable(Why.REFUSED, "closed meanwhile")
        assert isinstance(bot.answer(ASK), Reply)


def test_an_address_that_is_none_is_an_error_at_the_start() -> None:
    with pytest.raises(httpx.InvalidURL):
        RasaBot("http://rasa:port", "secret")


def test_a_connection_that_rasa_closed_in_between_is_no_failure() -> None:
    kept = http(json.dumps(GOOD).encode()).replace(b"Connection: close", b"Connection: keep-alive")
    server = RoughServer(sends(kept))  # it closes all the same
    bot = RasaBot(server.url, "secret")
    try:
        assert all(isinstance(bot.answer(ASK), Reply) for _ in range(10))
    finally:
        bot.close()
        server.stop()


def test_without_a_token_no_authorization_is_sent() -> None:
    with serving(sends(GOOD_ANSWER)) as (_, server):
        open_to_all = RasaBot(server.url, "")
        assert isinstance(open_to_all.answer(ASK), Reply)
        open_to_all.close()
    assert b"authorization" not in server.requests[0].lower()
