"""The trained assistant: trained again only when a file that training reads has changed."""

from collections.abc import Mapping
from pathlib import Path

from config.bootstrap.screen import Refusal, Screen
from config.launch import commands, fingerprint

READ = ("*.py", "*.yml", "components/**/*.py", "calibration/**/*", "data/**/*.yml", "requirements.lock")


def model(project: Path, models: Path, logs: Path, environment: Mapping[str, str], screen: Screen) -> Path:
    """Return the model of the assistant as it is now, training it if need be; raises Refusal."""
    models.mkdir(parents=True, exist_ok=True)
    note = models / f"{fingerprint.of(project / 'bots' / 'rasa', READ)[:16]}.model"
    if note.exists():
        known = models / note.read_text(encoding="utf-8")
        if known.is_file():
            return known
    command = (str(project / ".venv-rasa" / "bin" / "python"), "bots/rasa/run.py", "train", "--out", str(models))
    with screen.step("train the assistant"):
        lines = commands.run("train", command, environment, project, logs / "train.log")
    trained = Path(lines[-1]) if lines else models
    if not trained.is_file():
        raise Refusal(f"Training ended without a model (see {logs / 'train.log'}).")
    note.write_text(trained.name, encoding="utf-8")
    return trained
