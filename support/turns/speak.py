"""What the bot says to one message; in a burst, only what the customer can still use.

Somebody who wrote three lines before the bot came to the first is owed answers, not a pile of them: what asks for
more or did not understand is left to the last line, and an answer that was given since the line was written is not
given again.
"""

from __future__ import annotations

from enum import StrEnum

from bots.reply import Answer, Reply, Silence, Utterance
from support import log
from support.handoff import wording
from support.models import Author, Conversation, Message
from support.protocol.parts import Button
from support.turns.claim import Claim

OFFER_BUTTONS = (Button("Yes, get me a person", ""), Button("No, go on", ""))


class Said(StrEnum):
    """What came of it."""

    REPLIED = "replied"
    SPEECHLESS = "speechless"
    UNAVAILABLE = "unavailable"
    OVERTAKEN = "overtaken"


def speak(conversation: Conversation, claim: Claim, answer: Answer, offer: bool) -> Said:
    """Append the answer to the message of this turn. The caller holds the row's lock and saw that the bot holds it."""
    since = _since(conversation, claim)
    overtaken = Author.CUSTOMER in {author for author, _ in since}
    left_out = overtaken and _is_out_of_date(answer)
    said, outcome = ((), Said.OVERTAKEN) if left_out else _words(answer)
    given = {body for author, body in since if author == Author.BOT}
    fresh = [utterance for utterance in said if utterance.text not in given]
    for number, utterance in enumerate(fresh):
        buttons = [Button(button.title, button.payload) for button in utterance.buttons]
        log.append(conversation.pk, Author.BOT, f"turn-{claim.turn_id}-{number}", utterance.text, buttons=buttons)
    if offer and wording.OFFER not in given:
        name = f"turn-{claim.turn_id}-offer"
        log.append(conversation.pk, Author.BOT, name, wording.OFFER, event="offer", buttons=OFFER_BUTTONS)
    return outcome if fresh else Said.OVERTAKEN


def _since(conversation: Conversation, claim: Claim) -> list[tuple[str, str]]:
    """Author and text of the lines after the message."""
    if conversation.last_seq == claim.seq:
        return []
    lines = Message.objects.filter(conversation=conversation, seq__gt=claim.seq)
    return list(lines.values_list("author", "body"))


def _is_out_of_date(answer: Answer) -> bool:
    """Whether an answer is of no use to somebody who has written on: it asks for something, or is none."""
    if not isinstance(answer, Reply):
        return True
    asks = answer.active_form is not None or any(utterance.buttons for utterance in answer.utterances)
    return asks or answer.understanding.fallback


def _words(answer: Answer) -> tuple[tuple[Utterance, ...], Said]:
    if isinstance(answer, Reply):
        return answer.utterances, Said.REPLIED
    speechless = (Utterance(wording.SPEECHLESS),)
    return speechless, Said.SPEECHLESS if isinstance(answer, Silence) else Said.UNAVAILABLE
