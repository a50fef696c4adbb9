"""A bot that speaks the desk channel (bots/rasa/channels/desk.py) in place of the trained assistant, and answers at once."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

INTENT = "small_talk"


class Bot:
    """Runs in a thread of this process. ``slow_s`` and ``down`` may be set at any time; ``asked`` holds every text."""

    def __init__(self) -> None:
        self.slow_s = 0.0
        self.down = False
        self.asked: list[str] = []
        self.server = Server(("127.0.0.1", 0), Desk)
        self.server.bot = self

    @property
    def url(self) -> str:
        """As RASA_URL takes it."""
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self) -> Self:
        """Listen."""
        threading.Thread(target=self.server.serve_forever, name="bot", daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()


class Server(ThreadingHTTPServer):
    """One thread for each connection; workers keep theirs open."""

    daemon_threads = True
    bot: Bot

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: a worker that is killed in the middle of an answer is what the tests are about."""


class Desk(BaseHTTPRequestHandler):
    """The two routes of the channel."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

    def do_GET(self) -> None:
        """Say that the model is loaded."""
        self._answer(503 if self.server.bot.down else 200, {"ready": not self.server.bot.down, "model": "echo"})

    def do_POST(self) -> None:
        """Take a turn."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        bot = self.server.bot
        bot.asked.append(body["text"])
        if bot.slow_s:
            time.sleep(bot.slow_s)
        self._answer(503, {"error": "down"}) if bot.down else self._answer(200, turn(body["text"]))

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        raw = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)


def turn(text: str) -> dict[str, Any]:
    """The answer to one message: understood well, nothing remembered."""
    return {
        "replies": [{"text": f"Answer to {text}", "buttons": []}],
        "intent": INTENT,
        "confidence": 0.97,
        "ranking": [[INTENT, 0.97]],
        "entities": {},
        "fallback": False,
        "failures": [],
        "slots": {},
        "active_form": None,
        "memory": {"events": [], "after": {}},
        "model": "echo",
    }
