"""Rasa's answers on file: written down from the live one by a proxy, given again by a server of their own.

A file holds the exchanges of one test. A request is noted without its memory: of that only how many earlier answers
of the conversation it consists of, so that the player can demand that exactly those come back.
"""

from __future__ import annotations

import json
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx

FOLDER = Path(__file__).with_name("recordings")
PATH = "/webhooks/desk/turn"
Exchange = dict[str, Any]
"""``asked``, the request with ``memory`` as a count; ``status``; ``answered``, the body."""


class Server:
    """Answers each POST by a function, each in a thread of its own, until ``stop``."""

    def __init__(self, answer: Callable[[Any], tuple[int, Any]]) -> None:
        handler = type("Handler", (_Handler,), {"answer": staticmethod(answer)})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def stop(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class Recorder:
    """Stands between a bot and the Rasa at ``url`` and appends what passes to ``exchanges``."""

    def __init__(self, url: str, token: str, exchanges: list[Exchange]) -> None:
        self._http = httpx.Client(headers={"Authorization": f"Bearer {token}"}, timeout=10.0, trust_env=False)
        self._rasa, self._exchanges = url + PATH, exchanges
        self._server = Server(self._pass_on)
        self.url = self._server.url

    def stop(self) -> None:
        """Stop passing on."""
        self._server.stop()
        self._http.close()

    def _pass_on(self, body: Any) -> tuple[int, Any]:
        answer = self._http.post(self._rasa, json=body)
        asked = {**body, "memory": len(body["memory"])}
        self._exchanges.append({"asked": asked, "status": answer.status_code, "answered": answer.json()})
        return answer.status_code, answer.json()


class Player:
    """Gives the recorded answers again, to the recorded requests only; others are refused and kept in ``strange``."""

    def __init__(self, exchanges: Iterable[Exchange]) -> None:
        self.strange: list[Any] = []
        self._lock = threading.Lock()
        self._due: dict[tuple[str, str], list[Exchange]] = defaultdict(list)
        self._told: dict[str, list[Any]] = defaultdict(list)
        for one in exchanges:
            asked = one["asked"]
            self._due[asked["conversation_id"], asked["message_id"]].append(one)
            self._told[asked["conversation_id"]].append(one["answered"].get("memory"))
        self._server = Server(self._answer)
        self.url = self._server.url

    def stop(self) -> None:
        """Stop serving."""
        self._server.stop()

    def _answer(self, body: Any) -> tuple[int, Any]:
        with self._lock:
            due = self._due[body["conversation_id"], body["message_id"]]
            if due and body == self._expected(due[0]["asked"]):
                exchange = due.pop(0)
                return exchange["status"], exchange["answered"]
            self.strange.append(body)
        return 500, {"error": "this was not recorded"}

    def _expected(self, asked: dict[str, Any]) -> dict[str, Any]:
        return {**asked, "memory": self._told[asked["conversation_id"]][: asked["memory"]]}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    answer: Callable[[Any], tuple[int, Any]]

    def do_POST(self) -> None:
        status, body = self.answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def stored(test: str) -> Iterator[Exchange]:
    """The exchanges of a test, by its name; none when it was never recorded."""
    path = FOLDER / f"{test}.json"
    if path.exists():
        yield from json.loads(path.read_text(encoding="utf-8"))


def store(exchanges: Iterable[Exchange]) -> list[Path]:
    """Write the exchanges, a file for each test, in place of all that were there."""
    by_test: dict[str, list[Exchange]] = defaultdict(list)
    for one in exchanges:
        by_test[one["asked"]["conversation_id"].partition("/")[0]].append(one)
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.json"):
        old.unlink()
    for test, found in by_test.items():
        found.sort(key=lambda one: one["asked"]["conversation_id"])  # conversations that ran at the same time, apart
        text = "[\n" + ",\n".join(json.dumps(one, sort_keys=True) for one in found) + "\n]\n"
        (FOLDER / f"{test}.json").write_text(text, encoding="utf-8")
    return sorted(FOLDER.glob("*.json"))
