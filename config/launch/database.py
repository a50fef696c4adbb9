"""The database of `make up`: a cluster of our own unless DATABASE_URL names one; migrated, with the demo in it."""

import hashlib
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from config.bootstrap.screen import Screen
from config.launch import account, commands, fingerprint, ports
from config.launch.binaries import SHARED
from config.launch.fingerprint import Done
from config.launch.home import Home
from config.launch.postgres import Cluster
from config.launch.processes import Program
from config.launch.supervisor import Supervisor

SCHEMA = ("support/migrations/*.py", "support/**/migrations/*.py", "requirements.lock")
DEMO = ("support/demo/**/*.py", "support/management/commands/load_demo.py")


def start(home: Home, screen: Screen, supervisor: Supervisor, connections: int) -> Cluster:
    """Start the cluster of this home for so many connections, making it at the first start; raises Refusal."""
    cluster = Cluster(data_folder(home.folder), port(home.folder / "postgres.port"), connections=connections)
    if cluster.exists:
        cluster.prepare()
    else:
        with screen.step("make the data folder of PostgreSQL"):
            cluster.prepare()
    program = Program(
        "postgres",
        cluster.command(),
        {"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
        cluster.ready,
        account=cluster.account,
        stop=signal.SIGINT,  # "fast": ends the sessions and writes everything down
        orphaned=signal.SIGINT,
    )
    supervisor.wait_until_ready(supervisor.start(program))
    cluster.create_database()
    return cluster


def data_folder(home: Path) -> Path:
    """Return where the cluster lives: in the home, unless root keeps it where PostgreSQL's account cannot go."""
    lent = account.unprivileged()
    if lent is None or lent.can_enter(home):
        return home / "postgres"
    SHARED.mkdir(parents=True, exist_ok=True)
    SHARED.chmod(0o711)
    own = SHARED / hashlib.sha256(str(home).encode()).hexdigest()[:16]
    own.mkdir(exist_ok=True)
    own.chmod(0o711)
    return own / "postgres"


def port(file: Path) -> int:
    """Return the port of the last start if it is still free, so that other tools find the database again."""
    known = int(file.read_text(encoding="ascii")) if file.exists() else 0
    if known and ports.is_free(known):
        return known
    chosen = ports.any_free()
    file.write_text(str(chosen), encoding="ascii")
    return chosen


def prepare(home: Home, screen: Screen, project: Path, environment: Mapping[str, str], identity: str | None) -> None:
    """Migrate and load the demo; raises Refusal.

    ``identity`` names the cluster: what was done with this very one is not done again. None for a server that is not
    ours, which may have been emptied meanwhile.
    """
    manage = (sys.executable, "manage.py")
    schema = fingerprint.of(project, SCHEMA, identity or "")
    demo = fingerprint.of(project, DEMO, schema, str(home.accounts()), environment["SHOP_ORIGIN"])
    steps = (
        ("migrate", schema, (*manage, "migrate", "--no-input")),
        ("load_demo", demo, (*manage, "load_demo", "--accounts", str(home.accounts_file))),
    )
    for name, wanted, command in steps:
        done = Done(home.folder / f"{name}.done")
        if identity is not None and done.with_(wanted):
            continue
        with screen.step({"migrate": "migrate the database", "load_demo": "load the demo shop"}[name]):
            commands.run(name, command, environment, project, home.logs / f"{name}.log")
        done.note(wanted)
