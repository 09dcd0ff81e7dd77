"""What a process that holds raw input asks of the system before it begins."""

from __future__ import annotations

import ctypes
import sys
from typing import Final

_PR_SET_DUMPABLE: Final = 4


def harden() -> None:
    """No core dump of this process, and on Linux no other process of the same user may read its memory (prctl(2),
    PR_SET_DUMPABLE). Does not stop root. Raises OSError if the system refuses.
    """
    if sys.platform == "win32":
        return  # the system makes no dump of this process unless an administrator asks for it
    import resource  # noqa: PLC0415 - not on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform.startswith("linux"):
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl(PR_SET_DUMPABLE) refused")
