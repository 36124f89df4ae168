"""One child process, given one job at a time, recycled after so many jobs, a time-out or a crash."""

import contextlib
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from foundation.documents.press.failures import PressBusy, PressFailed, PressUnavailable
from foundation.documents.press.frames import BrokenFrame, Frame, read_frame, write_frame
from foundation.documents.press.temporary_folders import Workroom

PROJECT = Path(__file__).resolve().parents[3]
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH")
"""The child gets these variables and no others: it has no business with passwords and keys of services."""
LAST_MOMENT = 0.25
"""Seconds before the end of the time for an answer at which a job is stopped, so that it can be said that it was."""
LAST_WORDS = 4000
"""Bytes of the child's stderr that are kept for the log."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Seconds a job and a start may take, jobs until a child is replaced, bytes of address space it may use.

    `most` jobs may be at work or waiting at once; `answer_seconds` is the longest that anybody waits for an answer,
    the time in the line and a new child's start included (None: as long as it takes).
    """

    job_seconds: float = 20.0
    start_seconds: float = 90.0
    jobs: int = 200
    memory: int = 2 * 1024**3
    most: int = 8
    answer_seconds: float | None = None


class _Child:
    """A started process with its pipes; `ask` kills it at the deadline."""

    def __init__(self, trade: str, env: Mapping[str, str], workrooms: Path) -> None:
        self.jobs = 0
        self.late = False
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the child
        self._workroom = Workroom(workrooms)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "foundation.documents.press.child", trade, str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            cwd=PROJECT,
            env={**env, "TMPDIR": str(self._workroom.path)},
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return not self.late and self._process.poll() is None

    def ask(self, frame: Frame, seconds: float) -> Frame | None:
        """The child's answer; None when it died or was killed after `seconds`."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        alarm = threading.Timer(seconds, self._stop_late)
        alarm.start()
        try:
            write_frame(self._process.stdin, frame)
            return read_frame(self._process.stdout)
        except (OSError, ValueError, BrokenFrame):
            return None
        finally:
            alarm.cancel()

    def end(self) -> str:
        """Kill it if it lives, free what it held; what it said last on stderr."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                _close(pipe)
        code = self._process.wait()
        self._errors.seek(max(0, self._errors.seek(0, os.SEEK_END) - LAST_WORDS))
        words = self._errors.read().decode("utf-8", "replace").strip()
        self._errors.close()
        self._workroom.leave()
        return f"exit {code}: {words}"

    def _stop_late(self) -> None:
        self.late = True
        self._process.kill()


def _close(pipe: IO[bytes]) -> None:
    with contextlib.suppress(OSError):  # what was still buffered was meant for a dead child
        pipe.close()


class Line:
    """Any thread may ask; one keeper thread starts the child and speaks with it.

    The keeper also keeps the promise that no child outlives its parent: Linux sends the parent-death signal when
    the *thread* that started the child ends, so it must be a thread that lives as long as the line.
    """

    def __init__(
        self, trade: str, *, setup: Frame, env: Mapping[str, str], bounds: Bounds, workrooms: Path
    ) -> None:
        self._trade = trade
        self._workrooms = workrooms
        self._setup = {**setup, "memory": bounds.memory, "cpu_seconds": int(bounds.job_seconds) + 5}
        self._env = {
            **{name: os.environ[name] for name in PASSED_ON if name in os.environ},
            "LANG": "C.UTF-8",
            "PYTHONUTF8": "1",
            **env,
        }
        self._bounds = bounds
        self._guard = threading.Lock()
        self._places = threading.BoundedSemaphore(bounds.most)
        self._keeper: ThreadPoolExecutor | None = None
        self._keeper_of = 0
        self._child: _Child | None = None

    @property
    def pid(self) -> int | None:
        """Process number of the child that stands ready, None when there is none."""
        child = self._child
        return child.pid if child is not None and child.alive else None

    def ask(self, request: Frame) -> Frame:
        """The answer to one job; raises PressBusy at once when the line is full, PressFailed or PressUnavailable."""
        within = self._bounds.answer_seconds
        if not self._places.acquire(blocking=False):
            raise PressBusy
        until = time.monotonic() + within - LAST_MOMENT if within is not None else None
        job = self._line().submit(self._serve, request, until)
        job.add_done_callback(self._leave)
        try:
            return job.result(within)
        except TimeoutError:
            job.cancel()
            raise PressBusy from None

    def _leave(self, _job: Future[Frame]) -> None:
        self._places.release()

    def start(self) -> None:
        """Have a child standing ready; raises PressFailed or PressUnavailable."""
        self._line().submit(self._ready_child).result()

    def start_soon(self) -> None:
        """Begin to start a child without waiting for it; what fails is said to whoever asks first."""
        self._line().submit(self._ready_child)

    def close(self) -> None:
        """End the child; the line may be used again and would start a new one."""
        with self._guard:
            keeper, self._keeper = self._keeper, None
            if keeper is not None and self._keeper_of == os.getpid():
                keeper.submit(self._discard).result()
                keeper.shutdown()

    def _line(self) -> ThreadPoolExecutor:
        with self._guard:
            if self._keeper is None or self._keeper_of != os.getpid():  # a forked server starts its own
                self._keeper = ThreadPoolExecutor(1, thread_name_prefix=f"press-{self._trade}")
                self._keeper_of = os.getpid()
                self._child = None
            return self._keeper

    def _serve(self, request: Frame, until: float | None) -> Frame:
        child = self._ready_child()
        left = until - time.monotonic() if until is not None else self._bounds.job_seconds
        if left <= 0:
            raise PressBusy
        child.jobs += 1
        answer = child.ask(request, min(left, self._bounds.job_seconds))
        if answer is None:
            detail = self._discard()
            self._start_next()
            raise _failed("시간 안에 끝내지 못해 멈췄습니다." if child.late else "도중에 멈췄습니다.", detail)
        if answer.get("last") or child.jobs >= self._bounds.jobs:
            self._discard()
            self._start_next()
        return answer

    def _start_next(self) -> None:
        """Start the next child after this job, so that nobody's job waits for it."""
        keeper = self._keeper
        if keeper is not None:
            with contextlib.suppress(RuntimeError):  # the line is being closed
                keeper.submit(self._ready_child)

    def _ready_child(self) -> _Child:
        if self._child is not None and self._child.alive:
            return self._child
        self._discard()
        self._child = _Child(self._trade, self._env, self._workrooms)
        answer = self._child.ask(self._setup, self._bounds.start_seconds)
        if answer is None:
            raise _failed("시작하지 못했습니다.", self._discard())
        if "unavailable" in answer:
            self._discard()
            raise PressUnavailable(answer["unavailable"])
        return self._child

    def _discard(self) -> str:
        child, self._child = self._child, None
        return child.end() if child is not None else ""


def _failed(what: str, detail: str) -> PressFailed:
    return PressFailed(f"PDF 작업이 {what} 잠시 뒤 다시 해 주세요.", detail=detail)
