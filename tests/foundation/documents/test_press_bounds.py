"""A child that hangs, swells, dies or outlives its welcome costs one job, never the service."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from foundation.documents.press.child_process import Bounds
from foundation.documents.press.failures import PressFailed
from foundation.documents.press.press import Press
from foundation.settings import ROOT
from tests.sheets import CACHE, PressMaker, a_sheet

pytest_plugins = ["tests.press_fixture"]

SECONDS = 2.0
HANGS = {
    "nested flex boxes": '<div style="display: flex">' * 50 + "x" + "</div>" * 50,
    "a very wide grid": '<div style="display: grid; grid-template-columns: repeat(20000, 1fr)">'
    + "<p>x</p>" * 3000
    + "</div>",
}

PARENT = """
import sys
from pathlib import Path
from foundation.documents.press.press import Press
press = Press(assets_dir=Path(sys.argv[1]), cache_dir=Path(sys.argv[2]))
press.check()
press.inspect(b"nothing")
print(*press.children, flush=True)
input()
"""


class Parent(subprocess.Popen[str]):
    """A process with a press of its own; `children` are its two children."""

    def __init__(self, assets_dir: Path, cache_dir: Path) -> None:
        super().__init__(
            [sys.executable, "-c", PARENT, assets_dir, cache_dir],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.stdout is not None
        self.children = [int(pid) for pid in self.stdout.readline().split()]
        assert len(self.children) == 2


def gone(pid: int) -> bool:
    """Whether a process has ended; one that waits for its parent to notice has ended too."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return True


def happens(what: Callable[[], bool], within: float = 5.0) -> bool:
    end = time.monotonic() + within
    while not what() and time.monotonic() < end:
        time.sleep(0.02)
    return what()


@pytest.mark.parametrize("html", HANGS.values(), ids=HANGS.keys())
def test_a_sheet_that_hangs_is_stopped_and_the_next_job_works(new_press: PressMaker, html: str) -> None:
    press = new_press(bounds=Bounds(job_seconds=SECONDS))
    press.check()
    (slow,) = press.children
    started = time.monotonic()
    with pytest.raises(PressFailed, match="시간 안에 끝내지 못해"):
        press.print(a_sheet(html))
    assert time.monotonic() - started < SECONDS + 1
    assert gone(slow)
    assert press.print(a_sheet()).startswith(b"%PDF-")


def test_a_child_that_no_longer_reads_is_stopped(new_press: PressMaker) -> None:
    """The job is larger than the pipe, so that the parent hangs in writing, not in reading."""
    press = new_press(bounds=Bounds(job_seconds=SECONDS))
    press.check()
    (silent,) = press.children
    os.kill(silent, signal.SIGSTOP)
    started = time.monotonic()
    with pytest.raises(PressFailed, match="시간 안에 끝내지 못해"):
        press.print(a_sheet("<p>가나다</p>" * 50_000))
    assert time.monotonic() - started < SECONDS + 1
    assert press.print(a_sheet()).startswith(b"%PDF-")
    assert press.children != (silent,)


def test_a_child_that_dies_at_rest_is_replaced_unnoticed(new_press: PressMaker) -> None:
    press = new_press()
    press.check()
    (pid,) = press.children
    os.kill(pid, signal.SIGKILL)
    assert happens(lambda: gone(pid))
    assert press.print(a_sheet()).startswith(b"%PDF-")


def test_a_sheet_that_swells_is_stopped(new_press: PressMaker) -> None:
    press = new_press(bounds=Bounds(memory=300 * 1024**2))
    press.check()
    with pytest.raises(PressFailed):
        press.print(a_sheet("<!--" + "x" * 40_000_000 + "-->"))
    assert press.print(a_sheet()).startswith(b"%PDF-")


def test_a_sheet_nested_too_deep_is_refused(press: Press) -> None:
    with pytest.raises(PressFailed):
        press.print(a_sheet("<div>" * 3000))
    assert press.print(a_sheet()).startswith(b"%PDF-")


def test_a_child_is_replaced_after_its_jobs(new_press: PressMaker) -> None:
    press = new_press(bounds=Bounds(jobs=2))
    seen = []
    for _ in range(4):
        press.check()
        seen.append(press.children)
        press.print(a_sheet())
    assert seen[0] == seen[1] != seen[2] == seen[3]
    assert all(gone(pid) for pid in seen[0])


def test_the_child_outlives_the_thread_that_first_asked(new_press: PressMaker) -> None:
    """Linux ties the parent-death signal to a thread; a web server's threads come and go."""
    press = new_press()
    first = threading.Thread(target=press.print, args=[a_sheet()])
    first.start()
    first.join()
    (pid,) = press.children
    time.sleep(0.3)
    assert not gone(pid)
    press.print(a_sheet())
    assert press.children == (pid,)


def test_many_threads_share_one_child(new_press: PressMaker) -> None:
    press = new_press()
    printed: dict[int, bytes] = {}

    def print_one(number: int) -> None:
        printed[number] = press.print(a_sheet(title=f"문서 {number}"))

    threads = [threading.Thread(target=print_one, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(printed.values())) == 8
    assert len(press.children) == 1


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
@pytest.mark.parametrize("stopped", [False, True], ids=["idle", "stopped"])
def test_no_child_outlives_its_parent(
    press: Press, assets_dir: Path, how: signal.Signals, stopped: bool
) -> None:
    with Parent(assets_dir, CACHE) as parent:
        children = parent.children
        for pid in children if stopped else ():
            os.kill(pid, signal.SIGSTOP)  # cannot notice the closed pipe
        parent.send_signal(how)
        parent.wait()
    try:
        assert happens(lambda: all(gone(pid) for pid in children))
    finally:
        for pid in children:
            if not gone(pid):
                os.kill(pid, signal.SIGKILL)


def test_what_a_killed_parent_left_is_swept_by_the_next(
    new_press: PressMaker, assets_dir: Path, tmp_path: Path
) -> None:
    shutil.copytree(CACHE / "fonts", tmp_path / "fonts")
    living = new_press(cache_dir=tmp_path)
    living.inspect(b"nothing")
    (room,) = (tmp_path / "work").iterdir()
    with Parent(assets_dir, tmp_path) as parent:
        parent.kill()
    assert len(list((tmp_path / "work").iterdir())) == 3
    new_press(cache_dir=tmp_path).inspect(b"nothing")
    rooms = list((tmp_path / "work").iterdir())
    assert room in rooms
    assert len(rooms) == 2


def test_closing_ends_the_children_and_the_press_may_go_on(new_press: PressMaker) -> None:
    press = new_press()
    press.check()
    (pid,) = press.children
    press.close()
    assert gone(pid)
    assert press.children == ()
    assert press.print(a_sheet()).startswith(b"%PDF-")


def test_a_missing_pango_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "weasyprint").mkdir()
    (tmp_path / "weasyprint" / "__init__.py").write_text(
        "raise OSError(\"cannot load library 'libgobject-2.0-0'\")"
    )
    code = "from foundation.documents.press.child.__main__ import _load; _load('printing', {})"
    told = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r}); {code}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "PressUnavailable: 지금은 PDF를 만들 수 없습니다: 서버에 Pango" in told.stderr


def test_the_child_is_told_no_secrets(new_press: PressMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IEUM_CANARY", "secret")
    press = new_press()
    press.check()
    (pid,) = press.children
    assert b"IEUM_CANARY" not in Path(f"/proc/{pid}/environ").read_bytes()
