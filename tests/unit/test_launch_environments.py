"""When an environment is made, filled again, or left alone."""

from pathlib import Path

import pytest

from config.bootstrap import environments
from config.bootstrap.environments import Environment
from config.bootstrap.screen import Refusal
from config.bootstrap.tools import Uv


class FakeUv(Uv):
    """Makes a folder in place of an environment, and remembers what it was asked."""

    def __init__(self, folder: Path, offline: bool = False) -> None:
        super().__init__(folder / "tools", folder / "tools.lock")
        self.offline = offline
        self.synced: list[str] = []
        self.fillings: list[str] = []
        self.made = 0

    def run(self, *arguments: str) -> None:
        """Take the order."""
        if arguments[0] == "venv":
            self.made += 1
            python = Path(arguments[-1]) / "bin" / "python"
            python.parent.mkdir(parents=True, exist_ok=True)
            python.write_text("#!/bin/sh\n", encoding="utf-8")
            python.chmod(0o755)
        elif self.offline:
            raise Refusal("no route to host")
        else:
            self.synced.append(next(Path(part).name for part in arguments if part.endswith(".lock")))
            self.fillings.append(arguments[1])


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on whose PATH is nothing but a Python 3.12."""
    python = tmp_path / "bin" / "python3.12"
    python.parent.mkdir()
    python.write_text(f"#!/bin/sh\necho 3.12\necho {python}\n", encoding="utf-8")
    python.chmod(0o755)
    monkeypatch.setenv("PATH", str(python.parent))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("PYENV_ROOT", raising=False)


@pytest.fixture
def run_lock(tmp_path: Path) -> Path:
    """The lock of those who run Baton."""
    (tmp_path / "run.lock").write_text("django==6.1", encoding="utf-8")
    return tmp_path / "run.lock"


@pytest.fixture
def development_lock(tmp_path: Path) -> Path:
    """The lock of those who change it."""
    (tmp_path / "development.lock").write_text("django==6.1\nruff==1", encoding="utf-8")
    return tmp_path / "development.lock"


@pytest.fixture
def environment(tmp_path: Path, run_lock: Path, development_lock: Path) -> Environment:
    """An environment that does not exist yet."""
    return Environment(tmp_path / "venv", ("3.12", "3.13"), (run_lock, development_lock))


def test_the_second_time_nothing_is_done(tmp_path: Path, environment: Environment, run_lock: Path) -> None:
    uv = FakeUv(tmp_path)
    environments.make(environment, run_lock, uv)
    environments.make(environment, run_lock, FakeUv(tmp_path, offline=True))
    assert (uv.made, uv.synced) == (1, ["run.lock"])


def test_one_with_the_development_tools_serves_those_who_only_run_it(
    tmp_path: Path, environment: Environment, run_lock: Path, development_lock: Path
) -> None:
    uv = FakeUv(tmp_path)
    environments.make(environment, development_lock, uv)
    environments.make(environment, run_lock, uv)
    assert uv.synced == ["development.lock"]


def test_a_changed_lock_fills_it_again_and_keeps_the_development_tools(
    tmp_path: Path, environment: Environment, run_lock: Path, development_lock: Path
) -> None:
    uv = FakeUv(tmp_path)
    environments.make(environment, development_lock, uv)
    run_lock.write_text("django==6.2", encoding="utf-8")
    environments.make(environment, run_lock, uv)
    assert (uv.made, uv.synced) == (1, ["development.lock", "development.lock"])
    assert environment.is_current(run_lock)


def test_a_broken_filling_is_not_taken_for_a_finished_one(
    tmp_path: Path, environment: Environment, run_lock: Path
) -> None:
    with pytest.raises(Refusal, match=r"run\.lock .*no route to host.* network"):
        environments.make(environment, run_lock, FakeUv(tmp_path, offline=True))
    assert not environment.is_current(run_lock)


def test_what_somebody_else_put_into_an_environment_stays(
    tmp_path: Path, environment: Environment, run_lock: Path
) -> None:
    uv = FakeUv(tmp_path)
    uv.run("venv", str(environment.folder))
    environments.make(environment, run_lock, uv)
    run_lock.write_text("django==6.2", encoding="utf-8")
    environments.make(environment, run_lock, uv)
    assert (uv.made, uv.fillings) == (1, ["install", "sync"])


def test_a_moved_one_is_made_again(tmp_path: Path, environment: Environment, run_lock: Path) -> None:
    uv = FakeUv(tmp_path)
    environments.make(environment, run_lock, uv)
    environment.folder.rename(tmp_path / "elsewhere")
    moved = Environment(tmp_path / "elsewhere", environment.versions, environment.locks)
    environments.make(moved, run_lock, uv)
    assert uv.made == 2


def test_a_missing_interpreter_is_said_in_one_line(tmp_path: Path, run_lock: Path) -> None:
    class NoNetwork(FakeUv):
        def run(self, *arguments: str) -> None:
            raise Refusal("no route to host")

    wanting = Environment(tmp_path / "venv", ("3.10",), (run_lock,))
    with pytest.raises(Refusal, match=r"^Python 3\.10 is missing: .*no route to host.*`pyenv install 3\.10`"):
        environments.make(wanting, run_lock, NoNetwork(tmp_path))
    assert not wanting.folder.exists()
