"""The labelled evaluation: figures against hand-worked ones, folders in every shape, two small sets end to end."""

import json
import math
import subprocess
import sys
from pathlib import Path

import pytest

from foundation.settings import ROOT
from tools.evaluate import sources
from tools.evaluate.baselines import KeywordSearch, TfIdf, pairs, words
from tools.evaluate.figures import searched
from tools.evaluate.folder import Unreadable, read_folder
from tools.evaluate.labelled import LabelledSet
from tools.evaluate.metrics import averaged, measured, ndcg, recall, reciprocal_rank
from tools.evaluate.people import people
from tools.evaluate.report import page, table

KOREAN = {
    "queries": {
        "q1": "어르신 식사와 목욕을 돕는 분",
        "q2": "주방에서 반찬 만드실 분",
        "q3": "지게차 기사 모집",
        "q4": "세금계산서 발행과 장부 정리",
        "q5": "아파트 계단청소",
    },
    "corpus": {
        "a": "요양원에서 노인의 목욕, 식사를 도움",
        "b": "한식당에서 밑반찬을 만들고 재료를 손질함",
        "c": "물류창고에서 지게차를 운전함",
        "d": "경리로 세금 계산서를 끊고 장부를 정리함",
        "e": "빌딩과 아파트의 계단과 복도를 청소함",
        "f": "유치원에서 아이를 돌보는 일을 도움",
        "g": "병원 주방의 식기를 씻음",
    },
    "labels": [
        ("q1", "a", 2),
        ("q2", "b", 2),
        ("q2", "g", 1),
        ("q3", "c", 1),
        ("q4", "d", 1),
        ("q5", "e", 1),
    ],
}
ENGLISH = {
    "queries": {
        "1": "forklift drivers wanted for night shifts",
        "2": "bookkeeper who manages invoices",
        "3": "nursing assistants caring for elderly residents",
        "4": "welders, structural steel",
    },
    "corpus": {
        "r1": "drove forklifts and loaded trucks at night",
        "r2": "bookkeeping, invoicing and managing payroll",
        "r3": "assisted nurses and cared for an elderly resident",
        "r4": "welded steel structures in a shipyard",
        "r5": "wanted: a quiet shift for who cares",
    },
    "labels": [("1", "r1", 1), ("2", "r2", 1), ("3", "r3", 1.0), ("4", "r4", 1)],
}


def laid(folder: Path, given: dict, *, end: str = "\n", bom: bool = False, head: bool = False) -> Path:
    heads = {"queries": ["id\ttext"], "corpus": ["id\ttext"], "labels": ["query id\tcorpus id\tgrade"]}
    for name in ("queries", "corpus"):
        lines = [f"{key}\t{text}" for key, text in given[name].items()]
        put(folder, name, (heads[name] if head else []) + lines, end=end, bom=bom)
    lines = ["\t".join(map(str, label)) for label in given["labels"]]
    put(folder, "labels", (heads["labels"] if head else []) + lines, end=end, bom=bom)
    return folder


def put(folder: Path, name: str, lines: list[str], *, end: str = "\n", bom: bool = False) -> None:
    text = "".join(line + end for line in lines)
    (folder / f"{name}.tsv").write_bytes(text.encode("utf-8-sig" if bom else "utf-8"))


def run(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tools.evaluate", *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)


def test_figures_are_those_worked_out_by_hand() -> None:
    answers, grades = ["x", "b", "a", "y", "c"], {"a": 3.0, "b": 1.0, "c": 2.0, "d": 0.0}
    found = measured(answers, grades)
    assert found is not None
    assert found["recall@1"] == 0
    assert found["recall@5"] == 1
    assert found["MRR"] == 0.5
    gained = 1 / math.log2(3) + 3 / math.log2(4) + 2 / math.log2(6)
    most = 3 / math.log2(2) + 2 / math.log2(3) + 1 / math.log2(4)
    assert found["nDCG@10"] == pytest.approx(gained / most)
    assert recall(answers, {"b", "z", "c", "a"}, 3) == 0.5
    assert reciprocal_rank(answers, {"z"}) == 0


def test_right_may_begin_at_a_grade() -> None:
    found = measured(["b", "a"], {"a": 3.0, "b": 1.0}, relevant_from=3)
    assert found is not None
    assert (found["recall@1"], found["recall@5"], found["MRR"]) == (0, 1, 0.5)
    assert measured(["b"], {"b": 1.0}, relevant_from=3) is None


def test_gain_stops_at_the_tenth_and_bad_grades_gain_nothing() -> None:
    assert ndcg([*"abcdefghij", "right"], {"right": 1.0}) == 0
    assert ndcg(["bad", "right"], {"bad": -2.0, "right": 1.0}) == pytest.approx(1 / math.log2(3))
    assert ndcg([], {}) == 0


def test_queries_of_one_kind_count_as_one_and_those_without_right_ones_do_not() -> None:
    figures = [("care", {"MRR": 1.0}), ("care", {"MRR": 0.0}), ("cook", {"MRR": 1.0}), ("none", None)]
    assert averaged(figures) == {"MRR": 0.75}
    assert averaged([("none", None)]) == {}


def test_a_query_may_leave_itself_out() -> None:
    names = {"ab cd": "ab cd", "ab": "ab", "cd": "cd"}
    grades = {"ab cd": {"ab": 1.0}}
    figures = searched(LabelledSet(names, names, grades, alone=True))
    assert (figures["queries"], figures["queries_left_out"], figures["texts"]) == (1, 2, 3)
    assert figures["engines"]["keyword"]["recall@1"] == 1


def test_the_baselines_are_plain() -> None:
    texts = ["Red apple", "red, RED pear", "green apple pie", ""]
    assert words("Red, 사과2개") == ["red", "사과2개"]
    assert pairs("요양보호 a") == ["요양", "양보", "보호", "a"]
    assert KeywordSearch(texts).search("red apple", 10).tolist() == [0, 1, 2]
    assert TfIdf(texts).search("pie", 10).tolist() == [2]
    assert TfIdf(texts).search("red", 1).tolist() == [1]
    assert TfIdf([], pairs).search("red", 3).tolist() == []


@pytest.mark.parametrize("shape", [{}, {"end": "\r\n"}, {"bom": True}, {"head": True}, {"end": "\r\n", "bom": True, "head": True}])  # fmt: skip
def test_a_folder_reads_the_same_in_every_shape(tmp_path: Path, shape: dict) -> None:
    read = read_folder(laid(tmp_path, KOREAN, **shape))
    assert dict(read.queries) == KOREAN["queries"]
    assert dict(read.corpus) == KOREAN["corpus"]
    assert read.grades["q2"] == {"b": 2.0, "g": 1.0}


def test_more_tabs_blank_lines_and_other_encodings_are_borne(tmp_path: Path) -> None:
    put(tmp_path, "queries", ["q1\t주방\t보조", "", "q2\t"])
    (tmp_path / "corpus.tsv").write_bytes("a\t한식당 주방\n".encode("cp949"))
    put(tmp_path, "labels", ["q1\ta\t0.5\tnote", "q1\ta\t2", " "])
    read = read_folder(tmp_path)
    assert dict(read.queries) == {"q1": "주방 보조", "q2": ""}
    assert dict(read.corpus) == {"a": "한식당 주방"}
    assert read.grades == {"q1": {"a": 2.0}}


@pytest.mark.parametrize(
    ("name", "lines", "said"),
    [
        ("queries", ["q1 without a tab"], "queries.tsv, line 1: an id, a tab and a text"),
        ("queries", ["q1\ta", "q1\tb"], "queries.tsv, line 2: the id 'q1' stands twice with different texts"),
        ("queries", [], "queries.tsv, line 1: the file holds no text"),
        ("corpus", ["id\ttext"], "corpus.tsv, line 1: the file holds no text"),
        ("corpus", ["\ttext"], "corpus.tsv, line 1: an id, a tab"),
        ("labels", [], "labels.tsv, line 1: the file holds no label"),
        ("labels", ["q1\ta"], "labels.tsv, line 1: a query's id, a text's id and a grade"),
        ("labels", ["q1\ta\t1", "q9\ta\t1"], "labels.tsv, line 2: the query 'q9' is not in queries.tsv"),
        ("labels", ["q1\tz\t1"], "labels.tsv, line 1: the text 'z' is not in corpus.tsv"),
        ("labels", ["q1\ta\tgood"], "labels.tsv, line 1: the grade 'good' is not a number"),
        ("labels", ["q1\ta\tnan"], "labels.tsv, line 1: the grade 'nan' is not a number"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(
    tmp_path: Path, name: str, lines: list[str], said: str
) -> None:
    laid(tmp_path, KOREAN)
    put(tmp_path, name, lines)
    with pytest.raises(Unreadable) as raised:
        read_folder(tmp_path)
    assert str(raised.value).startswith(said)


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    laid(tmp_path, KOREAN)
    (tmp_path / "corpus.tsv").write_bytes(b"a\tgood\nb\t\xff\xff\n")
    with pytest.raises(Unreadable, match=r"^corpus\.tsv, line 2: "):
        read_folder(tmp_path)


@pytest.mark.parametrize("absent", ["queries", "corpus", "labels"])
def test_an_absent_file_is_one_sentence_and_exit_code_2(tmp_path: Path, absent: str) -> None:
    laid(tmp_path, KOREAN)
    (tmp_path / f"{absent}.tsv").unlink()
    told = run("--data", str(tmp_path))
    assert told.returncode == 2
    assert told.stdout == ""
    assert len(told.stderr.splitlines()) == 1
    assert f"{absent}.tsv" in told.stderr


def test_an_absent_folder_is_one_sentence(tmp_path: Path) -> None:
    told = run("--data", str(tmp_path / "nowhere"))
    assert (told.returncode, told.stdout) == (2, "")
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize("given", [KOREAN, ENGLISH], ids=["korean", "english"])
def test_a_set_is_measured_end_to_end(tmp_path: Path, given: dict) -> None:
    told = run("--data", str(laid(tmp_path, given)))
    assert told.returncode == 0, told.stderr
    (figures,) = json.loads(told.stdout)["sets"].values()
    assert figures["queries"] == len(given["queries"])
    assert figures["texts"] == len(given["corpus"])
    ours, keyword = figures["engines"]["product"], figures["engines"]["keyword"]
    assert set(ours) == {"recall@1", "recall@5", "recall@10", "recall@50", "recall@100", "MRR", "nDCG@10"}
    assert ours["MRR"] >= keyword["MRR"]
    assert ours["nDCG@10"] >= keyword["nDCG@10"]
    assert ours["recall@5"] == 1


def test_queries_without_a_right_text_are_left_out_and_counted(tmp_path: Path) -> None:
    laid(tmp_path, {**ENGLISH, "labels": [("1", "r1", 1), ("2", "r2", 0)]})
    figures = searched(read_folder(tmp_path))
    assert (figures["queries"], figures["queries_left_out"]) == (1, 3)
    laid(tmp_path, {**ENGLISH, "labels": [("1", "r1", 0)]})
    nothing = searched(read_folder(tmp_path))
    assert nothing["queries"] == 0
    assert nothing["engines"]["product"] == {}
    assert "no query to judge" in table({"set": nothing})


def test_without_the_real_files_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture, tmp_path: Path
) -> None:
    from tools.evaluate import __main__ as command

    for name in ("NAMES", "OPENINGS", "TITLES", "CAREERS"):
        there = tmp_path / name
        there.touch()
        monkeypatch.setattr(sources, name, there)
    monkeypatch.setattr(sources, "FEED", tmp_path / "feed.json")
    monkeypatch.setattr(sys, "argv", ["evaluate"])
    assert command.main() == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "feed.json and 0 more" in err


def test_the_page_holds_the_figures() -> None:
    import datetime as dt

    figures = {"queries": 2, "queries_left_out": 1, "texts": 3}
    engines = {"product": {"recall@10": 1.0, "recall@50": 1.0, "MRR": 0.5, "nDCG@10": 0.625}}
    engines["without_text"] = engines["product"]
    made = page({"sets": {"names": {**figures, "engines": engines}}}, {"names": "무엇."}, dt.date(2026, 1, 5))
    assert "(2026-01-05)" in made
    assert "| 이음 검색 (our search) | 1.000 | 1.000 | 0.500 | 0.625 |" in made
    assert "하던 일 빼고 (without text)" in made
    assert "{" not in made


def test_the_invented_people_become_columns_of_the_product(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "careers", list)
    made = people(disturbed=True)
    assert len(made.pool) == len(made.trades) == len(made.texts)
    assert sorted(made.numbers) == list(range(len(made.trades)))
