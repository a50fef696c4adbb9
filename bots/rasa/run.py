"""Trains and serves the assistant, in Rasa's own environment.

run.py train --out DIR [--force]     the last line of stdout is the path of the model
run.py serve --model FILE --port N   on 127.0.0.1, until SIGTERM; RASA_TOKEN, ACTIONS_URL
"""

from __future__ import annotations

import argparse
import importlib
import logging
import os
import sys
import tempfile
import warnings
from pathlib import Path

import stand_ins

QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "LOG_LEVEL": "WARNING",
}


def main() -> None:
    """Read the command line and do it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    training = commands.add_parser("train")
    training.add_argument("--out", type=Path, required=True)
    training.add_argument("--force", action="store_true")
    serving = commands.add_parser("serve")
    serving.add_argument("--model", type=Path, required=True)
    serving.add_argument("--port", type=int, required=True)
    chosen = parser.parse_args()
    prepare()
    # Imported late: Rasa reads the environment, and imports what is stood in for, when it is imported.
    if chosen.command == "train":
        with tempfile.TemporaryDirectory() as cache:
            os.environ["RASA_CACHE_DIRECTORY"] = cache
            model = importlib.import_module("training").train(chosen.out, chosen.force)
        sys.stdout.write(f"{model}\n")
    else:
        token, actions = (
            os.environ.get("RASA_TOKEN", ""),
            os.environ.get("ACTIONS_URL", "http://127.0.0.1:5055/webhook"),
        )
        if not token:
            sys.exit("RASA_TOKEN is not set: the channel would answer anybody on this machine.")
        if not chosen.model.is_file():
            sys.exit(f"There is no model at {chosen.model}. Train one: run.py train --out {chosen.model.parent}")
        importlib.import_module("serving").serve(chosen.model, chosen.port, token, actions)


def prepare() -> None:
    """Silence Rasa and its libraries and stand in for what is not used."""
    os.environ.update(QUIET)
    warnings.showwarning = lambda *warning: None  # Rasa's libraries set filters of their own
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    stand_ins.install()


if __name__ == "__main__":
    main()
