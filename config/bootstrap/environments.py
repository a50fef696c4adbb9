"""The two Python environments, each filled from a lock with hashes and stamped with it, so that a second run is free."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from config.bootstrap import interpreters
from config.bootstrap.screen import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from config.bootstrap.tools import Uv

ROOM = 2_000_000_000  # bytes: both environments and what uv keeps while it fills them


@dataclass(frozen=True)
class Environment:
    """A folder with a Python of one of these versions and the packages of a lock; the best version stands first.

    ``locks``: the lock that must be satisfied, then wider ones that hold it too (development tools).
    """

    folder: Path
    versions: Sequence[str]
    locks: Sequence[Path]

    @property
    def python(self) -> Path:
        """The interpreter in it."""
        return self.folder / "bin" / "python"

    @property
    def stamp(self) -> Path:
        """The file that says which locks it was filled from."""
        return self.folder / "baton-locks.json"

    def filled_from(self) -> dict[str, str]:
        """Return the digest of each lock that it satisfies, by file name; empty when it was never finished.

        An environment that was moved or copied counts as never finished: its scripts name their old place.
        """
        try:
            stamp = json.loads(self.stamp.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        usable = os.access(str(self.python), os.X_OK) and stamp.get("folder") == str(self.folder)
        return dict(stamp["locks"]) if usable else {}

    def is_current(self, lock: Path) -> bool:
        """Whether it holds what this lock lists today."""
        return self.filled_from().get(lock.name) == digest(lock)


def make(environment: Environment, lock: Path, uv: Uv) -> None:
    """Create the environment and fill it, so that it satisfies ``lock``; does nothing when it does.

    One that already has the development tools keeps them. Raises Refusal: no interpreter, no room, no network.
    """
    if environment.is_current(lock):
        return
    before = environment.filled_from()
    widest = [wider for wider in environment.locks if wider == lock or wider.name in before][-1]
    check_room(environment.folder.parent)
    exact = bool(before)
    if not os.access(str(environment.python), os.X_OK) or moved(environment):
        python = interpreter(environment, uv)
        uv.run("venv", "--clear", "--python", str(python), str(environment.folder))
        exact = True
    fill(environment, widest, uv, exact)
    satisfied = environment.locks[: list(environment.locks).index(widest) + 1]
    stamp = {"folder": str(environment.folder), "locks": {each.name: digest(each) for each in satisfied}}
    environment.stamp.write_text(json.dumps(stamp, indent=1) + "\n", encoding="utf-8")


def fill(environment: Environment, lock: Path, uv: Uv, exact: bool) -> None:
    """Install what the lock lists; raises Refusal.

    ``exact`` removes all else: right in an environment of ours. In one that somebody made by hand, it stays.
    """
    if environment.stamp.exists():
        environment.stamp.unlink()  # not finished until it is
    way = ("sync",) if exact else ("install", "--no-deps", "--requirements")
    try:
        uv.run("pip", *way, str(lock), "--require-hashes", "--python", str(environment.python))
    except Refusal as refusal:
        raise Refusal(
            f"{environment.folder.name} does not match {lock.name} and could not be filled from it ({refusal}). "
            "Check the network, then run it again."
        ) from refusal


def moved(environment: Environment) -> bool:
    """Whether the environment was made at another place."""
    return environment.stamp.exists() and not environment.filled_from()


def interpreter(environment: Environment, uv: Uv) -> Path:
    """Return an interpreter for this environment, fetched by uv when the machine has none; raises Refusal."""
    found = interpreters.find(environment.versions, os.environ, uv.pythons)
    if found:
        return found
    wanted = environment.versions[0]
    try:
        uv.run("python", "install", wanted)
    except Refusal as refusal:
        raise Refusal(
            f"Python {' or '.join(environment.versions)} is missing: it is neither on PATH nor under pyenv, and it could "
            f"not be fetched ({refusal}). Install it (`pyenv install {wanted}`), then run it again."
        ) from refusal
    found = interpreters.find(environment.versions, os.environ, uv.pythons)
    if not found:
        raise Refusal(f"Python {wanted} was fetched but does not run on this machine. Install it and run it again.")
    return found


def check_room(folder: Path) -> None:
    """Raise Refusal when the disk has no room for an environment."""
    free = shutil.disk_usage(str(folder)).free
    if free < ROOM:
        raise Refusal(f"{folder} has {free // 10**6} MB free; the environments need {ROOM // 10**6} MB. Make room.")


def digest(lock: Path) -> str:
    """Return what a lock's content is known by."""
    return hashlib.sha256(lock.read_bytes()).hexdigest()
