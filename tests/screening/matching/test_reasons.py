"""The reasons sum to the score, a better fact never lowers it, and the next step brings what it promises."""

import dataclasses
import json
import random

import pytest

from foundation.reference import licences, skills
from foundation.reference.occupations import OCCUPATIONS
from screening.matching.demand import Demand
from screening.matching.model import compiled
from screening.matching.ranking import rank
from screening.matching.reasons import Reason, explain, reasons_for
from screening.matching.sentences import CRITERION_KO, asked_ko, found_ko, gain_ko, tenths, why_ko
from screening.matching.words import terms
from tests.screening.matching.people import (
    CRITERIA,
    LICENCES,
    SKILLS,
    WORDS,
    counted_months,
    easy,
    laid,
    people,
    places_of,
    steps,
    thousandths,
    willing,
)
from tests.screening.matching.rows import PoolRow


def explained(people_: list[PoolRow], order: Demand) -> list[tuple[Reason, ...]]:
    """Everybody's reasons, in the order given."""
    pool = laid(people_)
    rows = {place: row for row, place in enumerate(places_of(pool, range(len(people_))))}
    return explain(pool, compiled(order, pool), [rows[each.place] for each in people_])


def total(reasons: tuple[Reason, ...]) -> int:
    return sum(reason.points for reason in reasons)


@pytest.mark.parametrize("seed", range(100))
def test_the_reasons_sum_to_the_score_in_ten_thousand_cases(seed: int) -> None:
    chance = random.Random(seed)
    rows = people(chance, 120)
    pool, order = laid(rows, 2), easy(chance)
    asked = compiled(order, pool)
    ranking = rank(pool, asked, most=len(rows))
    assert len(ranking.rows) >= 100
    most = [points * 1_000 for points in order.weights.values()]
    for reasons, score in zip(explain(pool, asked, ranking.rows), ranking.scores.tolist(), strict=True):
        assert [reason.criterion for reason in reasons] == list(CRITERIA)
        assert total(reasons) == score <= 100_000
        assert [reason.most for reason in reasons] == most
        assert all(0 <= reason.points <= reason.points + reason.gain <= reason.most for reason in reasons)


@pytest.mark.parametrize("seed", range(30))
def test_each_reason_says_what_was_found(seed: int) -> None:
    chance = random.Random(seed)
    rows, order = people(chance, 60), easy(chance)
    for person, reasons in zip(rows, explained(rows, order), strict=True):
        said = {reason.criterion: reason for reason in reasons}
        shares = thousandths(person, order)
        assert {name: each.points for name, each in said.items()} == {
            name: order.weights[name] * shares[name] for name in CRITERIA
        }
        assert set(said["skills"].found) == set(order.skills) & set(person.skills)
        assert set(said["licences"].missing) == set(order.licences) - set(person.licences)
        assert said["experience"].months == counted_months(person, order)
        if order.occupation:
            for name, codes in (("occupation", person.occupations), ("training", person.trainings)):
                near = min((steps(code, order.occupation) for code in codes), default=4)
                assert said[name].distance == near
                assert [steps(int(code), order.occupation) for code in said[name].found] == [near] * (
                    near < 4
                )


def better(person: PoolRow, order: Demand, chance: random.Random) -> dict[str, PoolRow]:
    """The same person with one more fact of each kind."""
    code = order.occupation or 5312
    more = {
        "occupation": {"occupations": [*person.occupations, code]},
        "experience": {"experience": [*person.experience, (code, chance.randint(1, 40))]},
        "skills": {"skills": list(dict.fromkeys([*person.skills, chance.choice(SKILLS)]))},
        "licences": {"licences": list(dict.fromkeys([*person.licences, chance.choice(LICENCES[:3])]))},
        "training": {"trainings": [*person.trainings, code]},
        "text": {"text": terms(" ".join(chance.sample(WORDS, 6)))},
    }
    if set(person.text.tolist()) - set(more["text"]["text"].tolist()):
        more["text"] = {"text": terms(" ".join(WORDS))}
    return {
        name: dataclasses.replace(person, place=place, **facts)
        for place, (name, facts) in enumerate(more.items(), start=1)
    }


@pytest.mark.parametrize("seed", range(300))
def test_a_better_fact_never_lowers_a_score(seed: int) -> None:
    chance = random.Random(seed)
    before, order = willing(chance), easy(chance)
    after = better(before, order, chance)
    scores = list(map(total, explained([before, *after.values()], order)))
    assert min(scores) == scores[0], dict(zip(("before", *after), scores, strict=True))


def stepped(person: PoolRow, order: Demand, reasons: tuple[Reason, ...]) -> dict[str, PoolRow]:
    """The same person after the next step that each reason names."""
    said = {reason.criterion: reason for reason in reasons}
    code = order.occupation
    facts: dict[str, dict[str, object]] = {}
    if code:
        facts["occupation"] = {"occupations": [*person.occupations, code]}
        facts["experience"] = {"experience": [*person.experience, (code, 12)]}
        facts["training"] = {"trainings": [*person.trainings, code]}
    for name, held in (("skills", person.skills), ("licences", person.licences)):
        if said[name].missing:
            facts[name] = {name: [*held, said[name].missing[0]]}
    return {
        name: dataclasses.replace(person, place=place, **each)
        for place, (name, each) in enumerate(facts.items(), start=1)
    }


@pytest.mark.parametrize("seed", range(300))
def test_the_next_step_brings_exactly_what_was_said(seed: int) -> None:
    chance = random.Random(seed)
    person, order = willing(chance), easy(chance)
    (now,) = explained([person], order)
    after = stepped(person, order, now)
    gains = {reason.criterion: reason.gain for reason in now}
    assert not any(gains[name] for name in set(CRITERIA) - set(after))
    if not after:
        return
    scores = map(total, explained(list(after.values()), order))
    for name, score in zip(after, scores, strict=True):
        assert score - total(now) == gains[name], name


def test_a_reason_survives_its_journey_through_the_database() -> None:
    chance = random.Random(2)
    for reasons in explained(people(chance, 200), easy(chance)):
        kept = json.loads(json.dumps([reason.to_json() for reason in reasons], ensure_ascii=False))
        assert tuple(map(Reason.from_json, kept)) == reasons


def test_a_reason_kept_before_there_were_words_is_still_read() -> None:
    old = {
        "criterion": "occupation",
        "points": 17_500,
        "most": 25_000,
        "distance": 1,
        "months": 0,
        "fact": "x",
    }
    reason = Reason.from_json(old)
    assert (reason.points, reason.asked, reason.found, reason.gain) == (17_500, (), (), 0)
    assert found_ko(reason)
    assert asked_ko(reason)
    assert why_ko([reason]) == ""


def spoken(chance: random.Random, number: int) -> tuple[PoolRow, Demand]:
    """Somebody and an order in real words."""
    held, able = (list(map(table.canonical, table.NAMES)) for table in (licences, skills))
    codes = [int(code) for code in OCCUPATIONS]
    wanted = chance.choice((*codes[:40], 0))
    order = easy(
        chance,
        occupation=wanted,
        licences=[*chance.sample(held, chance.randint(0, 9)), "처음듣는자격"],
        skills=[*chance.sample(able, chance.randint(0, 9)), "처음 듣는 기술"],
    )
    person = willing(
        chance,
        number,
        occupations=chance.sample(codes[:60], 2),
        experience=[(code, chance.randint(1, 90)) for code in chance.sample(codes[:60], 2)],
        trainings=chance.sample(codes[:60], 1),
        licences=chance.sample([*order.licences, *held], 3),
        skills=chance.sample([*order.skills, *able], 3),
    )
    return person, order


@pytest.mark.parametrize("seed", range(60))
def test_every_reason_has_words(seed: int) -> None:
    chance = random.Random(seed)
    person, order = spoken(chance, seed)
    (reasons,) = explained([person], order)
    for reason in reasons:
        assert CRITERION_KO[reason.criterion]
        assert asked_ko(reason).strip()
        assert found_ko(reason).strip()
        assert bool(gain_ko(reason)) == (reason.gain > 0)
        if reason.gain:
            assert f"+{tenths(reason.gain)}점" in gain_ko(reason)
        for sentence in (asked_ko(reason), found_ko(reason), gain_ko(reason)):
            assert "\n" not in sentence
            assert not sentence.startswith(("·", ",", "을(를)"))
    line = why_ko(reasons)
    assert len(line.splitlines()) <= 1
    assert len(line) < 400


def test_the_words_name_what_is_there_what_is_missing_and_what_it_would_bring() -> None:
    chance = random.Random(4)
    order = easy(
        chance,
        occupation=5312,
        licences=(licences.canonical("한식 조리 기능사"),),
        skills=(skills.canonical("엑셀"), skills.canonical("단체급식")),
        text="주방",
        weights={"occupation": 25, "experience": 25, "skills": 20, "licences": 15, "text": 10, "training": 5},
    )
    person = willing(
        chance,
        occupations=[5312],
        experience=[(5312, 50)],
        trainings=[],
        licences=[],
        skills=[skills.canonical("Excel")],
        text=terms("주방에서"),
    )
    (reasons,) = explained([person], order)
    said = {reason.criterion: reason for reason in reasons}
    assert (
        why_ko(reasons) == "같은 직종 · 관련 경력 4년 2개월 · 엑셀 있음, 단체급식 없음 · 한식조리기능사 없음"
    )
    for name, step, points in (
        ("licences", "한식조리기능사", "+15.0점"),
        ("skills", "단체급식", "+10.0점"),
        ("experience", "1년", f"+{tenths(said['experience'].gain)}점"),
        ("training", OCCUPATIONS["5312"].name, "+5.0점"),
    ):
        assert step in gain_ko(said[name])
        assert gain_ko(said[name]).endswith(points)
    assert found_ko(said["text"]) == "구인 글의 말이 겹친 만큼, 배점의 100%"
    assert gain_ko(said["occupation"]) == ""


def test_a_list_of_hundreds_is_cut_in_words_only() -> None:
    reason = Reason("skills", 0, 20_000, asked=tuple(f"기술{n}" for n in range(300)), gain=66)
    assert asked_ko(reason) == "기술0·기술1·기술2·기술3·기술4·기술5 외 294개"
    assert found_ko(reason).endswith("외 294개 없음")


def test_one_row_is_explained_like_many() -> None:
    chance = random.Random(6)
    pool = laid(people(chance, 40), 3)
    asked = compiled(easy(chance), pool)
    rows = rank(pool, asked, most=40).rows.tolist()
    assert explain(pool, asked, rows) == [reasons_for(pool, asked, row) for row in rows]
    assert explain(pool, asked, []) == []


@pytest.mark.parametrize("seed", range(40))
def test_both_engines_tell_the_same(seed: int) -> None:
    chance = random.Random(seed)
    pool = laid(people(chance, 60), parts=2)
    asked = compiled(easy(chance), pool)
    first = pool.segments[0]
    rows = [*range(first.size), *range(first.capacity, first.capacity + pool.segments[1].size)]
    assert explain(pool, asked, rows, engine="numpy") == explain(pool, asked, rows, engine="numba")
