"""The trained assistant, when it is there: Rasa, its action server, and the demo shop's place kept by nobody."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from config.launch import ports
from tests.bot.running import BOT, RASA_PYTHON, running, trained
from tests.stack.service import ROOT

TOKEN = "of the benchmark"
MODELS = ROOT / ".baton" / "models"


def missing() -> str:
    """Why it cannot be measured; empty when it can."""
    if not RASA_PYTHON.exists():
        return "no .venv-rasa"
    return "" if any(MODELS.glob("*.tar.gz")) else "no trained model; `make test` trains one"


@contextmanager
def assistant(logs: Path) -> Iterator[str]:
    """Run it until the block ends; its address. The questions of the benchmark need no look-up in the shop."""
    model, rasa, actions = trained(MODELS), ports.any_free(), ports.any_free()
    with ExitStack() as ends:
        serve: list[str | Path] = [sys.executable, BOT / "actions" / "serve.py", "--port", str(actions)]
        nowhere = {"SHOP_URL": f"http://127.0.0.1:{ports.any_free()}", "SHOP_TOKEN": TOKEN}
        ends.enter_context(running(serve, nowhere, f"http://127.0.0.1:{actions}/health", logs / "actions.log"))
        serve = [RASA_PYTHON, BOT / "run.py", "serve", "--model", model, "--port", str(rasa)]
        told = {"RASA_TOKEN": TOKEN, "ACTIONS_URL": f"http://127.0.0.1:{actions}/webhook"}
        ends.enter_context(running(serve, told, f"http://127.0.0.1:{rasa}/webhooks/desk/", logs / "rasa.log"))
        yield f"http://127.0.0.1:{rasa}"
