"""`tied.py PARENT SIGNAL ACCOUNT COMMAND...`: become a command that does not outlive the process that starts it.

Run as a file by a bare interpreter. PARENT is the starter's process id, SIGNAL the number that the kernel sends when
the starter dies, however it dies (Linux only), ACCOUNT is `uid:gid` to drop to, or `-`.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def become(parent: int, orphaned: int, account: str, command: list[str]) -> None:
    """Drop to the account, ask for the signal, and turn into the command."""
    if account != "-":
        uid, gid = (int(part) for part in account.split(":"))
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if sys.platform == "linux":
        # After the change of account: the kernel forgets the wish when a process changes its account.
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, orphaned, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit("the launcher is gone")  # it died before the wish was made
    try:
        os.execvp(command[0], command)
    except OSError as error:
        sys.exit(f"{command[0]}: {error.strerror}")


if __name__ == "__main__":
    become(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4:])
