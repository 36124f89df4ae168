"""The demo center's register of 2009: invented people and firms whose sums are the ones of the notice.

The notice of 2009-09-08 gives the figures (`domain/bulletin-2009-09-08.ko.txt`), two press reports the registrations
and hires by 29 March and 31 July. Nobody in it is real. The same bytes every time.
"""

import datetime as dt
import json
import random
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from foundation.reference.districts import DISTRICTS
from foundation.reference.occupations import OCCUPATIONS

SEED: Final = 20090908
OPENED: Final = dt.date(2009, 1, 28)
FIRST_HIRE: Final = dt.date(2009, 2, 4)
STOCK_DAY: Final = dt.date(2009, 8, 31)
LAST_DAY: Final = dt.date(2009, 9, 3)
HOLIDAYS: Final = frozenset({dt.date(2009, 5, 5)})

REGISTRATIONS: Final = (
    (dt.date(2009, 3, 29), 3_220),
    (dt.date(2009, 6, 30), 3_237),
    (dt.date(2009, 7, 31), 1_257),
    (dt.date(2009, 8, 31), 1_408),
    (LAST_DAY, 200),
)
"""How many registered until each day, since the one before it."""

HIRES: Final = ((dt.date(2009, 3, 29), 521), (dt.date(2009, 7, 31), 2_817), (LAST_DAY, 684))
"""How many were hired for the first time until each day, since the one before it."""

SECOND_HIRES: Final = 64
"""Placements of people who had been placed before: they fill an opening and are nobody new."""

CELLS: Final = (
    ("f", 15, 29, 1_400, 703),
    ("m", 15, 29, 1_390, 664),
    ("f", 30, 39, 980, 429),
    ("m", 30, 39, 940, 385),
    ("f", 40, 54, 1_180, 503),
    ("m", 40, 54, 1_160, 462),
    ("f", 55, 59, 500, 193),
    ("m", 55, 59, 645, 231),
    ("f", 60, 76, 490, 204),
    ("m", 60, 76, 637, 248),
)
"""Sex, youngest and oldest age (2009 less birth year), registered, hired."""

INTERNS: Final = (("f", 236), ("m", 194))
"""Administrative interns, all 20 to 29, all registered in August, none hired yet."""

OPENINGS: Final = ((1, 300), (2, 200), (3, 120), (4, 67), (5, 40), (8, 39), (15, 20), (30, 6))
"""Unfilled openings on 31 August, and how many firms have so many."""

PAST_FIRMS: Final = 420
UNFILLED_ORDERS: Final = 130
SEPTEMBER_ORDERS: Final = 24

_WORK: Final = (
    *("0272", "0299", "0292", "0265", "5420", "5420", "5611", "5611", "5501", "5312", "5323", "6152", "6132"),
    *("6140", "6223", "6230", "2321", "2311", "3075", "4154", "1333", "0284", "0285", "8241", "6154", "5318"),
)
_FIRST: Final = (
    *("가온", "다솜", "라온", "마루", "바른", "새론", "아람", "윤슬", "한울", "해든", "나래", "도담", "미르"),
    *("보담", "슬기", "온새", "초롱", "푸른", "하람", "큰솔", "이든", "소담", "늘봄", "참빛", "여울", "단미"),
)
_SECOND: Final = (
    "누리",
    "가람",
    "다미",
    "솔비",
    "찬샘",
    "들샘",
    "아라",
    "벼리",
    "미리내",
    "터울",
    "나무",
    "별하",
)
_TRADE: Final = (
    *(
        "식품",
        "유통",
        "물산",
        "산업",
        "기공",
        "정밀",
        "전자",
        "시스템",
        "건설",
        "환경",
        "용역",
        "의류",
        "인쇄",
    ),
    *("디자인", "물류", "화학", "교육", "요양원", "어린이집", "외식", "관리", "테크", "무역", "상사"),
)
_SIZES: Final = ((1, 4, 30), (5, 9, 34), (10, 29, 24), (30, 49, 7), (50, 299, 4), (300, 900, 1))
"""Fewest and most regular workers, and how many firms in a hundred."""


@dataclass
class _Order:
    key: str
    firm: str
    occupation: str
    opened_on: dt.date
    headcount: int
    closed_on: dt.date | None = None
    placements: list[tuple[int, dt.date]] = field(default_factory=list)


def generated_register() -> bytes:
    """The register as the file that `import_history` reads: JSON lines in UTF-8, some 2 MB, made in a second."""
    rng = random.Random(SEED)
    registered = [
        day for day, count in _spread(rng, REGISTRATIONS, OPENED, weekdays=False) for _ in range(count)
    ]
    hires = _first_hires(rng, registered)
    people = _people(rng, registered, hires)
    firms = _firms(rng)
    orders = _orders(rng, firms, _all_hires(rng, hires))
    return b"".join(
        json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        for record in _records(people, firms, orders)
    )


def _spread(
    rng: random.Random, until: Sequence[tuple[dt.date, int]], start: dt.date, *, weekdays: bool
) -> Iterator[tuple[dt.date, int]]:
    """Counts per day whose sums by the given days are exact; weekends are quiet, or closed for `weekdays`."""
    for last, count in until:
        days = [start + dt.timedelta(days=n) for n in range((last - start).days + 1)]
        weights = [_weight(rng, day, weekdays) for day in days]
        drawn = sorted(rng.choices(range(len(days)), weights=weights, k=count))
        yield from ((day, drawn.count(position)) for position, day in enumerate(days))
        start = last + dt.timedelta(days=1)


def _weight(rng: random.Random, day: dt.date, weekdays: bool) -> float:
    if day.weekday() >= 5 or day in HOLIDAYS:
        return 0.0 if weekdays else 0.15
    since = (day - OPENED).days
    return (0.4 + min(since, 60) / 60) * (0.8 + 0.4 * rng.random())


def _first_hires(rng: random.Random, registered: Sequence[dt.date]) -> dict[int, dt.date]:
    """Who (by position) is hired when; always some days after registering, mostly within weeks."""
    waiting = list(range(len(registered)))
    hired: dict[int, dt.date] = {}
    for day, count in _spread(rng, HIRES, FIRST_HIRE, weekdays=True):
        ready = bisect_right(waiting, day - dt.timedelta(days=4), key=lambda position: registered[position])
        for left in range(ready, ready - count, -1):
            hired[waiting.pop(left - 1 - int(left * rng.random() ** 2.2))] = day
    return hired


def _all_hires(rng: random.Random, hires: dict[int, dt.date]) -> list[tuple[int, dt.date]]:
    """First and second placements by day."""
    days = sorted(set(hires.values()))
    again = []
    early = [person for person, day in hires.items() if day <= dt.date(2009, 6, 30)]
    for person in rng.sample(early, SECOND_HIRES):
        later = days[bisect_right(days, hires[person] + dt.timedelta(days=30)) :]
        again.append((person, rng.choice(later)))
    return sorted([*hires.items(), *again], key=lambda hire: (hire[1], hire[0]))


def _people(
    rng: random.Random, registered: Sequence[dt.date], hires: dict[int, dt.date]
) -> list[dict[str, Any]]:
    """One record per person: sex and age fill the cells exactly, separately among those hired and those not."""
    interns = [
        position
        for position, day in enumerate(registered)
        if dt.date(2009, 8, 1) <= day <= STOCK_DAY and position not in hires
    ]
    facts: dict[int, tuple[str, int, bool]] = {}
    kept = {("f", 15): 0, ("m", 15): 0}
    chosen = iter(rng.sample(interns, sum(count for _, count in INTERNS)))
    for sex, count in INTERNS:
        kept[sex, 15] = count
        facts.update((next(chosen), (sex, rng.randint(21, 29), True)) for _ in range(count))
    for is_hired in (True, False):
        cells = [
            (sex, youngest, oldest)
            for sex, youngest, oldest, count, hired in CELLS
            for _ in range(hired if is_hired else count - hired - kept.get((sex, youngest), 0))
        ]
        rng.shuffle(cells)
        positions = [n for n in range(len(registered)) if (n in hires) is is_hired and n not in facts]
        for position, (sex, youngest, oldest) in zip(positions, cells, strict=True):
            facts[position] = (sex, _age(rng, youngest, oldest), False)
    codes = list(DISTRICTS)
    return [
        {
            "type": "person",
            "key": f"P{position + 1:05d}",
            "sex": facts[position][0],
            "birth_year": LAST_DAY.year - facts[position][1],
            "district": rng.choice(codes),
            "registered_on": day.isoformat(),
            "intern": facts[position][2],
        }
        for position, day in enumerate(registered)
    ]


def _age(rng: random.Random, youngest: int, oldest: int) -> int:
    if youngest == 15:
        return max(15, min(29, round(rng.gauss(25.5, 2.4))))
    if youngest == 60:
        return min(oldest, 60 + int(rng.expovariate(0.22)))
    return rng.randint(youngest, oldest)


def _firms(rng: random.Random) -> list[dict[str, Any]]:
    """Firms with open orders first, then those whose orders had ended by the end of August."""
    names = [f"{first}{second}{trade}" for first in _FIRST for second in _SECOND for trade in _TRADE]
    count = sum(number for _, number in OPENINGS) + PAST_FIRMS
    codes = list(DISTRICTS)
    firms = []
    for number, name in enumerate(rng.sample(names, count), 1):
        [(least, most, _)] = rng.choices(_SIZES, weights=[weight for _, _, weight in _SIZES])
        firms.append(
            {
                "type": "firm",
                "key": f"F{number:04d}",
                "name": f"(주){name}" if rng.random() < 0.45 else name,
                "district": codes[number % 25] if number <= 25 else rng.choice(codes),
                "employees": rng.randint(least, most),
            }
        )
    return firms


def _orders(
    rng: random.Random, firms: Sequence[dict[str, Any]], hires: Sequence[tuple[int, dt.date]]
) -> list[_Order]:
    """Orders for every hire, and the stock of 31 August: open orders with exactly the openings the notice counts."""
    orders: list[_Order] = []

    def new(firm: dict[str, Any], opened_on: dt.date, headcount: int) -> _Order:
        order = _Order(f"O{len(orders) + 1:05d}", firm["key"], rng.choice(_WORK), opened_on, headcount)
        orders.append(order)
        return order

    stock = list(_stock(rng, firms, new))
    rest = {order.key: order.headcount for order in stock}
    hungry = {order.key: rng.choice((0, 0, 1, 1, 2, 3)) for order in stock}
    past: list[_Order] = []
    for person, day in hires:
        if day > STOCK_DAY:
            order = rng.choice([each for each in stock if len(each.placements) < each.headcount])
        else:
            fits = [
                each for each in stock if hungry[each.key] and each.opened_on + dt.timedelta(days=3) <= day
            ]
            if fits and rng.random() < 0.45:
                order = rng.choice(fits)
                hungry[order.key] -= 1
                order.headcount += 1
            else:
                past = [
                    each
                    for each in past
                    if len(each.placements) < each.headcount and (day - each.opened_on).days <= 60
                ]
                if len(past) < 25:
                    size = rng.choice((1, 1, 1, 2, 2, 3, 3, 5, 8, 12))
                    opened_on = max(OPENED, day - dt.timedelta(days=rng.randint(3, 21)))
                    order = new(rng.choice(firms), opened_on, size)
                    past.append(order)
                else:
                    order = rng.choice(
                        [each for each in past if all(one != person for one, _ in each.placements)]
                    )
        order.placements.append((person, day))
    for order in orders:
        _close(order, lasting=order.key in rest)
    for _ in range(UNFILLED_ORDERS):
        opened_on = OPENED + dt.timedelta(days=rng.randint(0, 150))
        order = new(rng.choice(firms), opened_on, rng.choice((1, 1, 2, 3, 5)))
        order.closed_on = opened_on + dt.timedelta(days=rng.randint(20, 60))
    for _ in range(SEPTEMBER_ORDERS):
        new(
            rng.choice(firms),
            rng.choice((dt.date(2009, 9, 1), dt.date(2009, 9, 2), LAST_DAY)),
            rng.randint(1, 4),
        )
    return orders


def _stock(rng: random.Random, firms: Sequence[dict[str, Any]], new: Any) -> Iterator[_Order]:
    """The open orders of 31 August with their unfilled openings as headcount; large ones stand in several orders."""
    sizes = [size for size, number in OPENINGS for _ in range(number)]
    rng.shuffle(sizes)
    for firm, size in zip(firms, sizes, strict=False):
        parts = 1 if size < 4 else rng.randint(1, 3)
        cuts = sorted(rng.sample(range(1, size), parts - 1))
        for start, end in zip([0, *cuts], [*cuts, size], strict=True):
            yield new(firm, STOCK_DAY - dt.timedelta(days=int(60 * rng.random() ** 1.4)), end - start)


def _close(order: _Order, *, lasting: bool) -> None:
    """An order ends with its last hire; one of the stock only when it was filled in September."""
    if lasting:
        if len(order.placements) == order.headcount:
            order.closed_on = max(day for _, day in order.placements)
        return
    order.headcount = len(order.placements)
    order.closed_on = max(day for _, day in order.placements)


def _records(
    people: Sequence[dict[str, Any]], firms: Sequence[dict[str, Any]], orders: Sequence[_Order]
) -> Iterator[dict[str, Any]]:
    placed = sorted((day, person, order.key) for order in orders for person, day in order.placements)
    yield {
        "format": "ieum-history",
        "version": 1,
        "register": "seoul-2009",
        "name": "서울일자리플러스센터 2009년 대장",
        "from": OPENED.isoformat(),
        "until": LAST_DAY.isoformat(),
        "counts": {"person": len(people), "firm": len(firms), "order": len(orders), "placement": len(placed)},
    }
    yield from people
    yield from firms
    for order in orders:
        yield {
            "type": "order",
            "key": order.key,
            "firm": order.firm,
            "title": f"{OCCUPATIONS[order.occupation].name} 모집",
            "occupation": order.occupation,
            "headcount": order.headcount,
            "opened_on": order.opened_on.isoformat(),
            "status": "closed" if order.closed_on else "open",
            "closed_on": order.closed_on.isoformat() if order.closed_on else None,
            "filled": len(order.placements),
        }
    for day, person, key in placed:
        yield {
            "type": "placement",
            "person": people[person]["key"],
            "order": key,
            "hired_on": day.isoformat(),
        }
