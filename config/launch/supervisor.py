"""Starts programs, waits until they are ready, starts again those that die, and stops all in reverse order."""

import subprocess
import time
from dataclasses import dataclass

from config.bootstrap.screen import GREEN, Refusal, Screen
from config.launch import backoff, processes
from config.launch.logs import Logs
from config.launch.processes import Program


@dataclass
class Child:
    """A program with its present process."""

    program: Program
    process: subprocess.Popen[bytes]
    began: float
    failures: int = 0
    again_at: float | None = None


class Supervisor:
    """The children of this launcher, in the order in which they were started."""

    def __init__(self, screen: Screen, logs: Logs) -> None:
        self.screen, self.logs = screen, logs
        self.children: list[Child] = []

    def start(self, program: Program) -> Child:
        """Start a program; it is watched from now on."""
        self.logs.path(program.name).unlink(missing_ok=True)
        child = Child(program, self.spawn(program), time.monotonic())
        self.children.append(child)
        return child

    def spawn(self, program: Program) -> subprocess.Popen[bytes]:
        """Start a process of this program and follow what it says."""
        process = processes.start(program)
        if process.stdout is not None:
            self.logs.follow(program.name, process.stdout)
        return process

    def wait_until_ready(self, *children: Child) -> None:
        """Wait for all of them, a line for each; raises Refusal when one dies or is not ready in its time."""
        waiting = list(children)
        while waiting:
            for child in self.children:
                self.must_live(child)
            for child in [each for each in waiting if each.program.ready()]:
                waiting.remove(child)
                self.screen.done("✓", GREEN, child.program.name, child.began)
            for child in waiting:
                self.must_be_in_time(child)
            time.sleep(0.05)

    def must_live(self, child: Child) -> None:
        """Raise Refusal when the child has ended."""
        code = child.process.poll()
        if code is not None:
            name = child.program.name
            raise Refusal(f"{name} {processes.how_it_ended(code)}: {self.logs.last_words(name)}")

    def must_be_in_time(self, child: Child) -> None:
        """Raise Refusal when the child takes longer than its program may."""
        name, patience = child.program.name, child.program.patience_s
        if time.monotonic() - child.began > patience:
            raise Refusal(f"{name} was not ready after {patience:.0f} s: {self.logs.last_words(name)}")

    def watch(self) -> None:
        """Start again whatever dies, later each time, for as long as somebody reads along."""
        while not self.screen.gone:
            for child in self.children:
                self.look_after(child, time.monotonic())
            time.sleep(0.2)

    def look_after(self, child: Child, now: float) -> None:
        """Notice that the child died, or start it again when its wait is over."""
        name = child.program.name
        if child.again_at is None:
            code = child.process.poll()
            if code is None:
                return
            child.failures = backoff.failures_after(child.failures, now - child.began)
            wait = backoff.wait_s(child.failures)
            child.again_at = now + wait
            self.logs.show(name, f"{processes.how_it_ended(code)}; starting it again in {wait:.0f} s")
        elif now >= child.again_at:
            processes.stop(child.process, child.program, 0)  # what it left in its process group
            child.process, child.began, child.again_at = self.spawn(child.program), time.monotonic(), None
            self.logs.show(name, "started again")

    def stop_all(self) -> None:
        """Stop every child, the last one first."""
        while self.children:
            child = self.children[-1]
            if not processes.stop(child.process, child.program):
                self.screen.say(f"{child.program.name} did not stop in time and was killed.")
            self.children.pop()
