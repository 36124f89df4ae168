"""Texts that are hard on a pattern: what it almost matches, again and again, made from the pattern itself."""

import re
import time
from collections.abc import Callable, Iterator
from re import _constants as kinds  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

CATEGORIES = {
    kinds.CATEGORY_DIGIT: "1",
    kinds.CATEGORY_SPACE: " ",
    kinds.CATEGORY_WORD: "a",
    kinds.CATEGORY_NOT_DIGIT: "가",
    kinds.CATEGORY_NOT_SPACE: "가",
    kinds.CATEGORY_NOT_WORD: "-",
}


def witnesses(pattern: re.Pattern[str]) -> set[str]:
    """For every alternative of a pattern, wherever it stands, a text that goes through it."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    return {text for text in _texts(list(tree)) if text}


def hard_texts(pattern: re.Pattern[str], size: int) -> Iterator[str]:
    """The witnesses and their beginnings, repeated to `size` characters, close together and apart."""
    seen = set()
    for text in sorted(witnesses(pattern)):
        for seed in (text, text[:-1], text[: len(text) // 2 + 1], text[:-1] + " ", text + "."):
            if seed and seed not in seen:
                seen.add(seed)
                yield (seed * (size // len(seed) + 1))[:size]


def best(work: Callable[[], Any], runs: int = 1) -> float:
    """Seconds of processor time of the fastest of some runs: what else the machine does counts for little."""
    found = []
    for _ in range(runs):
        began = time.thread_time()
        work()
        found.append(time.thread_time() - began)
    return min(found)


def _texts(tree: list[Any]) -> Iterator[str]:
    """The plain way through a sequence, and for each item that has several ways, one text for each of them."""
    ways = [list(_ways(kind, value)) or [""] for kind, value in tree]
    plain = [way[0] for way in ways]
    yield "".join(plain)
    for place, way in enumerate(ways):
        for each in way[1:]:
            yield "".join([*plain[:place], each, *plain[place + 1 :]])


def _ways(kind: Any, value: Any) -> Iterator[str]:
    if kind is kinds.LITERAL:
        yield chr(value)
    elif kind is kinds.NOT_LITERAL:
        yield "가" if value != ord("가") else "나"
    elif kind is kinds.ANY:
        yield "가"
    elif kind is kinds.IN:
        yield from _members(value)
    elif kind is kinds.BRANCH:
        for branch in value[1]:
            yield from _texts(list(branch))
    elif kind is kinds.SUBPATTERN:
        yield from _texts(list(value[3]))
    elif kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT):
        least, most, item = value
        for text in _texts(list(item)):
            yield text * max(least, 1)
        if most is not kinds.MAXREPEAT and most > 1:
            yield next(_texts(list(item))) * int(most)
    elif kind in (kinds.ASSERT,) and value[0] == 1:
        yield from _texts(list(value[1]))


def _members(value: list[tuple[Any, Any]]) -> Iterator[str]:
    negated = value[0][0] is kinds.NEGATE
    for kind, member in value:
        if negated:
            yield "가"
            return
        if kind is kinds.LITERAL:
            yield chr(member)
        elif kind is kinds.RANGE:
            yield chr(member[0])
        elif kind is kinds.CATEGORY:
            yield CATEGORIES[member]


def endless(pattern: re.Pattern[str]) -> bool:
    """Whether some part of a pattern may repeat without an end."""
    return _endless(list(parser.parse(pattern.pattern, pattern.flags)))


def _endless(tree: list[Any]) -> bool:
    for kind, value in tree:
        if kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT) and value[1] is kinds.MAXREPEAT:
            return True
        inside = {
            kinds.BRANCH: lambda value: [list(each) for each in value[1]],
            kinds.SUBPATTERN: lambda value: [list(value[3])],
            kinds.MAX_REPEAT: lambda value: [list(value[2])],
            kinds.MIN_REPEAT: lambda value: [list(value[2])],
            kinds.ASSERT: lambda value: [list(value[1])],
            kinds.ASSERT_NOT: lambda value: [list(value[1])],
        }.get(kind, lambda _value: [])
        if any(_endless(each) for each in inside(value)):
            return True
    return False
