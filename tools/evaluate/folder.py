"""A labelled set out of a folder: queries.tsv (id, text), corpus.tsv (id, text), labels.tsv (query, text, grade)."""

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tools.evaluate.labelled import LabelledSet

_HEADS: Final = frozenset(
    {"id", "_id", "qid", "did", "docid", "pid", "query", "corpus", "document", "doc", "text", "queries"}
    | {f"{what}{sign}id" for what in ("query", "corpus", "text", "doc", "document") for sign in ("", "_", "-", " ")}
)  # fmt: skip


class Unreadable(ValueError):
    """The folder cannot be read; the message is one sentence that names the file and the line."""


def read_folder(folder: Path) -> LabelledSet:
    """The set of a folder; UTF-8 with or without BOM, else CP949; a first line of column names is passed over.

    Raises Unreadable: for a file that is missing, empty or of another shape, an id with two texts, an id in the labels
    that no other file has, a grade that is no number.
    """
    if not folder.is_dir():
        raise Unreadable(f"There is no folder {folder}.")
    queries, corpus = _texts(folder / "queries.tsv"), _texts(folder / "corpus.tsv")
    return LabelledSet(queries, corpus, _grades(folder / "labels.tsv", queries, corpus))


def _texts(path: Path) -> dict[str, str]:
    texts: dict[str, str] = {}
    for number, line in _lines(path):
        name, tab, text = line.partition("\t")
        name = name.strip()
        if number == 1 and name.casefold() in _HEADS:
            continue
        if not tab or not name:
            raise Unreadable(f"{path.name}, line {number}: an id, a tab and a text are expected.")
        text = text.replace("\t", " ").strip()
        if texts.setdefault(name, text) != text:
            raise Unreadable(
                f"{path.name}, line {number}: the id {name!r} stands twice with different texts."
            )
    if not texts:
        raise Unreadable(f"{path.name}, line 1: the file holds no text.")
    return texts


def _grades(path: Path, queries: dict[str, str], corpus: dict[str, str]) -> dict[str, dict[str, float]]:
    grades: dict[str, dict[str, float]] = {}
    for number, line in _lines(path):
        where = f"{path.name}, line {number}"
        cells = [cell.strip() for cell in line.split("\t")]
        if number == 1 and cells[0].casefold() in _HEADS:
            continue
        if len(cells) < 3:
            raise Unreadable(
                f"{where}: a query's id, a text's id and a grade are expected, with tabs between."
            )
        query, text, said = cells[:3]
        if query not in queries:
            raise Unreadable(f"{where}: the query {query!r} is not in queries.tsv.")
        if text not in corpus:
            raise Unreadable(f"{where}: the text {text!r} is not in corpus.tsv.")
        grade = _number(said)
        if grade is None:
            raise Unreadable(f"{where}: the grade {said!r} is not a number.")
        of_query = grades.setdefault(query, {})
        of_query[text] = max(grade, of_query.get(text, grade))
    if not grades:
        raise Unreadable(f"{path.name}, line 1: the file holds no label.")
    return grades


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, numbered from 1."""
    try:
        held = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"{path.name} cannot be read in {path.parent}: {error.strerror}.") from None
    for number, line in enumerate(_decoded(path, held).split("\n"), start=1):
        if line.strip():
            yield number, line.rstrip("\r")


def _decoded(path: Path, held: bytes) -> str:
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return held.decode(encoding)
        except UnicodeDecodeError as error:
            line = held.count(b"\n", 0, error.start) + 1
    raise Unreadable(f"{path.name}, line {line}: the text is neither UTF-8 nor CP949.")
