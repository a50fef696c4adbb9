"""Any number of `manage.py serve` and `manage.py work` processes on one database, each to be hurt by itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

from config.launch import ports, probe, processes
from config.launch.processes import Program

ROOT = Path(__file__).resolve().parents[2]
MANAGE = (sys.executable, "manage.py")
START_S = 60
STARTER = ThreadPoolExecutor(1, "starter")
PASSED_ON = ("PATH", "HOME", "LANG", "TMPDIR")


def environment(database_url: str, public_url: str, **more: str) -> dict[str, str]:
    """Everything that a process is told; limits are out of the way unless ``more`` sets them."""
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return {
        **kept,
        "SECRET_KEY": "of the tests: it signs nothing that outlives them",
        "DATABASE_URL": database_url,
        "PUBLIC_URL": public_url,
        "PYTHONUNBUFFERED": "1",
        "SEND_LIMIT": "100000",
        "ADDRESS_LIMIT": "100000",
        "INBOX_LIMIT": "100000",
        "SESSION_LIMIT": "100000",
        **more,
    }


def begin(program: Program, output: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start a child. The kernel ties it to the thread that does so, and those of an event loop end with the loop."""
    return STARTER.submit(processes.start, program, output).result()


class Process:
    """One process that may live several times; what it writes is kept in one file."""

    def __init__(self, name: str, command: tuple[str, ...], told: Mapping[str, str], logs: Path) -> None:
        self.log, self.faults = logs / f"{name}.log", logs / f"{name}.faults"
        self.name, self.command, self.told = name, command, {**told, "FAULTS": str(self.faults)}
        self.process: subprocess.Popen[bytes] | None = None
        self.injected = ""

    @property
    def pid(self) -> int:
        """Of its present or last life."""
        assert self.process
        return self.process.pid

    @property
    def alive(self) -> bool:
        """Whether it runs, or is stopped by a signal and could go on."""
        return self.process is not None and self.process.poll() is None

    def ready(self) -> bool:
        """Whether it does its work now."""
        raise NotImplementedError

    def inject(self, faults: str) -> None:
        """What goes wrong inside it from now on, where tests/faults/hooked.py was started; nothing else reads it."""
        self.injected = faults
        self.faults.write_text(faults)

    def launch(self, **more: str) -> None:
        """Start it without waiting; ``more`` is environment of this life alone."""
        assert not self.alive, f"{self.name} runs already"
        program = Program(self.name, self.command, {**self.told, **more}, self.ready, ROOT)
        with self.log.open("ab") as output:
            self.process = begin(program, output)

    def start(self, **more: str) -> None:
        """Start it and wait until it is ready."""
        self.launch(**more)
        self.wait_ready()

    def wait_ready(self, within_s: float = START_S) -> None:
        """Wait; raises AssertionError with what it wrote when it ends or is not ready in time."""
        wait_for(lambda: self.ready() or not self.alive, within_s, lambda: f"{self.name}:\n{self.written()}")
        assert self.alive, f"{self.name} ended:\n{self.written()}"

    def send(self, number: signal.Signals) -> None:
        """Send a signal: SIGTERM drains, SIGSTOP freezes until SIGCONT."""
        os.kill(self.pid, number)

    def kill(self) -> None:
        """As `kill -9` does, and wait for its end."""
        if self.alive:
            self.send(signal.SIGKILL)
            self.ended()

    def stop(self) -> int:
        """Ask it to end by SIGTERM; the exit code."""
        self.send(signal.SIGTERM)
        return self.ended()

    def ended(self, within_s: float = 30) -> int:
        """Wait for its end; the exit code, negative for a signal. Raises AssertionError when it lives on."""
        assert self.process
        try:
            return self.process.wait(within_s)
        except subprocess.TimeoutExpired as error:
            raise AssertionError(f"{self.name} lives on with {self.injected!r}:\n{self.written()}") from error

    def written(self) -> str:
        """The end of what it wrote."""
        return self.log.read_text(errors="replace")[-4000:]


class Web(Process):
    """`manage.py serve` on a port of its own."""

    def __init__(
        self, name: str, told: Mapping[str, str], logs: Path, manage: tuple[str, ...] = MANAGE, port: int = 0
    ) -> None:
        self.port = port or ports.any_free()
        super().__init__(name, (*manage, "serve", "--port", str(self.port)), told, logs)

    @property
    def address(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self.port}"

    def ready(self) -> bool:
        """Whether it answers and has its database."""
        return probe.is_well(self.port, "/health/ready")


class Worker(Process):
    """`manage.py work`."""

    def __init__(self, name: str, told: Mapping[str, str], logs: Path, manage: tuple[str, ...] = MANAGE) -> None:
        super().__init__(name, (*manage, "work"), told, logs)
        self.before = 0

    def launch(self, **more: str) -> None:
        """Start it without waiting; remembers what earlier lives wrote."""
        self.before = self.log.stat().st_size if self.log.exists() else 0
        super().launch(**more)

    def ready(self) -> bool:
        """Whether it said in this life that it works."""
        with self.log.open("rb") as output:
            output.seek(self.before)
            return b"working," in output.read()


class Service:
    """The processes. All web processes are told the same PUBLIC_URL, the Origin of every client: a balancer's."""

    def __init__(self, database_url: str, logs: Path, manage: tuple[str, ...] = MANAGE, **more: str) -> None:
        """``more`` is environment of every process: RASA_URL, REDIS_URL, limits; ``manage`` starts in place of manage.py."""
        self.public_url = f"http://127.0.0.1:{ports.any_free()}"
        self.logs, self.manage = logs, manage
        self.told = environment(database_url, self.public_url, **more)
        self.webs: list[Web] = []
        self.workers: list[Worker] = []
        self.names: Counter[str] = Counter()
        logs.mkdir(parents=True, exist_ok=True)

    @property
    def addresses(self) -> list[str]:
        """Host and port of every web process."""
        return [web.address for web in self.webs]

    def add_web(self, **more: str) -> Web:
        """One more web process, not started yet."""
        web = Web(self._name("web"), {**self.told, **more}, self.logs, self.manage)
        self.webs.append(web)
        return web

    def add_worker(self, **more: str) -> Worker:
        """One more worker, not started yet."""
        worker = Worker(self._name("worker"), {**self.told, **more}, self.logs, self.manage)
        self.workers.append(worker)
        return worker

    def _name(self, kind: str) -> str:
        self.names[kind] += 1
        return f"{kind}{self.names[kind]}"

    def retire(self, process: Web | Worker) -> None:
        """End one that is not needed any more."""
        process.kill()
        (self.webs if isinstance(process, Web) else self.workers).remove(process)  # type: ignore[arg-type]

    def mend(self) -> None:
        """Take every injected fault out, and start what does not run."""
        for process in (*self.webs, *self.workers):
            process.inject("")
        self.start()

    def start(self) -> None:
        """Start all that do not run, at the same time, and wait until all are ready."""
        missing = [process for process in (*self.webs, *self.workers) if not process.alive]
        for process in missing:
            process.launch()
        for process in (*missing, *self.webs):  # one that lived through a database that was away may have yet to notice
            process.wait_ready()

    def kill(self) -> None:
        """End all, whatever state they are in."""
        for process in (*self.webs, *self.workers):
            process.kill()


def wait_for(condition: Callable[[], bool], within_s: float, why: Callable[[], str]) -> None:
    """Ask other processes until it holds: there is no event to wait for. Raises AssertionError with ``why()``."""
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, why()
        time.sleep(0.05)
