"""The whole chain once, over HTTP: from a firm's order to a certificate that a stranger checks."""

import datetime as dt
import uuid

import pytest

from foundation.refusals import Refusal
from incentives.editions import commands as editions
from tests.house import House
from tests.visitor import Visitor


def file_order(house: House) -> Visitor:
    """The firm files an order through the four steps, is stopped once by the law, and signs the mandate."""
    firm = house.visitor("firm").sees("첫 사람을 구해 볼까요?")
    firm.press("새로 사람 구하기").sees("어떤 사람이 필요하신가요?")
    firm.press(
        "다음: 조건과 자격",
        title="한식 조리사",
        occupation="한식 조리사",
        headcount="1",
        duties="35세 이하 여성 우대. 국과 찌개, 반찬을 만들고 주방을 정리합니다.",
    ).sees("근로조건과 자격")
    firm.press(
        "다음: 전형과 접수",
        wage_won="2,000,000",
        starts_on=(house.today + dt.timedelta(days=30)).isoformat(),
        licences="한식조리기능사",
        skills="단체급식",
    ).sees("어떻게 뽑고")
    firm.press("다음: 확인과 제출", contact_phone="02-555-0100").sees("고칠 곳을 먼저 봐 주세요")
    firm.sees("나이를 모집 조건으로 적을 수 없습니다").sees("최저임금보다")
    firm.press("구인신청 내기", expect=422).sees("고칠 곳을 먼저 봐 주세요")
    firm.follow("직무내용").press("이 문구로 바꾸기").misses("35세 이하")
    firm.press("다음: 조건과 자격")
    firm.press("다음: 전형과 접수", wage_won="2,600,000")
    firm.press("다음: 확인과 제출").sees("이대로 낼까요?")
    firm.press("구인신청 내기").sees("접수번호는 2026-000001")
    firm.follow("위임하기").sees("위탁계약서")
    firm.press("서명하고 맡기기", typed_name="다른 사람", expect=422).sees("본인 이름 '윤미정'")
    firm.press("서명하고 맡기기", code=house.signing_code(firm), typed_name="윤미정").sees("위임했습니다")
    return firm


def approve_order(house: House, firm: Visitor) -> Visitor:
    """The officer sees it first, receives, asks for one correction, and approves what comes back."""
    officer = house.visitor("officer").sees("접수하기").follow("맨 위부터 하기")
    officer.press("접수하기").sees("접수했습니다")
    officer.press("기업에 알리기", field="work_time", request="쉬는 시간을 함께 적어 주세요.").sees(
        "보완요청"
    )
    house.deliver()
    assert any("고칠 곳이 1곳" in letter.subject for letter in house.letters())
    firm.open("/employer").sees("고칠 곳이 있습니다").follow("고쳐서 보내기").sees(
        "쉬는 시간을 함께 적어 주세요."
    )
    firm.press("고쳐서 보내기", work_time="", expect=422).sees("근무시간을 적어 주세요.")
    firm.press("고쳐서 보내기", work_time="06:00~15:00, 쉬는 시간 1시간").sees("고쳐서 보냈습니다")
    officer.open("/staff").follow("검토하고 승인하기").sees("쉬는 시간 1시간").press("승인하기").sees(
        "승인했습니다"
    )
    return officer


def shortlist(house: House, officer: Visitor, firm: Visitor) -> None:
    """Criteria first, then a blind list, a review by name, consent by link, and the submitted list."""
    order = officer.page.path
    officer.open(f"{order}/people", expect=409).sees("기준을 먼저 확정해 주세요")
    officer.open(f"{order}/criteria").press("기준 확정하기", **{"w-occupation": "30"}, expect=422).sees(
        "100점이어야"
    )
    officer.press("기준 확정하기", **{"w-occupation": "25"}).sees("추천할 사람 고르기")
    officer.misses("박가람").misses("1980")
    officer.press("고른 분 담기", seeker=[str(one) for one in house.seekers[:3]]).sees("3명을 담았습니다")
    officer.follow("K-10001").sees("이 일에 맞는지 판정해 주세요")
    for _ in range(3):
        officer.misses("박가람").press("적격입니다", opinion="꼼꼼하게 일합니다.")
    officer.sees("모두 판정했습니다").press("적격 3명에게 동의 묻기").sees("3명에게 문자를 보냈습니다")
    house.deliver()
    for number in range(3):
        seeker = house.visitor().open(
            house.link("추천해도 될까요", to=f"010-0000-000{number}".replace("-", ""))
        )
        seeker.sees("다온밥상에 추천해도 될까요?").sees("다온밥상")
        seeker.press("이번에는 안 할래요" if number == 2 else "좋아요, 추천해 주세요")
        seeker.sees("안 하기로 하셨습니다" if number == 2 else "좋다고 답하셨습니다")
    officer.open(order).sees("동의한 분 2명입니다").press("추천 보내기").sees("2명을 추천했습니다")
    firm.open("/employer").sees("추천에 답해 주세요").follow("추천 보고 답하기").sees("후보 가").sees(
        "후보 나"
    )
    firm.misses("박가람").sees("한식조리기능사").sees("정다혜 확인")


def answer_and_hire(house: House, officer: Visitor, firm: Visitor) -> None:
    """The firm answers, names appear, they meet, one is hired, the other told; only then the order closes."""
    order = officer.page.path
    radios = sorted(name for form in firm.page.forms for name in form.choices if name.startswith("answer-"))
    firm.press("답 보내기", **{radios[0]: "no"}, expect=422).sees("사유를 골라 주세요")
    firm.press("답 보내기", **{radios[0]: "yes", radios[1]: "yes"}).sees("2명에게 답했습니다")
    firm.sees("박가람").sees("010")
    officer.open(order)
    for _ in range(2):
        officer.press(
            "면접 잡기",
            day=(house.today + dt.timedelta(days=2)).isoformat(),
            time="14:00",
            place="서울특별시 구로구 이음로 7",
            mode="accompanied",
        ).sees("면접을 잡았습니다")
    house.deliver()
    seeker = house.visitor().open(house.link("면접"))
    seeker.sees("면접이 있습니다")
    invitation = seeker.download(f"{seeker.page.path}/interview.ics").get_data(as_text=True)
    assert "BEGIN:VEVENT" in invitation
    assert "TZID=Asia/Seoul" in invitation
    house.later(days=2, hours=6)
    officer.open(order).press("면접 봄").press("면접 봄")
    firm.open(f"/employer/orders/{order.split('/')[-1]}")
    firm.press("채용 확정하기", wage_won="2,500,000", expect=422).sees("100,000원 적습니다")
    firm.press("채용 확정하기", wage_won="2,600,000").sees("채용을 확정했습니다")
    officer.open(order).press("종결하기", reason="filled", expect=422).sees("아직 결과를 듣지 못했습니다")
    officer.press("명에게 알리기").sees("결과를 알렸습니다")
    officer.press("종결하기", reason="partly", expect=422).sees("채용 인원과 맞는 마감 사유")
    officer.press("종결하기", reason="filled").sees("종결했습니다")
    house.deliver()
    told = house.visitor().open(house.link("지원 결과"))
    told.sees("이번에는 함께하지 못하게 되었습니다").misses("박가람")


def retention_holds(house: House) -> None:
    """After 90 days one link, one button; opening it changes nothing."""
    house.later(days=30 + 31)
    house.visitor().open(house.link("30일째")).sees("계속 다니나요?").press("네, 계속 다닙니다").sees(
        "고맙습니다"
    )
    house.later(days=61)
    check = house.visitor().open(house.link("90일째")).sees("계속 다니나요?")
    check.open(check.page.path).sees("계속 다니나요?").press("네, 계속 다닙니다").sees("고맙습니다")


def edition_and_certificate(house: House, firm: Visitor) -> None:
    """The score opens into its evidence, an objection is decided, the edition frozen, a certificate issued."""
    lead = house.visitor("lead").open("/staff/editions")
    lead.press("만들기", code="2026-H2", reference_on=house.today.isoformat()).sees("잠정 공개해 주세요")
    house.visitor("chamber").sees("아직 공개한 평가판이 없습니다")
    lead.press("잠정 공개하기").sees("이의신청을 받습니다")
    firm.open("/login").open("/employer/standing").sees("90% 구간").sees("2026-000001").sees("자료 부족")
    firm.press("이의신청하기", text="짧음", expect=422).sees("10자 이상")
    firm.press("이의신청하기", text="추천에 그날 바로 답했는데 늦은 것으로 되어 있습니다.").sees(
        "이의신청을 받았습니다"
    )
    edition = lead.misses("확정하기").page.path
    with house.database.write() as session, pytest.raises(Refusal, match="그 뒤에 확정할 수 있습니다"):
        editions.freeze(
            session,
            edition_id=uuid.UUID(edition.rsplit("/", 1)[1]),
            by=house.actor("lead"),
            at=house.clock.moment,
        )
    house.later(days=30)
    edition = lead.open("/staff/editions").follow("2026-H2").page.path
    lead.press("결정하고 알리기", decision="upheld", answer="기록을 다시 확인하고 계산했습니다.").sees(
        "결정하고 기업에 알렸습니다"
    )
    lead.open(edition).press("확정하기").sees("이제 바뀌지 않습니다")
    house.visitor("chamber").sees("다온밥상").sees("90% 구간").sees("1곳 가운데, 90% 구간 1~1위")
    house.visitor("other-chamber").misses("다온밥상")
    sheet = house.visitor("city").download("/partners/ranking.xlsx")
    assert sheet.data.startswith(b"PK")


def test_the_whole_chain(house: House) -> None:
    firm = file_order(house)
    officer = approve_order(house, firm)
    shortlist(house, officer, firm)
    answer_and_hire(house, officer, firm)
    retention_holds(house)
    edition_and_certificate(house, house.visitor("firm"))
    auditor = house.visitor("auditor").sees("edition.frozen")
    auditor.follow("봉인 검사하기").sees("기록이 그대로입니다")
    auditor.open("/audit/sightings").sees("면접과 채용(2026-000001)")
