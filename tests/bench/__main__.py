"""`python -m tests.bench`: run the benchmark, print the tables, write them as JSON. `--short` is a quick look."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from config.bootstrap.screen import Refusal, Screen
from tests.bench import assistant, bot_turn, delays, held, machine, report, saturation, trips
from tests.bench.results import Results
from tests.bench.stage import Stage, stage
from tests.stack.bot import Bot
from tests.stack.service import ROOT

OUTPUT = ROOT / ".baton" / "bench"


@dataclass(frozen=True)
class Length:
    """How long each part takes. ``rounds`` are of all stacks."""

    rounds: int
    warm_s: float
    delay_s: float
    reply_s: float
    full_rounds: int
    full_s: float
    sockets: int
    turns: int


WHOLE = Length(rounds=3, warm_s=2, delay_s=20, reply_s=15, full_rounds=2, full_s=5, sockets=1000, turns=40)
SHORT = Length(rounds=1, warm_s=1, delay_s=8, reply_s=5, full_rounds=1, full_s=3, sockets=200, turns=10)


class Run:
    """The parts, in the order in which they are run."""

    def __init__(self, found: Results, length: Length, on: Stage, echo: Bot) -> None:
        self.found, self.length, self.on, self.echo = found, length, on, echo

    async def delays(self) -> None:
        """What an ordinary day feels like, from the customer's side."""
        length = self.length
        self.found.delays = await delays.measure(self.on.stacks, length.rounds, length.warm_s, length.delay_s)

    async def replies(self) -> None:
        """And from the agent's."""
        length = self.length
        self.found.replies = await delays.measure(self.on.stacks, 1, length.warm_s, length.reply_s, "agent")

    async def saturation(self) -> None:
        """As much as goes."""
        length, postmaster = self.length, self.on.database.pid
        self.found.saturation = await saturation.measure(
            self.on.stacks, postmaster, length.full_rounds, length.warm_s, length.full_s
        )

    async def bot(self) -> None:
        """A turn of the bot, with one that answers at once and with the assistant."""
        baton, count = self.on.baton, self.length.turns
        self.found.bot_turn = await bot_turn.measure(baton, self.echo.url, assistant.TOKEN, count)
        self.found.no_assistant = assistant.missing()
        if self.found.no_assistant:
            return
        with assistant.assistant(self.on.database.folder) as url:
            baton.worker.stop()
            baton.worker.start(RASA_URL=url, RASA_TOKEN=assistant.TOKEN)
            self.found.assistant_turn = await bot_turn.measure(baton, url, assistant.TOKEN, count)

    async def held(self) -> None:
        """Sockets that wait, and a restart."""
        self.found.held = await held.measure(self.on.baton, self.length.sockets)

    async def trips(self) -> None:
        """Statements; the last, because counting them is switched on for it."""
        self.found.trips = await trips.measure(self.on.baton)


PARTS: dict[str, Callable[[Run], Awaitable[None]]] = {
    "delays": Run.delays,
    "replies": Run.replies,
    "saturation": Run.saturation,
    "bot": Run.bot,
    "held": Run.held,
    "trips": Run.trips,
}


def main() -> int:
    """Run what was asked for; 1 when it could not be run. A missed target is a row of the table, no failure."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--short", action="store_true", help="a quick look of three minutes")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="these parts alone")
    parser.add_argument("--alone", action="store_true", help="without the other stacks: no ratios")
    asked = parser.parse_args()
    screen = Screen()
    found = Results(vars(asked))
    try:
        run(found, asked, screen)
    except Refusal as refusal:
        screen.refuse(refusal)
        return 1
    except KeyboardInterrupt:
        return 130
    finally:
        if found.begun:  # a part that fails must not take the figures of the others with it
            show(found, screen)
    return 0


def show(found: Results, screen: Screen) -> None:
    """Print the tables, and write them as JSON and as Markdown."""
    screen.say()
    screen.say(report.aligned(report.text(found)))
    OUTPUT.mkdir(parents=True, exist_ok=True)
    path = OUTPUT / f"{time.strftime('%Y-%m-%d-%H%M%S')}.json"
    path.write_text(json.dumps(found.as_json(), indent=1), encoding="utf-8")
    path.with_suffix(".md").write_text(report.text(found), encoding="utf-8")
    screen.say(f"Written to {path.relative_to(ROOT)} and {path.with_suffix('.md').name}")


def run(found: Results, asked: argparse.Namespace, screen: Screen) -> None:
    """Start everything, run the parts, end everything."""
    neighbours = machine.Neighbours()
    with Bot() as bot:
        with stage(bot.url, assistant.TOKEN, screen, bare=not asked.alone) as on:
            with on.database.connect() as database:
                found.machine = machine.name(database)
            asyncio.run(parts(Run(found, SHORT if asked.short else WHOLE, on, bot), asked.only, screen))
        found.neighbours = neighbours.share()


async def parts(of: Run, names: list[str], screen: Screen) -> None:
    """Each with its time."""
    for name, part in PARTS.items():
        if name in names:
            with screen.step(name):
                await part(of)


if __name__ == "__main__":
    sys.exit(main())
