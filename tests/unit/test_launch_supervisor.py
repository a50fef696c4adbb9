"""Starting, watching and stopping, with real processes."""

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config.bootstrap.screen import Refusal, Screen
from config.launch import processes
from config.launch.logs import Logs
from config.launch.processes import Program
from config.launch.supervisor import Supervisor


def sh(name: str, script: str, ready: Callable[[], bool] = lambda: True, patience_s: float = 5) -> Program:
    """Return a program that is a line of shell."""
    environment = {"PATH": os.defpath}
    return Program(name, ("/bin/sh", "-c", script), environment, ready, patience_s=patience_s)


@pytest.fixture
def screen() -> Screen:
    """A screen that remembers."""
    return Screen(io.StringIO())


@pytest.fixture
def supervisor(tmp_path: Path, screen: Screen) -> Iterator[Supervisor]:
    """A supervisor whose children are gone afterwards."""
    made = Supervisor(screen, Logs(tmp_path, screen))
    yield made
    made.stop_all()
    for thread in made.logs.threads:
        thread.join(5)


def shown(supervisor: Supervisor) -> str:
    """Return what stands on the screen."""
    stream = supervisor.screen.stream
    assert isinstance(stream, io.StringIO)
    return stream.getvalue()


def test_a_program_that_dies_at_the_start_is_refused_with_its_last_words(supervisor: Supervisor) -> None:
    child = supervisor.start(sh("web", "echo the disk is gone; exit 3", ready=lambda: False))
    with pytest.raises(Refusal, match=r"^web ended with 3: the disk is gone \(more in .*web\.log\)$"):
        supervisor.wait_until_ready(child)


def test_a_program_that_is_never_ready_is_refused(supervisor: Supervisor) -> None:
    child = supervisor.start(sh("rasa", "exec sleep 60", ready=lambda: False, patience_s=0.2))
    with pytest.raises(Refusal, match=r"^rasa was not ready after 0 s: it said nothing"):
        supervisor.wait_until_ready(child)


def test_one_that_is_ready_gets_a_line_with_its_time(supervisor: Supervisor) -> None:
    supervisor.wait_until_ready(supervisor.start(sh("worker", "exec sleep 60")))
    assert shown(supervisor).startswith("✓ worker ")
    assert shown(supervisor).endswith(" s\n")


def test_one_that_dies_is_started_again_after_its_wait_and_said_so(supervisor: Supervisor) -> None:
    child = supervisor.start(sh("worker", "exec sleep 60"))
    first = child.process
    first.kill()
    first.wait(5)
    now = time.monotonic()
    supervisor.look_after(child, now)
    supervisor.look_after(child, now + 0.9)
    assert child.process is first
    supervisor.look_after(child, now + 1.1)
    assert child.process.pid != first.pid
    assert child.process.poll() is None
    assert "was killed by SIGKILL; starting it again in 1 s" in shown(supervisor)
    assert "started again" in shown(supervisor)


def test_the_last_one_started_is_the_first_one_stopped(supervisor: Supervisor, tmp_path: Path) -> None:
    order, up = tmp_path / "order", tmp_path / "up"
    for name in ("postgres", "web", "shop"):
        script = f"trap 'echo {name} >> {order}; exit 0' TERM; echo {name} >> {up}; while :; do sleep 0.01; done"
        supervisor.start(sh(name, script))
    while not up.exists() or len(up.read_text(encoding="utf-8").split()) < 3:
        time.sleep(0.01)
    supervisor.stop_all()
    assert order.read_text(encoding="utf-8").split() == ["shop", "web", "postgres"]
    assert "killed" not in shown(supervisor)


def test_one_that_does_not_go_is_killed_with_all_that_it_started(tmp_path: Path) -> None:
    script = f"trap '' TERM; sleep 60 & echo $! > {tmp_path / 'pid'}; echo ready; while :; do sleep 1; done"
    program = sh("deaf", script)
    process = processes.start(program)
    assert process.stdout is not None
    with process.stdout as output:
        output.readline()
        assert not processes.stop(process, program, grace_s=0.1)
    assert gone(int((tmp_path / "pid").read_text(encoding="utf-8")))


def test_lines_reach_the_terminal_with_a_name_in_front_once_they_are_shown(supervisor: Supervisor) -> None:
    supervisor.logs.shown = True
    supervisor.start(sh("web", "echo hello; echo there >&2"))
    for thread in supervisor.logs.threads:
        thread.join(5)
    assert shown(supervisor) == "web      | hello\nweb      | there\n"


def test_nothing_outlives_a_launcher_that_is_killed(tmp_path: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("only Linux tells a process that its starter died")
    launcher = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from config.launch import processes\n"
        "program = processes.Program('x', ('/bin/sleep', '60'), {}, lambda: True)\n"
        "print(processes.start(program, 1).pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    command = [sys.executable, "-c", launcher]
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        pid = int(process.stdout.readline())
        os.kill(pid, 0)
        process.send_signal(signal.SIGKILL)
        process.wait(5)
        assert gone(pid)


def gone(pid: int) -> bool:
    """Whether the process ends within five seconds; one that nobody has collected yet counts as ended."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        stat = Path(f"/proc/{pid}/stat")
        if stat.exists() and stat.read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] == "Z":
            return True
        time.sleep(0.02)
    return False
