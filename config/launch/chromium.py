"""Chromium for the journeys: installed from Debian when it is missing and that is possible."""

import os
import shutil
import subprocess
from pathlib import Path

from config.bootstrap.screen import Screen

NAMES = ("chromium", "chromium-browser", "google-chrome")


def is_there(screen: Screen) -> bool:
    """Whether the journeys can run; installs Chromium if it can, and says so if it cannot."""
    if any(shutil.which(name) for name in NAMES):
        return True
    if os.geteuid() == 0 and Path("/etc/debian_version").exists():
        screen.say("Installing Chromium from Debian for the browser tests: a minute or two, once.")
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (("apt-get", "update", "-qq"), ("apt-get", "install", "-y", "-qq", "chromium")):
            subprocess.run(command, stdout=subprocess.DEVNULL, env=environment, check=False)
    if shutil.which("chromium"):
        return True
    screen.say("There is no Chromium: the browser tests are left out. Install it (Debian: apt-get install chromium).")
    return False
