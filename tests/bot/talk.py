"""A customer who talks with the bot and keeps its memory for it, as the service does."""

from __future__ import annotations

from bots.reply import Answer, Ask, Bot, Heard, Memory, Reply, Silence


class Customer:
    """One conversation. ``last`` is the latest reply."""

    def __init__(self, bot: Bot, conversation_id: str) -> None:
        self.bot = bot
        self.conversation_id = conversation_id
        self.memory: Memory = ()
        self.turns = 0
        self.last: Reply

    def says(self, text: str, pressed: str | None = None, heard: tuple[Heard, ...] = ()) -> str:
        """Say something and return the bot's bubbles as one text; anything but a reply fails the test."""
        answer = self.tries(text, pressed, heard)
        assert isinstance(answer, Reply), answer
        self.last = answer
        return "\n".join(one.text for one in answer.utterances)

    def tries(self, text: str, pressed: str | None = None, heard: tuple[Heard, ...] = ()) -> Answer:
        """Say something and return whatever comes."""
        self.turns += 1
        message_id = f"{self.conversation_id}-{self.turns}"
        answer = self.bot.answer(Ask(self.conversation_id, message_id, text, pressed, self.memory, heard))
        if isinstance(answer, Reply | Silence):
            self.memory += answer.memory
        return answer

    def presses(self, title: str) -> str:
        """Press one of the latest reply's buttons."""
        payload = next(one.payload for u in self.last.utterances for one in u.buttons if one.title == title)
        return self.says(title, pressed=payload)
