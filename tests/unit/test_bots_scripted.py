"""The scripted bot's own ways; that it keeps the contract is tested with the others in ``tests/bot``."""

from __future__ import annotations

from bots.reply import Ask, Bot, Reply, Silence, Unavailable, Why
from bots.scripted import ScriptedBot, says


def ask(text: str, pressed: str | None = None) -> Ask:
    return Ask(conversation_id="c1", message_id=f"m-{text}", text=text, pressed=pressed)


def test_a_list_is_read_in_order_and_then_the_bot_is_silent() -> None:
    bot: Bot = ScriptedBot(["First.", Unavailable(Why.TIMEOUT)])
    first, second, third = (bot.answer(ask("hello")) for _ in range(3))
    assert isinstance(first, Reply)
    assert first.utterances[0].text == "First."
    assert second == Unavailable(Why.TIMEOUT)
    assert isinstance(third, Silence)


def test_a_mapping_answers_by_text_and_by_the_payload_of_a_button() -> None:
    bot = ScriptedBot({"hello": "Hello.", "/greet": says("Hello again.", intent="greet", confidence=0.5)})
    typed, pressed = bot.answer(ask("hello")), bot.answer(ask("Say hello", pressed="/greet"))
    assert isinstance(typed, Reply)
    assert isinstance(pressed, Reply)
    assert pressed.understanding.intent == "greet"
    assert pressed.understanding.confidence == 0.5
    assert isinstance(bot.answer(ask("unknown")), Silence)


def test_every_ask_is_recorded() -> None:
    bot = ScriptedBot(["One.", "Two."])
    bot.answer(ask("a"))
    bot.answer(ask("b", pressed="/b"))
    assert [(one.text, one.pressed) for one in bot.asks] == [("a", None), ("b", "/b")]
