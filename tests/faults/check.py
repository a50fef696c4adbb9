"""The offline check: what was acknowledged and seen, held against the rows that are in the database at the end."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from tests.faults.history import Event

ANSWER = "Answer to "  # how the bot of tests/stack begins


@dataclass(frozen=True, slots=True)
class Row:
    """A line as the database holds it."""

    conversation: str
    seq: int
    author: str
    client_id: str
    body: str


class Finding(str):
    """A sentence that says what is wrong; ``at`` is the moment of the send or of the sighting, 0 where there is none."""

    at: float

    def __new__(cls, at: float, text: str) -> Self:
        made = super().__new__(cls, text)
        made.at = at
        return made


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong, a sentence for each case; nothing when all four are empty."""

    lost: list[Finding] = field(default_factory=list)
    doubled: list[Finding] = field(default_factory=list)
    reordered: list[Finding] = field(default_factory=list)
    early: list[Finding] = field(default_factory=list)

    @property
    def faults(self) -> list[Finding]:
        """All of them."""
        return [*self.lost, *self.doubled, *self.reordered, *self.early]


Send = tuple[str, str, str]  # conversation, author, client_id


class Run:
    """One run: the events of everybody, the rows at the end, and each conversation's ``last_seq``."""

    def __init__(self, events: Iterable[Event], rows: Iterable[Row], ends: dict[str, int]) -> None:
        self.events, self.ends = sorted(events, key=lambda event: event.at), ends
        self.log: dict[str, list[Row]] = defaultdict(list)
        for row in sorted(rows, key=lambda row: (row.conversation, row.seq)):
            self.log[row.conversation].append(row)
        self.rows = {(row.conversation, row.seq): row for found in self.log.values() for row in found}
        self.sent: dict[Send, Event] = {}
        for event in self.of("sent"):
            self.sent.setdefault(send(event), event)

    def __add__(self, other: Run) -> Run:
        """Both, one after the other, of different conversations."""
        return Run([*self.events, *other.events], [*self.rows.values(), *other.rows.values()], self.ends | other.ends)

    def of(self, kind: str) -> list[Event]:
        """The events of one kind, in the order of time."""
        return [event for event in self.events if event.kind == kind]

    def sent_at(self, row: Row) -> float:
        """When a line was first sent; 0 for lines of the bot and the system."""
        event = self.sent.get((row.conversation, row.author, row.client_id))
        return event.at if event else 0

    def viewers(self) -> set[tuple[str, str]]:
        """Tab and conversation of those who caught up and stayed: they must have seen everything."""
        found: set[tuple[str, str]] = set()
        for event in self.events:
            if event.kind == "settled":
                found.add((event.who, event.conversation))
            elif event.kind == "left":
                found.discard((event.who, event.conversation))
        return found

    def views(self) -> dict[tuple[str, str], list[Event]]:
        """What each tab shows at its end, by tab and conversation; a resync empties it."""
        views: dict[tuple[str, str], list[Event]] = defaultdict(list)
        for event in self.events:
            if event.kind == "resync":
                views[event.who, event.conversation].clear()
            elif event.kind == "seen":
                views[event.who, event.conversation].append(event)
        return views


def send(event: Event) -> Send:
    """The name of the send that an event is about."""
    return event.conversation, event.values["author"], event.values["client_id"]


def check(run: Run) -> Verdict:
    """Look for all four. Raises ValueError when something was acknowledged where no tab says that it has caught up."""
    watched = {conversation for _, conversation in run.viewers()}
    unwatched = {event.conversation for event in run.of("accepted")} - watched
    if unwatched:
        raise ValueError(f"nobody looked at the end of {', '.join(sorted(unwatched))}")
    return Verdict(
        lost=[*_not_stored(run), *_not_seen(run)],
        doubled=[*_stored_twice(run), *_seen_twice(run)],
        reordered=[*_not_dense(run), *_out_of_order(run), *_overtaken(run)],
        early=[*_not_in_the_log(run), *_unproven(run)],
    )


def _not_stored(run: Run) -> Iterable[Finding]:
    for event in run.of("accepted"):
        conversation, author, client_id = send(event)
        body = run.sent[send(event)].values["body"]
        wanted = Row(conversation, event.values["seq"], author, client_id, body)
        if run.rows.get((conversation, wanted.seq)) != wanted:
            yield Finding(event.at, f"acknowledged and not stored so: {wanted}")


def _not_seen(run: Run) -> Iterable[Finding]:
    seen = {(event.who, event.conversation, event.values["seq"]) for event in run.of("seen")}
    for who, conversation in sorted(run.viewers()):
        for row in run.log[conversation]:
            if (who, conversation, row.seq) not in seen:
                yield Finding(run.sent_at(row), f"not seen by {who}: {row}")


def _stored_twice(run: Run) -> Iterable[Finding]:
    rows = [row for found in run.log.values() for row in found]
    names = Counter((row.conversation, row.author, row.client_id) for row in rows)
    allowed = _allowed(run)
    told: Counter[tuple[str, str, str]] = Counter()
    for row in rows:
        name, text = (row.conversation, row.author, row.client_id), (row.conversation, row.author, row.body)
        told[text] += 1
        if names[name] > 1:
            yield Finding(run.sent_at(row), f"stored {names[name]} times: {row}")
        if _is_spoken(row.author, row.body) and told[text] > allowed[text]:
            yield Finding(run.sent_at(row), f"stored {told[text]} times as different lines: {row}")


def _seen_twice(run: Run) -> Iterable[Finding]:
    allowed = _allowed(run)
    for (who, conversation), view in run.views().items():
        told: Counter[tuple[str, str]] = Counter()
        for event in view:
            author, body = event.values["author"], event.values["body"]
            told[author, body] += 1
            if _is_spoken(author, body) and told[author, body] > allowed[conversation, author, body]:
                yield Finding(event.at, f"seen {told[author, body]} times by {who}: {author} {body}")


def _allowed(run: Run) -> Counter[tuple[str, str, str]]:
    """How often a text may be there: once for each send of it, and once as the bot's answer to it."""
    allowed: Counter[tuple[str, str, str]] = Counter()
    for (conversation, author, _), event in run.sent.items():
        body = event.values["body"]
        allowed[conversation, author, body] += 1
        if author == "customer":
            allowed[conversation, "bot", ANSWER + body] += 1
    return allowed


def _is_spoken(author: str, body: str) -> bool:
    """Whether a text is somebody's own; greetings, offers and what the system says may come again."""
    return author in ("customer", "agent") or (author == "bot" and body.startswith(ANSWER))


def _not_dense(run: Run) -> Iterable[Finding]:
    for conversation, last in run.ends.items():
        found = [row.seq for row in run.log[conversation]]
        if found != list(range(1, last + 1)):
            yield Finding(0, f"seq is not 1 to {last} in {conversation}: {found}")


def _out_of_order(run: Run) -> Iterable[Finding]:
    for (who, conversation), view in run.views().items():
        order = [event.values["seq"] for event in view]
        if order != list(range(1, len(order) + 1)):
            yield Finding(view[-1].at, f"{who} shows {conversation} as {order}")


def _overtaken(run: Run) -> Iterable[Finding]:
    """Of one author: sent after the acknowledgement of another, and stored before it."""
    acknowledged: dict[tuple[str, str], int] = defaultdict(int)
    places = {(row.conversation, row.author, row.client_id): row.seq for row in run.rows.values()}
    for event in run.events:
        if event.kind not in ("sent", "accepted"):
            continue
        name = send(event)
        if event.kind == "accepted":
            acknowledged[name[:2]] = max(acknowledged[name[:2]], event.values["seq"])
        elif run.sent[name] is event and places.get(name, 2**31) < acknowledged[name[:2]]:
            later = acknowledged[name[:2]]
            yield Finding(event.at, f"stored as {places[name]}, before {later} that was acknowledged earlier: {name}")


def _not_in_the_log(run: Run) -> Iterable[Finding]:
    for event in run.of("seen"):
        row = run.rows.get((event.conversation, event.values["seq"]))
        if row is None or (row.author, row.body) != (event.values["author"], event.values["body"]):
            yield Finding(event.at, f"{event.who} saw what the log does not have: {event.values}")


def _unproven(run: Run) -> Iterable[Finding]:
    for event in run.of("unproven"):
        yield Finding(event.at, f"{event.who} was told before the commit: {event.values}")
