"""Ports on 127.0.0.1: whether one is free, who holds it, and one that is free."""

import errno
import os
import socket
import sys
from pathlib import Path

HOST = "127.0.0.1"
LISTENING = "0A"
SHAREABLE = (
    sys.platform == "linux"
)  # macOS lets several listen on one port too, but gives all connections to one of them


def is_free(port: int) -> bool:
    """Whether a server of ours could listen on this port."""
    with socket.socket() as caller:
        caller.settimeout(0.5)
        if caller.connect_ex((HOST, port)) == 0:
            return False
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port in TIME_WAIT is free for a server
        try:
            server.bind((HOST, port))
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                return False
            raise
    return True


def any_free() -> int:
    """Return a port that nothing uses now."""
    with socket.socket() as server:
        server.bind((HOST, 0))
        return int(server.getsockname()[1])


def holder(port: int) -> str | None:
    """Return who listens on this port, such as "nginx (process 812)"; None where the system does not tell."""
    sockets = {f"socket:[{inode}]" for inode in listening(port)}
    for process in Path("/proc").glob("[0-9]*") if sockets else ():
        try:
            if any(os.readlink(handle) in sockets for handle in (process / "fd").iterdir()):
                return f"{(process / 'comm').read_text(encoding='utf-8').strip()} (process {process.name})"
        except OSError:
            continue  # ended meanwhile, or another account's
    return None


def listening(port: int) -> list[str]:
    """Return the inodes of the sockets that listen on this port, from the kernel's tables (proc(5))."""
    found = []
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        if not Path(table).exists():
            continue
        for line in Path(table).read_text(encoding="ascii").splitlines()[1:]:
            columns = line.split()
            if columns[3] == LISTENING and int(columns[1].rsplit(":", 1)[1], 16) == port:
                found.append(columns[9])
    return found
