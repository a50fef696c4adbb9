"""`python3 -m config.bootstrap up|test`: make the environments, then become the launcher or the test run."""

from __future__ import annotations

import fcntl
import os
import sys
from pathlib import Path

from config.bootstrap import environments
from config.bootstrap.environments import Environment
from config.bootstrap.screen import Refusal, Screen
from config.bootstrap.tools import Uv

PROJECT = Path(__file__).resolve().parent.parent.parent
RUN_LOCK = PROJECT / "requirements.lock"
DEVELOPMENT_LOCK = PROJECT / "requirements-dev.lock"
RASA_LOCK = PROJECT / "bots" / "rasa" / "requirements.lock"
SERVICE = Environment(PROJECT / ".venv", ("3.12", "3.13"), (RUN_LOCK, DEVELOPMENT_LOCK))
RASA = Environment(PROJECT / ".venv-rasa", ("3.10",), (RASA_LOCK,))
TOOLS = PROJECT / ".tools"
BECOMES = {"up": "config.launch", "test": "config.launch.suites"}


def main(arguments: list[str]) -> int:
    """Make what the command needs and become it; returns only when that fails."""
    screen = Screen()
    if len(arguments) != 1 or arguments[0] not in BECOMES:
        screen.say("usage: python3 -m config.bootstrap up|test")
        return 2
    command = arguments[0]
    try:
        prepare(screen, DEVELOPMENT_LOCK if command == "test" else RUN_LOCK)
    except Refusal as refusal:
        screen.refuse(refusal)
        return 1
    except KeyboardInterrupt:
        return 130
    os.chdir(str(PROJECT))
    python = str(SERVICE.python)
    os.execv(python, [python, "-m", BECOMES[command]])


def prepare(screen: Screen, lock: Path) -> None:
    """Bring both environments to their locks, one run at a time; raises Refusal."""
    TOOLS.mkdir(exist_ok=True)
    uv = Uv(TOOLS, PROJECT / "config" / "tools.lock")
    with (TOOLS / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        for environment, wanted in ((SERVICE, lock), (RASA, RASA_LOCK)):
            if not environment.is_current(wanted) and not environment.filled_from():
                screen.say(f"Making {environment.folder.name}: a minute or two, once.")
            with screen.step(f"environment {environment.folder.name}"):
                environments.make(environment, wanted, uv)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
