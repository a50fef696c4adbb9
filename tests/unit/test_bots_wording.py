"""How the actions say dates, amounts and lists. Their folder is no package of the service: loaded by its path."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def wording() -> ModuleType:
    path = Path(__file__).parents[2] / "bots" / "rasa" / "actions" / "wording.py"
    spec = importlib.util.spec_from_file_location("wording", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("iso", "said"), [("2026-11-09", "9 November"), ("2027-01-31", "31 January")])
def test_a_date_is_said_without_its_year(wording: ModuleType, iso: str, said: str) -> None:
    assert wording.day(iso) == said


@pytest.mark.parametrize(
    ("value", "currency", "said"),
    [
        ("289.00", "EUR", "€289.00"),
        ("1289.5", "GBP", "£1,289.50"),
        ("0", "USD", "$0.00"),
        ("12.00", "CHF", "CHF 12.00"),
    ],
)
def test_an_amount_has_its_sign_and_two_places(wording: ModuleType, value: str, currency: str, said: str) -> None:
    assert wording.amount(value, currency) == said


@pytest.mark.parametrize("wrong", ["tomorrow", "09.11.2026", ""])
def test_what_is_no_date_is_an_error(wording: ModuleType, wrong: str) -> None:
    with pytest.raises(ValueError, match="isoformat"):
        wording.day(wrong)


def test_what_is_no_amount_is_an_error(wording: ModuleType) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        wording.amount("free", "EUR")


def test_a_quantity_is_said_only_where_it_is_not_one(wording: ModuleType) -> None:
    items = [{"name": "Lomma 2", "quantity": 1}, {"name": "Pan", "quantity": 2}, {"name": "Mug", "quantity": 4}]
    assert wording.contents(items) == "Lomma 2, 2 x Pan and 4 x Mug"
    assert wording.contents(items[:1]) == "Lomma 2"
