"""One turn: what people said meanwhile, the customer's message, the bot's actions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rasa.core.actions.action import Action, ActionExecutionRejection
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import ACTION_LISTEN_NAME, REQUESTED_SLOT
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

MOST_ACTIONS = 8
FALLBACK = "nlu_fallback"
OF_A_FORM = (REQUESTED_SLOT, "return_reason", "order", "unknown_numbers")


@dataclass
class Turn:
    """A turn in progress. ``failures`` are the names of actions that failed, in order, each once."""

    processor: MessageProcessor
    tracker: DialogueStateTracker
    failures: list[str] = field(default_factory=list)
    output: CollectingOutputChannel = field(default_factory=CollectingOutputChannel)

    async def hear(self, lines: list[dict[str, str]]) -> None:
        """Take in what was said while a person held the conversation.

        Any open form is dropped, else it would put its old question again. Facts stay, and an order number that was
        named is remembered.
        """
        self._drop_form()
        for line in lines:
            author = "human" if line["author"] == "agent" else "customer"
            self._add(BotUttered(line["text"], metadata={"author": author}))
            for entity in (await self._parse(line["text"]))["entities"]:
                self._add(SlotSet(entity["entity"], entity["value"]))
        self._add(ActionExecuted(ACTION_LISTEN_NAME))

    async def say(self, text: str, message_id: str, pressed: str | None) -> UserUttered:
        """Take in the customer's message; ``pressed`` is the intent of a button that the bot offered."""
        if pressed:
            parsed = {"intent": {"name": pressed, "confidence": 1.0}, "entities": [], "intent_ranking": []}
        else:
            parsed = await self._parse(text)
        parsed = {**parsed, "text": text, "message_id": message_id}
        said = UserUttered(text, parsed["intent"], parsed["entities"], parsed, message_id=message_id)
        self._add(said)
        return said

    async def act(self) -> None:
        """Let the bot act until it listens, or until an action fails: then it says so and drops the form."""
        self.tracker = await self.processor.run_action_extract_slots(self.output, self.tracker)
        for _ in range(MOST_ACTIONS):
            action, prediction = self.processor.predict_next_with_tracker_if_should(self.tracker)
            goes_on = await self.processor._run_action(
                Watched(action, self.failures), self.tracker, self.output, self.processor.nlg, prediction
            )
            if self.failures:
                return await self._give_up()
            if not goes_on:
                return
        self.failures.append("too_many_actions")
        await self._give_up()

    async def _parse(self, text: str) -> dict[str, Any]:
        """Understand a text as text: Rasa takes one that begins with a slash for a command."""
        plain = text.lstrip("/ \t\r\n\N{NO-BREAK SPACE}")
        if not plain:
            return {"intent": {"name": FALLBACK, "confidence": 0.0}, "entities": [], "intent_ranking": []}
        return await self.processor.parse_message(UserMessage(plain))

    async def _give_up(self) -> None:
        self._drop_form()
        said = await self.processor.nlg.generate("utter_unable", self.tracker, self.output.name())
        self._add(
            BotUttered((said or {}).get("text"), metadata={"utter_action": "utter_unable"}),
            ActionExecuted(ACTION_LISTEN_NAME),
        )

    def _drop_form(self) -> None:
        """Close the form and forget what it asked; facts about the case stay."""
        self._add(ActiveLoop(None), *(SlotSet(name, None) for name in OF_A_FORM))

    def _add(self, *events: Event) -> None:
        self.tracker.update_with_events(list(events), self.processor.domain)


class Watched(Action):
    """An action that notes its failure. Rasa logs one and goes on as if the action had had nothing to say."""

    def __init__(self, action: Action, failures: list[str]) -> None:
        """Watch ``action``; its name is added to ``failures`` when it fails."""
        self._action = action
        self._failures = failures

    def name(self) -> str:
        """Return the name of the action that is watched."""
        return self._action.name()

    async def run(self, *arguments: Any, **options: Any) -> list[Event]:
        """Run the action. A rejection is how a form declines a message, not a failure."""
        try:
            return await self._action.run(*arguments, **options)
        except ActionExecutionRejection:
            raise
        except Exception:
            self._failures.append(self.name())
            raise

    def event_for_successful_execution(self, prediction: PolicyPrediction) -> ActionExecuted:
        """Return the event that the action itself would leave."""
        return self._action.event_for_successful_execution(prediction)
