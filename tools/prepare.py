"""Prepare a bare machine for `make run`, `make test` or `make bench`.

    python3 tools/prepare.py run|test|bench

Runs on the system's own Python with nothing installed. Every step looks first whether it is needed, so that a
second run is quick and writes nothing; what cannot be done ends in one sentence on stderr and exit code 1.
What only some pages or tests need (Pango, PostgreSQL, chromium, poppler) never stops the command: it is said.
"""

from __future__ import annotations

import contextlib
import fcntl
import functools
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from ctypes.util import find_library
from pathlib import Path
from typing import NamedTuple

TOP = Path(__file__).resolve().parent.parent
VENV = TOP / ".venv"
PYTHON = VENV / "bin" / "python"
NODE_MODULES = TOP / "node_modules"
NATIVE = TOP / "var" / "native"
LOGS = TOP / "var" / "prepared"
SETS = ("run", "test", "bench")  # each holds the one before it
ROOM_NEEDED = 1_500_000_000  # bytes: .venv, node_modules, var/native and the downloads
CAUSES = {
    "No space left|ENOSPC|Disk quota": "디스크 공간이 없습니다 (no space left on the disk)",
    "resolution|resolving|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|dns error|unreachable|[Cc]onnection refused|timed out": (
        "네트워크가 닿지 않습니다 (the package registry cannot be reached)"
    ),
}


class Unprepared(Exception):
    """What could not be prepared, as the sentence that is shown."""


class Step(NamedTuple):
    title: str
    done: Callable[[], bool]
    work: Callable[[], None]
    loss: str | None = None  # what is lost without it; None: nothing starts without it


class Native(NamedTuple):
    """Something of the operating system that Debian's packages bring."""

    packages: tuple[str, ...]
    installed: Callable[[], bool]
    unpackable: bool  # works from var/native too, without root
    loss: str


def call(name: str, *command: str | Path) -> None:
    """Run a command silently; what it says is kept in a log, its cause or last word goes into the refusal."""
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / f"{name}.log"
    with log.open("w", encoding="utf-8") as out:
        ended = subprocess.run(
            command,
            cwd=TOP,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    if ended.returncode:
        said = log.read_text("utf-8", "replace").strip() or f"exit code {ended.returncode}"
        known = (sentence for signs, sentence in CAUSES.items() if re.search(signs, said))
        raise Unprepared(f"{next(known, said.splitlines()[-1])} [{log.relative_to(TOP)}]")


@functools.cache
def environment() -> dict[str, str]:
    """The caller's environment without another Python's settings, and with a home that can be written."""
    foreign = {"PYTHONHOME", "PYTHONPATH"}
    kept = {name: value for name, value in os.environ.items() if name not in foreign}
    if not os.access(os.path.expanduser("~"), os.W_OK):
        kept["HOME"] = str(TOP / "var" / "home")
    return kept | {
        "DEBIAN_FRONTEND": "noninteractive",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "VIRTUAL_ENV": str(VENV),  # where uv installs
    }


def key(*parts: str | Path) -> str:
    """One hash over words and the contents of files."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.read_bytes() if isinstance(part, Path) else part.encode())
        digest.update(b"\0")
    return digest.hexdigest()


def stamp(folder: Path, *keys: str) -> None:
    """Mark what a folder was filled from. The mark lies in the folder: who deletes one deletes both."""
    (folder / ".prepared").write_text("\n".join(keys))


def stamped(folder: Path, wanted: str) -> bool:
    mark = folder / ".prepared"
    return mark.exists() and wanted in mark.read_text().split()


# --- Python


@functools.cache
def interpreter() -> str:
    """Which Python .venv holds and where it lies, or nothing where it does not work."""
    if not PYTHON.exists():
        return ""
    asked = "import sys, pip; print(*sys.version_info[:2], sys.prefix)"
    return subprocess.run([PYTHON, "-I", "-c", asked], capture_output=True, text=True).stdout.strip()


def make_venv() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        if os.geteuid() or shutil.which("apt-get") is None:
            raise Unprepared("python3-venv를 root로 설치하십시오 (as root: apt-get install python3-venv)")
        install("python3-venv")
    call("venv", sys.executable, "-m", "venv", "--clear", VENV)
    interpreter.cache_clear()


def requirements(name: str) -> Path:
    return TOP / "requirements" / f"{name}.txt"


def pip_install(name: str, *installer: str) -> None:
    call(name, PYTHON, "-m", *installer, "install", "--require-hashes", "-r", requirements(name))


def python_key(chosen: str) -> str:
    return key(interpreter(), requirements("tools"), requirements(chosen))


def install_python(chosen: str) -> None:
    """The hashed set through uv, or through pip where uv has no build. What is there beyond the set stays."""
    try:
        pip_install("tools", "pip")
    except Unprepared:
        pip_install(chosen, "pip")
    else:
        pip_install(chosen, "uv", "pip")
    stamp(VENV, *(python_key(held) for held in SETS[: SETS.index(chosen) + 1]))


# --- files of the pages


def assets_key() -> str:
    return key(*(TOP / name for name in (".npmrc", "package.json", "package-lock.json")))


def install_assets() -> None:
    npm = shutil.which("npm")
    if npm is None:
        pip_install("node", "pip")
        npm = str(VENV / "bin" / "npm")
    call("npm", npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    stamp(NODE_MODULES, assets_key())


# --- Debian's packages


def has_pango() -> bool:
    return all(find_library(name) for name in ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset"))


def has_postgresql() -> bool:
    return bool(shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb")))


FOR_RUN = (
    Native(
        ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
        has_pango,
        unpackable=True,
        loss="PDF는 Pango를 기다립니다; 포털은 시작합니다 (PDFs wait for Pango, the portal starts)",
    ),
)
FOR_TEST = (
    *FOR_RUN,
    Native(
        ("postgresql",),
        has_postgresql,
        unpackable=True,
        loss="PostgreSQL 시험을 건너뜁니다 (PostgreSQL tests are skipped)",
    ),
    Native(
        ("chromium",),
        lambda: shutil.which("chromium") is not None,
        unpackable=False,
        loss="브라우저 시험을 건너뜁니다 (browser tests are skipped)",
    ),
    Native(
        ("poppler-utils",),
        lambda: shutil.which("pdftotext") is not None,
        unpackable=True,
        loss="PDF를 읽는 시험을 건너뜁니다 (tests that read PDFs are skipped)",
    ),
)


def unpacked(native: Native) -> Path:
    """The mark that the packages and all they need lie in var/native."""
    return NATIVE / f".{native.packages[0]}"


def present(native: Native) -> bool:
    return native.installed() or unpacked(native).exists()


def bring(native: Native) -> None:
    """Install with apt as root; without root unpack into var/native."""
    if shutil.which("apt-get") is None:
        raise Unprepared("apt-get이 없습니다 (there is no apt-get)")
    if os.geteuid() == 0:
        install(*native.packages)
    elif native.unpackable:
        unpack(*native.packages)
        unpacked(native).touch()
    else:
        raise Unprepared(f"root로 설치하십시오 (as root: apt-get install {' '.join(native.packages)})")


@functools.cache
def refresh(*options: str) -> None:
    """Fetch the package lists once; where that fails, what apt-get says when it installs is the clearer word."""
    with contextlib.suppress(Unprepared):
        call("apt-update", "apt-get", *options, "update")


def install(*packages: str) -> None:
    locked = "-oDPkg::Lock::Timeout=300"
    refresh(locked)
    if "postgresql" in packages:
        keep_without_cluster()
    call(packages[0], "apt-get", locked, "install", "--yes", "--no-install-recommends", *packages)


def keep_without_cluster() -> None:
    """The tests want the server's programs; Debian would also create and start a server of its own."""
    settings = Path("/etc/postgresql-common/createcluster.conf")
    if not settings.exists():
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text("create_main_cluster = false\n")


def unpack(*packages: str) -> None:
    """Download what the machine lacks, with package lists of our own, and lay it out without installing it."""
    lists, debs = NATIVE / "lists", NATIVE / "debs"
    for folder in (lists, debs):
        (folder / "partial").mkdir(parents=True, exist_ok=True)
    own = ("-oDebug::NoLocking=true", f"-oDir::State::lists={lists}", f"-oDir::Cache::archives={debs}")
    refresh(*own)
    wanted = ("install", "--yes", "--download-only", "--no-install-recommends", *packages)
    call(packages[0], "apt-get", *own, *wanted)
    for deb in debs.glob("*.deb"):
        call(packages[0], "dpkg-deb", "--extract", deb, NATIVE)
        deb.unlink()


# --- all together


def steps(chosen: str) -> list[Step]:
    return [
        Step("가상 환경 (.venv)", lambda: bool(interpreter()), make_venv),
        Step(
            "Python 꾸러미 (packages)",
            lambda: stamped(VENV, python_key(chosen)),
            lambda: install_python(chosen),
        ),
        Step("화면 꾸러미 (page assets)", lambda: stamped(NODE_MODULES, assets_key()), install_assets),
        *(
            Step(
                f"Debian {native.packages[0]}",
                functools.partial(present, native),
                functools.partial(bring, native),
                native.loss,
            )
            for native in (FOR_RUN if chosen == "run" else FOR_TEST)
        ),
    ]


def prepare(chosen: str) -> None:
    if sys.version_info < (3, 11):  # noqa: UP036  the system's Python may be older
        raise Unprepared(f"Python 3.11 이상이 필요합니다 (needs 3.11 or newer, not {sys.version.split()[0]})")
    with contextlib.suppress(OSError):  # some file systems know no locks
        fcntl.flock(os.open(TOP, os.O_RDONLY), fcntl.LOCK_EX)  # of two commands at once one waits
    planned = steps(chosen)
    for number, step in enumerate(planned, start=1):
        if step.done():
            continue
        if shutil.disk_usage(TOP).free < ROOM_NEEDED:
            raise Unprepared(f"디스크 공간이 모자랍니다 (less than {ROOM_NEEDED // 10**6} MB of disk left)")
        print(f"[{number}/{len(planned)}] {step.title} …", end=" ", flush=True)
        started = time.monotonic()
        try:
            step.work()
        except Unprepared as reason:
            if step.loss is None:
                raise Unprepared(f"{step.title}: {reason}") from None
            print("없음 (missing)", flush=True)
            print(f"  주의 (notice): {step.loss}. {reason}", file=sys.stderr)
        else:
            print(f"{time.monotonic() - started:.0f} s", flush=True)


def main() -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # a terminal without Korean still gets the English
    if sys.argv[1:] not in ([name] for name in SETS):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        prepare(sys.argv[1])
    except Unprepared as sentence:
        print(f"\n준비하지 못했습니다 (not prepared): {sentence}", file=sys.stderr)
    except OSError as error:
        print(f"\n준비하지 못했습니다 (not prepared): {error.strerror}: {error.filename}", file=sys.stderr)
    except KeyboardInterrupt:
        print("\n멈췄습니다 (stopped)", file=sys.stderr)
    else:
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main())
