"""The delivery contract names a test for everything that it promises, and the test is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROWS = [line for line in (ROOT / "docs/delivery.md").read_text().splitlines() if re.match(r"\| (?!#|-|fault )", line)]
NAMED = sorted({name for row in ROWS for name in re.findall(r"`(tests/[^`]+)`", row)})


def test_every_promise_names_a_test() -> None:
    assert [row for row in ROWS if not re.search(r"`tests/\S+\.py::test_\w+`", row)] == []


@pytest.mark.parametrize("name", NAMED)
def test_the_test_that_is_named_is_there(name: str) -> None:
    path, _, function = name.partition("::")
    assert re.search(rf"^(async )?def {function}\(", (ROOT / path).read_text(), re.MULTILINE)
