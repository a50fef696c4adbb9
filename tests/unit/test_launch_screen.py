"""What is shown, and in which colours."""

import io

import pytest

from config.bootstrap.screen import Refusal, Screen


class Terminal(io.StringIO):
    """A stream that somebody looks at."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def test_colours_are_for_terminals_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert Screen(Terminal()).paint("web", "36") == "\x1b[36mweb\x1b[0m"
    assert Screen(io.StringIO()).paint("web", "36") == "web"


def test_no_color_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert Screen(Terminal()).paint("web", "36") == "web"


def test_a_step_that_fails_is_marked_and_its_refusal_goes_on() -> None:
    stream = io.StringIO()
    with pytest.raises(Refusal), Screen(stream).step("migrate"):
        raise Refusal("no room")
    assert stream.getvalue().startswith("✗ migrate ")


def test_a_closed_terminal_is_noticed_and_not_a_fault() -> None:
    class Closed(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    screen = Screen(Closed())
    screen.say("hello")
    assert screen.gone
