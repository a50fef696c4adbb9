"""A conversation as the caller keeps it, and as Rasa wants it.

The caller keeps one item per turn, ``{"events": [...], "after": {"slots": {...}, "active_loop": name | null}}``, and
sends the latest back. Nothing of a conversation stays in this process.
"""

from __future__ import annotations

from typing import Any

from rasa.shared.core.constants import REQUESTED_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Event,
    SlotSet,
    UserUttered,
    deserialise_events,
)
from rasa.shared.core.trackers import DialogueStateTracker

WINDOW = 40
"""Events replayed at most; a turn costs 10 ms with forty and grows without a bound."""


class UnknownMemory(Exception):
    """A memory that this channel did not write."""


def replay(conversation_id: str, memory: list[dict[str, Any]], domain: Domain) -> DialogueStateTracker:
    """Return the tracker as it stood after the last remembered turn. Raises ``UnknownMemory``.

    A form that the present model does not have any more is closed: to go on with it would fail at every turn.
    """
    try:
        events = recalled(memory)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UnknownMemory(f"{type(error).__name__} {error}") from error
    tracker = DialogueStateTracker.from_events(conversation_id, events, domain.slots, domain=domain)
    if tracker.active_loop_name and tracker.active_loop_name not in domain.form_names:
        tracker.update_with_events([ActiveLoop(None), SlotSet(REQUESTED_SLOT, None)], domain)
    return tracker


def recalled(memory: list[dict[str, Any]]) -> list[Event]:
    """Return the events to replay.

    The window begins at the start of a turn; the slots and the open form from before it are put in front.
    """
    first, size = len(memory), 0
    while first > 0 and size + len(memory[first - 1]["events"]) <= WINDOW:
        first -= 1
        size += len(memory[first]["events"])
    before = memory[first - 1]["after"] if first > 0 else {"slots": {}, "active_loop": None}
    events: list[Event] = [SlotSet(name, value) for name, value in before["slots"].items()]
    if before["active_loop"]:
        events.append(ActiveLoop(before["active_loop"]))
    events.append(ActionExecuted("action_listen"))
    for item in memory[first:]:
        events.extend(deserialise_events(item["events"]))
    return events


def remember(tracker: DialogueStateTracker, events: list[Event]) -> dict[str, Any]:
    """Return the item that the caller keeps for the turn that consisted of these events."""
    slots = {name: slot.value for name, slot in tracker.slots.items() if slot.value is not None}
    return {
        "events": [brief(event) for event in events],
        "after": {"slots": slots, "active_loop": tracker.active_loop_name},
    }


def brief(event: Event) -> dict[str, Any]:
    """Return the event without what is not needed to go on with the conversation."""
    whole = event.as_dict()
    kept = {"event", "name", "value", "text", "policy", "confidence", "timestamp", "use_text_for_featurization"}
    short = {key: value for key, value in whole.items() if key in kept and value is not None}
    if isinstance(event, UserUttered):
        short["parse_data"] = {"intent": event.intent, "entities": event.entities, "text": event.text}
    if isinstance(event, BotUttered):
        short["metadata"] = {key: value for key, value in event.metadata.items() if key == "author"}
    if event.type_name == "active_loop":
        short["name"] = whole["name"]
    return short
