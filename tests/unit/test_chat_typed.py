"""What a typed line means to the terminal customer."""

import pytest

from support.demo.terminal.typed import ASK_FOR_PERSON, Do, Help, Quit, Say, Typed, Wrong, understand
from support.protocol.customer import Finish, Rate, StopWaiting
from support.protocol.parts import Button

CHOICES = (Button("Where is my order?", "/order_status"), Button("Opening hours", "/opening_hours"))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Hello there\n", Say("Hello there")),
        ("1", Say("Where is my order?", "/order_status")),
        (" 2 ", Say("Opening hours", "/opening_hours")),
        ("3", Say("3")),
        ("0", Say("0")),
        ("²", Say("²")),
        ("/person", Say(ASK_FOR_PERSON)),
        ("/stop", Do(StopWaiting())),
        ("/finish", Do(Finish())),
        ("/rate 4", Do(Rate(4))),
        ("/rate 5  very kind ", Do(Rate(5, "very kind"))),
        ("/quit", Quit()),
        ("/help", Help()),
        ("//order_status", Say("/order_status")),
    ],
)
def test_a_line_means(text: str, meant: Typed) -> None:
    assert understand(text, CHOICES) == meant


def test_a_number_without_choices_is_a_message() -> None:
    assert understand("1", ()) == Say("1")


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_an_empty_line_means_nothing(text: str) -> None:
    assert understand(text, CHOICES) is None


@pytest.mark.parametrize("text", ["/rate", "/rate 0", "/rate 6", "/rate good"])
def test_a_rating_outside_one_to_five_is_not_sent(text: str) -> None:
    assert understand(text, ()) == Wrong("Write /rate and a number from 1 to 5.")


def test_an_unknown_command_is_not_sent_as_a_message() -> None:
    meant = understand("/refund now", ())
    assert isinstance(meant, Wrong)
    assert "/refund" in meant.why


def test_a_message_over_the_limit_is_not_sent() -> None:
    assert isinstance(understand("x" * 4000, ()), Say)
    assert understand("x" * 4001, ()) == Wrong("A message has at most 4000 characters, this one has 4001.")
