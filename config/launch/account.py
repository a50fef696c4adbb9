"""The account that PostgreSQL runs under: it refuses to run as root, so root lends it an existing one."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from config.bootstrap.screen import Refusal

EXISTING = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """An account of this machine."""

    name: str
    uid: int
    gid: int

    def can_enter(self, folder: Path) -> bool:
        """Whether the account can reach this folder: a parent that is closed to it closes all below."""
        test = ["/bin/sh", "-c", 'test -x "$1"', "sh", str(folder)]
        done = subprocess.run(test, user=self.uid, group=self.gid, extra_groups=[], cwd="/", check=False)
        return done.returncode == 0

    def give(self, path: Path) -> None:
        """Make the account the owner of this file or folder."""
        os.chown(path, self.uid, self.gid)


def unprivileged() -> Account | None:
    """Return the account to drop to, None unless we are root; raises Refusal when the machine has none."""
    if os.geteuid() != 0:
        return None
    for name in EXISTING:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise Refusal("PostgreSQL does not run as root, and there is no account `postgres` or `nobody`. Run it as a user.")
