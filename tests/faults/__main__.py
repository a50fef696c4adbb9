"""`python -m tests.faults`: the long form. Exits with 1 when anything was lost, doubled, reordered or shown too early."""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import time
from pathlib import Path

from tests.faults import history
from tests.faults.check import check
from tests.faults.redeploy import redeploy
from tests.faults.scene import Scene, Stack
from tests.faults.started import started
from tests.faults.storm import Storm
from tests.faults.table import Table

USUAL_HEARTBEAT_S = "15"  # a thousand sockets with the short one of the tests would be a load of its own
SEND_LIMIT = "40"  # of ten seconds: a flood goes beyond it, talk does not
MOST_SHOWN = 20
FOLDER = Path(__file__).resolve().parents[2] / ".baton" / "faults"


def say(text: str) -> None:
    """One line, at once."""
    sys.stdout.write(f"{time.strftime('%H:%M:%S')} {text}\n")
    sys.stdout.flush()


async def storm(stack: Stack, asked: argparse.Namespace, folder: Path) -> int:
    """Run it, keep the history, print the table; how many bad cases there were."""
    async with Scene(stack) as scene:
        until = time.monotonic() + asked.minutes * 60
        await Storm(scene, asked.kills, until, random.Random(asked.seed), say).run(asked.talks)
        run = await scene.run()
    for web in stack.service.webs:
        web.stop()
        web.told["HEARTBEAT_S"] = USUAL_HEARTBEAT_S
        web.start()
    say(f"a redeploy with {asked.sockets} sockets")
    async with Scene(stack) as scene:
        await redeploy(scene, asked.sockets)
        await scene.settle()
        run += await scene.run()
    history.write(run.events, folder / "history.jsonl")
    verdict = check(run)
    table = Table(run, verdict)
    asked.json.write_text(json.dumps({"seed": asked.seed, **table.json()}, indent=1))
    say(f"seed {asked.seed}\n")
    sys.stdout.write(f"{table.text()}\n")
    for finding in verdict.faults[:MOST_SHOWN]:
        sys.stdout.write(f"{finding}\n")
    return table.total.bad


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=50, help="kill -9 so many times (%(default)s)")
    parser.add_argument("--talks", type=int, default=20, help="conversations at once (%(default)s)")
    parser.add_argument("--sockets", type=int, default=1000, help="at the redeploy after the storm (%(default)s)")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6), help="what is drawn")
    parser.add_argument("--minutes", type=float, default=12, help="no new fault after this (%(default)s)")
    parser.add_argument(
        "--json", type=Path, default=FOLDER / "faults.json", help="the table for programs (%(default)s)"
    )
    return parser.parse_args()


def main() -> int:
    """Start everything, and end everything."""
    asked = arguments()
    FOLDER.mkdir(parents=True, exist_ok=True)
    say(f"{asked.kills} kills, {asked.talks} conversations, seed {asked.seed}; logs in {FOLDER}")
    for old in FOLDER.glob("*.log"):
        old.unlink()
    with started(FOLDER, SEND_LIMIT=SEND_LIMIT) as stack:
        bad = asyncio.run(storm(stack, asked, FOLDER))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
