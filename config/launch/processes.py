"""A program that Baton runs, and one life of it as a child process."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from config.launch.account import Account

TIED = Path(__file__).with_name("tied.py")
GRACE_S = 10.0


@dataclass(frozen=True)
class Program:
    """What to run, and how to tell that it is ready.

    ``stop`` asks it to end; ``orphaned`` is what the kernel sends it when the launcher is killed.
    """

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    ready: Callable[[], bool]
    folder: Path = Path("/")
    account: Account | None = None
    stop: signal.Signals = signal.SIGTERM
    orphaned: signal.Signals = signal.SIGKILL
    patience_s: float = 180.0


def start(program: Program, output: int | IO[bytes] = subprocess.PIPE) -> subprocess.Popen[bytes]:
    """Start the program in a process group of its own, so that Ctrl-C reaches only the launcher."""
    account = f"{program.account.uid}:{program.account.gid}" if program.account else "-"
    tied = (sys.executable, "-I", "-S", str(TIED), str(os.getpid()), str(int(program.orphaned)), account)
    return subprocess.Popen(
        (*tied, *program.command),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        cwd=program.folder,
        env=dict(program.environment),
        process_group=0,
    )


def stop(process: subprocess.Popen[bytes], program: Program, grace_s: float = GRACE_S) -> bool:
    """Ask the process to end, then kill its group; True if it went by itself within ``grace_s``."""
    went = True
    if process.poll() is None:
        process.send_signal(program.stop)
        try:
            process.wait(grace_s)
        except subprocess.TimeoutExpired:
            went = False
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)  # itself, or what it left behind
    process.wait()
    return went


def how_it_ended(code: int) -> str:
    """Return a process's exit code in words."""
    if code >= 0:
        return f"ended with {code}"
    return f"was killed by {signal.Signals(-code).name}"
