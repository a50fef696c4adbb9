"""The listening socket of a web process: one of its own, or one of several on the same port."""

from __future__ import annotations

import resource
import socket

BACKLOG = 1024  # after a restart everybody comes back at once; who finds no place here waits a second and more
MOST_FILES = 65_536


def listening(host: str, port: int, share: bool) -> socket.socket:
    """Return a socket that listens there; raises OSError when it cannot be.

    With ``share`` other processes of the same account may listen on the port too if all of them share; the kernel
    gives each connection to one of them, by its addresses. Only Linux spreads them.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.create_server((host, port), family=family, backlog=BACKLOG, reuse_port=share)
    made.setblocking(False)  # Twisted accepts until nobody waits
    return made


def allow_many_sockets() -> None:
    """Lift the usual bound of 1,024 open files as far as the system lets us: each connection is one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
