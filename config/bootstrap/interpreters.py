"""Finds a Python of the right version: on PATH, then under pyenv, then among those that uv fetched before."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ASK = "import sys; print('%d.%d' % sys.version_info[:2]); print(sys.executable)"


def find(versions: Sequence[str], environ: Mapping[str, str], fetched: Path) -> Path | None:
    """Return the interpreter of the first of these versions that runs, or None.

    ``versions`` such as ("3.12", "3.13"), the best first; ``fetched`` is the folder where uv puts interpreters.
    """
    for version in versions:
        for candidate in candidates(version, environ, fetched):
            real = runs(candidate, version)
            if real:
                return real
    return None


def candidates(version: str, environ: Mapping[str, str], fetched: Path) -> Iterator[Path]:
    """Yield the places where a Python of this version may be, the likeliest first."""
    folders = [Path(part) for part in environ.get("PATH", "").split(os.pathsep) if part]
    for name in (f"python{version}", "python3"):
        yield from (folder / name for folder in folders)
    for root in pyenv_roots(environ):
        yield from sorted((root / "versions").glob(f"{version}.*/bin/python"), reverse=True)
    yield from sorted(fetched.glob(f"*/bin/python{version}"), reverse=True)


def pyenv_roots(environ: Mapping[str, str]) -> list[Path]:
    """Return the folders where pyenv may keep its versions."""
    named = [Path(environ["PYENV_ROOT"])] if environ.get("PYENV_ROOT") else []
    home = [Path(environ["HOME"]) / ".pyenv"] if environ.get("HOME") else []
    on_path = [Path(part).parent for part in environ.get("PATH", "").split(os.pathsep) if Path(part).name == "shims"]
    return [*named, *home, *on_path]


def runs(candidate: Path, version: str) -> Path | None:
    """Return the real path of this interpreter if it runs and is of this version.

    A shim of pyenv is an executable that may answer "command not found", so nothing but running it tells.
    """
    if not os.access(str(candidate), os.X_OK):
        return None
    try:
        asked = subprocess.run(
            [str(candidate), "-I", "-c", ASK],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=20,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    answer = asked.stdout.decode("utf-8", "replace").split("\n")
    if asked.returncode != 0 or answer[0] != version:
        return None
    return Path(answer[1])
