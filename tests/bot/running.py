"""The bot's processes: Rasa and its action server, started on free ports and stopped again."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

PROJECT = Path(__file__).parents[2]
RASA_PYTHON = PROJECT / ".venv-rasa" / "bin" / "python"
BOT = PROJECT / "bots" / "rasa"


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


def trained(models: Path) -> Path:
    """Return the model of the present files; training is skipped when they were trained before."""
    done = subprocess.run(
        [RASA_PYTHON, BOT / "run.py", "train", "--out", models], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return Path(done.stdout.splitlines()[-1])


@contextmanager
def running(command: Sequence[str | Path], env: Mapping[str, str], health: str, log: Path) -> Iterator[int]:
    """Run a process until the block ends, from when it is healthy; its process id is the value."""
    with log.open("wb") as sink:
        process = subprocess.Popen(command, env=dict(env), stdout=sink, stderr=subprocess.STDOUT)
        try:
            wait_for(health, process, log)
            yield process.pid
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_for(health: str, process: subprocess.Popen[bytes], log: Path, seconds: float = 60.0) -> None:
    """Wait until the address answers 200; fail with the log when the process ends or the time is over."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx.get(health, timeout=1.0, trust_env=False).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.1)
    raise AssertionError(f"{health} never became healthy:\n{log.read_text(errors='replace')[-4000:]}")
