"""What the programs say: each line into a file of its own, and to the terminal with a coloured name in front."""

import threading
from collections import deque
from pathlib import Path
from typing import IO

from config.bootstrap.screen import Screen

COLOURS = ("36", "33", "35", "34", "32", "95", "96", "94")
LARGEST = 10_000_000  # bytes; then the file becomes `<name>.log.1` and a new one begins


class Logs:
    """Follows the output of programs; silent on the terminal until ``shown`` is set."""

    def __init__(self, folder: Path, screen: Screen) -> None:
        self.folder, self.screen = folder, screen
        self.shown = False
        self.lock = threading.Lock()
        self.colours: dict[str, str] = {}
        self.latest: dict[str, deque[str]] = {}
        self.threads: list[threading.Thread] = []
        folder.mkdir(parents=True, exist_ok=True)

    def follow(self, name: str, output: IO[bytes]) -> None:
        """Read this output to its end in the background."""
        self.colours.setdefault(name, COLOURS[len(self.colours) % len(COLOURS)])
        self.latest[name] = deque(maxlen=20)
        thread = threading.Thread(target=self.read, args=(name, output), name=f"log of {name}", daemon=True)
        self.threads.append(thread)
        thread.start()

    def read(self, name: str, output: IO[bytes]) -> None:
        """Write every line of the output down."""
        with output:
            for raw in output:
                line = raw.decode("utf-8", "replace").rstrip()
                self.latest[name].append(line)
                try:
                    self.keep(self.path(name), line)
                except OSError as error:  # a full disk must not stop the reading: the program would hang on its pipe
                    line = f"{line} [not in its log: {error.strerror}]"
                if self.shown:
                    self.show(name, line)

    def keep(self, path: Path, line: str) -> None:
        """Append the line to the file."""
        if path.exists() and path.stat().st_size > LARGEST:
            path.replace(path.with_suffix(".log.1"))
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")

    def show(self, name: str, line: str) -> None:
        """Write one line to the terminal, whole: several programs speak at once."""
        with self.lock:
            self.screen.say(f"{self.screen.paint(f'{name:<9}|', self.colours.get(name, '1'))} {line}")

    def last_words(self, name: str) -> str:
        """Return the last line that a program wrote, and where the rest is."""
        for thread in self.threads:
            if thread.name == f"log of {name}":
                thread.join(1)
        lines = [line for line in self.latest.get(name, ()) if line.strip()]
        return f"{lines[-1].strip() if lines else 'it said nothing'} (more in {self.path(name)})"

    def path(self, name: str) -> Path:
        """Return the file of a program's lines."""
        return self.folder / f"{name}.log"
