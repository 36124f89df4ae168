"""A stranger's file costs little, however it was made: counted while it unfolds, within a deadline, two at a time."""

import contextlib
import os
import re
import signal
import threading
import time
from pathlib import Path

import pytest

from foundation.documents.press.child_process import Bounds
from foundation.documents.press.facts import FileKind
from foundation.documents.press.failures import PressBusy, PressFailed
from foundation.documents.press.press import MOST_READING, READING_SECONDS, Press
from tests.attacks.hostile_files import HOSTILE, many_objects
from tests.sheets import PressMaker

MORE = {"objects": 200 * 1024, "nesting": 100 * 1024}
"""Kilobytes of memory that a file of some megabytes may honestly take; the others are small and take next to none."""


def peak(pid: int) -> int:
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert found is not None
    return int(found[1])


@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_a_hostile_file_is_answered_in_time_with_little_memory(new_press: PressMaker, kind: str) -> None:
    press = new_press()
    press.inspect(b"warm")
    (pid,) = press.children
    at_rest = peak(pid)
    content, began = HOSTILE[kind](), time.monotonic()
    try:
        facts = press.inspect(content)
    except (PressFailed, PressBusy):
        assert kind == "objects", "only honest work may come to its deadline, on a busy machine"
        assert time.monotonic() - began < READING_SECONDS + 0.5
        return
    assert time.monotonic() - began < READING_SECONDS
    assert facts.kind in (FileKind.UNREADABLE, FileKind.PDF)
    assert facts.enclosed == ()
    assert press.children == (pid,), "the child lives on"
    assert peak(pid) - at_rest < MORE.get(kind, 32 * 1024), f"{(peak(pid) - at_rest) // 1024} MB more"


def test_a_third_file_is_told_at_once_that_two_are_in_hand(new_press: PressMaker) -> None:
    press = new_press()
    press.inspect(b"warm")
    content, ended = many_objects(), []

    def read() -> None:
        try:
            press.inspect(content)
            ended.append("read")
        except (PressBusy, PressFailed) as failure:
            ended.append(type(failure).__name__)

    readers = [threading.Thread(target=read) for _ in range(MOST_READING)]
    for each in readers:
        each.start()
    time.sleep(0.3)
    began = time.monotonic()
    with pytest.raises(PressBusy) as refused:
        press.inspect(b"%PDF-1.7 a third")
    assert time.monotonic() - began < 0.3
    assert refused.value.status == 503
    assert refused.value.retry_after > 0
    for each in readers:
        each.join()
    assert len(ended) == MOST_READING
    assert press.inspect(b"the next").kind is FileKind.NOT_PDF


def test_nobody_waits_longer_than_the_deadline_even_for_a_dead_child(new_press: PressMaker) -> None:
    """The time in the line, the work and a new child's start count together."""
    press = new_press(bounds=Bounds(job_seconds=0.05))
    waits: list[float] = []

    def read() -> None:
        began = time.monotonic()
        with contextlib.suppress(PressBusy, PressFailed):
            press.inspect(many_objects())
        waits.append(time.monotonic() - began)

    for _ in range(3):
        readers = [threading.Thread(target=read) for _ in range(4)]
        for each in readers:
            each.start()
        for each in readers:
            each.join()
    assert max(waits) < READING_SECONDS + 0.5


def test_a_killed_child_is_replaced_before_the_next_file_comes(new_press: PressMaker) -> None:
    press: Press = new_press(bounds=Bounds(job_seconds=0.2))
    press.expect_files()
    until = time.monotonic() + 20
    while not press.children and time.monotonic() < until:
        time.sleep(0.05)
    with pytest.raises(PressFailed):
        press.inspect(many_objects())
    while not press.children and time.monotonic() < until:
        time.sleep(0.05)
    assert press.children
    time.sleep(1.5)
    assert press.inspect(b"the next").kind is FileKind.NOT_PDF


def test_a_file_that_is_too_slow_is_said_to_be_so(new_press: PressMaker) -> None:
    """Not that others are in hand: its sender would only send it again."""
    press = new_press(bounds=Bounds(job_seconds=60))
    press.inspect(b"warm")
    (pid,) = press.children
    os.kill(pid, signal.SIGSTOP)
    with pytest.raises(PressFailed, match="시간 안에"):
        press.inspect(b"%PDF-1.7 never read")
