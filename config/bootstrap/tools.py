"""uv, in an environment of its own: it fetches interpreters and fills the environments from their locks."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from config.bootstrap.screen import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence


class Uv:
    """uv of this project's lock, under ``folder``; installed when it is first needed."""

    def __init__(self, folder: Path, lock: Path) -> None:
        self.folder, self.lock = folder, lock
        self.pythons = folder / "python"
        self.program = folder / "uv" / "bin" / "uv"

    def run(self, *arguments: str) -> None:
        """Run uv; raises Refusal with the last thing it said."""
        self.install()
        environ = dict(os.environ, UV_PYTHON_INSTALL_DIR=str(self.pythons), UV_NO_CONFIG="1", UV_NO_PROGRESS="1")
        quietly([str(self.program), *arguments], environ)

    def install(self) -> None:
        """Make uv's environment unless it is there and of this lock."""
        stamp = self.folder / "uv" / "lock"
        wanted = self.lock.read_bytes()
        if stamp.exists() and stamp.read_bytes() == wanted:
            return
        python = self.folder / "uv" / "bin" / "python"
        try:
            quietly([sys.executable, "-m", "venv", "--clear", str(self.folder / "uv")])
        except Refusal as refusal:
            raise Refusal(
                f"{sys.executable} cannot make an environment ({refusal}). On Debian: apt-get install python3-venv."
            ) from refusal
        try:
            quietly([str(python), "-m", "pip", "install", "-q", "--require-hashes", "-r", str(self.lock)])
        except Refusal as refusal:
            raise Refusal(
                f"pip could not install uv from {self.lock.name} ({refusal}). Is there a network?"
            ) from refusal
        stamp.write_bytes(wanted)


def quietly(command: Sequence[str], environ: dict[str, str] | None = None) -> None:
    """Run a command without showing its output; raises Refusal with the last line it wrote when it fails."""
    done = subprocess.run(
        list(command),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environ,
        check=False,
    )
    if done.returncode != 0:
        lines = done.stdout.decode("utf-8", "replace").strip().split("\n")
        raise Refusal(lines[-1].strip() or f"{Path(command[0]).name} ended with {done.returncode}")
