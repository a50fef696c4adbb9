"""`python -m config.launch`: what `make up` becomes when the environments are there."""

import os
import sys
from pathlib import Path

from config.bootstrap.screen import Refusal, Screen
from config.launch.signals import StopOnce, Stopped
from config.launch.up import up

PROJECT = Path(__file__).resolve().parent.parent.parent


def main() -> int:
    """Run Baton; 0 when it was asked to stop, 1 with one line when it could not go on."""
    screen = Screen()
    try:
        StopOnce().listen()
        up(PROJECT, os.environ, screen)
    except Stopped:
        pass
    except Refusal as refusal:
        screen.refuse(refusal)
        return 1
    except OSError as error:  # a full disk, a folder that is not ours to write
        screen.refuse(f"{error.strerror}{f': {error.filename}' if error.filename else ''}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
