"""What the terminal customer sees."""

import pytest

from support.demo.terminal import wording
from support.protocol.parts import AuthorName, Button, CustomerState, HolderName, Line


def line(author: AuthorName, name: str, body: str) -> Line:
    return Line(1, author, name, body, "2026-11-09T10:02:00Z", "", "", ())


def state(
    holder: HolderName,
    person: str | None = None,
    place: int | None = None,
    wait_s: int | None = None,
    rated: bool = False,
) -> CustomerState:
    return CustomerState(holder, person, place, wait_s, rated)


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        (line("bot", "Tarn", "Hello."), "Tarn (bot): Hello."),
        (line("agent", "Ana", "Hello."), "Ana (person): Hello."),
        (line("customer", "Guest 7", "Hello."), "you: Hello."),
        (line("system", "", "Ana joined."), "-- Ana joined."),
        (line("bot", "Tarn", "One\ntwo"), "Tarn (bot): One\n    two"),
    ],
)
def test_every_line_says_who_wrote_it(shown: Line, text: str) -> None:
    assert wording.line_text(shown) == text


def test_buttons_are_numbered_from_one() -> None:
    assert wording.buttons_text((Button("Yes", "/affirm"), Button("No", "/deny"))) == "    [1] Yes\n    [2] No"


@pytest.mark.parametrize(
    ("of", "text"),
    [
        (state("bot"), "-- Tarn, our bot, answers now."),
        (state("agent", person="Ana"), "-- Ana, a person, answers now."),
        (state("queue", place=2, wait_s=170), "-- Number 2 in line, about 3 min."),
        (state("queue", place=1, wait_s=5), "-- Number 1 in line, about 1 min."),
        (state("queue", place=2), "-- Number 2 in line. A person joins when one is free."),
        (state("queue"), "-- A person joins when one is free."),
        (state("nobody"), "-- This chat has ended. /rate 1 to 5 rates it."),
        (state("nobody", rated=True), "-- This chat has ended. Thank you for the rating."),
    ],
)
def test_the_state_is_said_without_inventing_a_wait(of: CustomerState, text: str) -> None:
    assert wording.state_text(of, "Tarn") == text


def test_a_refused_message_is_shown_with_its_text() -> None:
    assert wording.refused_text("Hi", "This chat has ended.") == "-- Not sent: This chat has ended.\n    Your text: Hi"
