"""The documentation says what the code does: settings, checks, generated files, links."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = (ROOT / "config/settings.py").read_text()
PAGE = (ROOT / "docs/settings.md").read_text()
DOCS = [
    path
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("bots/**/*.md")]
    if "node_modules" not in path.parts
]


def test_every_setting_is_documented_and_every_documented_one_exists() -> None:
    read = set(re.findall(r'env\.\w+\("(\w+)"', SETTINGS))
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", PAGE, re.MULTILINE))
    assert documented == read


def test_every_check_has_an_id_that_is_documented() -> None:
    raised = set(re.findall(r'id="(baton\.[EW]\d+)"', (ROOT / "support/checks.py").read_text()))
    documented = set(re.findall(r"^\| `(baton\.[EW]\d+)` \|", PAGE, re.MULTILINE))
    assert documented == raised


def test_what_is_generated_from_the_protocol_is_up_to_date() -> None:
    call_command("protocol", check=True)


@pytest.mark.parametrize("page", DOCS, ids=[str(path.relative_to(ROOT)) for path in DOCS])
def test_every_link_into_the_repository_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text())
    broken = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert broken == []


def test_every_make_target_that_the_docs_name_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {name for page in DOCS for name in re.findall(r"`make ([a-z-]+)", page.read_text())}
    assert named <= targets
