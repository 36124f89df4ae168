"""The limits a child puts on itself before it loads anything: memory, processor time, files, and its parent's life."""

import ctypes
import os
import resource
import signal
import sys

PR_SET_PDEATHSIG = 1
LARGEST_WRITTEN = 64 * 1024 * 1024
"""Bytes of one file; the largest it writes are subset fonts of about a megabyte."""


def die_with(parent: int) -> None:
    """The kernel kills this process when the thread that started it ends; leaves at once if it already has."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then ends its children
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(0)


def limit_memory(address_space: int) -> None:
    """No more than so many bytes of address space, no core dumps, no large files."""
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, LARGEST_WRITTEN)
    if sys.platform == "linux":
        _limit(resource.RLIMIT_AS, address_space)


def limit_processor(seconds: int) -> None:
    """So many seconds of processor time from now on; the kernel ends the process that uses more."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + 1 + seconds, hard))


def _limit(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (allowed, hard))
