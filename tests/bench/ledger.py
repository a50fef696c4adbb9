"""The ledger: every message of one measurement, when it was due, acknowledged and seen, and what went wrong with it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

Stored = tuple[str, int]  # client_id and seq, as the stack's own table has them


@dataclass(slots=True)
class Entry:
    """One message; times are of one monotonic clock, in seconds. ``due`` is when it should have been sent."""

    chat: int
    due: float
    accepted: float | None = None
    seq: int | None = None
    seen: float | None = None
    refusals: int = 0


@dataclass(frozen=True, slots=True)
class Faults:
    """What must be 0, except ``refused`` (told so, kept and sent again)."""

    lost: int
    doubled: int
    reordered: int
    unanswered: int
    refused: int


@dataclass
class Ledger:
    """Filled in by the sockets of one stack during one measurement."""

    entries: dict[str, Entry] = field(default_factory=dict)
    views: dict[int, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    changed_answers: int = 0
    open: int = 0

    def write(self, client_id: str, chat: int, due: float) -> None:
        """A message is due now or soon."""
        self.entries[client_id] = Entry(chat, due)
        self.open += 2

    def accept(self, client_id: str, seq: int, at: float) -> None:
        """The stack says that it is stored as ``seq``; another ``seq`` than the first time is a second copy."""
        entry = self.entries[client_id]
        if entry.accepted is None:
            entry.accepted, entry.seq = at, seq
            self.open -= 1
        elif entry.seq != seq:
            self.changed_answers += 1

    def refuse(self, client_id: str) -> None:
        """The stack did not take it now."""
        self.entries[client_id].refusals += 1

    def see(self, client_id: str, seq: int, at: float) -> None:
        """The other side has it on the screen; lines that are not of this measurement are passed over."""
        entry = self.entries.get(client_id)
        if entry is None:
            return
        self.views[entry.chat].append((seq, client_id))
        if entry.seen is None:
            entry.seen = at
            self.open -= 1

    @property
    def settled(self) -> bool:
        """Whether every message is acknowledged and seen."""
        return self.open == 0

    def after(self, moment: float) -> list[Entry]:
        """The messages that were due from ``moment`` on: those before only warmed up."""
        return [entry for entry in self.entries.values() if entry.due >= moment]

    def faults(self, stored: Iterable[Stored]) -> Faults:
        """Compare what was acknowledged and seen with the table."""
        rows = [row for row in stored if row[0] in self.entries]
        kept = set(rows)
        copies = Counter(client_id for client_id, _ in rows)
        accepted = {name: entry for name, entry in self.entries.items() if entry.accepted is not None}
        lost = sum((name, entry.seq) not in kept or entry.seen is None for name, entry in accepted.items())
        twice = sum(count - 1 for count in copies.values())
        twice += sum(len(view) - len({name for _, name in view}) for view in self.views.values())
        return Faults(
            lost=lost,
            doubled=twice + self.changed_answers,
            reordered=sum(behind(seq for seq, _ in view) for view in self.views.values()),
            unanswered=len(self.entries) - len(accepted),
            refused=sum(entry.refusals for entry in self.entries.values()),
        )


def behind(seqs: Iterable[int]) -> int:
    """How many arrived after a later one."""
    count = highest = 0
    for seq in seqs:
        if seq < highest:
            count += 1
        highest = max(highest, seq)
    return count


def total(all_faults: Iterable[Faults]) -> Faults:
    """The sum of several measurements."""
    each = list(all_faults)
    return Faults(*(sum(getattr(faults, name) for faults in each) for name in Faults.__slots__))
