"""What a consumer has yet to be told: each group once, however often it was hinted at."""

from __future__ import annotations

import asyncio

EVERYTHING = ""


class Waiting:
    """The groups about which one consumer has yet to be told, oldest first."""

    def __init__(self) -> None:
        self._groups: dict[str, None] = {}
        self._some = asyncio.Event()

    def put(self, group: str) -> None:
        """Add a hint; EVERYTHING takes the place of all others."""
        if group == EVERYTHING:
            self._groups.clear()
        self._groups[group] = None
        self._some.set()

    async def take(self) -> str:
        """Wait for a hint and remove it."""
        await self._some.wait()
        group = next(iter(self._groups))
        del self._groups[group]
        if not self._groups:
            self._some.clear()
        return group
