"""When the assistant is trained."""

import io
import sys
from pathlib import Path

import pytest

from config.bootstrap.screen import Refusal, Screen
from config.launch import training

TRAINER = """
import pathlib, sys
out = pathlib.Path(sys.argv[3])
count = len(list(out.glob("*.tar.gz")))
model = out / f"model-{count}.tar.gz"
model.write_text("a model")
print("calibrated")
print(model)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose assistant is trained in no time."""
    rasa = tmp_path / "bots" / "rasa"
    rasa.mkdir(parents=True)
    (rasa / "run.py").write_text(TRAINER, encoding="utf-8")
    (rasa / "config.yml").write_text("pipeline: []", encoding="utf-8")
    python = tmp_path / ".venv-rasa" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    return tmp_path


def trained(project: Path) -> str:
    """Train if need be; return the name of the model."""
    return training.model(project, project / "models", project, {}, Screen(io.StringIO())).name


def test_it_is_trained_again_only_when_its_files_changed(project: Path) -> None:
    assert [trained(project), trained(project)] == ["model-0.tar.gz", "model-0.tar.gz"]
    (project / "bots/rasa/config.yml").write_text("pipeline: [better]", encoding="utf-8")
    assert trained(project) == "model-1.tar.gz"


def test_going_back_to_what_was_trained_before_needs_no_training(project: Path) -> None:
    before = trained(project)
    (project / "bots/rasa/config.yml").write_text("pipeline: [worse]", encoding="utf-8")
    trained(project)
    (project / "bots/rasa/config.yml").write_text("pipeline: []", encoding="utf-8")
    assert trained(project) == before


def test_a_model_that_was_removed_is_trained_again(project: Path) -> None:
    (project / "models" / trained(project)).unlink()
    assert (project / "models" / trained(project)).is_file()


def test_a_training_that_fails_is_refused_with_its_last_line(project: Path) -> None:
    (project / "bots/rasa/run.py").write_text("raise SystemExit('no examples')", encoding="utf-8")
    with pytest.raises(Refusal, match=r"^train failed: no examples"):
        trained(project)
