"""The last step before a child's own program: who it runs as, and that it dies with its parent.

Run as a script (`python -I -S launch.py PARENT DEATH_SIGNAL UID GID PROGRAM ARGUMENT…`), never imported by the suite:
doing this in `preexec_fn` would run Python between fork and exec, which can deadlock in a parent with threads.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1  # <linux/prctl.h>


def main() -> None:
    """Change user where asked, tie this process to its parent, become the program."""
    parent, death_signal, uid, gid = (int(argument) for argument in sys.argv[1:5])
    os.umask(0o077)
    if os.geteuid() == 0 and uid != 0:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if sys.platform == "linux":  # after setuid, which clears it
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
    if os.getppid() != parent:  # it died before the line above
        sys.exit(1)
    os.execv(sys.argv[5], sys.argv[5:])  # noqa: S606 - becoming the program, without a shell, is the point


if __name__ == "__main__":
    main()
