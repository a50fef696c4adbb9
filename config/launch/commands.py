"""Run one command of ours to its end, quietly."""

from collections.abc import Mapping
from pathlib import Path

from config.bootstrap.screen import Refusal
from config.launch import processes
from config.launch.processes import Program


def run(name: str, command: tuple[str, ...], environment: Mapping[str, str], folder: Path, log: Path) -> list[str]:
    """Return the lines that it wrote; raises Refusal with the last of them when it fails.

    All that it writes goes to ``log``. It ends with us, whatever ends us.
    """
    program = Program(name, command, environment, ready=lambda: True, folder=folder)
    with log.open("w+b") as output:
        process = processes.start(program, output)
        try:
            code = process.wait()
        finally:
            processes.stop(process, program)
        output.seek(0)
        lines = [line for line in output.read().decode("utf-8", "replace").splitlines() if line.strip()]
    if code != 0:
        said = lines[-1].strip() if lines else processes.how_it_ended(code)
        raise Refusal(f"{name} failed: {said} (more in {log})")
    return lines
