"""Applying, confirming the mail, proving that the firm asks, letting in and refusing."""

import datetime as dt
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.accounts.models import Account
from foundation.actors import OFFICERS, SYSTEM, Actor, Role
from foundation.audit.commands import record
from foundation.database import behind, vault_of
from foundation.links.commands import issue
from foundation.links.models import LinkPurpose
from foundation.membership.commands import invite, open_account
from foundation.membership.teams import give_way, is_bare_invitation
from foundation.messages.commands import BASE, Channel, Words, write_to_address
from foundation.messages.free_words import plain_name
from foundation.messages.letter_limits import EnoughLetters, take_letter
from foundation.refusals import Invalid, NotAllowed, Refusal
from foundation.tax_office.answers import BusinessClaim
from screening.demand.employers import commands as employers
from screening.demand.employers.commands import FirmFacts
from screening.demand.employers.models import Employer, EmployerSource
from screening.demand.firm_checks import commands as firm_checks
from screening.demand.firm_checks import queries as checks
from screening.demand.firm_checks.models import CheckOutcome
from screening.demand.sign_ups import queries
from screening.demand.sign_ups.models import SignUp
from screening.demand.sign_ups.states import SIGN_UP_STATES, Position, Proof, SignUpState

LINK_DAYS = 14
UNCONFIRMED_DAYS = 7
REFUSED_KEPT_DAYS = 30
CODE_HOURS = 24
CODE_TRIES = 5


@dataclass(frozen=True)
class Applicant:
    """Who applies for a firm; `phone` in digits."""

    name: str
    position: Position
    email: str
    phone: str


class WrongCode(Refusal):
    """The six digits are not the ones that were sent, or too late, or tried too often."""

    status = 422


def apply(
    session: orm.Session, *, firm: FirmFacts, applicant: Applicant, by: Actor, at: dt.datetime
) -> SignUp:
    """Take an application down and write to the address that was given; the tax office is asked meanwhile.

    The page answers the same for firms and addresses that the center knows, so that nobody learns which they are: the
    officer sees that the firm is a member, and an address with an account gets a letter saying so instead of a link.
    The letter repeats nothing that was typed. Raises `Invalid` for names that lead elsewhere, `EnoughLetters`.
    """
    number = firm.business_number or ""
    employers.check_facts(firm)
    plain_name(firm.name, field="name")
    plain_name(firm.representative, field="representative")
    plain_name(applicant.name, field="person")
    if firm.opened_on is None or firm.opened_on > at.date():
        raise Invalid("개업일을 오늘이나 그 앞의 날로 적어 주세요.", field="opened_on")
    if not take_letter(session, applicant.email, at=at):
        raise EnoughLetters
    sign_up = SignUp(
        state=SignUpState.APPLIED,
        applied_at=at,
        business_number=number,
        name=firm.name,
        representative=firm.representative,
        opened_on=firm.opened_on,
        district=firm.district,
        address=firm.address,
        industry=firm.industry,
        employees=firm.employees,
        person=applicant.name,
        position=applicant.position,
        email=applicant.email.strip().lower(),
        phone=applicant.phone,
    )
    session.add(sign_up)
    session.flush()
    known = session.scalar(sa.select(Account).where(Account.email == sign_up.email))
    link, path = issue(
        session,
        purpose=LinkPurpose.SIGN_UP,
        subject_id=sign_up.id,
        holder_id=sign_up.id,
        expires_at=at + dt.timedelta(days=LINK_DAYS),
        at=at,
    )
    record(session, "sign_up.applied", sign_up, also=(link,), by=by, at=at)
    _write(
        session,
        sign_up,
        _please_confirm(path) if known is None or is_bare_invitation(session, known) else HAS_ACCOUNT,
        at=at,
    )
    if queries.member(session, sign_up) is not None:
        return sign_up
    claim = BusinessClaim(number, firm.opened_on, firm.representative, firm.name)
    firm_checks.ask(session, [claim], by=SYSTEM, at=at)
    return sign_up


def _please_confirm(path: str) -> Words:
    return Words(
        kind="가입",
        subject="[이음] 기업 가입을 이어서 해 주세요",
        text="이 메일 주소로 이음의 기업 가입 신청이 들어왔습니다.\n\n"
        "직접 신청하셨으면 아래에서 이 메일이 맞는지 눌러 주세요. 진행 상황도 여기에서 볼 수 있습니다.\n"
        f"{BASE}{path}\n\n신청하지 않으셨으면 그냥 두시면 됩니다. {UNCONFIRMED_DAYS}일 뒤에 지웁니다.",
    )


HAS_ACCOUNT = Words(
    kind="가입",
    subject="[이음] 이 메일로는 이미 계정이 있습니다",
    text="이 메일 주소로 이음의 기업 가입 신청이 들어왔지만, 이 메일에는 이미 이음 계정이 있습니다.\n"
    f"다른 회사의 일이라면 그 회사의 메일로 다시 신청해 주세요.\n로그인: {BASE}/login\n\n"
    "신청하지 않으셨으면 그냥 두시면 됩니다.",
)


def _write(session: orm.Session, sign_up: SignUp, words: Words, *, at: dt.datetime) -> None:
    write_to_address(
        session, channel=Channel.MAIL, address=sign_up.email, words=words, about_id=sign_up.id, at=at
    )


def confirm_mail(session: orm.Session, *, sign_up_id: uuid.UUID, by: Actor, at: dt.datetime) -> SignUp:
    """The applicant opened the letter and pressed the button; pressing again changes nothing."""
    sign_up = queries.of_link(session, sign_up_id, lock=True)
    if sign_up.state is SignUpState.APPLIED:
        sign_up.state = SIGN_UP_STATES.after("confirm_mail", sign_up.state)
        sign_up.confirmed_at = at
        record(session, "sign_up.mail_confirmed", sign_up, by=by, at=at)
    return sign_up


def send_code(
    session: orm.Session,
    *,
    sign_up_id: uuid.UUID,
    channel: Channel,
    contact: str,
    found: str,
    by: Actor,
    at: dt.datetime,
) -> SignUp:
    """Send six digits to a contact of the firm that the officer found elsewhere; the applicant types them in.

    Raises `Invalid` for a contact that the applicant gave, because it would prove nothing.
    """
    sign_up = _worked(session, sign_up_id, by)
    SIGN_UP_STATES.after("prove", sign_up.state)
    if contact.strip().lower() in (sign_up.email, sign_up.phone):
        raise Invalid(
            "신청한 사람이 적은 연락처입니다. 따로 찾은 기업의 연락처로 보내 주세요.", field="contact"
        )
    if len(found.strip()) < 2:
        raise Invalid("이 연락처를 어디에서 찾았는지 적어 주세요.", field="found")
    code = f"{secrets.randbelow(10**6):06d}"
    sign_up.code_hash = _code_hash(session, sign_up, code)
    sign_up.code_until, sign_up.code_tries = at + dt.timedelta(hours=CODE_HOURS), 0
    sign_up.proof_contact, sign_up.proof_found = contact.strip(), found.strip()
    record(session, "sign_up.code_sent", sign_up, by=by, at=at, channel=channel.value)
    words = Words(
        kind="가입",
        subject="[이음] 기업 확인 번호",
        sms=f"[이음] {sign_up.name} 가입 확인 번호 {code}. 신청한 일이 없으면 알려 주지 마세요.",
        text=f"{sign_up.person} 님이 {sign_up.name}의 이름으로 채용대행 가입을 신청했습니다.\n\n확인 번호: {code}\n\n"
        "맞으면 이 번호를 신청한 분에게 알려 주세요. 신청한 일이 없으면 알려 주지 말고 센터로 전화해 주세요.",
    )
    write_to_address(
        session,
        channel=channel,
        address=contact.strip(),
        words=words,
        about_id=sign_up.id,
        at=at,
        at_once=True,
    )
    return sign_up


def prove_by_code(
    session: orm.Session, *, sign_up_id: uuid.UUID, code: str, by: Actor, at: dt.datetime
) -> bool:
    """Whether these are the digits that went to the firm; the caller commits either way, so tries are counted.

    Raises `WrongCode` when no code waits, or its time or its tries are over.
    """
    sign_up = queries.of_link(session, sign_up_id, lock=True)
    if sign_up.state in (SignUpState.PROVED, SignUpState.APPROVED):
        return True
    if not sign_up.code_hash or sign_up.code_until is None or at > sign_up.code_until:
        raise WrongCode("지금은 넣을 번호가 없습니다. 센터가 기업에 번호를 보내면 넣어 주세요.", field="code")
    if sign_up.code_tries >= CODE_TRIES:
        raise WrongCode("번호를 여러 번 잘못 넣었습니다. 센터에 다시 보내 달라고 해 주세요.", field="code")
    if not secrets.compare_digest(sign_up.code_hash, _code_hash(session, sign_up, code.strip())):
        sign_up.code_tries += 1
        record(session, "sign_up.code_wrong", sign_up, by=by, at=at, tries=sign_up.code_tries)
        return False
    sign_up.code_hash = ""
    _prove(session, sign_up, Proof.CODE, by=by, at=at)
    return True


def prove_by_call(
    session: orm.Session,
    *,
    sign_up_id: uuid.UUID,
    contact: str,
    found: str,
    note: str,
    by: Actor,
    at: dt.datetime,
) -> SignUp:
    """An officer called the firm on a number found elsewhere: which, found where, who answered what."""
    sign_up = _worked(session, sign_up_id, by)
    if contact.strip() == sign_up.phone:
        raise Invalid(
            "신청한 사람이 적은 번호입니다. 따로 찾은 기업의 번호로 통화해 주세요.", field="call_contact"
        )
    if len(found.strip()) < 2:
        raise Invalid("이 번호를 어디에서 찾았는지 적어 주세요.", field="call_found")
    if len(note.strip()) < 5:
        raise Invalid("누가 무엇이라고 답했는지 적어 주세요.", field="note")
    sign_up.proof_contact, sign_up.proof_found = contact.strip(), found.strip()
    sign_up.proof_note = note.strip()
    _prove(session, sign_up, Proof.CALL, by=by, at=at)
    return sign_up


def _prove(session: orm.Session, sign_up: SignUp, proof: Proof, *, by: Actor, at: dt.datetime) -> None:
    sign_up.state = SIGN_UP_STATES.after("prove", sign_up.state)
    sign_up.proof, sign_up.proved_at = proof, at
    record(session, "sign_up.proved", sign_up, by=by, at=at, proof=proof.value)


def approve(
    session: orm.Session,
    *,
    sign_up_id: uuid.UUID,
    paper: str = "",
    several_firms: str = "",
    by: Actor,
    at: dt.datetime,
) -> Employer:
    """Let the firm in: it becomes a member, the applicant the owner of its team.

    Without the tax office's good word an officer says which paper was checked; who acts for several firms is let in
    only with a reason. A firm against which the tax office spoke is not let in at all.
    """
    sign_up = _worked(session, sign_up_id, by)
    SIGN_UP_STATES.after("approve", sign_up.state)
    if queries.member(session, sign_up) is not None:
        raise NotAllowed("이미 가입한 기업입니다. 그 회사의 관리자에게 초대를 부탁하도록 적어 거절해 주세요.")
    check = checks.newest(session, sign_up.business_number)
    if check is not None and check.against:
        raise NotAllowed(f"국세청 확인: {check.outcome.ko}. 기업과 확인한 뒤 다시 조회하거나 거절해 주세요.")
    confirmed = check is not None and check.outcome is CheckOutcome.GOOD
    if not confirmed and len(paper.strip()) < 2:
        raise Invalid("국세청 확인이 보류 중입니다. 어떤 서류로 확인했는지 적어 주세요.", field="paper")
    if queries.other_firms(session, sign_up) and len(several_firms.strip()) < 5:
        raise Invalid(
            "이 사람은 다른 기업의 일도 합니다. 왜 괜찮은지 5자 이상 적어 주세요.", field="several_firms"
        )
    firm = FirmFacts(
        name=sign_up.name,
        business_number=sign_up.business_number,
        representative=sign_up.representative,
        address=sign_up.address,
        district=sign_up.district,
        industry=sign_up.industry,
        employees=sign_up.employees,
        opened_on=sign_up.opened_on,
    )
    employer = employers.register(session, firm=firm, source=EmployerSource.OWN, by=by, at=at)
    ground = ", ".join(
        filter(
            None, ("국세청 확인" if confirmed else paper.strip(), sign_up.proof.ko if sign_up.proof else "")
        )
    )
    employers.verify(session, employer_id=employer.organisation_id, ground=ground, by=by, at=at)
    give_way(session, email=sign_up.email, by=by, at=at)
    account = open_account(
        session,
        email=sign_up.email,
        name=sign_up.person,
        role=Role.EMPLOYER,
        organisation_id=employer.organisation_id,
        password_hash=None,
        owner=True,
        by=by,
        at=at,
    )
    invite(session, account=account, by=by, at=at)
    sign_up.state = SIGN_UP_STATES.after("approve", sign_up.state)
    sign_up.employer_id = employer.organisation_id
    sign_up.decided_at, sign_up.decided_by = at, by.account_id
    record(
        session,
        "sign_up.approved",
        sign_up,
        by=by,
        at=at,
        ground=ground,
        several_firms=several_firms.strip()[:200],
    )
    return employer


def refuse(
    session: orm.Session, *, sign_up_id: uuid.UUID, explanation: str, by: Actor, at: dt.datetime
) -> SignUp:
    """Refuse an application with an explanation the applicant reads."""
    sign_up = _worked(session, sign_up_id, by)
    if len(explanation.strip()) < 10:
        raise Invalid("왜 받을 수 없는지 10자 이상으로 설명해 주세요.", field="explanation")
    sign_up.state = SIGN_UP_STATES.after("refuse", sign_up.state)
    sign_up.explanation = explanation.strip()
    sign_up.decided_at, sign_up.decided_by = at, by.account_id
    record(session, "sign_up.refused", sign_up, by=by, at=at)
    words = Words(
        kind="가입",
        subject="[이음] 기업 가입을 받지 못했습니다",
        text=f"{sign_up.name}의 가입 신청을 받지 못했습니다.\n\n{sign_up.explanation}\n\n"
        f"다시 신청하실 수 있습니다.\n{BASE}/join",
    )
    _write(session, sign_up, words, at=at)
    return sign_up


def check_again(session: orm.Session, *, sign_up_id: uuid.UUID, by: Actor, at: dt.datetime) -> SignUp:
    """Ask the tax office once more."""
    sign_up = _worked(session, sign_up_id, by)
    claim = BusinessClaim(sign_up.business_number, sign_up.opened_on, sign_up.representative, sign_up.name)
    firm_checks.ask(session, [claim], by=by, at=at)
    return sign_up


def old_sign_ups(
    session: orm.Session, *, after: uuid.UUID | None = None, limit: int = 200, at: dt.datetime
) -> Sequence[uuid.UUID]:
    """Applications that are kept no longer, by id from `after` on."""
    old = sa.select(SignUp.id).where(_is_old(at), behind(SignUp.id, after)).order_by(SignUp.id)
    return session.scalars(old.limit(limit)).all()


def _is_old(at: dt.datetime) -> sa.ColumnElement[bool]:
    return sa.or_(
        sa.and_(
            SignUp.state == SignUpState.APPLIED,
            SignUp.applied_at < at - dt.timedelta(days=UNCONFIRMED_DAYS),
        ),
        sa.and_(
            SignUp.state == SignUpState.REFUSED,
            SignUp.decided_at < at - dt.timedelta(days=REFUSED_KEPT_DAYS),
        ),
    )


def forget(session: orm.Session, sign_up_ids: Sequence[uuid.UUID], *, at: dt.datetime) -> int:
    """Delete applications whose mail nobody confirmed within a week, and refused ones after a month."""
    gone = session.scalars(
        sa.select(SignUp)
        .where(_is_old(at), SignUp.id.in_(sign_up_ids))
        .with_for_update(of=SignUp, skip_locked=True)
    ).all()
    for sign_up in gone:
        record(session, "sign_up.forgotten", sign_up, by=SYSTEM, at=at, state=sign_up.state.value)
        session.delete(sign_up)
    session.flush()
    return len(gone)


def _worked(session: orm.Session, sign_up_id: uuid.UUID, by: Actor) -> SignUp:
    if by.role not in OFFICERS:
        raise NotAllowed("가입 신청은 센터 담당자가 봅니다.")
    return queries.get(session, sign_up_id, viewer=by, lock=True)


def _code_hash(session: orm.Session, sign_up: SignUp, code: str) -> str:
    return vault_of(session).blind("sign-up-code", f"{sign_up.id}/{code}")
