"""Ctrl-C, SIGTERM and a closed terminal all ask for the same: stop everything, in order."""

import signal
from types import FrameType


class Stopped(BaseException):
    """Somebody asked us to stop. No Exception, so that nothing on the way takes it for a fault."""


class StopOnce:
    """Raises Stopped at the first request; later ones must not break into the stopping itself."""

    def __init__(self) -> None:
        self.asked = False

    def listen(self) -> None:
        """From now on, requests come here."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.handle)

    def handle(self, number: int, frame: FrameType | None) -> None:
        """Take a request."""
        if not self.asked:
            self.asked = True
            raise Stopped
