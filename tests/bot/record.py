"""Records the live Rasa's answers to the contract suite anew: python -m tests.bot.record.

Runs the suite's live half, which has to pass, and writes ``tests/bot/recordings``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.bot.recordings import Exchange, store
from tests.bot.subjects import RECORDED


class Recording:
    """Tells the suite's fixtures that there is somebody who takes down what passes."""

    def __init__(self) -> None:
        self.exchanges: list[Exchange] = []

    def pytest_configure(self, config: pytest.Config) -> None:
        """Leave the list where the fixtures look for it."""
        config.stash[RECORDED] = self.exchanges


def main() -> None:
    """Run and write."""
    recording = Recording()
    suite = str(Path(__file__).with_name("test_contract.py"))
    failed = pytest.main([suite, "-k", "live", "-q", "-n0", "-p", "no:randomly"], plugins=[recording])
    if failed:
        sys.exit("The live Rasa does not keep the contract; nothing was written.")
    written = store(recording.exchanges)
    size = sum(path.stat().st_size for path in written)
    sys.stdout.write(f"{len(recording.exchanges)} answers in {len(written)} files, {size // 1024} KiB\n")


if __name__ == "__main__":
    main()
