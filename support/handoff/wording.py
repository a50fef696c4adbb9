"""What the customer is told when the conversation passes on: true, short, and with the reason."""

from __future__ import annotations

from escalation.findings import Kind

WHY = {
    Kind.ASKED: "You asked for a person, so I am getting one for you.",
    Kind.BOT_FAILURE: "I am not getting further with this, so I am getting a person for you.",
    Kind.SENTIMENT: "I am sorry that this is not going well. I am getting a person for you.",
    Kind.COMPLEXITY: "This needs more than I can do, so I am getting a person for you.",
    Kind.SENSITIVE: "This belongs with a person, so I am getting one for you.",
}
BOT_DOWN = "I cannot answer at the moment, the fault is ours. I am getting a person for you."
CONTEXT = "They will see our whole chat, so you need not repeat anything."
NOBODY_THERE = "Nobody of our team is here right now. You keep your place, and you can stop waiting at any time."


def escalated(kind: Kind | None, bot_down: bool, available: int) -> str:
    """Why a person is called, and whether one is there."""
    first = BOT_DOWN if bot_down else WHY[kind or Kind.BOT_FAILURE]
    return f"{first} {CONTEXT}" if available else f"{first} {NOBODY_THERE}"


def joined(agent: str) -> str:
    """A person has accepted."""
    return f"{agent} joined and has read the chat."


def stepped_in(agent: str) -> str:
    """A person took over unasked."""
    return f"{agent} from our team is here now. The bot is quiet."


def handed_back(agent: str, bot: str) -> str:
    """A person has handed back."""
    return f"{agent} handed you back to {bot}, our bot. Say “person” whenever you want one again."


def resolved(agent: str) -> str:
    """A person has closed the conversation."""
    return f"{agent} ended the chat."


def vanished(agent: str) -> str:
    """A person lost the connection for longer than the grace."""
    return f"{agent} lost the connection. You are first in line for the next person."


def expired(bot: str) -> str:
    """Nobody came within the queue limit."""
    return f"I am sorry: nobody could come in time. {bot}, our bot, goes on; say “person” to try again."


def stopped_waiting(bot: str) -> str:
    """The customer left the queue."""
    return f"You stopped waiting. {bot}, our bot, goes on."


FINISHED = "You ended the chat."
QUIET = "This chat was closed after a quiet time."
OFFER = "I am not sure that I am helping. Shall I get a person for you?"
SPEECHLESS = "I have no answer to that. Try other words, or ask for a person."
