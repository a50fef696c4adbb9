"""Which programs are started, and how each shows that it is ready."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from config.launch.options import Options
from config.launch.programs import service

PROJECT = Path("/project")


class Health(BaseHTTPRequestHandler):
    """Answers as web2 does, without a worker."""

    def do_GET(self) -> None:
        """Ready."""
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"name": "web2", "database": True, "worker": False}).encode())

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def web2() -> Iterator[int]:
    """The port that it answers on."""
    with HTTPServer(("127.0.0.1", 0), Health) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def test_one_of_each_has_a_plain_name_and_its_port_for_itself() -> None:
    programs = service(PROJECT, Options.read({}, PROJECT), {})
    assert [program.name for program in programs] == ["web", "worker", "shop"]
    assert "--share" not in programs[0].command


def test_several_are_numbered_share_the_port_and_are_each_told_their_name() -> None:
    programs = service(PROJECT, Options.read({"WEB": "2", "WORKERS": "3", "WEB_PORT": "8100"}, PROJECT), {})
    assert [program.name for program in programs] == ["web1", "web2", "worker1", "worker2", "worker3", "shop"]
    served = [program.command[2:] for program in programs[:2]]
    assert served == [("serve", "--port", "8100", "--share", "--name", name) for name in ("web1", "web2")]


def test_a_web_process_is_not_ready_because_its_neighbour_is(web2: int) -> None:
    programs = service(PROJECT, Options.read({"WEB": "2", "WEB_PORT": str(web2)}, PROJECT), {})
    ready = {program.name: program.ready() for program in programs if program.name != "shop"}
    assert ready == {"web1": False, "web2": True, "worker": False}
