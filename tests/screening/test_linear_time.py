"""Whatever is typed is read in linear time: no text of any length makes a rule slow (audit row A2)."""

import datetime as dt
import importlib
import pkgutil
import random
import re
import unicodedata
from collections.abc import Iterator
from functools import partial

import pytest

from foundation.composing import composed
from foundation.messages import free_words
from screening.demand.orders import rules
from screening.demand.orders.lawful import CHECKED_TEXTS, findings_in_text
from screening.demand.orders.rules import RULES, Rule, sentences_of
from screening.demand.orders.severity import Severity
from screening.demand.orders.terms import LONGEST
from screening.intake import advertisements, feed
from screening.intake.advertisements import read_advertisement
from screening.intake.seeker_files.decoding import decode
from screening.pool.seekers import blindness
from tests.adversarial import best, endless, hard_texts, witnesses

SIZE = 5_000
"""Characters: 10 KB as Korean letters lie in memory. Twice as much still fits a processor's nearest cache, so that a
growth beyond two is the pattern's and not the machine's."""
MOST_SECONDS = 0.1
MOST_GROWTH = 2.5
"""Twice the text, at most so many times the work."""
TOO_QUICK = 0.001
"""Seconds below which a ratio measures the machine's noise."""
RUNS, FEW_RUNS = 40, 5
WORDS = ["고1", "카톡", "여자", "만 18세", "외국인", "보증금", "가나다라"]


def patterns_of(rule: Rule) -> Iterator[re.Pattern[str]]:
    yield from filter(None, (rule.words, rule.beside, rule.unless, rule.explains))


def named(rule: Rule) -> str:
    return f"{RULES.index(rule):02}-{rule.ground.code}"


def searched(pattern: re.Pattern[str], text: str) -> None:
    """Over all matches of a text, as a rule looks, and without the limit it puts on what it finds."""
    for _ in pattern.finditer(text):
        pass


def growth(pattern: re.Pattern[str], once: str, larger: str, times: int, runs: int) -> float:
    """How many times the work `larger` costs, a text `times` as long: the fastest of several interleaved searches.

    The short text is searched `times` over, as long a stretch of the machine's time as the other, so that noise is
    shared fairly.
    """

    def repeatedly() -> None:
        for _ in range(times):
            searched(pattern, once)

    small = large = float("inf")
    for _ in range(runs):
        small = min(small, best(repeatedly))
        large = min(large, best(partial(searched, pattern, larger)))
        if times * large <= MOST_GROWTH * small:
            break
    return times * large / small


def grows_linearly(pattern: re.Pattern[str], texts: list[tuple[str, str]]) -> float:
    """The worst time at `SIZE`; asserts that twice the text costs at most `MOST_GROWTH` times as much.

    What seems to grow faster is asked again with eight times the text: a neighbour in the processor's cache costs once,
    a search that is not linear costs with every doubling.
    """
    worst = 0.0
    for once, twice in texts:
        small = best(partial(searched, pattern, once))
        worst = max(worst, small)
        assert small < MOST_SECONDS, f"{once[:30]!r}: {small * 1000:.1f} ms for {SIZE}"
        if small <= TOO_QUICK or growth(pattern, once, twice, 2, RUNS) <= MOST_GROWTH:
            continue
        grown = growth(pattern, once, twice * 4, 8, FEW_RUNS)
        assert grown <= MOST_GROWTH**3, (
            f"{once[:30]!r}: {small * 1000:.1f} ms for {SIZE}, {grown:.1f} × for 8 × as much"
        )
    return worst


def doubled(pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    return list(zip(hard_texts(pattern, SIZE), hard_texts(pattern, 2 * SIZE), strict=True))


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_a_rule_of_words_is_linear_in_every_text_made_against_it(
    rule: Rule, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = best(lambda: searched(re.compile("가나다"), "가나라" * (SIZE // 3)), RUNS)
    worst = 0.0
    for pattern in patterns_of(rule):
        worst = max(worst, grows_linearly(pattern, doubled(pattern)))
    much = 2 * SIZE
    for text in (*(word * (much // len(word)) for word in WORDS), " " * much, "고1" + " " * much):
        worst = max(worst, best(partial(rule.hits, rule.fields[0] if rule.fields else "duties", text)))
    with capsys.disabled():
        print(f" {named(rule)}: {worst * 1000:.1f} ms, {worst / plain:.0f} × a plain scan", end="")
    assert worst < MOST_SECONDS


def test_no_pattern_of_the_rules_has_a_stretch_without_an_end() -> None:
    """Sentences come with single blanks, so not even a blank needs repeating."""
    for rule in RULES:
        for pattern in patterns_of(rule):
            assert not endless(pattern), named(rule)


def test_the_texts_made_against_a_pattern_go_through_it() -> None:
    """Else nothing above is tried: of the witnesses of each rule, most match it."""
    for rule in RULES:
        found = [text for text in witnesses(rule.words) if rule.words.search(text)]
        assert len(found) >= len(witnesses(rule.words)) // 3, named(rule)


def test_the_nation_rule_knows_who_must_be_korean() -> None:
    """`(0, 8)` stood there as text, because braces in a formatted string are Python's: the rule never matched."""
    for rule in RULES:
        for pattern in patterns_of(rule):
            assert not re.search(r"\(\d+, ?\d+\)", pattern.pattern), named(rule)
    found = findings_in_text("preferred", "대한민국 국적 소지자에 한함")
    assert [each.ground for each in found if each.severity is Severity.REFUSE] == ["nation"]


@pytest.mark.parametrize("field", CHECKED_TEXTS)
def test_a_text_longer_than_its_field_is_refused_and_not_read(
    field: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    monkeypatch.setattr(rules.Rule, "hits", lambda _rule, _field, sentence: read.append(sentence) or [])
    (finding,) = findings_in_text(field, "고1" * (LONGEST[field] // 2 + 1))
    assert finding.severity is Severity.REFUSE
    assert f"{LONGEST[field]:,}자까지" in finding.headline
    assert read == []


def test_a_whole_text_is_read_quickly_whatever_it_says() -> None:
    chance = random.Random(4)
    seeds = sorted({text for rule in RULES for text in witnesses(rule.words)})
    for _ in range(60):
        text = "".join(chance.choices(seeds, k=400))[: LONGEST["duties"]]
        assert best(partial(findings_in_text, "duties", text)) < MOST_SECONDS


def test_sentences_have_single_blanks_and_lose_nothing() -> None:
    assert sentences_of("여성  우대.\n\n 고1\t 알바 ") == ["여성 우대.", "고1 알바"]


def patterns_in(*modules: object) -> dict[str, re.Pattern[str]]:
    found = {}
    for module in modules:
        for value in vars(module).values():
            several = (
                value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else [value]
            )
            found |= {each.pattern: each for each in several if isinstance(each, re.Pattern)}
    return found


READERS = patterns_in(
    advertisements,
    blindness,
    free_words,
    *(
        importlib.import_module(f"{feed.__name__}.{each.name}")
        for each in pkgutil.iter_modules(feed.__path__)
    ),
)


@pytest.mark.parametrize("pattern", READERS.values(), ids=range(len(READERS)))
def test_what_reads_advertisements_and_blind_texts_is_linear(pattern: re.Pattern[str]) -> None:
    if isinstance(pattern.pattern, bytes):
        return
    chance = random.Random(pattern.pattern)
    texts = doubled(pattern)
    sample = texts if len(texts) <= 60 else chance.sample(texts, 60)
    assert grows_linearly(pattern, sample) < MOST_SECONDS


@pytest.mark.parametrize("label", ["", "급여: ", "근무시간: ", "근무지: ", "담당업무: ", "접수기간: "])
def test_a_pasted_advertisement_is_read_quickly(label: str) -> None:
    chance = random.Random(label)
    texts = ["카톡" * 4000, "가기" * 4000, "서울 " * 3000, "1 시 " * 2000, "010-" * 2000]
    texts += [
        chance.choice(list(hard_texts(each, 8000))) for each in chance.sample(list(READERS.values()), 30)
    ]
    for text in texts:
        seconds = best(partial(read_advertisement, label + text, today=dt.date(2026, 12, 1)))
        assert seconds < MOST_SECONDS, (label, text[:30], seconds)


@pytest.mark.parametrize("text", ["a" * SIZE, "a@" * SIZE, "0101 " * SIZE, "010" + " " * SIZE, "일" * SIZE])
def test_a_blind_text_is_read_quickly(text: str) -> None:
    assert best(lambda: blindness.reveals_somebody(text[:SIZE])) < MOST_SECONDS


@pytest.mark.parametrize("text", ["010      1234      5678", "02-      555-     0100", "a@b.kr"])
def test_distance_hides_no_contact(text: str) -> None:
    assert blindness.reveals_somebody(text)


def test_marks_without_end_are_composed_in_linear_time_and_ordinary_text_is_left() -> None:
    classes = {unicodedata.combining(chr(code)): chr(code) for code in range(0x300, 0x1E000)}
    falling = "".join(classes[each] for each in sorted(filter(None, classes), reverse=True))
    for form in ("NFC", "NFKC"):
        assert best(partial(composed, "가" + "\u0f73" * SIZE, form)) < MOST_SECONDS
        assert best(partial(composed, "a" + (falling * 300)[:SIZE], form)) < MOST_SECONDS
    assert best(partial(decode, ("이름\n" + "a" + falling * 1_000).encode())) < MOST_SECONDS
    for text in ("각", "가\u0301", "Zoe\u0308", "각" * 1000, "plain"):
        assert composed(text) == unicodedata.normalize("NFC", text)


def test_one_sign_that_stands_for_a_sentence_hides_nothing_and_costs_little() -> None:
    assert blindness.reveals_somebody("\ufdfa" * 2000)
    assert best(partial(blindness.reveals_somebody, "\ufdfa" * 2000)) < MOST_SECONDS
