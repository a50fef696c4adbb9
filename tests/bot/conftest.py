"""A live bot: trained once, Rasa and action server on free ports, a fake shop behind them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bots.rasa_client import RasaBot
from tests.bot.fake_shop import TOKEN, FakeShop
from tests.bot.running import BOT, PROJECT, RASA_PYTHON, free_port, running, trained
from tests.bot.subjects import subject as subject
from tests.bot.talk import Customer


@pytest.fixture(scope="session")
def models_dir() -> Path:
    """Where models are kept between runs."""
    return PROJECT / ".baton" / "models"


@pytest.fixture(scope="session")
def model(models_dir: Path) -> Path:
    """The model of the present files."""
    if not RASA_PYTHON.exists():
        pytest.fail("Rasa's environment .venv-rasa is missing: bots/rasa/README.md says how to make it.")
    return trained(models_dir)


@pytest.fixture(scope="session")
def shop_at_work() -> Iterator[FakeShop]:
    shop = FakeShop()
    yield shop
    shop.stop()


@pytest.fixture
def shop(shop_at_work: FakeShop) -> Iterator[FakeShop]:
    """The shop, whole again after each test."""
    yield shop_at_work
    shop_at_work.broken = False
    shop_at_work.hang.set()


@pytest.fixture(scope="session")
def actions_url(shop_at_work: FakeShop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port, log = free_port(), tmp_path_factory.mktemp("actions") / "log"
    command: list[str | Path] = [sys.executable, BOT / "actions" / "serve.py", "--port", str(port)]
    env = {"SHOP_URL": shop_at_work.url, "SHOP_TOKEN": TOKEN}
    with running(command, env, f"http://127.0.0.1:{port}/health", log):
        yield f"http://127.0.0.1:{port}/webhook"


@pytest.fixture(scope="session")
def rasa_url(model: Path, actions_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from serve_rasa(model, actions_url, tmp_path_factory.mktemp("rasa") / "log")


def serve_rasa(model: Path, actions_url: str, log: Path) -> Iterator[str]:
    port = free_port()
    command: list[str | Path] = [RASA_PYTHON, BOT / "run.py", "serve", "--model", model, "--port", str(port)]
    env = {"RASA_TOKEN": "rasa-secret", "ACTIONS_URL": actions_url}
    with running(command, env, f"http://127.0.0.1:{port}/webhooks/desk/", log):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="session")
def bot(rasa_url: str) -> Iterator[RasaBot]:
    made = RasaBot(rasa_url, "rasa-secret")
    yield made
    made.close()


@pytest.fixture
def customer(bot: RasaBot, request: pytest.FixtureRequest) -> Customer:
    return Customer(bot, request.node.name)


@pytest.fixture
def another(bot: RasaBot) -> Callable[[str], Customer]:
    """Make further customers, who share nothing with the first."""
    return lambda name: Customer(bot, name)
