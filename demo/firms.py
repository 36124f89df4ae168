"""Invented firms with business numbers that no tax office gives out."""

import random
from dataclasses import dataclass

from demo.people import name
from foundation.reference import business_numbers
from foundation.reference.districts import DISTRICTS
from screening.demand.employers.commands import FirmFacts

HEADS = (
    "다온",
    "누리",
    "하늘결",
    "새참",
    "바른",
    "모아",
    "한빛",
    "두레",
    "가람",
    "솔빛",
    "미르",
    "나래",
    "온새",
    "해든",
    "푸른",
)
TAILS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("밥상", "음식점업", ("한식 조리사", "주방 보조", "홀서빙")),
    ("정밀", "금속가공제품 제조업", ("CNC", "용접", "제품 검사")),
    ("요양원", "사회복지 서비스업", ("요양보호사", "간호조무사", "사회복지사")),
    ("물류", "창고 및 운송업", ("물류", "택배", "화물차 운전")),
    ("소프트", "정보서비스업", ("웹 개발", "콜센터", "총무 사무원")),
    ("상사", "도매 및 상품 중개업", ("매장 판매", "경리 사무원", "포장")),
    ("베이커리", "식료품 제조업", ("제빵", "포장", "매장 판매")),
    ("시설관리", "사업시설 관리업", ("건물 청소", "경비원", "전기공")),
    ("회계", "전문 서비스업", ("회계 사무원", "경리 사무원", "총무 사무원")),
    ("어린이집", "교육 서비스업", ("보육교사", "한식 조리사", "주방 보조")),
)
SIZES = ((3, 9, 40), (10, 29, 34), (30, 49, 12), (50, 99, 9), (100, 260, 5))
CHAMBER_DISTRICT = "11530"
"""The printed chamber officer's district, 구로구: every third firm has its seat there."""
STREETS = ("이음로", "느티나무길", "새벽로", "골목길", "장터로", "우물길")


PRINTED_EMPLOYEES, PRINTED_DILIGENCE = 12, 0.97
"""The firm a visitor signs in for: small, and one that answers."""


@dataclass(frozen=True)
class DemoFirm:
    """An invented firm, the person who signs in for it, and the work it offers."""

    facts: FirmFacts
    person: str
    email: str
    kinds: tuple[str, ...]
    diligence: float


def fictional_number(index: int) -> str:
    """A business number that passes the check and begins with a code no office has (below 100)."""
    first_nine = f"{index % 99 + 1:03d}81{index:04d}"
    return first_nine + str(business_numbers.check_digit(first_nine))


def firm(index: int, *, seed: int) -> DemoFirm:
    """The index-th invented firm."""
    chance = random.Random(f"{seed}/firm/{index}")
    tail, industry, kinds = TAILS[index % len(TAILS)]
    head = HEADS[(index * 7 + index // len(TAILS)) % len(HEADS)]
    suffix = "" if index < len(TAILS) * len(HEADS) else f" {index}"
    low, high, _ = chance.choices(SIZES, [weight for _, _, weight in SIZES])[0]
    district = CHAMBER_DISTRICT if index % 3 == 0 else list(DISTRICTS)[index % len(DISTRICTS)]
    owner = name(chance)
    facts = FirmFacts(
        name=f"{head}{tail}{suffix}",
        business_number=fictional_number(index),
        representative=owner,
        address=f"서울특별시 {DISTRICTS[district].ko} {chance.choice(STREETS)} {chance.randint(1, 120)}",
        district=district,
        industry=industry,
        employees=chance.randint(low, high) if index else PRINTED_EMPLOYEES,
    )
    diligence = 0.55 + chance.random() * 0.43 if index else PRINTED_DILIGENCE
    return DemoFirm(facts, owner, f"hr{index}@firm.example", kinds, diligence)
