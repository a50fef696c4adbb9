"""A PostgreSQL for one test run: fast and forgetful. It goes when the run ends, however it ends."""

import atexit
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from config.bootstrap.screen import Refusal
from config.launch import database, ports, processes
from config.launch.postgres import Cluster
from config.launch.processes import Program

PATIENCE_S = 60


def start() -> None:
    """Set DATABASE_URL and what else the settings need; raises Refusal.

    Nothing is started when DATABASE_URL is set: it names a server of one's own, or a pytest-xdist worker inherited it
    from the controller that started the cluster.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(48))
    if os.environ.get("DATABASE_URL"):
        return
    folder = Path(tempfile.mkdtemp(prefix="baton-test-"))
    folder.chmod(0o711)
    cluster = Cluster(database.data_folder(folder), ports.any_free(), durable=False)
    atexit.register(remove, folder, cluster.data.parent)
    cluster.prepare()
    program = Program(
        "postgres", cluster.command(), {"LC_ALL": "C"}, cluster.ready, account=cluster.account,
        stop=signal.SIGINT, orphaned=signal.SIGINT,
    )  # fmt: skip
    with (folder / "postgres.log").open("wb") as log:
        process = processes.start(program, log)
    atexit.register(processes.stop, process, program)
    wait(process, program, folder / "postgres.log")
    os.environ["DATABASE_URL"] = cluster.url()


def wait(process: subprocess.Popen[bytes], program: Program, log: Path) -> None:
    """Wait until the server lets us in; raises Refusal with what it wrote when it does not."""
    deadline = time.monotonic() + PATIENCE_S
    while not program.ready():
        if process.poll() is not None or time.monotonic() > deadline:
            raise Refusal(f"PostgreSQL for the tests did not start: {log.read_text(encoding='utf-8').strip()}")
        time.sleep(0.02)


def remove(*folders: Path) -> None:
    """Remove what the run left."""
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
