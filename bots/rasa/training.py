"""Trains the assistant: calibrate, train with the calibrated threshold, put model and calibration in place."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import rasa.model_training
import yaml
from calibration import Calibration, calibrate
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.utils.log_utils import configure_structlog

HERE = Path(__file__).parent
INPUTS = ("*.py", "*.yml", "components/*.py", "calibration/*.txt", "data/**/*.yml", "requirements.lock")
DOMAIN = ("domain.yml", "responses.yml")


def train(out: Path, force: bool) -> Path:
    """Train into ``out`` and return the model's path; nothing to do if these very inputs were trained before.

    Writes ``tarn-<hash of the inputs>.tar.gz`` and ``.calibration.json`` beside it, the model last and at once, so
    that a training that was interrupted leaves no model behind.
    """
    out.mkdir(parents=True, exist_ok=True)
    model = out.resolve() / f"tarn-{fingerprint()}.tar.gz"
    report = model.with_name(model.name.replace(".tar.gz", ".calibration.json"))
    if model.exists() and report.exists() and not force:
        say(f"unchanged since {model.name} was trained")
        os.utime(model)  # the newest file is the current model
        return model
    configure_structlog(logging.WARNING)
    texts, intents = examples()
    found = calibrate(texts, intents)
    with tempfile.TemporaryDirectory(dir=out) as folder:
        trained = train_with(found, Path(folder))
        report.write_text(json.dumps(asdict(found), indent=2) + "\n", encoding="utf-8")
        trained.replace(model)
    say(describe(found))
    return model


def fingerprint() -> str:
    """Return twelve hex digits that change with every file that training reads."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in INPUTS for path in HERE.glob(pattern)}):
        digest.update(str(path.relative_to(HERE)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def examples() -> tuple[list[str], list[str]]:
    """Return the texts and the intents of the training examples."""
    importer = TrainingDataImporter.load_from_config(str(HERE / "config.yml"), None, [str(HERE / "data" / "nlu")])
    found = importer.get_nlu_data().intent_examples
    return [one.get(TEXT) for one in found], [one.get(INTENT) for one in found]


def train_with(found: Calibration, folder: Path) -> Path:
    """Train everything with this calibration; return the path of the model in ``folder``."""
    calibrated = {
        "FallbackClassifier": {"threshold": found.threshold},
        "components.intents.TfidfIntents": {"slope": found.slope, "offset": found.offset},
    }
    config = yaml.safe_load((HERE / "config.yml").read_text(encoding="utf-8"))
    for component in config["pipeline"]:
        component.update(calibrated.get(component["name"], {}))
    settings, domain = folder / "config.yml", folder / "domain.yml"
    settings.write_text(yaml.safe_dump(config, sort_keys=False), encoding="utf-8")
    domain.write_text(yaml.safe_dump(whole_domain(), sort_keys=False, allow_unicode=True), encoding="utf-8")
    result = rasa.model_training.train(
        str(domain), str(settings), str(HERE / "data"), str(folder), force_training=True, fixed_model_name="tarn"
    )
    if result.code != 0 or result.model is None:
        raise SystemExit(f"Rasa did not train a model (code {result.code})")
    return Path(result.model)


def whole_domain() -> dict[str, object]:
    """Return the parts of the domain as one."""
    whole: dict[str, object] = {}
    for name in DOMAIN:
        whole.update(yaml.safe_load((HERE / name).read_text(encoding="utf-8")))
    return whole


def describe(found: Calibration) -> str:
    """Return the line about the calibration that training prints."""
    return (
        f"calibrated: threshold {found.threshold:.3f} keeps {found.kept_in_scope:.1%} of the in-scope and rejects "
        f"{found.rejected_out_of_scope:.1%} of the out-of-scope; cross-validated accuracy {found.accuracy:.3f}, "
        f"macro F1 {found.macro_f1:.3f} on {found.examples} examples"
    )


def say(line: str) -> None:
    """Print a line for the person who trains."""
    sys.stdout.write(line + "\n")
