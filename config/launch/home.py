"""The folder of one installation: data, logs, models, secrets, demo accounts. One launcher at a time."""

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.bootstrap.screen import Refusal

ROOM = 500_000_000  # bytes free before the first start: a database cluster, a model, some logs
READABLE = "abcdefghijkmnpqrstuvwxyz23456789"  # no l, o, 0, 1: passwords are read from a screen and typed
PEOPLE = (("ana", "agent"), ("ben", "agent"), ("helen", "manager"), ("admin", "administrator"))


class Home:
    """The folder and the files in it; what is secret only its owner can read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.logs = folder / "logs"
        self.accounts_file = folder / "accounts.json"
        self.secrets_file = folder / "secrets.json"

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep other launchers out of this folder; raises Refusal when one is in, or when there is no room.

        The kernel gives the lock back when the process ends, however it ends.
        """
        first = not self.folder.exists()
        self.folder.mkdir(parents=True, exist_ok=True)
        if first:
            self.folder.chmod(0o711)  # passable: as root, PostgreSQL runs under another account
            self.check_room()
        with (self.folder / "lock").open("a+", encoding="ascii") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                lock.seek(0)
                raise Refusal(
                    f"Baton already runs from {self.folder} (process {lock.read().strip()}). Stop it with Ctrl-C in its "
                    "terminal, or choose another BATON_HOME, WEB_PORT, SHOP_PORT, RASA_PORT and ACTIONS_PORT."
                ) from error
            lock.truncate(0)
            lock.write(f"{os.getpid()}\n")
            lock.flush()
            yield

    def check_room(self) -> None:
        """Raise Refusal when the disk is nearly full."""
        free = shutil.disk_usage(self.folder).free
        if free < ROOM:
            raise Refusal(
                f"{self.folder} has {free // 10**6} MB free and needs {ROOM // 10**6} MB. Make room, or name a folder "
                "on another disk: BATON_HOME=/folder make up"
            )

    def secrets(self) -> dict[str, str]:
        """Return the secrets of this installation, made at the first start."""
        names = ("SECRET_KEY", "RASA_TOKEN", "SHOP_TOKEN")
        known = read(self.secrets_file) if self.secrets_file.exists() else {}
        if not isinstance(known, dict) or any(name not in known for name in names):
            known = {name: secrets.token_urlsafe(48) for name in names}
            write_privately(self.secrets_file, known)
        return {name: str(known[name]) for name in names}

    def accounts(self) -> list[dict[str, str]]:
        """Return the demo accounts with their passwords, made at the first start."""
        if not self.accounts_file.exists():
            people = [{"username": name, "role": role, "password": password()} for name, role in PEOPLE]
            write_privately(self.accounts_file, people)
        known = read(self.accounts_file)
        if not isinstance(known, list) or not all(isinstance(person, dict) for person in known):
            raise Refusal(f"{self.accounts_file} is not a list of accounts. Remove it to have it made again.")
        return [{name: str(person.get(name, "?")) for name in ("username", "role", "password")} for person in known]


def password() -> str:
    """Return a password of twelve letters and digits (60 bits) in three groups."""
    return "-".join("".join(secrets.choice(READABLE) for _ in range(4)) for _ in range(3))


def read(path: Path) -> object:
    """Return what a JSON file of ours holds; raises Refusal when somebody broke it."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise Refusal(f"{path} is not JSON ({error}). Mend it, or remove it to have it made again.") from error


def write_privately(path: Path, content: object) -> None:
    """Write JSON that only its owner can read, whole or not at all."""
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(content, file, indent=1)
        file.write("\n")
    draft.replace(path)
