"""Snapshots as files: columns that processes map into memory, complete and checked or not there at all."""

import contextlib
import datetime as dt
import fcntl
import hashlib
import json
import logging
import os
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from screening.matching.pool import COLUMNS, TYPES, ZONES, BlockBounds, Pool, Segment, Vocabulary
from screening.pool.index.snapshot import Directory, Snapshot

FORMAT: Final = 1
CURRENT: Final = "current"
MANIFEST: Final = "manifest.json"
CHUNK: Final = 1 << 24
log = logging.getLogger("ieum.pool")


class Damaged(RuntimeError):
    """A snapshot on disk cannot be used; the message says why, for the log and the officer."""


class SnapshotFiles:
    """One folder with the current snapshot; whoever writes a new one leaves the old one whole until it is complete."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextlib.contextmanager
    def building(self) -> Iterator[None]:
        """Only one process builds at a time; another one waits and then finds the result."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def current(self) -> str | None:
        """The name of the current snapshot, whatever it says, or None before the first."""
        try:
            return (self.folder / CURRENT).read_text("utf-8", "replace").strip()
        except FileNotFoundError:
            return None

    def write(self, pool: Pool, directory: Directory, *, number: int, day: dt.date) -> str:
        """Write a snapshot beside the current one, then make it the current one; returns its name."""
        half = Path(tempfile.mkdtemp(prefix="half-", dir=self.folder))
        segment = pool.segments[0]
        arrays = {name: getattr(segment, name) for name in COLUMNS}
        arrays |= {f"zone_{name}": getattr(segment.zones, name) for name in ZONES}
        arrays |= {"ids": directory.ids, "order": directory.order}
        manifest = {
            "format": FORMAT,
            "rules": rules(),
            "number": number,
            "day": day.isoformat(),
            "size": segment.size,
            "licences": pool.licences.words,
            "skills": pool.skills.words,
            "files": {name: _save(half / f"{name}.npy", array) for name, array in arrays.items()},
        }
        text = json.dumps(manifest, ensure_ascii=False).encode()
        _write(half / MANIFEST, str(zlib.crc32(text)).encode() + b"\n" + text)
        name = f"{number}-{half.name.removeprefix('half-')}"
        half.rename(self.folder / name)
        pointer = self.folder / f".{CURRENT}.{os.getpid()}"
        _write(pointer, name.encode())
        pointer.replace(self.folder / CURRENT)
        _settle(self.folder)
        self._tidy(keep=name)
        return name

    def _tidy(self, *, keep: str) -> None:
        for each in self.folder.iterdir():
            if each.is_dir() and each.name != keep:
                shutil.rmtree(each, ignore_errors=True)
            elif each.name.startswith(f".{CURRENT}."):
                each.unlink(missing_ok=True)

    def read(self, name: str) -> Snapshot:
        """Map a snapshot; raises `Damaged` for one that is cut, altered, half-written or of another version."""
        place = self.folder / name
        try:
            checksum, _, text = (place / MANIFEST).read_bytes().partition(b"\n")
            if checksum != str(zlib.crc32(text)).encode():
                raise Damaged("its manifest was altered")
            manifest: dict[str, Any] = json.loads(text)
            if (manifest["format"], manifest["rules"]) != (FORMAT, rules()):
                raise Damaged("it was written by another version")
            arrays = {each: _map(place / f"{each}.npy", kept) for each, kept in manifest["files"].items()}
            zones = BlockBounds(**{each: np.asarray(arrays[f"zone_{each}"]) for each in ZONES})
            segment = Segment(size=manifest["size"], zones=zones, **{each: arrays[each] for each in COLUMNS})
            pool = Pool((segment,), Vocabulary(manifest["licences"]), Vocabulary(manifest["skills"]))
            return Snapshot.of(
                pool,
                Directory(arrays["ids"], arrays["order"]),
                number=manifest["number"],
                day=dt.date.fromisoformat(manifest["day"]),
            )
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as failure:
            raise Damaged(f"{type(failure).__name__} in {name}") from failure


def rules() -> str:
    """What decides how people become columns; a snapshot of other rules is built anew."""
    digest = hashlib.sha256(repr(sorted(TYPES.items(), key=str)).encode())
    for name in ("licences.csv", "skills.csv", "occupations.csv"):
        digest.update(files("foundation.reference").joinpath(name).read_bytes())
    return digest.hexdigest()[:16]


def _save(file: Path, array: NDArray[Any]) -> list[int]:
    with file.open("wb") as out:
        np.lib.format.write_array(out, np.ascontiguousarray(array), allow_pickle=False)
        out.flush()
        os.fsync(out.fileno())
    return [file.stat().st_size, _checksum(file)]


def _map(file: Path, kept: list[int]) -> NDArray[Any]:
    if [file.stat().st_size, _checksum(file)] != kept:
        raise Damaged(f"{file.name} was cut or altered")
    mapped = np.load(file, mmap_mode="r", allow_pickle=False)
    return np.ndarray(mapped.shape, mapped.dtype, buffer=mapped) if mapped.size else np.array(mapped)


def _checksum(file: Path) -> int:
    checksum = 0
    with file.open("rb") as source:
        while chunk := source.read(CHUNK):
            checksum = zlib.crc32(chunk, checksum)
    return checksum


def _write(file: Path, content: bytes) -> None:
    with file.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def _settle(folder: Path) -> None:
    """Make the names in a folder outlast a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
