"""`make test`: every check and test, one after the other, each with its time; what failed stands at the end."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from config.bootstrap.screen import GREEN, RED, Screen
from config.launch import chromium, fingerprint
from config.launch.fingerprint import Done

PROJECT = Path(__file__).resolve().parent.parent.parent
FRONTEND = PROJECT / "frontend"
TYPES = {"SECRET_KEY": "types only", "DATABASE_URL": "postgres://nobody@127.0.0.1/none"}  # mypy reads the settings


@dataclass(frozen=True)
class Suite:
    """A command that passes or fails."""

    name: str
    command: tuple[str, ...]
    folder: Path = PROJECT


def main() -> int:
    """Run them all; 0 when all passed. Pytest is the last, so that its summary is the last thing to read."""
    screen = Screen()
    browser = chromium.is_there(screen)
    failed = [suite.name for suite in suites(screen, browser) if not passes(suite, screen)]
    if failed:
        screen.say(f"\n{screen.paint('Failed:', RED)} {', '.join(failed)}")
    return 1 if failed else 0


def suites(screen: Screen, browser: bool) -> Iterator[Suite]:
    """Yield what to run, the quickest first."""
    module = (sys.executable, "-m")
    yield Suite("lint", (*module, "ruff", "check", "."))
    yield Suite("format", (*module, "ruff", "format", "--check", "."))
    yield Suite("types", (*module, "mypy"))
    yield Suite("import contracts", (str(Path(sys.executable).with_name("lint-imports")),))
    yield Suite("dependencies", (*module, "deptry", "."))
    yield from frontend(screen)
    yield Suite("tests", (*module, "pytest", *(() if browser else ("-m", "not journey"))))


def frontend(screen: Screen) -> Iterator[Suite]:
    """Yield the front end's own checks, if there is a Node to run them with."""
    if not shutil.which("npm"):
        screen.say("\nThere is no Node: the front end's own tests are left out (its built files are committed).")
        return
    installed = Done(FRONTEND / "node_modules" / "baton-lock")
    lock = fingerprint.of(FRONTEND, ("package-lock.json",))
    if not installed.with_(lock):
        yield Suite("front end: packages", ("npm", "ci", "--no-audit", "--no-fund"), FRONTEND)
        if not (FRONTEND / "node_modules" / ".package-lock.json").exists():
            return  # npm writes it when all else is in place; nothing else can pass without
        installed.note(lock)
    yield Suite("front end: types and lint", ("npm", "run", "--silent", "check"), FRONTEND)
    yield Suite("front end: tests", ("npm", "--silent", "test"), FRONTEND)
    yield Suite("front end: dist is fresh", ("npm", "run", "--silent", "fresh"), FRONTEND)


def passes(suite: Suite, screen: Screen) -> bool:
    """Run it under a heading; whether it passed."""
    screen.say(f"\n{screen.paint(f'== {suite.name}', '1')}")
    began = time.monotonic()
    environment = {**os.environ, **(TYPES if suite.name == "types" else {})}
    try:
        code = subprocess.run(suite.command, cwd=suite.folder, env=environment, check=False).returncode
    except OSError as error:
        screen.say(f"{suite.command[0]}: {error.strerror}")
        code = 1
    if suite.name != "tests" or code != 0:
        screen.done("✗" if code else "✓", RED if code else GREEN, suite.name, began)
    return code == 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
