"""The bots that the contract suite is run with, and the sentences that they all know.

The FAQ bot has no forms, buttons or look-ups; what is about those is not asked of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass

import pytest

from bots.faq import Entry, FaqBot
from bots.rasa_client import RasaBot
from bots.reply import Answer, Bot, Button, Reply, Understanding, Utterance
from bots.scripted import ScriptedBot, says
from tests.bot.fake_shop import FakeShop
from tests.bot.recordings import Exchange, Player, Recorder, stored
from tests.bot.talk import Customer

RECORDED = pytest.StashKey[list[Exchange]]()
LIVE = pytest.param("live", marks=pytest.mark.live_bot)
ALL = ["scripted", "faq", "recorded", LIVE]
WITH_FORMS = ["scripted", "recorded", LIVE]

HOURS = "what are your opening hours"
GREETING, RETURN, RETURN_PAYLOAD = "hello", "Return or refund", "/return_item"
ORDER, CANCEL, NUMBER = "where is my order TW-48213", "cancel my order", "TW-48213"
OPENS_A_FORM, FILLS_IT, ENDS_IT = "I want to return something", "TW-50117", "too heavy for me"
LOOK_UP = "where is my order TW-51220"
FACTS = {"order_number": NUMBER}

FAQ = (
    Entry("opening_hours", "Monday to Friday, 9:00 to 18:00.", [HOURS, "when are you open"]),
    Entry("delivery_info", "Two to four working days.", ["how long does delivery take", "when will it arrive"]),
)


def line(text: str, intent: str, form: str | None = None, confidence: float = 0.9, **more: object) -> Reply:
    """A reply of the script."""
    understood = Understanding(intent, confidence, ((intent, confidence),), **more)  # type: ignore[arg-type]
    slots = FACTS if intent in {"order_status", "cancel_order"} else {}
    return Reply((Utterance(text),), understood, slots, form, ({"said": text},), "scripted")


SCRIPT: dict[str, Answer | str] = {
    HOURS: line("Monday to Friday.", "opening_hours"),
    GREETING: Reply((Utterance("Hello.", (Button(RETURN, RETURN_PAYLOAD),)),), says("Hello.").understanding),
    RETURN_PAYLOAD: line("Which order?", "return_item", "return_form", 1.0),
    ORDER: line("It is on its way.", "order_status"),
    CANCEL: line("It has been sent.", "cancel_order"),
    OPENS_A_FORM: line("Which order?", "return_item", "return_form"),
    FILLS_IT: line("Why?", "inform", "return_form"),
    ENDS_IT: line("It is announced.", "inform"),
    LOOK_UP: line("I cannot look that up.", "order_status", failures=("order_status_form",)),
}


@dataclass(frozen=True)
class Subject:
    """A bot under test, and the test that it is used in.

    ``new`` makes another client or instance of the same bot. While ``broken`` is entered its look-ups fail.
    ``changes`` counts what it changed in the world; a return that is announced is ``due`` changes.
    """

    test: str
    new: Callable[[], Bot]
    changes: Callable[[], int] = lambda: 0
    broken: Callable[[], AbstractContextManager[None]] = nullcontext
    due: int = 0

    def customer(self, name: str = "maria") -> Customer:
        """Somebody who talks with a new instance."""
        return Customer(self.new(), f"{self.test}/{name}")


@pytest.fixture
def subject(request: pytest.FixtureRequest) -> Iterator[Subject]:
    """The bot that the test's parameter names."""
    test = request.function.__name__
    if request.param == "scripted":
        yield Subject(test, lambda: ScriptedBot(SCRIPT))
    elif request.param == "faq":
        yield Subject(test, lambda: FaqBot(FAQ))
    elif request.param == "recorded":
        yield from recorded(test)
    else:
        yield from live(test, request)


def recorded(test: str) -> Iterator[Subject]:
    """The real client, and in Rasa's place a server that knows its answers."""
    player = Player(stored(test))
    with clients(player.url) as new:
        yield Subject(test, new)
    player.stop()
    assert player.strange == [], "not in the recordings: python -m tests.bot.record makes them anew"


def live(test: str, request: pytest.FixtureRequest) -> Iterator[Subject]:
    """The real client and the real Rasa; what passes is taken down when somebody wants it."""
    url, shop = request.getfixturevalue("rasa_url"), request.getfixturevalue("shop")
    taken_down = request.config.stash.get(RECORDED, None)
    recorder = None if taken_down is None else Recorder(url, "rasa-secret", taken_down)
    with clients(recorder.url if recorder else url) as new:
        yield Subject(test, new, lambda: len(shop.returns), lambda: broken(shop), due=1)
    if recorder:
        recorder.stop()


@contextmanager
def clients(url: str) -> Iterator[Callable[[], Bot]]:
    """A function that makes clients; all are closed at the end."""
    made: list[RasaBot] = []

    def new() -> RasaBot:
        made.append(RasaBot(url, "rasa-secret"))
        return made[-1]

    try:
        yield new
    finally:
        for bot in made:
            bot.close()


@contextmanager
def broken(shop: FakeShop) -> Iterator[None]:
    """The shop answers everything with 500 meanwhile."""
    shop.broken = True
    try:
        yield
    finally:
        shop.broken = False
