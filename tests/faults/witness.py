"""A history that is checked while it is made: whatever is shown or acknowledged must be committed at that moment."""

from __future__ import annotations

from typing import Any

import psycopg

from tests.faults.history import History
from tests.stack.database import Database

LINE = "SELECT author, body, client_id FROM support_message WHERE conversation_id = %s AND seq = %s"


class Witness(History):
    """Looks each line up on a connection of its own, before the event is anything but noted.

    While the database is away nothing can be looked up, and nothing can be committed either: those lines are looked up
    by ``catch_up``.
    """

    def __init__(self, database: Database, name: str) -> None:
        super().__init__()
        self.database, self.name = database, name
        self.connection: psycopg.Connection | None = None
        self.late: list[tuple[str, str, dict[str, Any]]] = []
        self.looked_up = 0

    def note(self, kind: str, who: str, conversation: str, **values: Any) -> None:
        """Take it down, and look it up if it is a line."""
        super().note(kind, who, conversation, **values)
        if kind in ("seen", "accepted"):
            try:
                self._prove(who, conversation, values)
            except psycopg.OperationalError:
                self.late.append((who, conversation, values))

    def catch_up(self) -> None:
        """Look up what could not be looked up at its moment."""
        late, self.late = self.late, []
        for who, conversation, values in late:
            self._prove(who, conversation, values)

    def close(self) -> None:
        """Hang up."""
        if self.connection:
            self.connection.close()

    def _prove(self, who: str, conversation: str, values: dict[str, Any]) -> None:
        found = self._line(conversation, values["seq"])
        self.looked_up += 1
        if not found or found[0] != values["author"] or values.get("body", found[1]) != found[1]:
            super().note("unproven", who, conversation, **values)

    def _line(self, conversation: str, seq: int) -> tuple[Any, ...] | None:
        for _ in range(2):  # the connection may have been ended since the last time
            if self.connection is None:
                self.connection = self.database.connect(self.name)
            try:
                return self.connection.execute(LINE, [conversation, seq]).fetchone()
            except psycopg.OperationalError:
                self.close()
                self.connection = None
        raise psycopg.OperationalError("the database is away")
