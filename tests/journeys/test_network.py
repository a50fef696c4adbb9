"""Both faces over a network that is cut, half open, or loses answers: the same messages, once, in the same order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import NewPage
from tests.journeys.faces import AgentFace, CustomerFace, wait_for_loader
from tests.journeys.product import Product
from tests.journeys.wire import Wire

GREETING = "Hello, this is about "
AWAY_MS = 20_000
DEAD_FOUND_MS = 45_000  # two heartbeats of 15 s, and the way back
BACK_OFF_MS = 15_000  # after a hole that no event tells of, the next try comes by itself
# Playwright turns off the partitioned storage that browsers give to a page within another site's; this turns it on again.
STORAGE = "--disable-features=Translate"
Together = Callable[[CustomerFace, str], None]


@pytest.fixture
def far(product: Product, new_page: NewPage) -> Iterator[tuple[CustomerFace, Wire]]:
    """A customer whose browser reaches the service over a wire of its own."""
    with Wire(product.service) as wire:
        face = CustomerFace(new_page(wire.rule, STORAGE), product)
        face.opens_the_chat()
        yield face, wire


@pytest.fixture
def together(ana: AgentFace) -> Iterator[Together]:
    """The customer gets a person, and both see it. Afterwards the conversation ends: an agent can hold only so many."""

    def _together(maria: CustomerFace, about: str) -> None:
        maria.says(f"I would like to talk to a person about {about}")
        expect(maria.strip).to_contain_text("in line", timeout=15_000)
        ana.sees_in_the_queue(about).click()
        expect(ana.card).to_contain_text("Asked for a person")
        ana.accepts()
        ana.replies(GREETING + about)
        maria.reads("agent", about)
        for page in (maria.panel, ana.page):
            page.evaluate("() => { window.loadedOnce = true }")

    yield _together
    if ana.page.get_by_role("button", name=re.compile("^Resolve")).count():
        ana.resolves("Solved")


def writes(face: CustomerFace | AgentFace, *texts: str) -> None:
    """Write and send, without waiting for anything."""
    if isinstance(face, CustomerFace):
        box, key = face.panel.get_by_role("textbox", name="Message"), "Enter"
    else:
        box, key = face.page.locator(".composer textarea"), "Control+Enter"
    for text in texts:
        box.fill(text)
        box.press(key)


def pending(face: CustomerFace | AgentFace) -> Locator:
    """Texts that are not confirmed."""
    return face.log.locator(".msg-pending")


def since_the_greeting(face: CustomerFace | AgentFace) -> list[str]:
    """What this screen shows of both sides, in its order."""
    shown = face.log.locator(".bubble").all_inner_texts()
    return shown[next(place for place, text in enumerate(shown) if text.startswith(GREETING)) + 1 :]


def expect_the_same(maria: CustomerFace, ana: AgentFace, texts: list[str]) -> None:
    """After the greeting both screens show these and no others, nothing pending, and neither page was loaded again."""
    for face in (maria, ana):
        expect(face.log.locator(".bubble", has_text=texts[-1])).to_have_count(1, timeout=BACK_OFF_MS)
        expect(pending(face)).to_have_count(0, timeout=BACK_OFF_MS)
        assert since_the_greeting(face) == texts
    assert maria.panel.evaluate("() => window.loadedOnce")
    assert ana.page.evaluate("() => window.loadedOnce")


def test_what_both_wrote_while_the_customer_was_away_is_there_without_a_reload(
    maria: CustomerFace, ana: AgentFace, together: Together
) -> None:
    together(maria, "a tunnel")
    maria.page.context.set_offline(True)
    writes(maria, "one from the tunnel", "two from the tunnel")
    expect(maria.panel.get_by_text("No connection. We keep your messages").first).to_be_visible()
    ana.replies("one from the desk")
    ana.replies("two from the desk")
    maria.page.wait_for_timeout(AWAY_MS)
    writes(maria, "three from the tunnel")
    expect(pending(maria)).to_have_count(3)
    maria.page.context.set_offline(False)
    desk = [f"{number} from the desk" for number in ("one", "two")]
    tunnel = [f"{number} from the tunnel" for number in ("one", "two", "three")]
    expect_the_same(maria, ana, desk + tunnel)


def test_what_both_wrote_while_the_agent_was_away_is_there_without_a_reload(
    maria: CustomerFace, ana: AgentFace, together: Together
) -> None:
    together(maria, "a train")
    ana.page.context.set_offline(True)
    writes(ana, "one from the train", "two from the train")
    expect(ana.page.get_by_text("No connection since")).to_be_visible()
    expect(pending(ana)).to_have_count(2)
    maria.says("one from home")
    maria.says("two from home")
    maria.says("three from home")
    ana.page.context.set_offline(False)
    home = [f"{number} from home" for number in ("one", "two", "three")]
    expect_the_same(maria, ana, [*home, "one from the train", "two from the train"])


def test_a_connection_that_is_dead_without_saying_so_is_found_and_replaced(
    far: tuple[CustomerFace, Wire], ana: AgentFace, together: Together
) -> None:
    maria, wire = far
    together(maria, "a lift")
    wire.silence()
    writes(maria, "one from the lift", "two from the lift")
    ana.replies("one from the desk")
    expect(maria.panel.get_by_text("Waits for the connection").first).to_be_visible(timeout=DEAD_FOUND_MS)
    wire.mend()
    expect(pending(maria)).to_have_count(0, timeout=BACK_OFF_MS)
    expect_the_same(maria, ana, ["one from the desk", "one from the lift", "two from the lift"])


def test_a_message_whose_acknowledgement_is_lost_is_there_once(
    far: tuple[CustomerFace, Wire], ana: AgentFace, together: Together
) -> None:
    maria, wire = far
    together(maria, "an echo")
    wire.swallow_answers()
    writes(maria, "one echo", "two echo")
    expect(ana.log).to_contain_text("one echo")
    expect(pending(maria)).to_have_count(2)
    wire.cut()
    wire.mend()
    expect_the_same(maria, ana, ["one echo", "two echo"])


def test_texts_that_wait_survive_a_reload_and_go_in_their_order(
    far: tuple[CustomerFace, Wire], ana: AgentFace, together: Together
) -> None:
    maria, wire = far
    together(maria, "a reload")
    wire.cut()
    writes(maria, "one before the reload", "two before the reload")
    expect(pending(maria)).to_have_count(2)
    maria.page.reload()  # the shop is there, the service is not
    wire.mend()
    maria.page.reload()
    opens_again(maria)
    maria.panel.evaluate("() => { window.loadedOnce = true }")
    expect(maria.log).to_contain_text("two before the reload")
    expect_the_same(maria, ana, ["one before the reload", "two before the reload"])


def test_two_tabs_show_a_text_once_and_a_copied_tab_sends_nothing_twice(
    far: tuple[CustomerFace, Wire], ana: AgentFace, together: Together
) -> None:
    maria, wire = far
    together(maria, "two tabs")
    wire.cut()
    writes(maria, "one of the first tab", "two of the first tab")
    with maria.page.expect_popup() as opened:  # it gets a copy of the tab's storage, with both texts in it
        maria.page.evaluate("() => { open(location.href) }")
    wire.mend()
    expect(pending(maria)).to_have_count(0, timeout=BACK_OFF_MS)
    copy = CustomerFace(opened.value, maria.product)
    copy.page.reload()
    opens_again(copy)
    expect(copy.log).to_contain_text("two of the first tab")
    writes(copy, "three of the copy")
    texts = ["one of the first tab", "two of the first tab", "three of the copy"]
    expect_the_same(maria, ana, texts)
    expect(pending(copy)).to_have_count(0)
    assert since_the_greeting(copy) == texts


def test_a_burst_over_the_limit_arrives_whole_and_in_order_with_nothing_to_press(
    maria: CustomerFace, ana: AgentFace, together: Together
) -> None:
    together(maria, "a burst")
    texts = [f"burst {number}" for number in range(25)]
    maria.page.context.set_offline(True)
    writes(maria, *texts)  # however long that takes, they go out at once
    maria.page.context.set_offline(False)
    expect(maria.panel.get_by_text("Sending again")).to_be_visible()
    expect(maria.panel.get_by_text("Follows the message above").first).to_be_visible()
    expect(maria.panel.get_by_role("button", name="Try again")).to_have_count(0)
    expect(pending(maria)).to_have_count(0, timeout=40_000)
    expect_the_same(maria, ana, texts)


def test_a_reply_to_a_chat_that_ended_meanwhile_is_kept_with_the_reason(
    maria: CustomerFace, ana: AgentFace, together: Together
) -> None:
    together(maria, "an end")
    ana.page.context.set_offline(True)
    writes(ana, "too late", "far too late")
    maria.panel.get_by_role("button", name="Menu").click()
    maria.panel.locator("#menu").get_by_role("button", name="End chat").click()
    maria.panel.get_by_role("dialog").get_by_role("button", name="End chat").click()
    expect(maria.strip).to_contain_text("This chat has ended")
    ana.page.context.set_offline(False)
    expect(ana.log.locator(".msg-failed")).to_have_count(2)
    expect(ana.log.get_by_text("Not sent.")).to_have_count(2)
    ana.log.get_by_role("button", name="Back into the box").first.click()
    expect(ana.page.locator(".kept")).to_contain_text("too late")


def opens_again(face: CustomerFace) -> None:
    """Open the panel of a page that was loaded again."""
    wait_for_loader(face.page)
    face.page.evaluate("() => Baton.open()")
    expect(face.log).to_contain_text("Hello, I am Tarn, a bot.")
