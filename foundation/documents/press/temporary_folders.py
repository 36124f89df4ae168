"""A folder for one child's temporary files; what killed processes left behind is swept by whoever comes next."""

import contextlib
import fcntl
import os
import shutil
import tempfile
from pathlib import Path
from typing import IO

LOCK = "lock"


class Workroom:
    """Made under `root`, which several processes may share; it is in use as long as its lock is held."""

    def __init__(self, root: Path) -> None:
        root.mkdir(parents=True, exist_ok=True)
        for left in root.iterdir():
            _sweep(left)
        self.path = Path(tempfile.mkdtemp(dir=root))
        new = self.path / f"{LOCK}.new"
        self._lock = new.open("wb")
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        new.rename(self.path / LOCK)  # only now can a sweeper see it

    def leave(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.path, ignore_errors=True)
        self._lock.close()


def _sweep(folder: Path) -> None:
    with contextlib.suppress(OSError), _held(folder / LOCK):
        shutil.rmtree(folder, ignore_errors=True)


def _held(lock: Path) -> IO[bytes]:
    """The lock file, held; raises OSError when it is missing or its owner lives."""
    file = os.fdopen(os.open(lock, os.O_RDWR), "r+b")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise
    return file
