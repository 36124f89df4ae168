"""The press: every PDF the center makes and every file it is shown goes through here, never through a web worker."""

import hashlib
import os
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from foundation.documents.press.child_process import Bounds, Line
from foundation.documents.press.facts import LARGEST_FILE, FileFacts, FileKind
from foundation.documents.press.failures import PressFailed, PressUnavailable
from foundation.documents.press.fonts import font_rules, missing_faces
from foundation.documents.press.frames import Frame, as_bytes, as_text
from foundation.documents.press.serialization import facts_from_frame, sheet_to_frame
from foundation.documents.press.sheet import Sheet

PROXIES = ("http_proxy", "https_proxy", "no_proxy")
WAY_OUT = (*PROXIES, *map(str.upper, PROXIES), "SSL_CERT_FILE", "SSL_CERT_DIR")
"""Variables the printing child needs to reach a time-stamping authority."""

READING_MEMORY = 256 * 1024**2
"""Bytes of address space; a file of five megabytes can be made to unfold into as many gigabytes."""
READING_SECONDS = 3.0
"""The longest that anybody waits for an answer about a file, waiting and working together."""
MOST_READING = 2
"""Files at work or waiting in one process; whoever comes next is told so at once."""


class Press:
    """Separate child processes: one prints and signs, one reads untrusted uploads and holds no key.

    One press serves all threads of a process; jobs of one process wait for each other. `assets_dir` is the folder of
    npm packages, `cache_dir` takes the small fonts, `seal_dir` holds the seal (None: nothing can be sealed),
    `tsa_url` names a time-stamping authority (empty: none). No child starts before the first job.
    """

    def __init__(
        self,
        *,
        assets_dir: Path,
        cache_dir: Path,
        seal_dir: Path | None = None,
        tsa_url: str = "",
        bounds: Bounds | None = None,
    ) -> None:
        self._assets_dir = assets_dir
        setup = {
            "assets_dir": str(assets_dir.absolute()),
            "cache_dir": str(cache_dir.absolute()),
            "seal_dir": str(seal_dir.absolute()) if seal_dir else None,
            "tsa_url": tsa_url,
        }
        env = {"FONTCONFIG_FILE": str(font_rules(cache_dir.absolute()))}
        if tsa_url:
            env |= {name: os.environ[name] for name in WAY_OUT if name in os.environ}
        bounds = bounds or Bounds()
        workrooms = cache_dir.absolute() / "work"
        self._printing = Line("printing", setup=setup, env=env, bounds=bounds, workrooms=workrooms)
        small = replace(
            bounds,
            memory=min(bounds.memory, READING_MEMORY),
            job_seconds=min(bounds.job_seconds, READING_SECONDS),
            answer_seconds=READING_SECONDS,
            most=MOST_READING,
        )
        self._reading = Line("reading", setup={}, env={}, bounds=small, workrooms=workrooms)

    def print(self, sheet: Sheet) -> bytes:
        """The sheet as PDF; raises PressFailed (this sheet, this time) or PressUnavailable (this machine)."""
        self._require_fonts()
        answer = _checked(self._printing.ask({"sheet": sheet_to_frame(sheet)}))
        return as_bytes(answer["pdf"])

    def inspect(self, payload: bytes) -> FileFacts:
        """What an uploaded file is, within `READING_SECONDS`.

        Raises PressBusy at once when `MOST_READING` files are in hand already, PressFailed when this one could not be
        read in time.
        """
        if len(payload) > LARGEST_FILE:
            return FileFacts(FileKind.TOO_LARGE, hashlib.sha256(payload).hexdigest())
        return facts_from_frame(_checked(self._reading.ask({"payload": as_text(payload)})))

    def check(self) -> None:
        """Start a printing child, so that the first sheet is quick; raises PressUnavailable with what is missing."""
        self._require_fonts()
        self._printing.start()

    def expect_files(self) -> None:
        """Begin to start the reading child, so that the first file does not wait for it."""
        self._reading.start_soon()

    @property
    def children(self) -> tuple[int, ...]:
        """Process numbers of the children that stand ready."""
        return tuple(pid for line in (self._printing, self._reading) if (pid := line.pid) is not None)

    def close(self) -> None:
        """End the children; the press may be used again."""
        self._printing.close()
        self._reading.close()

    def __enter__(self) -> "Press":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _require_fonts(self) -> None:
        if missing := missing_faces(self._assets_dir):
            raise PressUnavailable(
                f"지금은 PDF를 만들 수 없습니다: 글꼴이 없습니다({missing[0]}). "
                "(PDFs are unavailable: the fonts are not installed.)"
            )


def _checked(answer: Frame) -> Frame:
    if "failed" in answer:
        raise PressFailed(answer["failed"], detail=answer.get("detail", ""))
    return answer
