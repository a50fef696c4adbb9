"""The agents' lists, read once for all sockets of a process that show the same inboxes."""

from __future__ import annotations

from typing import Protocol

from support.consumers.settling import Settling
from support.consumers.threads import db
from support.faces import lists
from support.protocol.agent import Lists


class Reader(Protocol):
    """A socket that shows lists."""

    agent_id: int

    async def tell_lists(self, new: Lists) -> None:
        """Show these lists."""


class Board:
    """The lists of a set of inboxes: however many agents look, a change costs one reading."""

    def __init__(self, inboxes: frozenset[int]) -> None:
        self.inboxes = inboxes
        self.readers: set[Reader] = set()
        self.settling = Settling(self._read)

    async def show(self, reader: Reader) -> None:
        """Tell one reader now."""
        found = await db(lists.read, self.inboxes, {reader.agent_id})
        await reader.tell_lists(found[reader.agent_id])

    async def _read(self) -> None:
        readers = tuple(self.readers)
        found = await db(lists.read, self.inboxes, {reader.agent_id for reader in readers})
        for reader in readers:
            if reader in self.readers:  # not gone meanwhile
                await reader.tell_lists(found[reader.agent_id])


class Boards:
    """One board for each set of inboxes that somebody looks at."""

    def __init__(self) -> None:
        self.boards: dict[frozenset[int], Board] = {}

    def join(self, reader: Reader, inboxes: frozenset[int]) -> Board:
        """The board of these inboxes, with one reader more."""
        board = self.boards.setdefault(inboxes, Board(inboxes))
        board.readers.add(reader)
        return board

    def leave(self, reader: Reader, board: Board) -> None:
        """One reader less; a board without any goes."""
        board.readers.discard(reader)
        if not board.readers:
            board.settling.cancel()
            self.boards.pop(board.inboxes, None)


BOARDS = Boards()
