"""From a frozen edition to a certificate that anybody checks: number, file, suspension, and what was changed."""

import datetime as dt
import random
import re
import uuid

import pytest
import sqlalchemy as sa

from demo.firms import fictional_number
from demo.scenarios import Life, answer_checks
from foundation.actors import SYSTEM
from foundation.audit import sealing
from foundation.audit.commands import record
from foundation.documents.models import Document
from incentives.certificates import commands as certificates
from incentives.certificates.models import Certificate
from incentives.editions import commands as editions
from incentives.editions.models import Edition, EditionScore
from incentives.policies.policy import Grade
from screening.demand.orders.models import JobOrder
from tests.house import House
from tests.tax_office import TaxOfficeServer, connect
from tests.visitor import Visitor
from tests.walk import order_at


@pytest.fixture
def certified(house: House) -> tuple[House, Visitor]:
    """A frozen edition in which the house's first firm is graded, and the lead who may issue."""
    order = order_at(house, "closed", headcount=1)
    house.clock.moment += dt.timedelta(days=120)
    with house.database.write() as session:
        life = Life(
            session=session,
            index=house.portal.pool,
            firm=house.actor("firm"),
            officer=house.actor("officer"),
            center="센터",
            chance=random.Random(1),
            at=house.clock.moment,
            diligence=1.0,
        )
        answer_checks(life, session.get_one(JobOrder, order.id), until=house.today, stay=1.0)
        session.commit()
    lead = house.visitor("lead").open("/staff/editions")
    lead.press("만들기", code="2026-H1", reference_on=house.today.isoformat()).press("잠정 공개하기")
    house.clock.moment += dt.timedelta(days=30)
    with house.database.engine.begin() as connection:
        table = EditionScore.__table__
        connection.execute(sa.update(table).values(grade=Grade.GOOD))
    lead.open("/staff/editions").follow("2026-H1").press("확정하기").sees("이제 바뀌지 않습니다")
    return house, lead


def issued(house: House) -> tuple[Certificate, bytes]:
    with house.database.read() as session:
        certificate = session.scalars(sa.select(Certificate)).one()
        document = session.get_one(Document, certificate.document_id)
        return certificate, document.content


def test_the_certificate_is_printed_signed_and_checked(certified: tuple[House, Visitor]) -> None:
    house, lead = certified
    lead.press("인증서 발급하기").sees("1건을 발급했습니다").sees("PDF 만드는 중")
    house.deliver()
    certificate, content = issued(house)
    assert certificate.number == "제 2026-001호"
    assert content.startswith(b"%PDF-2.0")
    firm = house.visitor("firm").open("/employer/standing").sees("제 2026-001호")
    download = firm.download(f"/employer/certificates/{certificate.id}")
    assert download.data == content
    house.visitor("rival").open(f"/employer/certificates/{certificate.id}", expect=404)

    stranger = house.visitor().open("/check")
    stranger.press("확인", number="제 2026-001호", expect=422).sees("제-호 번호만으로는 확인하지 않습니다")
    stranger.open("/check").press("확인", number="", expect=422).sees("문서확인번호 16자리를 입력해 주세요")
    stranger.open("/check").press("확인", number="1234-5678-9012-3456", expect=404).sees(
        "그런 번호의 인증서가 없습니다"
    )
    number = re.sub(r"(\d{4})(?=\d)", r"\1-", certificate.check_number)
    stranger.open("/check").press("확인", number=number).sees("유효한 인증서입니다").sees("다온밥상").sees(
        "우수"
    )
    stranger.open("/check").upload("파일로 확인", "file", content).sees("발급한 원본입니다")
    stranger.open("/check").upload("파일로 확인", "file", content + b"\n% more").sees("덧붙었습니다")
    changed = bytearray(content)
    changed[len(changed) // 3] ^= 1
    stranger.open("/check").upload("파일로 확인", "file", bytes(changed)).misses("발급한 원본입니다")
    stranger.open("/check").upload("파일로 확인", "file", b"<html>not a pdf").sees("PDF 파일이 아닙니다")
    stranger.open("/check").upload("파일로 확인", "file", b"", expect=422).sees("골라 주세요")

    lead.open(f"/staff/editions/certificates/{certificate.id}")
    lead.press("바꾸기", verb="suspend", reason="짧", expect=422).sees("5자 이상")
    lead.press("바꾸기", verb="suspend", reason="사실 확인 중입니다").sees("효력정지")
    stranger.open(f"/check/{certificate.check_number}").sees("효력이 정지된 인증서입니다").sees(
        "사실 확인 중입니다"
    )
    stranger.open("/check").upload("파일로 확인", "file", content).sees("원본이지만 지금은 쓸 수 없습니다")
    lead.press("바꾸기", verb="lift", reason="확인을 마쳤습니다")
    stranger.open(f"/check/{certificate.check_number}").sees("유효한 인증서입니다")
    lead.press("바꾸기", verb="revoke", reason="요건을 잃었습니다").misses("상태 바꾸기")
    stranger.open(f"/check/{certificate.check_number}").sees("취소된 인증서입니다")
    with house.database.read() as session:
        head = sealing.head_of(session, sealing.REGISTER)
        assert head is not None
        assert head.size == 4


def test_a_firm_that_has_closed_gets_no_paper(
    certified: tuple[House, Visitor], tax_office: TaxOfficeServer
) -> None:
    house, lead = certified
    lead.press("인증서 발급하기").sees("1건을 발급했습니다")
    connect(house, tax_office)
    tax_office.knows(fictional_number(0), code="03", closed="20260601")
    house.deliver()
    with house.database.read() as session:
        (certificate,) = session.scalars(sa.select(Certificate)).all()
    assert certificate.document_id is None
    house.visitor().open(f"/check/{certificate.check_number}").sees("효력정지").sees("영업 중이 아님")


def test_a_firm_spoken_against_is_held_back_and_named(
    certified: tuple[House, Visitor], tax_office: TaxOfficeServer
) -> None:
    house, lead = certified
    connect(house, tax_office)
    tax_office.knows(fictional_number(0), code="03", closed="20260601")
    tax_office.knows(fictional_number(1))
    house.later(days=40)
    lead.open("/staff/editions").follow("2026-H1").sees("국세청 확인 때문에 발급하지 않는 기업이 1곳")


def test_it_expires_by_itself(certified: tuple[House, Visitor]) -> None:
    house, lead = certified
    lead.press("인증서 발급하기")
    with house.database.read() as session:
        certificate = session.scalars(sa.select(Certificate)).one()
    house.clock.moment += dt.timedelta(days=365 * 2 + 2)
    house.visitor().open(f"/check/{certificate.check_number}").sees("기간이 끝난 인증서입니다")


def test_issuing_twice_gives_no_second_number(certified: tuple[House, Visitor]) -> None:
    house, lead = certified
    twin = house.visitor("lead").open(lead.page.path)
    lead.press("인증서 발급하기").sees("인증서 1건을 발급했습니다")
    twin.press("인증서 발급하기").sees("새로 발급할 인증서가 없습니다")
    lead.open("/staff/editions").follow("2026-H1").sees("확정한 평가판입니다").misses("인증서 발급하기")
    with house.database.read() as session:
        assert session.scalars(sa.select(Certificate.sequence)).all() == [1]


def test_a_frozen_edition_can_be_recognised_by_its_fingerprint(certified: tuple[House, Visitor]) -> None:
    house, _lead = certified
    with house.database.read() as session:
        edition = session.scalars(sa.select(Edition)).one()
        assert editions.fingerprint(session, edition) == edition.sha256
    with house.database.engine.begin() as connection:
        connection.execute(sa.update(EditionScore.__table__).values(total=99_000))
    with house.database.read() as session:
        edition = session.scalars(sa.select(Edition)).one()
        assert editions.fingerprint(session, edition) != edition.sha256


def test_guessing_check_numbers_is_slowed_down(house: House) -> None:
    client = house.visitor().client
    answers = [client.get(f"/check/{number:016d}").status_code for number in range(40)]
    assert answers[0] == 404
    assert answers[-1] == 429


def test_a_stop_concerns_the_firm_and_every_paper_of_it(certified: tuple[House, Visitor]) -> None:
    house, lead = certified
    lead.press("인증서 발급하기")
    house.deliver()
    with house.database.write() as session:
        first = session.scalars(sa.select(Certificate)).one()
        facts = {column.key: getattr(first, column.key) for column in sa.inspect(Certificate).columns}
        later = editions.draw_up(
            session,
            code="2026-H2",
            reference_on=house.today,
            by=house.actor("lead"),
            at=house.clock.moment,
        )
        other = {"id": uuid.uuid4(), "sequence": 2, "check_number": "1" * 16, "edition_id": later.id}
        twin = Certificate(**facts | other)
        session.add(twin)
        record(session, "certificate.issued", twin, by=SYSTEM, at=house.clock.moment)
        session.commit()
        certificates.change_status(
            session,
            certificate_id=first.id,
            verb="suspend",
            reason="사실을 확인하고 있습니다",
            by=house.actor("lead"),
            at=house.clock.moment,
        )
        session.commit()
    stranger = house.visitor()
    stranger.open("/check/" + "1" * 16).sees("효력정지")
    stranger.open("/excellent").misses("다온밥상")
    with house.database.write() as session:
        certificates.change_status(
            session,
            certificate_id=twin.id,
            verb="lift",
            reason="확인을 마쳤습니다",
            by=house.actor("lead"),
            at=house.clock.moment,
        )
        session.commit()
    stranger.open("/excellent").sees("다온밥상")
