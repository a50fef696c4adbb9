"""What the bot and the engine are told about a conversation, read from the log."""

from __future__ import annotations

from dataclasses import dataclass

from bots.reply import Answer, Ask, Heard, Reply, Silence, Unavailable
from escalation.policy import Policy as Limits
from escalation.transcript import BotView, Line, Transcript
from support.models import Assessment, Author, Cause, Conversation, HolderChange, Message, Turn
from support.turns.claim import Claim

READ = ("seq", "author", "body", "client_id", "pressed")
TOLD_LINES = 20
WINDOW = 60  # lines that the engine is shown at most, so that a turn costs the same however long a conversation is


@dataclass(frozen=True, slots=True)
class Context:
    """The conversation up to the message of one turn; ``asked`` are the earlier turns that the bot was asked about."""

    conversation: Conversation
    message: Message
    lines: tuple[Message, ...]
    asked: tuple[Turn, ...]
    probabilities: tuple[float, ...]

    @property
    def limits(self) -> Limits:
        """The policy of the inbox as it is now."""
        return self.conversation.inbox.limits()

    def ask(self, turn_id: int) -> Ask:
        """The question to the bot."""
        memory = tuple(event for turn in self.asked for event in turn.memory)
        return Ask(
            conversation_id=str(self.conversation.pk),
            message_id=f"turn-{turn_id}",
            text=self.message.body,
            pressed=self.message.pressed or None,
            memory=memory,
            heard=self._heard(self.asked[-1].seq if self.asked else 0),
        )

    def _heard(self, last_asked: int) -> tuple[Heard, ...]:
        boundary = self.conversation.boundary
        if boundary <= last_asked:
            return ()
        said = [
            Heard("agent" if line.author == Author.AGENT else "customer", line.body)
            for line in self.lines
            if last_asked < line.seq <= boundary and line.author in (Author.AGENT, Author.CUSTOMER)
        ]
        notes = HolderChange.objects.filter(
            conversation=self.conversation, cause=Cause.HANDED_BACK, seq__gt=last_asked
        ).exclude(note="")
        return (*said[-TOLD_LINES:], *(Heard("agent", change.note) for change in notes))

    def transcript(self, answer: Answer | None) -> Transcript:
        """What the engine judges; ``answer`` is the bot's to this very message, None when it was not asked."""
        views = {turn.seq: self._view(turn) for turn in self.asked}
        if answer is not None:
            views[self.message.seq] = view(answer)
        spoken = (Author.CUSTOMER, Author.BOT, Author.AGENT)
        return Transcript(
            lines=tuple(Line(line.seq, line.author, line.body) for line in self.lines if line.author in spoken),  # type: ignore[arg-type]
            views=views,
            boundary=self.conversation.boundary,
            earlier=self.probabilities,
            escalated_before=self.conversation.handoffs.exists(),
        )

    def _view(self, turn: Turn) -> BotView:
        replies = tuple(
            line.body
            for line in self.lines
            if line.author == Author.BOT and line.client_id.startswith(f"turn-{turn.pk}-")
        )
        return BotView(
            intent=turn.intent or None,
            confidence=turn.confidence,
            ranking=tuple((name, float(value)) for name, value in turn.ranking),
            entities=turn.entities,
            fallback=turn.fallback or turn.outcome == "speechless",
            failures=tuple(turn.failures),
            replies=replies,
            available=turn.outcome != "unavailable",
        )


def view(answer: Answer) -> BotView:
    """How the bot fares with this message. Silence is a failure to answer: it counts as a fallback."""
    match answer:
        case Unavailable():
            return BotView(available=False)
        case Silence(understanding=understood) | Reply(understanding=understood):
            utterances = answer.utterances if isinstance(answer, Reply) else ()
            return BotView(
                intent=understood.intent,
                confidence=understood.confidence,
                ranking=understood.ranking,
                entities=understood.entities,
                fallback=understood.fallback or isinstance(answer, Silence),
                failures=understood.failures,
                replies=tuple(utterance.text for utterance in utterances),
            )


def conversation_of(claim: Claim) -> Conversation:
    """The conversation of a turn as it is now, with its inbox and policy; no lock."""
    return Conversation.objects.select_related("inbox__policy").get(pk=claim.conversation_id)


def read(conversation: Conversation, claim: Claim, window: int = WINDOW) -> Context:
    """Read everything that one turn needs, of the log at most ``window`` lines; three queries, no lock."""
    newest = Message.objects.filter(conversation=conversation, seq__lte=claim.seq).order_by("-seq").only(*READ)
    lines = tuple(reversed(newest[:window]))
    asked = Turn.objects.filter(conversation=conversation, seq__lt=claim.seq, asked=True).order_by("seq")
    judged = Assessment.objects.filter(conversation=conversation, seq__lt=claim.seq, seq__gt=conversation.boundary)
    probabilities = judged.order_by("-seq").values_list("probability", flat=True)[:WINDOW]
    return Context(
        conversation=conversation,
        message=lines[-1],
        lines=lines,
        asked=tuple(asked),
        probabilities=tuple(reversed(probabilities)),
    )
