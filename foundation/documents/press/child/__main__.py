"""The child's whole life: limit itself, load its task module, answer one job after another until the pipe closes.

`python -m foundation.documents.press.child TRADE PARENT` with `printing` or `reading`, started by `Line` only.
"""

import importlib
import os
import sys
import traceback
from collections.abc import Callable
from typing import IO

from foundation.documents.press.child.bounds import die_with, limit_memory, limit_processor
from foundation.documents.press.failures import PressFailed, PressUnavailable
from foundation.documents.press.frames import Frame, read_frame, write_frame

START_SECONDS = 120
"""Of processor time, for loading libraries and, the first time, subsetting the fonts."""
PANGO_MISSING = (
    "지금은 PDF를 만들 수 없습니다: 서버에 Pango 라이브러리가 없습니다. "
    "(PDFs are unavailable: the Pango library is missing on this machine.)"
)


def main(trade: str, parent: int) -> None:
    """Serve until the parent closes the pipe."""
    die_with(parent)
    requests, answers = _take_pipes()
    setup = read_frame(requests)
    if setup is None:
        return
    limit_memory(setup["memory"])
    limit_processor(START_SECONDS)
    try:
        work = _load(trade, setup)
    except PressUnavailable as missing:
        write_frame(answers, {"unavailable": missing.sentence})
        return
    write_frame(answers, {"ready": True})
    while (request := read_frame(requests)) is not None:
        limit_processor(setup["cpu_seconds"])
        answer = _answer(work, request)
        write_frame(answers, answer)
        if answer.get("last"):
            return


def _load(trade: str, setup: Frame) -> Callable[[Frame], Frame]:
    # By name, because the limits must stand before a heavy library is loaded.
    try:
        module = importlib.import_module(f"foundation.documents.press.child.{trade}")
    except OSError as failure:
        if "cannot load library" not in str(failure):
            raise
        raise PressUnavailable(PANGO_MISSING) from failure
    work: Callable[[Frame], Frame] = module.take_up(setup)
    return work


def _answer(work: Callable[[Frame], Frame], request: Frame) -> Frame:
    """The job's answer; after an unforeseen end of it, this child is not trusted with another."""
    try:
        return work(request)
    except PressFailed as failure:
        return {"failed": failure.sentence, "detail": failure.detail}
    except Exception:
        return {"failed": "문서를 PDF로 만들지 못했습니다.", "detail": traceback.format_exc(), "last": True}


def _take_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """The two pipes, moved out of reach of libraries that print or read on the standard streams."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    silence = os.open(os.devnull, os.O_RDONLY)
    os.dup2(silence, 0)
    os.dup2(2, 1)
    return requests, answers


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
