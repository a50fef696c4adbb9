"""One stack for all: two web processes and two workers, started once and again where a fault needs it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.faults.scene import Scene, Stack
from tests.faults.started import started


def pytest_configure(config: pytest.Config) -> None:
    """The marker is known where the tests are."""
    config.addinivalue_line("markers", "faults: hurts real processes while both sides talk")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker runs them all, so that the stack starts once."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.faults)
            item.add_marker(pytest.mark.xdist_group("faults"))
            item.add_marker(pytest.mark.timeout(300))


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Everything, with hooks inside that do nothing until they are told to."""
    with started(tmp_path_factory.mktemp("faults")) as stack:
        yield stack


@pytest.fixture
def stack(running: Stack) -> Stack:
    """All up and nothing wrong, whatever the test before did; no process dies of anything but what a test did to it."""
    running.database.mend()
    running.service.mend()
    return running


@pytest_asyncio.fixture
async def scene(stack: Stack) -> AsyncIterator[Scene]:
    """The talks of one test."""
    async with Scene(stack) as opened:
        yield opened
