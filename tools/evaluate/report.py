"""The figures as a short table for the terminal, and as the page docs/evaluation.md."""

import datetime as dt
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, Final

SHOWN: Final = ("recall@10", "recall@50", "MRR", "nDCG@10")
ENGINES_KO: Final = {
    "keyword": "낱말 세기 (keyword)",
    "tfidf": "TF-IDF, 낱말 (words)",
    "tfidf_pairs": "TF-IDF, 두 글자 (pairs)",
    "product": "이음 검색 (our search)",
    "matching": "이음 점수 (our score)",
}
CRITERIA_KO: Final = {
    "occupation": "직종",
    "experience": "경력",
    "skills": "기술",
    "licences": "자격",
    "text": "하던 일",
    "training": "훈련",
}


def engine_ko(name: str) -> str:
    """What an engine is called in a table."""
    kind, _, criterion = name.partition("_")
    if kind in ("without", "only") and criterion in CRITERIA_KO:
        said = f"{CRITERIA_KO[criterion]} 빼고" if kind == "without" else f"{CRITERIA_KO[criterion]}만"
        return f"{said} ({kind} {criterion})"
    return ENGINES_KO.get(name, name)


def table(sets: Mapping[str, Mapping[str, Any]]) -> str:
    """One line an engine, for people who watch."""
    lines = []
    for name, figures in sets.items():
        lines.append(f"{name}: {_counts(figures)}")
        for engine, found in figures["engines"].items():
            values = "  ".join(f"{key} {found[key]:.3f}" for key in SHOWN if key in found)
            lines.append(f"  {engine:<20} {values or '– 견줄 질의가 없습니다 (no query to judge)'}")
    return "\n".join(lines)


def markdown(figures: Mapping[str, Any]) -> str:
    """The same of one set as a table of a page."""
    lines = [f"| | {' | '.join(SHOWN)} |", f"|---|{'---|' * len(SHOWN)}"]
    for engine, found in figures["engines"].items():
        lines.append(f"| {engine_ko(engine)} | {' | '.join(f'{found[key]:.3f}' for key in SHOWN)} |")
    return "\n".join(lines)


def page(result: Mapping[str, Any], words: Mapping[str, str], day: dt.date) -> str:
    """The page with the day, what every set is, its figures, and what they do not show."""
    parts = [
        f"## {name}\n\n{words[name]} {_counts(figures)}.\n\n{markdown(figures)}"
        for name, figures in result["sets"].items()
    ]
    frame = files("tools.evaluate").joinpath("page.md").read_text(encoding="utf-8")
    return frame.replace("{day}", day.isoformat()).replace("{sets}", "\n\n".join(parts))


def _counts(figures: Mapping[str, Any]) -> str:
    left = figures["queries_left_out"]
    without = f", 정답이 없어 뺀 질의 {left} (left out)" if left else ""
    return f"질의 {figures['queries']} (queries), 글 {figures['texts']} (texts){without}"
