"""When things go wrong for a customer: no connection, a text that is too long, a website that is not listed."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.conftest import NewPage
from tests.journeys.faces import CustomerFace, wait_for_loader
from tests.journeys.product import Product


def test_messages_written_without_a_connection_arrive_once_and_in_order_when_it_is_back(
    maria: CustomerFace, product: Product
) -> None:
    maria.page.context.set_offline(True)
    box = maria.panel.get_by_role("textbox", name="Message")
    for text in ("first in the tunnel", "second in the tunnel", "third in the tunnel"):
        box.fill(text)
        maria.page.keyboard.press("Enter")
    expect(maria.log.locator(".msg-pending")).to_have_count(3)
    expect(maria.panel.get_by_text("No connection.")).to_be_visible(timeout=45_000)
    maria.page.context.set_offline(False)
    expect(maria.log.locator(".msg-pending")).to_have_count(0, timeout=40_000)
    own = maria.log.locator(".msg-own .bubble").all_inner_texts()
    assert own == ["first in the tunnel", "second in the tunnel", "third in the tunnel"]


def test_a_reload_keeps_the_chat(maria: CustomerFace) -> None:
    maria.says("Remember this line")
    maria.page.reload()
    wait_for_loader(maria.page)
    maria.page.evaluate("() => Baton.open()")
    expect(maria.log).to_contain_text("Remember this line")
    assert maria.page.evaluate("() => Object.keys(localStorage).length + document.cookie.length") == 0


def test_a_text_over_the_limit_stays_in_the_box_with_words_why(maria: CustomerFace) -> None:
    box = maria.panel.get_by_role("textbox", name="Message")
    box.fill("x" * 4_001)
    maria.page.keyboard.press("Enter")
    assert box.input_value() == "x" * 4_001
    expect(maria.panel.get_by_text("too long")).to_be_visible()
    expect(maria.log.locator(".msg-own")).to_have_count(0)


def test_the_page_makes_one_request_and_no_frame_before_the_chat_is_opened(product: Product, new_page: NewPage) -> None:
    page = new_page()
    to_service: list[str] = []
    page.on("request", lambda request: to_service.append(request.url) if product.service in request.url else None)
    page.goto(product.shop)
    wait_for_loader(page)
    page.wait_for_timeout(500)
    assert to_service == [f"{product.service}/widget.js"]
    assert len(page.frames) == 1


def test_an_unlisted_website_cannot_frame_the_panel(product: Product, new_page: NewPage) -> None:
    page = new_page()
    framed = f'<iframe src="{product.service}/widget/tarnwood/panel"></iframe>'
    page.route("http://unlisted.example/", lambda route: route.fulfill(body=framed, content_type="text/html"))
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto("http://unlisted.example/")
    page.wait_for_timeout(1_000)
    inner = [frame for frame in page.frames if frame != page.main_frame]
    assert all("panel" not in frame.url or not frame.locator("#panel").count() for frame in inner)
