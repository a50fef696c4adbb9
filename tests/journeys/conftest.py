"""Real processes and real browsers. Every page fails its test on a script error or a broken policy."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserType, Page, sync_playwright

from config.launch.chromium import NAMES as chromium_names
from tests.journeys.faces import AgentFace, CustomerFace, ManagerFace
from tests.journeys.product import ROOT, Product

CHROMIUM = next((path for name in chromium_names if (path := shutil.which(name))), "chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1440, "height": 900}
NewPage = Callable[..., Page]
Picture = Callable[[Page, str], None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker runs them all, so that the product starts once."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.xdist_group("journeys"))
            item.add_marker(pytest.mark.timeout(300))


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Baton as `make up` starts it."""
    folder = tmp_path_factory.mktemp("journeys")
    for part in (folder, *folder.parents[:2]):
        part.chmod(0o711)  # as root, PostgreSQL runs under another account
    running = Product(folder / "home")
    running.start()
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="module")
def chromium() -> Iterator[BrowserType]:
    """Playwright keeps an event loop in this thread, so it ends with the module: other tests need it gone."""
    with sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture
def new_page(chromium: BrowserType) -> Iterator[NewPage]:
    """A page in a browser of its own: each person sits at another computer."""
    browsers: list[Browser] = []
    wrong: list[str] = []

    def _new_page(*flags: str, **options: object) -> Page:
        browsers.append(chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *flags]))
        page = browsers[-1].new_context(**{"viewport": DESKTOP, **options}).new_page()  # type: ignore[arg-type]
        page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
        page.on(
            "console", lambda message: wrong.append(message.text) if "Content Security Policy" in message.text else None
        )
        return page

    yield _new_page
    for browser in browsers:
        browser.close()
    assert wrong == []


@pytest.fixture
def maria(product: Product, new_page: NewPage) -> CustomerFace:
    """A customer in the shop with the chat open."""
    face = CustomerFace(new_page(), product)
    face.opens_the_chat()
    return face


@pytest.fixture
def ana(product: Product, new_page: NewPage) -> AgentFace:
    """An agent at the console."""
    face = AgentFace(new_page(), product)
    face.signs_in("ana")
    return face


@pytest.fixture
def helen(product: Product, new_page: NewPage) -> ManagerFace:
    """A manager."""
    face = ManagerFace(new_page(), product)
    face.signs_in()
    return face


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Picture:
    """Keep a screenshot: in the named folder, or in tests/output."""
    folder = Path(request.config.getoption("--screenshots") or ROOT / "tests" / "output")

    def _picture(page: Page, name: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{name}.png")

    return _picture
