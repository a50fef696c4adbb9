"""The three faces as their users see them: what they read and what they press."""

from __future__ import annotations

import re

from playwright.sync_api import Frame, Locator, Page, expect

from tests.journeys.product import Product


class CustomerFace:
    """The widget on the shop's page."""

    def __init__(self, page: Page, product: Product) -> None:
        self.page = page
        self.product = product

    def opens_the_chat(self) -> None:
        """Go to the shop and open the widget by keyboard: Tab reaches the launcher, Enter opens it."""
        self.page.goto(self.product.shop)
        wait_for_loader(self.page)
        self.page.keyboard.press("Shift+Tab")
        self.page.keyboard.press("Enter")
        expect(self.log).to_contain_text("Hello, I am Tarn, a bot.")

    @property
    def panel(self) -> Frame:
        """The document inside the widget's iframe."""
        for _ in range(200):
            for frame in self.page.frames:
                if "/panel" in frame.url:
                    return frame
            self.page.wait_for_timeout(50)
        raise AssertionError("the panel did not open")

    @property
    def log(self) -> Locator:
        """The lines."""
        return self.panel.get_by_role("log")

    @property
    def strip(self) -> Locator:
        """Who holds the conversation."""
        return self.panel.locator(".w-holder")

    def says(self, text: str) -> None:
        """Write a message and press Enter; wait until it is acknowledged."""
        self.panel.get_by_role("textbox", name="Message").fill(text)
        self.page.keyboard.press("Enter")
        expect(self.log.locator(".msg-pending")).to_have_count(0)

    def reads(self, author: str, text: str) -> None:
        """A line of this author (bot, agent) with this text is there."""
        expect(self.log.locator(f".msg-{author}", has_text=text).last).to_be_visible(timeout=15_000)

    def rates(self, word: str, comment: str) -> None:
        """Choose a face, write a comment, send."""
        self.panel.get_by_role("radio", name=word).check(force=True)
        self.panel.get_by_label("Anything to add?").fill(comment)
        self.panel.get_by_role("button", name="Send").click()
        expect(self.panel.get_by_text("Thank you for your rating.")).to_be_visible()


class AgentFace:
    """The console."""

    def __init__(self, page: Page, product: Product) -> None:
        self.page = page
        self.product = product

    def signs_in(self, username: str) -> None:
        """Log in and become available."""
        log_in(self.page, self.product, username)
        self.page.goto(f"{self.product.service}/console/")
        self.page.locator(".availability").click()
        self.page.get_by_role("menuitemradio", name="Available").click()
        expect(self.page.locator(".availability")).to_contain_text("Available")

    def queue(self) -> Locator:
        """The rows that wait; one that has left stays grey while the pointer rests on it."""
        return self.page.locator("section[aria-labelledby=list-queue] .conv:not(.is-gone)")

    def sees_in_the_queue(self, text: str) -> Locator:
        """The row whose last message is this."""
        row = self.queue().filter(has_text=text)
        expect(row).to_be_visible(timeout=15_000)
        return row

    @property
    def log(self) -> Locator:
        """The open conversation."""
        return self.page.get_by_role("log")

    @property
    def card(self) -> Locator:
        """The handoff card."""
        return self.page.get_by_label("Handoff card")

    def accepts(self) -> None:
        """Accept the conversation that is open, by its key."""
        self.page.keyboard.press("a")
        self._holds()

    def replies(self, text: str) -> None:
        """Write to the customer and send with Ctrl+Enter."""
        self.page.locator(".composer textarea").fill(text)
        self.page.keyboard.press("Control+Enter")
        expect(self.log.locator(".msg-own", has_text=text)).to_be_visible()

    def hands_back(self, note: str) -> None:
        """Hand back with a note for the bot."""
        self.page.get_by_role("button", name=re.compile("^Hand back")).first.click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_role("textbox").fill(note)
        dialog.get_by_role("button", name=re.compile("^Hand back")).click()
        expect(dialog).to_be_hidden()

    def jumps_in(self) -> None:
        """Take over from the bot."""
        self.page.get_by_role("button", name=re.compile("^Jump in")).click()
        self._holds()

    def _holds(self) -> None:
        expect(self.page.get_by_role("button", name=re.compile("^Send"))).to_be_visible()

    def resolves(self, disposition: str) -> None:
        """Close it with a disposition."""
        self.page.get_by_role("button", name=re.compile("^Resolve")).first.click()
        self.page.get_by_role("menuitem", name=disposition, exact=True).click()


class ManagerFace:
    """The dashboard."""

    def __init__(self, page: Page, product: Product) -> None:
        self.page = page
        self.product = product

    def signs_in(self) -> None:
        """Log in; managers begin at the figures."""
        log_in(self.page, self.product, "helen")

    def figures(self) -> dict[str, float]:
        """Every count and rate that the page's API gives now."""
        answer = self.page.request.get(f"{self.product.service}/api/metrics")
        assert answer.ok, answer.text()
        return {figure["key"]: figure["count"] for figure in answer.json()["figures"]}

    def looks(self) -> None:
        """Load the page again."""
        self.page.goto(f"{self.product.service}/dashboard/")
        expect(self.page.get_by_role("heading", name="Handoffs", exact=True)).to_be_visible()


def wait_for_loader(page: Page) -> None:
    """The script tag has run. Asked again and again: the shop's policy forbids the eval of wait_for_function."""
    for _ in range(200):
        if page.evaluate("() => 'Baton' in window"):
            return
        page.wait_for_timeout(50)
    raise AssertionError("the loader did not run")


def log_in(page: Page, product: Product, username: str) -> None:
    """Sign in on the form."""
    page.goto(f"{product.service}/login/")
    page.get_by_label("User name").fill(username)
    page.get_by_label("Password").fill(product.password(username))
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(lambda url: "/login/" not in url)
