"""Which Python is taken when a machine has several, or none that works."""

from pathlib import Path

from config.bootstrap import interpreters

RUNS = "#!/bin/sh\nprintf '%s\\n%s\\n' {version} {place}\n"
BROKEN_SHIM = "#!/bin/sh\necho 'pyenv: python3.12: command not found' >&2\nexit 127\n"


def fake(place: Path, version: str = "", text: str = "") -> Path:
    """Put a program there that answers like a Python of this version."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text or RUNS.format(version=version, place=place), encoding="utf-8")
    place.chmod(0o755)
    return place


def found(tmp_path: Path, *versions: str) -> Path | None:
    """Search a machine whose PATH is `bin`, whose home is `home`, and where uv fetched into `fetched`."""
    environ = {"PATH": str(tmp_path / "bin"), "HOME": str(tmp_path / "home")}
    return interpreters.find(versions, environ, tmp_path / "fetched")


def test_the_one_on_path_comes_before_the_one_of_pyenv(tmp_path: Path) -> None:
    fake(tmp_path / "home/.pyenv/versions/3.12.4/bin/python", "3.12")
    on_path = fake(tmp_path / "bin/python3.12", "3.12")
    assert found(tmp_path, "3.12") == on_path


def test_a_shim_that_fails_is_passed_over_for_the_version_behind_it(tmp_path: Path) -> None:
    fake(tmp_path / "bin/python3.12", text=BROKEN_SHIM)
    behind = fake(tmp_path / "home/.pyenv/versions/3.12.4/bin/python", "3.12")
    assert found(tmp_path, "3.12") == behind


def test_the_newest_patch_of_pyenv_that_runs_is_taken(tmp_path: Path) -> None:
    older = fake(tmp_path / "home/.pyenv/versions/3.12.1/bin/python", "3.12")
    fake(tmp_path / "home/.pyenv/versions/3.12.9/bin/python", text=BROKEN_SHIM)
    assert found(tmp_path, "3.12") == older


def test_a_plain_python3_is_taken_when_it_is_of_the_version(tmp_path: Path) -> None:
    plain = fake(tmp_path / "bin/python3", "3.13")
    assert found(tmp_path, "3.12", "3.13") == plain


def test_one_that_lies_about_its_version_is_passed_over(tmp_path: Path) -> None:
    fake(tmp_path / "bin/python3.10", "3.11")
    assert found(tmp_path, "3.10") is None


def test_one_that_uv_fetched_is_the_last_resort(tmp_path: Path) -> None:
    fetched = fake(tmp_path / "fetched/cpython-3.10.13/bin/python3.10", "3.10")
    assert found(tmp_path, "3.10") == fetched
    on_path = fake(tmp_path / "bin/python3.10", "3.10")
    assert found(tmp_path, "3.10") == on_path


def test_an_empty_machine_has_none(tmp_path: Path) -> None:
    assert found(tmp_path, "3.12", "3.13") is None
