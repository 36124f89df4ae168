"""A snapshot on disk is complete and sound or not used at all: damage and crashes cost time, never a wrong list."""

import json
import logging
import mmap
import multiprocessing
import os
import random
import shutil
import signal
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from foundation.database import Database
from screening.matching.engine import ENGINES
from screening.matching.model import compiled
from screening.matching.pool import COLUMNS, ZONES
from screening.matching.ranking import rank
from screening.pool.index import files as pool_files
from screening.pool.index.files import CURRENT, MANIFEST, SnapshotFiles
from screening.pool.index.index import PoolIndex
from screening.pool.index.snapshot import Snapshot
from tests.database_fixture import VAULT
from tests.screening.matching.people import easy
from tests.screening.pool.index.people import ON_SQLITE, TODAY, done, in_words, pause, populated, same_as_anew

FORKED = multiprocessing.get_context("fork")


def opened(folder: Path, database: Database) -> Snapshot:
    """What a process that has just started finds."""
    with database.read() as session:
        return PoolIndex(folder).current(session, on=TODAY)


def rebuilt(folder: Path, database: Database) -> Snapshot:
    with database.read() as session:
        return PoolIndex(folder).rebuild(session, on=TODAY)


def current(folder: Path) -> Path:
    name = SnapshotFiles(folder).current()
    assert name
    return folder / name


def bases(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir() if each.is_dir()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "pool"


def test_what_was_written_is_what_is_mapped(database: Database, folder: Path) -> None:
    populated(database, 40)
    with database.read() as session:
        built = PoolIndex().current(session, on=TODAY)
    for each in (opened(folder, database), opened(folder, database)):
        assert in_words(each) == in_words(built)
        assert (each.number, each.day) == (built.number, built.day)
        assert each.pool.licences.words == built.pool.licences.words
        assert each.pool.skills.words == built.pool.skills.words
        for name in COLUMNS:
            assert getattr(each.base, name).tobytes() == getattr(built.base, name).tobytes(), name
            assert getattr(each.base, name).dtype == getattr(built.base, name).dtype
        for name in ZONES:
            assert getattr(each.base.zones, name).tolist() == getattr(built.base.zones, name).tolist()
    assert len(bases(folder)) == 1


def mapped(array: Any) -> bool:
    """Whether the bytes of an array are those of a file."""
    while array is not None:
        if isinstance(array, mmap.mmap | np.memmap):
            return True
        array = array.obj if isinstance(array, memoryview) else getattr(array, "base", None)
    return False


@ON_SQLITE
def test_columns_are_mapped_not_copied(database: Database, folder: Path) -> None:
    populated(database, 20)
    opened(folder, database)
    snapshot = opened(folder, database)
    columns = {name: getattr(snapshot.base, name) for name in COLUMNS}
    columns |= {"ids": snapshot.directories[0].ids, "order": snapshot.directories[0].order}
    assert {name for name, column in columns.items() if not mapped(column)} == set()
    assert not any(column.flags.writeable for column in columns.values())


@ON_SQLITE
@pytest.mark.parametrize("engine", ENGINES)
def test_a_mapped_pool_ranks_like_a_built_one(database: Database, folder: Path, engine: str) -> None:
    populated(database, 60)
    with database.read() as session:
        pools = [PoolIndex().current(session, on=TODAY), opened(folder, database), opened(folder, database)]
    chance = random.Random(1)
    for _ in range(5):
        order = easy(chance, occupation=5312, text="일을 꼼꼼히 했습니다")
        lists = []
        for each in pools:
            ranking = rank(each.pool, compiled(order, each.pool), most=20, engine=engine)
            lists.append((each.seeker_ids(ranking.rows), ranking.scores.tolist()))
        assert lists[0] == lists[1] == lists[2]


def test_a_pool_without_anybody_has_a_file_too(
    database: Database, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert len(opened(folder, database).pool) == 0
    assert len(opened(folder, database).pool) == 0
    assert not caplog.records
    ids = populated(database, 3)
    assert set(opened(folder, database).seeker_ids(opened(folder, database).everybody())) == set(ids)


def truncated(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def halved(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def longer(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"\0")


def flipped(share: float) -> Callable[[Path], None]:
    def flip(file: Path) -> None:
        content = bytearray(file.read_bytes())
        content[int((len(content) - 1) * share)] ^= 1
        file.write_bytes(content)

    return flip


HARMS = [
    truncated,
    halved,
    emptied,
    longer,
    Path.unlink,
    *(flipped(share) for share in (0, 0.03, 0.5, 0.97, 1)),
]
FILES = [*COLUMNS, *(f"zone_{name}" for name in ZONES), "ids", "order"]


def noticed(folder: Path, database: Database, caplog: pytest.LogCaptureFixture) -> None:
    """The damage is said in the log, the list is right, and the next process finds a sound file."""
    caplog.clear()
    with caplog.at_level(logging.WARNING, "ieum.pool"):
        same_as_anew(opened(folder, database), database)
        assert [each.name for each in caplog.records] == ["ieum.pool"]
        caplog.clear()
        same_as_anew(opened(folder, database), database)
        assert not caplog.records
    assert bases(folder) == [current(folder).name]


@ON_SQLITE
def test_every_harm_to_every_file_is_noticed(
    database: Database, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    populated(database, 12)
    opened(folder, database)
    sound = folder.with_name("sound")
    shutil.copytree(current(folder), sound)
    names = {each.name for each in sound.iterdir()}
    assert names == {MANIFEST, *(f"{name}.npy" for name in FILES)}
    files = SnapshotFiles(folder)
    for name in sorted(names):
        for harm in HARMS:
            harm(current(folder) / name)
            with pytest.raises(pool_files.Damaged):
                files.read(current(folder).name)
            shutil.rmtree(current(folder))
            shutil.copytree(sound, current(folder))
    assert files.read(current(folder).name).base.size == 12


def manifest_with(**changed: Any) -> Callable[[Path, Path], None]:
    """Another manifest, with a checksum that is right."""

    def write(_folder: Path, place: Path) -> None:
        _, _, text = (place / MANIFEST).read_bytes().partition(b"\n")
        told = json.loads(text)
        for name, value in changed.items():
            if value is None:
                del told[name]
            else:
                told[name] = value
        text = json.dumps(told).encode()
        (place / MANIFEST).write_bytes(str(zlib.crc32(text)).encode() + b"\n" + text)

    return write


def without_a_column(folder: Path, place: Path) -> None:
    told = json.loads((place / MANIFEST).read_bytes().partition(b"\n")[2])
    manifest_with(files={name: kept for name, kept in told["files"].items() if name != "commute"})(
        folder, place
    )


def no_manifest_at_all(_folder: Path, place: Path) -> None:
    text = b"[]"
    (place / MANIFEST).write_bytes(str(zlib.crc32(text)).encode() + b"\n" + text)


def pointing_at(content: bytes) -> Callable[[Path, Path], object]:
    return lambda folder, _place: (folder / CURRENT).write_bytes(content)


def pointing_at_a_half(folder: Path, place: Path) -> None:
    (place / MANIFEST).unlink()
    place.rename(folder / "half-written")
    (folder / CURRENT).write_text("half-written")


DAMAGES: dict[str, Callable[[Path, Path], object]] = {
    "a byte of a column flipped": lambda _, place: flipped(0.5)(place / "text.npy"),
    "a column missing": lambda _, place: (place / "flags.npy").unlink(),
    "a manifest cut": lambda _, place: halved(place / MANIFEST),
    "another format": manifest_with(format=pool_files.FORMAT + 1),
    "other rules": manifest_with(rules="0" * 16),
    "a manifest without its number": manifest_with(number=None),
    "a manifest without a column": without_a_column,
    "a manifest that is something else": no_manifest_at_all,
    "a day that is none": manifest_with(day="2026-02-30"),
    "a pointer to nothing": pointing_at(b"99-missing"),
    "a pointer to a half": pointing_at_a_half,
    "a pointer with a nought": pointing_at(b"1-\0"),
    "a pointer that is no text": pointing_at(b"\xff\xfe\x00"),
    "the folder gone": lambda _, place: shutil.rmtree(place),
}


@ON_SQLITE
@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_said_and_repaired(
    database: Database, folder: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    populated(database, 12)
    opened(folder, database)
    DAMAGES[damage](folder, current(folder))
    noticed(folder, database, caplog)


@ON_SQLITE
@pytest.mark.parametrize("content", [b"", b"\n", None])
def test_without_a_pointer_the_file_is_made_anew(
    database: Database, folder: Path, content: bytes | None
) -> None:
    populated(database, 12)
    opened(folder, database)
    if content is None:
        (folder / CURRENT).unlink()
    else:
        (folder / CURRENT).write_bytes(content)
    same_as_anew(opened(folder, database), database)
    assert bases(folder) == [current(folder).name]


@ON_SQLITE
@pytest.mark.parametrize("more", [0, 5, -5])
def test_another_databases_file_is_not_believed(
    database: Database, folder: Path, empty_sqlite: Path, more: int, caplog: pytest.LogCaptureFixture
) -> None:
    populated(database, 12)
    opened(folder, database)
    other = Database(f"sqlite:///{shutil.copy(empty_sqlite, folder.with_name('other.sqlite'))}", vault=VAULT)
    ids = populated(other, 12 + more, seed=8)
    for each in ids[:3]:
        done(other, pause(each))
    noticed(folder, other, caplog)
    other.dispose()


@ON_SQLITE
def test_an_older_file_is_caught_up(database: Database, folder: Path) -> None:
    ids = populated(database, 12)
    opened(folder, database)
    done(database, pause(ids[3]))
    snapshot = opened(folder, database)
    assert snapshot.position(ids[3]) is None
    same_as_anew(snapshot, database)


def in_another_process(act: Callable[[], object]) -> Any:
    """Start the act in a process of its own; whatever happens to it, it never comes back into the test."""

    def run() -> None:
        try:
            act()
        except BaseException:
            os._exit(1)
        os._exit(0)

    process = FORKED.Process(target=run)
    process.start()
    return process


def built_elsewhere(url: str, folder: Path) -> None:
    database = Database(url, vault=VAULT)
    rebuilt(folder, database)


def killed_at(url: str, folder: Path, moment: int) -> Any:
    """Kill a process that rebuilds, with -9, at its n-th write, sync or rename; its exit code."""

    def act() -> None:
        left = [moment]

        def dying(name: str, owner: Any) -> None:
            real = getattr(owner, name)

            def call(*args: Any, **kwargs: Any) -> Any:
                left[0] -= 1
                if left[0] < 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(*args, **kwargs)

            setattr(owner, name, call)

        dying("fsync", os)
        dying("rename", Path)
        dying("replace", Path)
        dying("write_array", np.lib.format)
        dying("rmtree", shutil)
        built_elsewhere(url, folder)

    process = in_another_process(act)
    process.join(60)
    return process.exitcode


def survives(folder: Path, database: Database, old: str) -> None:
    """What is current can be read and is the old one or a whole new one; the next process has the right list."""
    name = current(folder).name
    assert not name.startswith("half-")
    found = SnapshotFiles(folder).read(name)
    assert found.base.size == (12 if name == old else 11)
    same_as_anew(opened(folder, database), database)


def one_paused(database: Database, folder: Path) -> str:
    """A folder whose snapshot is one change behind; the snapshot's name."""
    ids = populated(database, 12)
    opened(folder, database)
    done(database, pause(ids[3]))
    return current(folder).name


@ON_SQLITE
def test_a_kill_at_any_step_of_a_rebuild_leaves_a_whole_snapshot(database: Database, folder: Path) -> None:
    old = one_paused(database, folder)
    database.dispose()
    sound = shutil.copytree(folder, folder.with_name("sound"))
    survivors, moment = set(), 0
    while True:
        ended = killed_at(database.url, folder, moment)
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
        survives(folder, database, old)
        survivors.add(current(folder).name == old)
        if moment % 9 == 0:
            rebuilt(folder, database)
            assert bases(folder) == [current(folder).name]
        database.dispose()
        shutil.rmtree(folder)
        shutil.copytree(sound, folder)
        moment += 1
    assert moment > 2 * len(FILES)
    assert survivors == {True, False}


@ON_SQLITE
def test_a_kill_in_the_first_build_leaves_nothing_to_believe(database: Database, folder: Path) -> None:
    populated(database, 12)
    database.dispose()
    folder.mkdir()
    for moment in (0, 7, 30):
        assert killed_at(database.url, folder, moment) == -signal.SIGKILL
        assert SnapshotFiles(folder).current() is None
    same_as_anew(opened(folder, database), database)
    assert bases(folder) == [current(folder).name]


@pytest.mark.proof
@ON_SQLITE
def test_kills_at_a_thousand_moments(database: Database, folder: Path) -> None:
    old, chance = one_paused(database, folder), random.Random(1)
    database.dispose()
    sound = shutil.copytree(folder, folder.with_name("sound"))
    for _ in range(1_000):

        def forever() -> None:
            while True:
                built_elsewhere(database.url, folder)

        process = in_another_process(forever)
        time.sleep(chance.random() * 0.12)
        os.kill(process.pid, signal.SIGKILL)
        process.join(60)
        survives(folder, database, old)
        database.dispose()
        shutil.rmtree(folder)
        shutil.copytree(sound, folder)


@ON_SQLITE
@pytest.mark.parametrize("first", [True, False], ids=["nothing there", "one there"])
def test_two_processes_that_build_at_once_end_with_one_good_snapshot(
    database: Database, folder: Path, first: bool
) -> None:
    if first:
        populated(database, 12)
    else:
        one_paused(database, folder)
    database.dispose()
    start = FORKED.Barrier(3)

    def act() -> None:
        start.wait(30)
        built_elsewhere(database.url, folder)

    processes = [in_another_process(act) for _ in range(3)]
    for each in processes:
        each.join(60)
    assert [each.exitcode for each in processes] == [0, 0, 0]
    assert bases(folder) == [current(folder).name]
    same_as_anew(opened(folder, database), database)


@ON_SQLITE
def test_who_comes_second_finds_what_the_first_one_built(database: Database, folder: Path) -> None:
    populated(database, 12)
    database.dispose()
    start, told = FORKED.Barrier(2), FORKED.Queue()

    def act() -> None:
        other = Database(database.url, vault=VAULT)
        start.wait(30)
        opened(folder, other)
        told.put(current(folder).name)
        told.close()
        told.join_thread()

    processes = [in_another_process(act) for _ in range(2)]
    names = {told.get(timeout=60) for _ in processes}
    for each in processes:
        each.join(60)
    assert [each.exitcode for each in processes] == [0, 0]
    assert names == {current(folder).name}


@ON_SQLITE
def test_a_reader_keeps_its_snapshot_when_another_one_becomes_current(
    database: Database, folder: Path
) -> None:
    ids = populated(database, 12)
    held = opened(folder, database)
    before = in_words(held)
    done(database, pause(ids[0]))
    rebuilt(folder, database)
    assert len(bases(folder)) == 1
    assert in_words(held) == before
