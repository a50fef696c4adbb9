"""Measures the FAQ bot, and prints the share of right answers for each threshold: python -m tests.bot.threshold.

Its entries are the demo assistant's one-answer intents with every second example; the other half is asked. Out of
scope are the questions that Rasa's own threshold is chosen by.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bots.faq import THRESHOLD, Entry, FaqBot
from bots.reply import Answer, Ask, Unavailable, Understanding

RASA = Path(__file__).parents[2] / "bots" / "rasa"
STEPS = [step / 20 for step in range(4, 17)]


@dataclass(frozen=True)
class Measured:
    """Shares, 0 to 1: of what the bot knows, answered rightly and wrongly; of what it does not know, left unanswered."""

    threshold: float
    right: float
    wrong: float
    left: float

    @property
    def gain(self) -> float:
        """What the threshold is chosen by. A wrong answer is as bad as a right one is good."""
        return self.right - self.wrong + self.left


def answers() -> dict[str, str]:
    """The demo assistant's answers by intent, of those that need no look-up."""
    found = re.findall(r'^  utter_(\w+):\n    - text: "(.+)"$', (RASA / "responses.yml").read_text(), re.MULTILINE)
    return {name: text for name, text in found if (RASA / "data" / "nlu" / f"{name}.yml").exists()}


def examples(intent: str) -> list[str]:
    """The training examples of one intent, without the marks of entities."""
    lines = (RASA / "data" / "nlu" / f"{intent}.yml").read_text().splitlines()
    return [re.sub(r"\[(.+?)\]\(.+?\)", r"\1", line.strip()[2:]) for line in lines if line.startswith("    - ")]


def entries() -> list[Entry]:
    """Each answer with the first half of its examples, taken alternately."""
    return [Entry(name, text, examples(name)[::2]) for name, text in answers().items()]


def asked() -> Iterator[tuple[str, str | None]]:
    """Questions that are none of the entries', each with the entry that should answer; None when none should."""
    for name in answers():
        for text in examples(name)[1::2]:
            yield text, name
    for text in (RASA / "calibration" / "out_of_scope.txt").read_text().splitlines():
        if text.strip():
            yield text, None


def measure(thresholds: Sequence[float]) -> list[Measured]:
    """Ask everything once, and judge the answers at each threshold."""
    bot = FaqBot(entries(), threshold=0.0)
    inside: list[tuple[float, bool]] = []
    outside: list[tuple[float, bool]] = []
    for number, (text, name) in enumerate(asked()):
        understood = confident(bot.answer(Ask("measured", str(number), text)))
        (outside if name is None else inside).append((understood.confidence, understood.intent == name))
    return [
        Measured(
            threshold,
            right=share(likeness >= threshold and right for likeness, right in inside),
            wrong=share(likeness >= threshold and not right for likeness, right in inside),
            left=share(likeness < threshold for likeness, _ in outside),
        )
        for threshold in thresholds
    ]


def confident(answer: Answer) -> Understanding:
    """What was understood. Raises ``TypeError`` for a bot that is not there."""
    if isinstance(answer, Unavailable):
        raise TypeError(answer.detail)
    return answer.understanding


def share(true: Iterable[bool]) -> float:
    """How many of them are, 0 to 1."""
    listed = list(true)
    return sum(listed) / len(listed)


def main() -> None:
    """Print the table, and the threshold that gains most."""
    table = measure(STEPS)
    for row in table:
        sys.stdout.write(
            f"{row.threshold:.2f}: of the known {row.right:.1%} right, {row.wrong:.1%} wrong; "
            f"of the unknown {row.left:.1%} left\n"
        )
    best = max(table, key=lambda row: row.gain)
    sys.stdout.write(f"the best is {best.threshold:.2f}; bots/faq.py has {THRESHOLD:.2f}\n")


if __name__ == "__main__":
    main()
