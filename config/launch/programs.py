"""The programs of Baton: how each is started, what it is told, how it shows that it is ready."""

import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from config.launch import probe
from config.launch.options import Options
from config.launch.processes import Program


def environment(
    environ: Mapping[str, str], options: Options, secrets: Mapping[str, str], database_url: str
) -> dict[str, str]:
    """Return the environment of every program: what the person set stands, the rest is filled in."""
    service, rasa = f"http://127.0.0.1:{options.web}", f"http://127.0.0.1:{options.rasa}"
    filled = {
        **secrets,
        "DATABASE_URL": database_url,
        "RASA_URL": rasa,
        "ACTIONS_URL": f"http://127.0.0.1:{options.actions}/webhook",
        "SHOP_URL": service,
        "PUBLIC_URL": service,
        "SHOP_ORIGIN": f"http://localhost:{options.shop}",
        "PYTHONUNBUFFERED": "1",
    }
    if options.rasa_url:
        del filled["RASA_TOKEN"]  # of a bot that is not ours
    return filled | {name: value for name, value in environ.items() if value or name not in filled}


def assistant(project: Path, options: Options, environment: Mapping[str, str], model: Path) -> list[Program]:
    """Return Rasa and its action server; the first is the slowest to start."""
    rasa = (str(project / ".venv-rasa" / "bin" / "python"), "bots/rasa/run.py", "serve", "--model", str(model))
    actions = (sys.executable, "bots/rasa/actions/serve.py")
    return [
        Program(
            "rasa",
            (*rasa, "--port", str(options.rasa)),
            environment,
            lambda: probe.says(options.rasa, "/webhooks/desk/", "ready"),
            project,
        ),
        Program(
            "actions",
            (*actions, "--port", str(options.actions)),
            environment,
            lambda: probe.is_well(options.actions, "/health"),
            project,
        ),
    ]


def service(project: Path, options: Options, environment: Mapping[str, str]) -> list[Program]:
    """Return the web servers, the workers and the demo shop."""
    manage = (sys.executable, "manage.py")
    serve = (*manage, "serve", "--port", str(options.web), *(("--share",) if options.webs > 1 else ()))
    webs = [
        Program(
            name,
            (*serve, "--name", name),
            environment,
            # Its own name: a neighbour on the same port would answer for it.
            partial(probe.says, options.web, "/health/ready", "name", name),
            project,
        )
        for name in numbered("web", options.webs)
    ]
    workers = [
        Program(
            name,
            (*manage, "work"),
            environment,
            lambda: probe.says(options.web, "/health/ready", "worker"),
            project,
        )
        for name in numbered("worker", options.workers)
    ]
    shop = Program(
        "shop",
        (*manage, "shop", "--port", str(options.shop)),
        environment,
        lambda: probe.is_well(options.shop, "/", "localhost"),
        project,
    )
    return [*webs, *workers, shop]


def numbered(name: str, count: int) -> list[str]:
    """Return the names of so many processes: one alone has no number."""
    return [name] if count == 1 else [f"{name}{number}" for number in range(1, count + 1)]
