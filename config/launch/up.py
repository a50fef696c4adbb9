"""`make up`: everything from the database to the demo shop, in order; then watch it until somebody says stop."""

import hashlib
import time
from collections.abc import Mapping
from pathlib import Path

from config.bootstrap.screen import Refusal, Screen
from config.launch import database, ports, programs, training
from config.launch.home import Home
from config.launch.logs import Logs
from config.launch.options import Options
from config.launch.supervisor import Supervisor


def up(project: Path, environ: Mapping[str, str], screen: Screen) -> None:
    """Start Baton and run it until Stopped; raises Refusal. Whatever was started is stopped before it returns."""
    began = time.monotonic()
    options = Options.read(environ, project)
    home = Home(options.home)
    with home.held():
        check_ports(options)
        logs = Logs(home.logs, screen)
        supervisor = Supervisor(screen, logs)
        try:
            told = start(project, environ, options, home, supervisor)
            announce(screen, options, home, told, time.monotonic() - began)
            logs.shown = True
            supervisor.watch()
        finally:
            logs.shown = False
            if supervisor.children:
                screen.say("\nStopping.")
            supervisor.stop_all()


def check_ports(options: Options, shareable: bool = ports.SHAREABLE) -> None:
    """Raise Refusal when a port that we need is taken or cannot be shared; before anything is started."""
    if options.webs > 1 and not shareable:
        raise Refusal(f"WEB={options.webs} needs Linux: here one port does not serve several processes. Leave WEB out.")
    seen: dict[int, str] = {}
    for name, port in options.ports().items():
        if port in seen:
            raise Refusal(f"{seen[port]} and {name} are both {port}. Choose different ones.")
        seen[port] = name
        if not ports.is_free(port):
            other = next((near for near in range(port + 10, port + 500) if near < 65536 and ports.is_free(near)), 0)
            by = f" by {holder}" if (holder := ports.holder(port)) else ""
            raise Refusal(f"Port {port} is taken{by}. Stop that, or choose another: {name}={other} make up")


def start(
    project: Path, environ: Mapping[str, str], options: Options, home: Home, supervisor: Supervisor
) -> dict[str, str]:
    """Start everything and wait until it is ready; returns the environment that the programs were given."""
    screen, identity, url = supervisor.screen, None, options.database_url
    if not url:
        cluster = database.start(home, screen, supervisor, options.connections())
        url, identity = cluster.url(), hashlib.sha256(cluster.password.encode()).hexdigest()
    told = programs.environment(environ, options, home.secrets(), url)
    database.prepare(home, screen, project, told, identity)
    wanted = programs.service(project, options, told)
    if not options.rasa_url:
        model = training.model(project, options.models, home.logs, told, screen)
        wanted = programs.assistant(project, options, told, model) + wanted
    supervisor.wait_until_ready(*[supervisor.start(program) for program in wanted])
    return told


def announce(screen: Screen, options: Options, home: Home, told: Mapping[str, str], took_s: float) -> None:
    """Say where everything is and who may sign in."""
    service = told["PUBLIC_URL"].rstrip("/")
    places = {
        "Shop": f"{told['SHOP_ORIGIN']}/",
        "Console": f"{service}/console/",
        "Manager": f"{service}/dashboard/",
        "Admin": f"{service}/admin/",
        "API": f"{service}/api/docs/",
    }
    screen.say(f"\nBaton is ready after {took_s:.1f} s.\n")
    for name, address in places.items():
        screen.say(f"  {name:<9} {address}")
    screen.say("\nDemo accounts:\n")
    for account in home.accounts():
        screen.say(f"  {account['username']:<9} {account['password']}   {account['role']}")
    screen.say(f"\nCtrl-C stops everything. Logs are kept in {options.home / 'logs'}.\n")
