"""Reading text without moving it: every function keeps offsets, so that evidence can quote the original."""

from __future__ import annotations

import re
from functools import lru_cache

STRAIGHT = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\u00a0": " "}
)
QUOTED = re.compile(r'"[^"\n]{2,300}"|(?<!\w)\'[^\'\n]{3,200}\'(?!\w)')
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+(?=\S)[^.!?\n]+)*[.!?]*")


def plain(text: str) -> str:
    """Lower case with straight quotes; character ``i`` is still character ``i``."""
    straight = text.translate(STRAIGHT)
    low = straight.lower()
    if len(low) == len(text):
        return low
    # A few letters (İ) grow when lowered; they stay as they are.
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in straight)


@lru_cache(maxsize=1024)
def own_words(text: str) -> str:
    """``plain`` with quotations blanked: what somebody else said is not said by the customer.

    A message that is nothing but a quotation is the customer's own ("person" in quotes).
    """
    low = plain(text)
    bare = QUOTED.sub(lambda quote: " " * len(quote.group()), low)
    return bare if WORD.search(bare) else low


def words(text: str) -> list[str]:
    """The words in lower case; numbers are words too."""
    return WORD.findall(plain(text))


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence, outer white space left out. A full stop inside a number or an address ends nothing."""
    spans = []
    for match in SENTENCE.finditer(text):
        body = match.group()
        start = match.start() + len(body) - len(body.lstrip())
        end = match.end() - (len(body) - len(body.rstrip()))
        if start < end:
            spans.append((start, end))
    return spans
