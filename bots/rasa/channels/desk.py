"""The desk channel: one request is one whole turn, and nothing is kept between two.

POST /webhooks/desk/turn, ``Authorization: Bearer <token>``
    {"conversation_id", "message_id", "text", "pressed": payload | null, "memory": [item, ...],
     "heard": [{"author": "customer" | "agent", "text"}, ...]}
    -> {"replies": [{"text", "buttons": [{"title", "payload"}]}], "intent", "confidence", "ranking", "entities",
        "fallback", "failures", "slots", "active_form", "memory": item, "model"}
GET /webhooks/desk/ -> 200 or 503 {"ready", "model"}
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from channels.history import UnknownMemory, remember, replay
from channels.turn import FALLBACK, Turn
from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, UserUttered
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

DEADLINE = 3.7
"""Seconds for a turn. The caller waits four; what comes later is of no use to anybody."""
NOT_UNDERSTOOD = {"utter_rephrase"}
FIELDS = {"conversation_id": str, "message_id": str, "text": str, "memory": list, "heard": list}


class Desk(InputChannel):
    """Answers turns for those who know the token."""

    def __init__(self, token: str) -> None:
        """Demand ``token`` as a bearer token of every turn."""
        self._token = token.encode()

    @classmethod
    def name(cls) -> str:
        """Return the channel's part of the path."""
        return "desk"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the routes."""
        desk = Blueprint("desk", __name__)

        @desk.get("/")
        async def health(request: Request) -> HTTPResponse:
            agent = request.app.ctx.agent
            ready = bool(agent and agent.is_ready())
            body = {"ready": ready, "model": model_name(agent) if ready else None}
            return response.json(body, status=200 if ready else 503)

        @desk.post("/turn")
        async def turn(request: Request) -> HTTPResponse:
            given = (request.headers.get("authorization") or "").encode()
            if not hmac.compare_digest(given, b"Bearer " + self._token):
                return response.json({"error": "wrong or missing token"}, status=401)
            fault = fault_of(request.json)
            if fault:
                return response.json({"error": fault}, status=400)
            try:
                return response.json(await asyncio.wait_for(take_turn(request.app.ctx.agent, request.json), DEADLINE))
            except UnknownMemory as error:
                return response.json({"error": f"memory cannot be read: {error}"}, status=400)
            except asyncio.TimeoutError:
                return response.json({"error": f"no answer in {DEADLINE} s"}, status=504)

        return desk


def fault_of(body: Any) -> str | None:
    """Return what is wrong with the body of a turn, if anything is."""
    if not isinstance(body, dict):
        return "the body must be an object"
    for name, kind in FIELDS.items():
        if not isinstance(body.get(name), kind):
            return f"{name} must be a {kind.__name__}"
    if not all(isinstance(item, dict) and {"events", "after"} <= item.keys() for item in body["memory"]):
        return "memory must hold what earlier turns returned"
    if not all(isinstance(line, dict) and isinstance(line.get("text"), str) for line in body["heard"]):
        return "heard must hold lines with author and text"
    return None


async def take_turn(agent: Agent, body: dict[str, Any]) -> dict[str, Any]:
    """Replay the memory, take the turn, describe what came of it."""
    processor = agent.processor
    tracker = replay(body["conversation_id"], body["memory"], processor.domain)
    known = len(tracker.events)
    turn = Turn(processor, tracker)
    if body["heard"]:
        await turn.hear(body["heard"])
    pressed = body.get("pressed")
    # Only a button that the bot offers is a command; any other payload is the text of its title.
    said = await turn.say(
        body["text"], body["message_id"], pressed[1:] if pressed in set(offered(processor.domain)) else None
    )
    await turn.act()
    events = list(turn.tracker.events)[known:]
    slots = {name: str(slot.value) for name, slot in turn.tracker.slots.items() if told(name) and slot.value}
    return {
        **understood(said),
        "replies": list(replies(events)),
        "fallback": any(isinstance(event, ActionExecuted) and event.action_name in NOT_UNDERSTOOD for event in events),
        "failures": turn.failures + list(signalled(events)),
        "slots": slots,
        "active_form": turn.tracker.active_loop_name,
        "memory": remember(turn.tracker, events),
        "model": model_name(agent),
    }


def offered(domain: Domain) -> Iterator[str]:
    """Yield the payloads of the domain's buttons."""
    for variations in domain.responses.values():
        for variation in variations:
            for button in variation.get("buttons", []):
                yield button["payload"]


def told(slot: str) -> bool:
    """Say whether a slot is a fact about the customer's case and not the bot's own note."""
    return slot in {"order_number", "return_reason", "product"}


def understood(said: UserUttered) -> dict[str, Any]:
    """Return how the message was understood; below the threshold there is no intent, only a ranking."""
    ranking = [
        [one["name"], round(float(one["confidence"]), 4)]
        for one in said.parse_data.get("intent_ranking") or []
        if one["name"] != FALLBACK
    ]
    name = said.intent.get("name")
    confidence = float(said.intent.get("confidence") or 0.0)
    return {
        "intent": None if name == FALLBACK else name,
        "confidence": ranking[0][1] if name == FALLBACK and ranking else round(confidence, 4),
        "ranking": ranking,
        "entities": {entity["entity"]: str(entity["value"]) for entity in said.entities},
    }


def replies(events: list[Event]) -> Iterator[dict[str, Any]]:
    """Yield what the bot said in this turn."""
    for event in events:
        if isinstance(event, BotUttered) and event.text and "author" not in event.metadata:
            buttons = [{"title": one["title"], "payload": one["payload"]} for one in event.data.get("buttons") or []]
            yield {"text": event.text, "buttons": buttons}


def signalled(events: list[Event]) -> Iterator[str]:
    """Yield the failures that actions reported themselves, as ``custom: {"failed": name}``."""
    for event in events:
        custom = event.data.get("custom") if isinstance(event, BotUttered) else None
        if isinstance(custom, dict) and "failed" in custom:
            yield custom["failed"]


def model_name(agent: Agent) -> str:
    """Return the name of the model, the file's name without its ending."""
    return agent.processor.model_filename.removesuffix(".tar.gz")
