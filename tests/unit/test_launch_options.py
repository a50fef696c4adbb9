"""What the environment may say about how Baton is run."""

from pathlib import Path

import pytest

from config.bootstrap.screen import Refusal
from config.launch import ports, up
from config.launch.options import Options
from config.launch.programs import environment

PROJECT = Path("/project")


def test_without_a_word_everything_is_embedded_on_the_usual_ports() -> None:
    options = Options.read({}, PROJECT)
    assert options.home == PROJECT / ".baton"
    assert options.ports() == {"WEB_PORT": 8000, "SHOP_PORT": 8001, "RASA_PORT": 5005, "ACTIONS_PORT": 5055}


def test_a_bot_of_ones_own_needs_no_ports_here() -> None:
    options = Options.read({"RASA_URL": "http://bot"}, PROJECT)
    assert options.ports() == {"WEB_PORT": 8000, "SHOP_PORT": 8001}


@pytest.mark.parametrize("value", ["", "web", "0", "65536", "-1", "80.5"])
def test_a_port_that_cannot_be_is_refused_by_name(value: str) -> None:
    with pytest.raises(Refusal, match=r"^WEB_PORT must be a whole number from 1 to 65535"):
        Options.read({"WEB_PORT": value}, PROJECT)


def test_one_port_for_two_programs_is_refused() -> None:
    taken = str(ports.any_free())
    with pytest.raises(Refusal, match="WEB_PORT and SHOP_PORT are both"):
        up.check_ports(Options.read({"WEB_PORT": taken, "SHOP_PORT": taken}, PROJECT))


def test_several_web_processes_are_refused_where_a_port_does_not_serve_several() -> None:
    options = Options.read({"WEB": "2"}, PROJECT)
    with pytest.raises(Refusal, match=r"^WEB=2 needs Linux"):
        up.check_ports(options, shareable=False)


@pytest.mark.parametrize("name", ["WEB", "WORKERS"])
@pytest.mark.parametrize("value", ["", "0", "33", "many"])
def test_a_count_that_cannot_be_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(Refusal, match=f"^{name} must be a whole number from 1 to 32"):
        Options.read({name: value}, PROJECT)


def test_the_database_lets_in_what_all_processes_may_open() -> None:
    few = Options.read({}, PROJECT)
    many = Options.read({"WEB": "4", "WORKERS": "4", "DATABASE_POOL": "20"}, PROJECT)
    assert few.connections() == 100
    assert many.connections() >= 8 * (20 + 1)


def test_what_the_person_set_stands_and_the_rest_is_filled_in() -> None:
    environ = {"SHOP_ORIGIN": "http://localhost:9", "WEB_PORT": "8100", "SECRET_KEY": ""}
    secrets = {"SECRET_KEY": "made", "RASA_TOKEN": "made too"}
    told = environment(environ, Options.read(environ, PROJECT), secrets, "postgres://here/baton")
    assert told["SHOP_ORIGIN"] == "http://localhost:9"
    assert told["PUBLIC_URL"] == told["SHOP_URL"] == "http://127.0.0.1:8100"
    assert told["SECRET_KEY"] == "made"
    assert told["DATABASE_URL"] == "postgres://here/baton"


def test_the_token_of_our_bot_is_not_sent_to_a_bot_that_is_not_ours() -> None:
    environ = {"RASA_URL": "http://bot"}
    told = environment(environ, Options.read(environ, PROJECT), {"RASA_TOKEN": "ours"}, "postgres://here/baton")
    assert "RASA_TOKEN" not in told
    assert told["RASA_URL"] == "http://bot"
