"""A disk that is full for one table: the server's processes may not make any file larger than that table is.

The kernel refuses the write that would extend it (EFBIG in place of ENOSPC), as it refuses it on a full disk. The
write-ahead log has its room all the same: without it PostgreSQL would stop, which is another fault.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.stack.database import Database

ENOUGH = 20 << 20  # bytes: more than a segment of the write-ahead log
FILL = """
INSERT INTO support_message (conversation_id, seq, author, client_id, body)
SELECT %s, 1000 + n, 'system', 'filler-' || n, (SELECT string_agg(md5(n || '-' || part), '') FROM generate_series(1, 58) part)
FROM generate_series(1, %s) n
"""
ROW_BYTES = 2000
LIMIT = """
import contextlib, os, resource, sys

account, most, *pids = sys.argv[1], *map(int, sys.argv[2:])
if account != "-":
    uid, gid = map(int, account.split(":"))
    os.setgroups([]), os.setgid(gid), os.setuid(uid)
for pid in pids:
    with contextlib.suppress(ProcessLookupError):  # a session that has just ended
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
"""


def padding() -> str:
    """What makes a message large in that table: too little for a place of its own, and no use to compress."""
    return f" {random.randbytes(900).hex()}"


def fill(database: Database, conversation: str) -> None:
    """Make the table of messages large, by lines of a conversation that nobody reads."""
    with database.connect() as connection:
        connection.execute(FILL, [conversation, ENOUGH // ROW_BYTES])


@contextmanager
def full(database: Database) -> Iterator[None]:
    """The table cannot grow while the block runs."""
    limit(database, size(database))
    try:
        yield
    finally:
        limit(database, resource.RLIM_INFINITY)


def size(database: Database) -> int:
    """Bytes of the table's file."""
    with database.connect() as connection:
        row = connection.execute("SELECT pg_relation_size('support_message')").fetchone()
    assert row
    assert row[0] > ENOUGH // 2 + (8 << 20), "the write-ahead log must still have its room"
    return int(row[0])


def limit(database: Database, most: int) -> None:
    """Of the postmaster, whose future processes inherit it, and of those that there are; done as their own account."""
    children = Path(f"/proc/{database.pid}/task/{database.pid}/children").read_text().split()
    account = database.cluster.account
    own = f"{account.uid}:{account.gid}" if account else "-"
    subprocess.run((sys.executable, "-I", "-S", "-c", LIMIT, own, str(most), str(database.pid), *children), check=True)
