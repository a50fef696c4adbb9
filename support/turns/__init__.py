"""Turns: each customer message is read once, by one worker at a time: bot, engine, then reply or handoff."""

from support.turns.claim import Claim, claim
from support.turns.take import Outcome, take

__all__ = ["Claim", "Outcome", "claim", "take"]
