"""The shape of the code: small files, one writer of the holder, one sender of hints."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("config", "support", "bots", "escalation", "frontend/src", "tests")
FILES = [
    path
    for folder in FOLDERS
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".py", ".ts", ".tsx", ".css"} and "migrations" not in path.parts and path.stat().st_size
]
GENERATED = {"protocol.ts"}


def lines(path: Path) -> int:
    return path.read_text().count("\n")


def test_no_file_has_more_than_300_lines() -> None:
    long = {str(path.relative_to(ROOT)): lines(path) for path in FILES if lines(path) > 300}
    assert {name: count for name, count in long.items() if Path(name).name not in GENERATED} == {}


def test_the_median_file_has_fewer_than_80_lines() -> None:
    counts = sorted(lines(path) for path in FILES)
    assert counts[len(counts) // 2] < 80


def test_the_holder_is_written_in_the_handoff_package_alone() -> None:
    writes = re.compile(r"\.update\([^)]*\bholder=|^\s*[\w.]+\.holder = |\bSET\b[^;]*?\bholder = %", re.MULTILINE)
    writers = {
        path.relative_to(ROOT).parts[1]
        for path in FILES
        if path.is_relative_to(ROOT / "support") and writes.search(path.read_text())
    }
    assert writers == {"handoff"}


def test_only_the_announcers_send_to_groups() -> None:
    sends = re.compile(r"layer\(\)\.announce|group_send\(|\bNOTIFY \{|fetch\(ANNOUNCE")
    senders = [
        str(path.relative_to(ROOT)) for path in (ROOT / "support").rglob("*.py") if sends.search(path.read_text())
    ]
    assert sorted(senders) == ["support/push/announcer.py", "support/push/here.py"]


def test_only_the_log_writes_messages() -> None:
    writers = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "support").rglob("*.py")
        if re.search(r"INSERT INTO support_message|Message\.objects\.(create|bulk_create)", path.read_text())
    ]
    assert writers == ["support/log/statement.py"]


def test_there_are_no_drawers() -> None:
    drawers = {"services", "utils", "helpers", "managers", "common", "misc"}
    assert [path for path in FILES if path.stem in drawers] == []
