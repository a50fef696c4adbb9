"""The real processes, started by the launcher that `make up` uses, on ports and in a folder of their own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from config.launch import ports

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 150
OF_THE_TESTS = ("DATABASE_URL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE")


@dataclass
class Product:
    """A running Baton with its demo shop."""

    home: Path
    service: str = ""
    shop: str = ""
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        """Start everything and wait until it is healthy."""
        names = ("WEB_PORT", "SHOP_PORT", "RASA_PORT", "ACTIONS_PORT")
        chosen = {name: str(ports.any_free()) for name in names}
        self.service = f"http://127.0.0.1:{chosen['WEB_PORT']}"
        self.shop = f"http://localhost:{chosen['SHOP_PORT']}"
        mine = {name: value for name, value in os.environ.items() if name not in OF_THE_TESTS}
        environment = {**mine, **chosen, "BATON_HOME": str(self.home), "BATON_MODELS": str(ROOT / ".baton" / "models")}
        self.output = (self.home.parent / "launcher.log").open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "config.launch"], cwd=ROOT, env=environment, stdout=self.output, stderr=self.output
        )
        self._wait()

    def _wait(self) -> None:
        assert self.process
        deadline = time.monotonic() + PATIENCE_S
        while b"is ready" not in self.log():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"Baton did not start:\n{self.log().decode()}")
            time.sleep(0.2)

    def log(self) -> bytes:
        """What the launcher wrote so far."""
        return (self.home.parent / "launcher.log").read_bytes()

    def stop(self) -> int:
        """Stop as Ctrl-C does; the launcher's exit code."""
        assert self.process
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(timeout=60)
        self.output.close()
        return code

    def password(self, username: str) -> str:
        """The demo password that the launcher made."""
        accounts = json.loads((self.home / "accounts.json").read_text())
        return str(next(account["password"] for account in accounts if account["username"] == username))

    def healthy(self) -> bool:
        """Whether the service answers and a worker is there."""
        return bool(httpx.get(f"{self.service}/health/ready").json()["worker"])
