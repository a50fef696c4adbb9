"""What the terminal shows: frames in, text out. Who wrote a line, a bot or a person, always stands before it."""

from __future__ import annotations

from collections.abc import Sequence

from support.protocol.parts import Button, CustomerState, Line

SPEAKER = {"bot": "{name} (bot)", "agent": "{name} (person)", "customer": "you", "system": "--"}
HELP = """\
/person      ask for a person
/stop        stop waiting in line
/finish      end the chat
/rate N      rate the chat after its end, 1 to 5; words may follow
/quit        leave; the chat stays as it is
/help        this list
1, 2, ...    press the button with that number
//text       send /text as it stands"""


def line_text(line: Line) -> str:
    """A line of the log; further lines of its body are indented."""
    speaker = SPEAKER[line.author].format(name=line.name)
    body = line.body.replace("\n", "\n    ")
    return f"{speaker} {body}" if line.author == "system" else f"{speaker}: {body}"


def buttons_text(buttons: Sequence[Button]) -> str:
    """The choices, numbered from 1."""
    return "\n".join(f"    [{number}] {button.title}" for number, button in enumerate(buttons, 1))


def state_text(state: CustomerState, bot: str) -> str:
    """Who answers now, or the place in line."""
    if state.holder == "bot":
        return f"-- {bot}, our bot, answers now."
    if state.holder == "agent":
        return f"-- {state.person}, a person, answers now."
    if state.holder == "queue":
        return f"-- {queue_text(state.place, state.wait_s)}"
    return "-- This chat has ended." + (" Thank you for the rating." if state.rated else " /rate 1 to 5 rates it.")


def queue_text(place: int | None, wait_s: int | None) -> str:
    """The place, and the time where there is a basis for it."""
    if place is None:
        return "A person joins when one is free."
    if wait_s is None:
        return f"Number {place} in line. A person joins when one is free."
    return f"Number {place} in line, about {max(1, round(wait_s / 60))} min."


def refused_text(body: str, detail: str) -> str:
    """A message that the service did not take, with its text, so that it is not lost."""
    return f"-- Not sent: {detail}\n    Your text: {body}"
