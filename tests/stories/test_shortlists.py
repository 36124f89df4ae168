"""The firm's answer: compared, asked about, given by link; no name without both yeses, no reason passed on raw."""

import datetime as dt

import pytest
import sqlalchemy as sa

from foundation.links.models import Link, LinkPurpose
from screening.casework.referrals.models import Referral
from screening.casework.referrals.states import ReferralState
from tests.house import House
from tests.visitor import Visitor
from tests.walk import order_at


def answers_on(visitor: Visitor) -> list[str]:
    return sorted(
        {name for form in visitor.page.forms for name in form.choices if name.startswith("answer-")}
    )


def by_link(house: House) -> tuple[Visitor, str]:
    order_at(house, "submitted")
    house.deliver()
    path = house.link("로그인하지 않고 답하기", to="firm@test.example")
    return house.visitor().open(path), path


def test_a_member_answers_by_link_without_signing_in(house: House) -> None:
    visitor, path = by_link(house)
    visitor.sees("만나 볼 사람을 골라 주세요").sees("후보 가").misses("박가람")
    first, second = answers_on(visitor)[:2]
    visitor.press("답 보내기", **{first: "yes"}).sees("1명에게 답했습니다").sees("로그인").misses("박가람")
    visitor.open(path).press(
        "답 보내기", expect=422, **{second: "no", second.replace("answer", "reason"): ""}
    ).sees("사유를 골라")
    visitor.open(path).press("답 보내기", **{second: "no", second.replace("answer", "reason"): "E03"})
    with house.database.read() as session:
        states = {each.state for each in session.scalars(sa.select(Referral)) if each.firm_answered_at}
    assert states == {ReferralState.ACCEPTED, ReferralState.PASSED_OVER}


def test_opening_the_link_changes_nothing(house: House) -> None:
    visitor, path = by_link(house)
    with house.database.read() as session:
        before = session.execute(sa.select(Referral.id, Referral.state, Referral.changed_at)).all()
    for _ in range(3):
        visitor.open(path)
    with house.database.read() as session:
        assert session.execute(sa.select(Referral.id, Referral.state, Referral.changed_at)).all() == before


def test_the_token_is_long_and_kept_as_a_hash_only(house: House) -> None:
    _, path = by_link(house)
    token = path.removeprefix("/l/")
    assert len(token) >= 22
    with house.database.read() as session:
        link = session.scalars(sa.select(Link).where(Link.purpose == LinkPurpose.SHORTLIST)).one()
        assert token not in link.token_hash
        assert len(link.token_hash) == 64


def test_an_old_link_is_renewed_by_mail_only_and_the_old_one_ends(house: House) -> None:
    visitor, path = by_link(house)
    house.clock.moment += dt.timedelta(days=30)
    visitor.open(path).sees("닫혔습니다").misses("후보 가").press("새 링크 메일로 받기").sees(
        "새 링크를 메일로"
    )
    house.deliver()
    fresh = house.link("로그인하지 않고 답하기", to="firm@test.example")
    assert fresh != path
    visitor.open(path, expect=404)


def test_links_end_when_the_firm_says_so_and_with_the_membership(house: House) -> None:
    visitor, path = by_link(house)
    with house.database.read() as session:
        order_id = session.scalars(
            sa.select(Link.subject_id).where(Link.purpose == LinkPurpose.SHORTLIST)
        ).one()
    firm = house.visitor("firm").open(f"/employer/orders/{order_id}/shortlist")
    firm.press("메일로 보낸 링크 모두 끊기").sees("링크 1개를 끊었습니다")
    visitor.open(path, expect=404)


def test_a_link_of_one_purpose_opens_no_other_door(house: House) -> None:
    visitor, path = by_link(house)
    for other in ("consent", "withdraw", "retention", "code", "mail", "cancel"):
        token = next(v for form in visitor.page.forms for n, v in form.values if n == "csrf_token")
        assert visitor.client.post(f"{path}/{other}", data={"csrf_token": token}).status_code == 404


def test_up_to_five_are_compared_criterion_by_criterion(house: House) -> None:
    order = order_at(house, "submitted", headcount=2)
    firm = house.visitor("firm").open(f"/employer/orders/{order.id}/shortlist").follow("비교하기")
    firm.sees("나란히 봅니다").sees("후보 가").sees("후보 나").misses("박가람")
    firm.sees("한식조리기능사")


def test_more_like_this_and_a_question_reach_the_officer_and_come_back(house: House) -> None:
    order = order_at(house, "submitted")
    firm = house.visitor("firm").open(f"/employer/orders/{order.id}/shortlist")
    firm.press("이런 분 더 찾아 주세요").sees("비슷한 분을 더")
    firm.press("물어보기", text="단체급식은 몇 인분까지 해 보셨나요?").sees("답이 오면")
    firm.press("물어보기", text="35세 이하인가요, 여자만 원합니다", expect=422).sees("나이를 모집 조건으로")
    officer = (
        house.visitor("officer")
        .open(f"/staff/orders/{order.id}")
        .sees("이런 분 더 찾아 주세요")
        .sees("몇 인분")
    )
    answer = next(form for form in officer.page.forms if "/staff/notes/" in form.action)
    officer.press("답하기", at=answer.action, answer="하루 300인분까지 해 보셨습니다.").sees(
        "기업에 답했습니다"
    )
    firm.open(f"/employer/orders/{order.id}/shortlist").sees("하루 300인분")


def test_the_reason_goes_to_the_center_which_words_it_for_the_person(house: House) -> None:
    order = order_at(house, "submitted")
    firm = house.visitor("firm").open(f"/employer/orders/{order.id}/shortlist")
    first = answers_on(firm)[0]
    key = first.removeprefix("answer-")
    said = {first: "no", f"reason-{key}": "E01", f"note-{key}": "우리 주방에는 너무 느릴 것 같습니다"}
    firm.press("답 보내기", expect=422, **{**said, f"note-{key}": "나이 많은 분은 안 뽑아요"})
    firm.press("답 보내기", **said)
    officer = house.visitor("officer").open(f"/staff/orders/{order.id}").sees("너무 느릴 것 같습니다")
    officer.press("이 말로 알리기").sees("결과를 알렸습니다")
    house.deliver()
    told = [each.text for each in house.letters() if "결과를 알려" in f"{each.subject} {each.text}"]
    assert any("경력이 더 긴 분을 먼저" in text for text in told)
    assert not any("느릴" in each.text for each in house.letters())


@pytest.mark.parametrize("answer", ["전화는 010-1234-5678입니다", "1975년생 여성입니다"])
def test_an_answer_that_would_unmask_somebody_is_refused(house: House, answer: str) -> None:
    order = order_at(house, "submitted")
    house.visitor("firm").open(f"/employer/orders/{order.id}/shortlist").press("이런 분 더 찾아 주세요")
    officer = house.visitor("officer").open(f"/staff/orders/{order.id}")
    form = next(form for form in officer.page.forms if "/staff/notes/" in form.action)
    officer.press("답하기", at=form.action, answer=answer, expect=422)
