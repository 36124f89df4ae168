"""What was given to somebody ends with their rights, for good (audit rows A4, A5 and A6)."""

import datetime as dt
import itertools
import time
import uuid
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from foundation.accounts import passwords
from foundation.accounts.models import Account, SignIn
from foundation.actors import SYSTEM, Role
from foundation.audit.commands import record
from foundation.links.commands import issue
from foundation.links.models import Link, LinkPurpose
from foundation.membership import commands as membership
from foundation.membership import teams
from foundation.membership.teams import TeamRight
from foundation.messages.models import DemoLetter, StrangerLetter
from screening.casework.consents.models import Consent
from screening.casework.interviews.models import Interview
from screening.casework.placements.checks import RetentionCheck
from screening.casework.referrals.models import Referral
from screening.demand.postings.models import Application
from screening.demand.sign_ups.models import SignUp
from tests.at_once import at_once
from tests.house import PASSWORD, House
from tests.stories.test_joining import apply as apply_to_join
from tests.stories.test_postings import apply as apply_to_posting
from tests.visitor import Visitor
from tests.walk import order_at

P = LinkPurpose
OURS = (P.RETENTION, P.SHORTLIST, P.INVITATION)
"""Purposes whose links are held by an account; the others belong to somebody without one."""
ACTS: dict[LinkPurpose, tuple[str, dict[str, str]] | None] = {
    P.CONSENT: ("consent", {"answer": "yes"}),
    P.SLOT: ("slot", {"slot": str(uuid.UUID(int=7))}),
    P.INTERVIEW: ("nobody-came", {}),
    P.OUTCOME: None,
    P.APPLICATION: ("unapply", {}),
    P.STAY: ("stay", {"answer": "still"}),
    P.RETENTION: ("retention", {"answer": "still"}),
    P.INVITATION: ("invitation", {"password": "another good secret"}),
    P.SHORTLIST: ("answer", {}),
    P.SIGN_UP: ("mail", {}),
    P.OPPORTUNITIES: None,
}
"""What each purpose's button sends; None for pages without one."""
DEAD, FORBIDDEN, ALIVE = 404, 403, 200


class Team:
    """The firm's people: `holder` has the links, `reader` only reads, `second` is an owner too."""

    def __init__(self, house: House) -> None:
        self.house = house
        with house.database.write() as session:
            for who, right in (
                ("holder", TeamRight.MEMBER),
                ("reader", TeamRight.READER),
                ("second", TeamRight.OWNER),
            ):
                member = teams.invite_member(
                    session,
                    email=f"{who}@test.example",
                    name=who,
                    right=right,
                    by=house.actor("firm"),
                    at=house.clock.moment,
                )
                assert isinstance(member, Account)
                member.password_hash = passwords.hashed(PASSWORD, cost="cheap")
                house.accounts[who] = member.id
            session.commit()

    def change(self, act: Callable[..., object], *, by: str = "firm", **more: object) -> None:
        with self.house.database.write() as session:
            act(
                session,
                account_id=self.house.accounts["holder"],
                by=self.house.actor(by),
                at=self.house.clock.moment,
                **more,
            )
            session.commit()

    def becomes_reader(self) -> Visitor:
        self.change(teams.give_right, right=TeamRight.READER)
        return self.house.visitor()

    def leaves(self) -> Visitor:
        self.change(teams.remove)
        return self.house.visitor()

    def comes_back(self) -> Visitor:
        self.change(teams.remove)
        with self.house.database.write() as session:
            session.execute(sa.delete(StrangerLetter))
            again = teams.invite_member(
                session,
                email="holder@test.example",
                name="holder",
                right=TeamRight.MEMBER,
                by=self.house.actor("firm"),
                at=self.house.clock.moment,
            )
            assert isinstance(again, Account)
            again.password_hash = passwords.hashed(PASSWORD, cost="cheap")
            session.commit()
        return self.house.visitor()

    def is_disabled(self) -> Visitor:
        self.change(membership.disable, by="admin")
        return self.house.visitor()

    def is_enabled_again(self) -> Visitor:
        self.change(membership.disable, by="admin")
        self.change(membership.enable, by="admin")
        return self.house.visitor()

    def hands_over(self) -> Visitor:
        self.change(teams.give_right, right=TeamRight.OWNER)
        with self.house.database.write() as session:
            teams.hand_over(
                session,
                account_id=self.house.accounts["second"],
                by=self.house.actor("holder"),
                at=self.house.clock.moment,
            )
            session.commit()
        return self.house.visitor()

    def as_holder(self) -> Visitor:
        return self.house.visitor()

    def forwards_to_reader(self) -> Visitor:
        return self.house.visitor("reader")

    def forwards_to_rival(self) -> Visitor:
        return self.house.visitor("rival")


SITUATIONS: dict[str, tuple[Callable[[Team], Visitor], dict[LinkPurpose, int]]] = {
    "holder": (Team.as_holder, {}),
    "reader signed in with a colleague's link": (
        Team.forwards_to_reader,
        {P.RETENTION: FORBIDDEN, P.SHORTLIST: FORBIDDEN},
    ),
    "another firm signed in with the link": (
        Team.forwards_to_rival,
        {P.RETENTION: FORBIDDEN, P.SHORTLIST: FORBIDDEN},
    ),
    "reader": (Team.becomes_reader, {P.RETENTION: FORBIDDEN, P.SHORTLIST: FORBIDDEN}),
    "ex-member": (Team.leaves, dict.fromkeys(OURS, DEAD)),
    "ex-member invited again": (Team.comes_back, dict.fromkeys(OURS, DEAD)),
    "disabled": (Team.is_disabled, dict.fromkeys(OURS, DEAD)),
    "disabled and enabled again": (Team.is_enabled_again, dict.fromkeys(OURS, DEAD)),
    "after hand-over": (Team.hands_over, {}),
}
"""Who stands there, and what becomes of the links of each purpose; whatever is not named is alive."""


def subject(house: House, purpose: LinkPurpose) -> tuple[uuid.UUID, uuid.UUID]:
    """What a link of a purpose is about, and who holds it."""
    holder = house.accounts["holder"]
    with house.database.read() as session:
        if purpose is P.INVITATION:
            return holder, holder
        referral = session.scalars(sa.select(Referral).where(Referral.state == "hired")).first()
        if purpose is P.RETENTION:
            return session.scalars(sa.select(RetentionCheck.id).order_by(RetentionCheck.day)).first(), holder  # type: ignore[return-value]
        if purpose is P.SHORTLIST:
            return session.scalars(
                sa.select(Referral.order_id).where(Referral.state == "submitted")
            ).first(), holder  # type: ignore[return-value]
        if purpose in (P.SLOT, P.OUTCOME):
            return referral.id, referral.seeker_id  # type: ignore[union-attr]
        if purpose is P.OPPORTUNITIES:
            return house.seekers[-1], house.seekers[-1]
        table = {
            P.CONSENT: Consent,
            P.INTERVIEW: Interview,
            P.APPLICATION: Application,
            P.STAY: RetentionCheck,
            P.SIGN_UP: SignUp,
        }[purpose]
        found = session.scalars(sa.select(table.id)).first()
        assert found is not None
        return found, found


def link_for(house: House, purpose: LinkPurpose) -> str:
    about, holder = subject(house, purpose)
    with house.database.write() as session:
        link, path = issue(
            session,
            purpose=purpose,
            subject_id=about,
            holder_id=holder,
            expires_at=house.clock.moment + dt.timedelta(days=400),
            at=house.clock.moment,
        )
        record(session, "test.link", link, by=SYSTEM, at=house.clock.moment)
        session.commit()
        return path


def lived_in(house: House) -> None:
    """An order that ended in a hire, one with a shortlist to answer, an applicant, somebody who wants to join."""
    order_at(house, "closed")
    order_at(house, "submitted")
    apply_to_posting(house, order_at(house, "open"))
    apply_to_join(house)


def press(visitor: Visitor, path: str, purpose: LinkPurpose) -> int:
    act = ACTS[purpose]
    if act is None:
        return int(visitor.client.get(path).status_code)
    page = visitor.client.get("/join").get_data(as_text=True)
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    return int(visitor.client.post(f"{path}/{act[0]}", data={"csrf_token": token, **act[1]}).status_code)


def test_every_purpose_and_every_situation(house: House) -> None:
    """Opening and pressing, for every purpose of a link and everybody who might hold or have held it."""
    lived_in(house)
    team = Team(house)
    assert set(ACTS) == set(LinkPurpose)
    for (words, (happens, fates)), purpose in itertools.product(SITUATIONS.items(), LinkPurpose):
        with house.database.write() as session:
            before = session.get_one(Account, house.accounts["holder"])
            before.disabled_at, before.role, before.owner = None, Role.EMPLOYER, False
            record(session, "test.reset", before, by=SYSTEM, at=house.clock.moment)
            session.commit()
        path = link_for(house, purpose)
        visitor = happens(team)
        fate = fates.get(purpose, ALIVE)
        opened = int(visitor.client.get(path).status_code)
        assert opened == fate, (words, purpose, "opened", opened)
        pressed = press(visitor, path, purpose)
        if fate != ALIVE:
            assert pressed == fate, (words, purpose, "pressed", pressed)
        elif purpose in OURS:
            assert pressed not in (FORBIDDEN, DEAD), (words, purpose, "pressed", pressed)
        assert pressed < 500, (words, purpose, "pressed", pressed)


def test_a_member_who_only_reads_answers_nothing_and_is_not_asked(house: House) -> None:
    """A6: readers got the question by mail, and their click was the firm's answer."""
    team = Team(house)
    order_at(house, "closed")
    house.later(days=75)
    with house.database.read() as session:
        asked = {
            each.recipient
            for each in session.scalars(sa.select(DemoLetter))
            if "계속 다니나요" in each.subject
        }
    assert "holder@test.example" in asked
    assert "reader@test.example" not in asked
    path = house.link("계속 다니나요?", to="holder@")
    team.becomes_reader()
    house.visitor().open(path, expect=403).sees("열람만 하시는 분은 답할 수 없습니다")
    assert press(house.visitor(), path, P.RETENTION) == 403
    with house.database.read() as session:
        assert not session.scalar(sa.select(RetentionCheck.id).where(RetentionCheck.firm_answer.is_not(None)))


def test_no_letter_that_asks_for_an_act_goes_to_a_reader(house: House) -> None:
    Team(house)
    order_at(house, "fixing")
    order_at(house, "submitted")
    house.later(days=20)
    with house.database.read() as session:
        letters = session.scalars(
            sa.select(DemoLetter).where(DemoLetter.recipient == "reader@test.example")
        ).all()
        others = session.scalars(
            sa.select(DemoLetter).where(DemoLetter.recipient == "holder@test.example")
        ).all()
    assert [each.subject for each in others if re_asks(each)], "colleagues who may act are asked"
    assert [each.subject for each in letters if re_asks(each)] == []


def re_asks(letter: DemoLetter) -> bool:
    return any(
        words in f"{letter.subject} {letter.text}" for words in ("답해 주세요", "고쳐 주세요", "눌러 알려")
    )


def test_a_new_invitation_ends_the_earlier_ones(house: House) -> None:
    """A4: invite, remove, invite again: the first link still set the password of the account."""
    owner = house.visitor("firm").open("/employer/team")
    owner.press("초대 메일 보내기", name="서가온", email="new@test.example", right="member")
    first = house.deliver().link("계정을 시작해", to="new@test.example")
    with house.database.read() as session:
        account_id = session.scalars(sa.select(Account.id).where(Account.email == "new@test.example")).one()
    owner.open("/employer/team").press("팀에서 내보내기", at=str(account_id))
    house.visitor().open(first, expect=404)
    house.clock.moment += dt.timedelta(minutes=1)
    owner.open("/employer/team").press(
        "초대 메일 보내기", name="서가온", email="new@test.example", right="member"
    )
    second = house.deliver().link("계정을 시작해", to="new@test.example")
    assert first != second
    house.visitor().open(first, expect=404)
    assert press(house.visitor(), first, P.INVITATION) == 404
    house.visitor().open(second).press("비밀번호 정하기", password=PASSWORD).sees("비밀번호를 정했습니다")
    house.visitor().open(second, expect=404)
    house.visitor("new").open("/employer")


def test_an_invitation_that_is_sent_again_ends_the_one_before(house: House) -> None:
    """Without a removal in between, too: an admin's invitation, sent twice."""
    paths = []
    for _ in range(2):
        house.clock.moment += dt.timedelta(minutes=1)
        with house.database.write() as session:
            account = session.get_one(Account, house.accounts["auditor"])
            membership.invite(session, account=account, by=SYSTEM, at=house.clock.moment)
            session.commit()
        paths.append(house.deliver().link("계정을 시작해", to="auditor@"))
    house.visitor().open(paths[0], expect=404)
    house.visitor().open(paths[1])


def test_choosing_a_password_ends_every_other_session_and_says_so(house: House) -> None:
    firm = house.visitor("firm").open("/employer")
    with house.database.write() as session:
        account = session.get_one(Account, house.accounts["firm"])
        membership.invite(session, account=account, by=SYSTEM, at=house.clock.moment)
        session.commit()
    path = house.deliver().link("계정을 시작해", to="firm@")
    house.visitor().open(path).press("비밀번호 정하기", password="another good secret").sees(
        "다른 기기의 로그인은 모두 끝났습니다"
    )
    assert firm.client.get("/employer").status_code == 303


@pytest.mark.parametrize("by_admin", [False, True], ids=["removed", "disabled"])
def test_a_dead_session_stays_dead(house: House, by_admin: bool) -> None:
    """A5: remove and invite again, or disable and enable: the old cookie answered."""
    team = Team(house)
    holder = house.visitor("holder").open("/employer")
    if by_admin:
        team.is_enabled_again()
    else:
        team.comes_back()
    assert holder.client.get("/employer").status_code == 303
    with house.database.read() as session:
        mine = session.scalars(sa.select(SignIn).where(SignIn.account_id == house.accounts["holder"])).all()
        assert mine
        assert all(each.ended_at is not None for each in mine)
    house.visitor("holder").open("/employer")


def test_leaving_a_team_ends_sessions_and_links_too(house: House) -> None:
    Team(house)
    holder = house.visitor("holder").open("/employer/team")
    phone = house.visitor("holder").open("/employer")
    holder.press("팀에서 나가기")
    assert phone.client.get("/employer").status_code == 303
    with house.database.read() as session:
        held = sa.select(Link.id).where(Link.holder_id == house.accounts["holder"], Link.revoked_at.is_(None))
        assert session.scalars(held).all() == []


def test_rights_that_end_while_a_form_waits_for_the_lock_end_the_form_too(house: House) -> None:
    """Who asks is read before the lock; it is asked again once the lock is held."""
    Team(house)
    holder = house.visitor("holder").open("/employer")
    form = next(form for form in holder.page.forms if form.action.endswith("/drafts"))
    waited: list[object] = []

    def meanwhile(_session: object) -> None:
        if not waited:
            waited.append(True)
            with house.database.engine.begin() as connection:
                connection.execute(
                    sa.update(Account.__table__)
                    .where(Account.__table__.c.id == house.accounts["holder"])
                    .values(disabled_at=house.clock.moment)
                )

    house.database.on_writer.append(meanwhile)
    try:
        answer = holder.client.post(form.action, data=dict(form.values))
    finally:
        house.database.on_writer.clear()
    assert waited
    assert answer.status_code == 403
    assert "다시 로그인해 주세요" in answer.get_data(as_text=True)
    with house.database.read() as session:
        assert session.execute(sa.text("SELECT count(*) FROM order_draft")).scalar() == 0


def test_a_link_that_is_over_says_what_to_do(house: House) -> None:
    owner = house.visitor("firm").open("/employer/team")
    owner.press("초대 메일 보내기", name="서가온", email="new@test.example", right="member")
    path = house.deliver().link("계정을 시작해", to="new@test.example")
    house.visitor().open(path).press("비밀번호 정하기", password="short", expect=422).sees("10자에서")
    house.visitor().open(path).press("비밀번호 정하기", password=PASSWORD)
    house.visitor().open(path, expect=404).sees("비밀번호를 정하셨으면 로그인해 주시고")


def test_a_reason_that_is_refused_stands_at_its_field(house: House) -> None:
    order = order_at(house, "interview")
    firm = house.visitor("firm").open(f"/employer/orders/{order.id}")
    firm.press("면접 취소하고 알리기", reason="새 시간은 evil.example 에서", expect=422)
    firm.sees("링크, 메일 주소, 전화번호는 빼 주세요")
    assert "새 시간은 evil.example 에서" in firm.page.html
    firm.press("면접 취소하고 알리기", reason="그날 가게를 쉽니다.").sees("면접을 취소하고")


def test_an_invitation_is_taken_up_once_however_many_press_at_once(house: House) -> None:
    with house.database.write() as session:
        account = session.get_one(Account, house.accounts["auditor"])
        link = membership.invite(session, account=account, by=SYSTEM, at=house.clock.moment)
        session.commit()

    def takes_up(number: int) -> Callable[[], object]:
        def act() -> None:
            with house.database.write() as session:
                own = session.get_one(Link, link.id)
                membership.take_up(
                    session, link=own, password_hash=f"hash {number}", by=SYSTEM, at=house.clock.moment
                )
                time.sleep(0.2)
                session.commit()

        return act

    assert at_once(*[takes_up(number) for number in range(4)]) == ["done", "refused", "refused", "refused"]
