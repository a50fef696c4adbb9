"""A bot that reads its lines, for tests: the real interface, no model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bots.reply import Answer, Ask, Reply, Silence, Understanding, Utterance


class ScriptedBot:
    """Answers from a script and keeps every ask in ``asks``.

    A mapping is searched for the payload that was pressed (it begins with a slash) and then for the customer's text; a
    list is read from its beginning, one line per ask. A line is an answer, or a text that becomes a reply. What the
    script does not hold is ``Silence``.
    """

    def __init__(self, script: Mapping[str, Answer | str] | Iterable[Answer | str]) -> None:
        """Take the script."""
        self.asks: list[Ask] = []
        self._by_text = dict(script) if isinstance(script, Mapping) else None
        self._lines = iter(()) if isinstance(script, Mapping) else iter(script)

    def answer(self, ask: Ask) -> Answer:
        """Read the line that is due."""
        self.asks.append(ask)
        line = next(self._lines, None) if self._by_text is None else self._found(ask, self._by_text)
        if line is None:
            return Silence(Understanding(intent=None, confidence=0.0, fallback=True))
        return says(line) if isinstance(line, str) else line

    @staticmethod
    def _found(ask: Ask, script: Mapping[str, Answer | str]) -> Answer | str | None:
        typed = ask.text.lstrip("/ ")  # a payload that is typed is text and not a press
        return script.get(ask.pressed, script.get(typed)) if ask.pressed else script.get(typed)


def says(*texts: str, intent: str = "scripted", confidence: float = 1.0) -> Reply:
    """Return a reply of one bubble per text, understood without doubt unless said otherwise."""
    return Reply(
        utterances=tuple(Utterance(text) for text in texts),
        understanding=Understanding(intent=intent, confidence=confidence),
        memory=({"said": texts},),
        model="scripted",
    )
