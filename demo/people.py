"""Invented people: surnames at their real shares, given names put together, numbers that nobody has."""

import datetime as dt
import random
from dataclasses import dataclass

from foundation.identity.person import Person
from foundation.reference.districts import DISTRICTS, neighbours
from foundation.reference.minimum_wage import lowest_pay
from foundation.reference.occupations import OCCUPATIONS, Occupation, suggest
from foundation.reference.wage_basis import WageBasis
from screening.matching.sentences import months_ko
from screening.pool.seekers.profile import Profile

SURNAMES: tuple[tuple[str, int], ...] = (
    ("김", 215), ("이", 147), ("박", 84), ("최", 47), ("정", 43), ("강", 24), ("조", 21), ("윤", 21), ("장", 20),
    ("임", 17), ("한", 15), ("오", 15), ("서", 15), ("신", 15), ("권", 14), ("황", 14), ("안", 14), ("송", 14),
    ("전", 11), ("홍", 11), ("유", 10), ("고", 9), ("문", 9), ("양", 9), ("손", 9), ("배", 8), ("백", 8), ("허", 6),
    ("남", 5), ("심", 5), ("노", 5), ("하", 5), ("곽", 4), ("성", 4), ("차", 4), ("주", 4), ("우", 4), ("구", 4),
)  # fmt: skip
"""Per thousand, from the census of 2015, the rest left out."""
LONGEST_IN_POOL = 1100
"""Days; a third of the pool was there before the demo's 24 months begin."""
YOUNGEST, OLDEST = 19 * 366, 68 * 365
"""Ages in days."""
FIRST, SECOND = "지민서현준하은수영도예채윤정성진유가나다", "우연호진아빈율경민희석선원훈린솔람결찬별"
KINDS = (
    "한식 조리사", "주방 보조", "홀서빙", "요양보호사", "간호조무사", "사회복지사", "경리 사무원", "총무 사무원", "CNC",
    "용접", "포장", "제품 검사", "건물 청소", "경비원", "택배", "화물차 운전", "매장 판매", "콜센터", "웹 개발", "제빵",
    "미용", "전기공", "보육교사", "물류", "회계 사무원",
)  # fmt: skip
KITCHEN = 3
"""The first kinds of work, four times as frequent as the others: kitchens and dining rooms change people most."""
LICENCES: dict[str, tuple[str, ...]] = {
    "조리": ("한식조리기능사",), "요양": ("요양보호사",), "간호": ("간호조무사",), "사회복지": ("사회복지사 2급",),
    "용접": ("용접기능사",), "전기": ("전기기능사",), "제빵": ("제빵기능사",), "미용": ("미용사(일반)",),
    "보육": ("보육교사 2급",), "화물": ("1종 대형운전면허", "화물운송종사자격"), "회계": ("전산회계 1급",),
    "경리": ("전산회계 2급",), "경비": ("경비원 신임교육",), "CNC": ("컴퓨터응용선반기능사",), "물류": ("지게차운전기능사",),
}  # fmt: skip
SKILLS: dict[str, tuple[str, ...]] = {
    "조리": ("단체급식", "반찬", "국·찌개"), "주방": ("재료 손질", "설거지"), "서빙": ("손님 응대", "예약 관리"),
    "요양": ("치매 돌봄", "방문요양", "식사 보조"), "간호": ("접수", "활력징후 측정"), "사무": ("엑셀", "전표 입력", "더존"),
    "CNC": ("도면 보기", "선반", "측정"), "용접": ("TIG", "CO2"), "포장": ("소포장", "라벨"), "검사": ("외관 검사", "측정"),
    "청소": ("바닥 왁스", "기계 청소"), "경비": ("순찰", "주차 관리"), "택배": ("배송", "상하차"), "화물": ("5톤", "냉동"),
    "판매": ("포스", "재고 관리"), "콜센터": ("전화 상담", "엑셀"), "개발": ("파이썬", "자바", "SQL"), "제빵": ("반죽", "성형"),
    "미용": ("커트", "염색"), "전기": ("배선", "점검"), "보육": ("놀이 활동", "관찰 기록"), "물류": ("지게차", "피킹", "재고 관리"),
}  # fmt: skip


def facts_for(table: dict[str, tuple[str, ...]], kind: str) -> tuple[str, ...]:
    """What belongs to a kind of work, found by the word it contains."""
    return next((values for word, values in table.items() if word in kind), ())


def kinds() -> list[tuple[str, Occupation]]:
    """The demo's kinds of work with their occupations."""
    found = [(kind, suggest(kind)) for kind in KINDS]
    return [(kind, occupation) for kind, occupation in found if occupation is not None]


@dataclass(frozen=True)
class Applicant:
    """An invented seeker: who they are and what they offer."""

    person: Person
    profile: Profile
    registered_on: dt.date


def surname(chance: random.Random) -> str:
    """A surname, at its real share."""
    return chance.choices([each for each, _ in SURNAMES], [weight for _, weight in SURNAMES])[0]


def name(chance: random.Random) -> str:
    """A Korean name."""
    return surname(chance) + chance.choice(FIRST) + chance.choice(SECOND)


def given_name_and_age(index: int) -> tuple[str, int]:
    """A given name and an age in days that no other of seven million indexes shares: nobody has a namesake."""
    names = len(FIRST) * len(SECOND)
    turn, place = divmod(index, names)
    place = place * 181 % names
    first, second = divmod(place, len(SECOND))
    return FIRST[first] + SECOND[second], YOUNGEST + (turn * 6007 + place * 97) % (OLDEST - YOUNGEST)


def applicant(index: int, *, seed: int, today: dt.date) -> Applicant:
    """The index-th invented seeker; the same index, seed and day always give the same one."""
    chance = random.Random(f"{seed}/seeker/{index}")
    known = kinds()
    kind, occupation = chance.choice([*known, *known[:KITCHEN] * 3])
    others = [code for code in OCCUPATIONS if code[:2] == occupation.code[:2] and code != occupation.code]
    district = chance.choice(list(DISTRICTS))
    near = sorted(neighbours(district))
    months = min(int(chance.expovariate(1 / 40)), 360)
    floor = lowest_pay(today, WageBasis.MONTH, 40)
    skills = facts_for(SKILLS, kind)
    licences = facts_for(LICENCES, kind)
    given, age = given_name_and_age(index)
    registered_on = today - dt.timedelta(days=chance.randint(1, LONGEST_IN_POOL))
    person = Person(
        name=surname(chance) + given,
        birth_date=today - dt.timedelta(days=age),
        phone=f"0100{index % 10_000_000:07d}",
        email=f"seeker{index}@mail.example" if chance.random() < 0.6 else "",
        sex=chance.choice("fm"),
        address=DISTRICTS[district].ko,
    )
    profile = Profile(
        district=district,
        occupations=(occupation.code, *chance.sample(others, min(len(others), chance.randint(0, 2)))),
        experience={occupation.code: months} if months else {},
        commute=tuple(chance.sample(near, min(len(near), chance.randint(1, 4)))),
        skills=tuple(chance.sample(skills, chance.randint(0, len(skills)))),
        licences=licences if chance.random() < 0.7 else (),
        trainings=(occupation.code,) if chance.random() < 0.2 else (),
        employment_types=tuple(
            chance.choice((("10", "20"), ("10",), ("10", "11", "20", "21"), ("11", "21")))
        ),
        wage_floor=floor // 10_000 * 10_000 + chance.choice((0, 0, 0, 5, 10, 20, 40)) * 10_000,
        available_on=registered_on + dt.timedelta(days=chance.randint(0, 14)),
        guardian_agreed=age - (today - registered_on).days < 18 * 366,
        summary=f"{kind} {months_ko(months)}" if months else f"{kind} 일을 시작하려 합니다",
    )
    return Applicant(person, profile, registered_on)
