"""Remembers what a step was done with, so that the next start can skip it."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def of(folder: Path, patterns: Iterable[str], *facts: str) -> str:
    """Return a digest of the names and contents of the files that match, and of these facts."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in patterns for path in folder.glob(pattern) if path.is_file()}):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(folder)} {content}\n".encode())
    for fact in facts:
        digest.update(hashlib.sha256(fact.encode()).digest())
    return digest.hexdigest()


class Done:
    """A file that holds the fingerprint of the last time a step was done."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def with_(self, fingerprint: str) -> bool:
        """Whether the step was done with exactly this."""
        return self.file.exists() and self.file.read_text(encoding="ascii") == fingerprint

    def note(self, fingerprint: str) -> None:
        """Remember that it was."""
        self.file.write_text(fingerprint, encoding="ascii")
