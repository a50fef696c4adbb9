"""A PostgreSQL that still runs on our data folder although nobody watches it: end it before another starts."""

import os
import signal
import time
from pathlib import Path

from config.bootstrap.screen import Refusal

PATIENCE_S = 15


def end(data: Path) -> None:
    """End a server that runs on this folder and wait for it; raises Refusal if it does not go.

    The caller holds the lock of the home, so no other launcher owns that server. After a kill -9 of the launcher it
    is usually shutting down already.
    """
    pid = server_of(data)
    if pid is None:
        return
    os.kill(pid, signal.SIGINT)
    deadline = time.monotonic() + PATIENCE_S
    while server_of(data) == pid:
        if time.monotonic() > deadline:
            raise Refusal(
                f"A PostgreSQL (process {pid}) still runs on {data} and does not stop. End it: kill -QUIT {pid}"
            )
        time.sleep(0.05)


def server_of(data: Path) -> int | None:
    """Return the process id of the server that runs on this folder, None if there is none.

    The number in its pid file may by now belong to another process: a server's working directory is its data folder.
    """
    try:
        pid = int((data / "postmaster.pid").read_text(encoding="ascii").split("\n", 1)[0])
        os.kill(pid, 0)
    except (FileNotFoundError, ValueError, ProcessLookupError):
        return None
    except PermissionError:
        return None  # another account's process: not a server that we started
    if not Path("/proc/self").exists():
        return pid
    try:
        return pid if (Path("/proc") / str(pid) / "cwd").resolve() == data.resolve() else None
    except OSError:
        return None
