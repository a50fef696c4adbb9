"""The page about the bot contract names a test for each rule, and the limits as they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bots import sizes
from bots.reply import Why

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/bot-contract.md").read_text()
RULES = re.findall(r"^\| (\d+) \|.*$", PAGE, re.MULTILINE)
NAMED = sorted(set(re.findall(r"`(tests/[^`]+::\w+)`", PAGE)))


def test_the_rules_are_numbered_and_each_names_a_test() -> None:
    assert [str(number) for number in range(1, len(RULES) + 1)] == RULES
    rows = [row for row in PAGE.splitlines() if re.match(r"\| \d+ \|", row)]
    assert [row for row in rows if not re.search(r"`tests/\S+\.py::test_\w+`", row)] == []


@pytest.mark.parametrize("name", NAMED)
def test_the_test_that_is_named_is_there(name: str) -> None:
    path, _, function = name.partition("::")
    assert re.search(rf"^def {function}\(", (ROOT / path).read_text(), re.MULTILINE)


def test_the_limits_are_those_of_the_code() -> None:
    written = {name: int(value) for name, value in re.findall(r"`([A-Z_]+)` (\d+)", PAGE) if hasattr(sizes, name)}
    assert written == {name: value for name, value in vars(sizes).items() if name.isupper()}


def test_every_kind_of_failure_is_on_the_page() -> None:
    assert [why for why in Why if f"`{why}`" not in PAGE] == []
