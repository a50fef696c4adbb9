"""The agent's three lists: mine, the queue, and what the bot holds, by risk."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count, Q, Sum

from support import presence
from support.faces.rows import MOST, board
from support.models import Agent, Availability, Conversation, Holder
from support.protocol.agent import Lists
from support.protocol.parts import Me, Row


def me(agent_id: int) -> Me:
    """The agent who is signed in, with the load of now."""
    return _agents({agent_id})[agent_id]


def read(inbox_ids: Collection[int], agent_ids: Collection[int]) -> dict[int, Lists]:
    """The three lists of these inboxes as each of these agents sees them, at most 300 rows each. Four queries for all."""
    mine: dict[int | None, list[Row]] = {agent_id: [] for agent_id in agent_ids}
    shared: dict[str, list[Row]] = {"queue": [], "watch": []}
    for part, agent_id, row in board(inbox_ids, agent_ids):
        (mine[agent_id] if part == "mine" else shared[part]).append(row)
    queue, watch, available = tuple(shared["queue"]), tuple(shared["watch"]), _available(inbox_ids)
    return {
        agent_id: Lists(me=agent, mine=_by_wait(mine[agent_id]), queue=queue, watch=watch, available=available)
        for agent_id, agent in _agents(agent_ids).items()
    }


def pulses(inbox_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """For each inbox two numbers that change whenever one of its open conversations grows, comes or goes; one query."""
    open_ones = Conversation.objects.filter(inbox__in=inbox_ids).exclude(holder=Holder.NOBODY).order_by()
    counted = open_ones.values("inbox").annotate(lines=Sum("last_seq"), open=Count("pk"))
    return {row["inbox"]: (row["lines"], row["open"]) for row in counted}


def _by_wait(rows: list[Row]) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda row: (row.waiting_since or "~", row.last_at))[:MOST])


def _available(inbox_ids: Collection[int]) -> int:
    agents = Agent.objects.filter(
        inboxes__in=inbox_ids, availability=Availability.AVAILABLE, pk__in=presence.agents_present()
    )
    return agents.distinct().count()


def _agents(agent_ids: Collection[int]) -> dict[int, Me]:
    load = Count("assignments", filter=Q(assignments__ended_at=None))
    return {
        agent.pk: Me(
            id=agent.pk,
            name=agent.name,
            role=agent.role,  # type: ignore[arg-type]
            availability=agent.availability,  # type: ignore[arg-type]
            capacity=agent.capacity,
            load=vars(agent)["load"],
        )
        for agent in Agent.objects.filter(pk__in=agent_ids).annotate(load=load)
    }
