"""Parts of the shop's website that need no database."""

import pytest

from support.demo.loading.inbox import origins
from support.demo.models import Product
from support.demo.site.headers import policy


def test_the_shops_policy_lets_in_the_widget_and_no_inline_code() -> None:
    rules = dict(rule.split(" ", 1) for rule in policy("https://support.example").split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["frame-src"] == "https://support.example"
    assert rules["style-src"] == "'self'"
    assert "unsafe" not in policy("https://support.example")


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        ("http://localhost:8001", ("http://localhost:8001", "http://127.0.0.1:8001")),
        ("http://127.0.0.1:9001", ("http://127.0.0.1:9001", "http://localhost:9001")),
        ("https://shop.example", ("https://shop.example",)),
    ],
)
def test_a_shop_on_ones_own_machine_is_let_in_under_both_of_its_names(origin: str, expected: tuple[str, ...]) -> None:
    assert origins(origin) == expected


@pytest.mark.parametrize(("grams", "said"), [(150, "150 g"), (999, "999 g"), (1000, "1.0 kg"), (1900, "1.9 kg")])
def test_weights_are_said_in_kilograms_from_one_on(grams: int, said: str) -> None:
    assert Product(weight_g=grams).weight == said
