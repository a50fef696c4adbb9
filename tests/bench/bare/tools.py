"""What the bare stacks need and the product does not: installed at first use into a folder that Git ignores."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from config.bootstrap.screen import Refusal
from config.bootstrap.tools import Uv
from config.launch import fingerprint
from config.launch.fingerprint import Done
from tests.stack.service import ROOT

HERE = Path(__file__).parent
TOOLS = ROOT / ".tools" / "bench"
UVICORN = TOOLS / "uvicorn"
SOCKETIO = TOOLS / "socketio"
PACKAGES = ("package.json", "package-lock.json", ".npmrc")
SERVER = ("server.mjs", "append.sql")


def install() -> None:
    """Bring both folders to their locks; raises Refusal when Node or the network is missing."""
    TOOLS.mkdir(parents=True, exist_ok=True)
    _once("uvicorn", ("uvicorn.lock",), _uvicorn)
    _once("socketio", PACKAGES, _socketio)
    for name in SERVER:
        shutil.copy(HERE / name, SOCKETIO / name)


def _once(name: str, locks: tuple[str, ...], make: object) -> None:
    done, wanted = Done(TOOLS / f"{name}.done"), fingerprint.of(HERE, locks)
    if not done.with_(wanted):
        shutil.rmtree(TOOLS / name, ignore_errors=True)
        make()  # type: ignore[operator]
        done.note(wanted)


def _uvicorn() -> None:
    uv = Uv(ROOT / ".tools", ROOT / "config" / "tools.lock")
    uv.run(
        *("pip", "install", "--quiet", "--python", sys.executable, "--target", str(UVICORN)),
        *("--no-deps", "--require-hashes", "-r", str(HERE / "uvicorn.lock")),
    )


def _socketio() -> None:
    if not shutil.which("npm"):
        raise Refusal("The benchmark compares with Socket.IO and needs Node 20 or newer.")
    SOCKETIO.mkdir()
    for name in PACKAGES:
        shutil.copy(HERE / name, SOCKETIO / name)
    done = subprocess.run(["npm", "ci", "--silent"], cwd=SOCKETIO, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Refusal(f"npm could not install Socket.IO: {done.stderr.strip()[-300:]}")
