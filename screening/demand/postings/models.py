"""An application to a posting, and a report about one."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.audit.guard import Audited
from foundation.database import Base, check_codes, code_column, new_id
from foundation.tones import Labelled, Tone


class ApplicationState(Labelled):
    """Where an application stands; the applicant reads sentences, never these words."""

    RECEIVED = "received", "접수", Tone.WORK
    WANTED = "wanted", "만나 보기", Tone.GOOD
    DECLINED = "declined", "이번엔 아니요", Tone.STOP
    HIRED = "hired", "채용", Tone.GOOD
    WITHDRAWN = "withdrawn", "본인 철회", Tone.REST


class Application(Audited, Base):
    """One person's application to one order (개인정보 보호법 제26조: the firm's own data, processed by the center).

    Name and contact lie sealed; `phone_index` meets the same person twice. It is no referral: nobody of the pool
    stands behind it, and nothing of it enters the pool.
    """

    __tablename__ = "application"
    __table_args__ = (
        sa.UniqueConstraint("order_id", "phone_index"),
        sa.UniqueConstraint("order_id", "place"),
        sa.ForeignKeyConstraint(["employer_id", "order_id"], ["job_order.employer_id", "job_order.id"]),
        check_codes("state", ApplicationState),
        sa.CheckConstraint("state <> 'hired' OR told_at IS NOT NULL", name="hired_is_told"),
    )

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    employer_id: orm.Mapped[uuid.UUID]
    order_id: orm.Mapped[uuid.UUID] = orm.mapped_column(index=True)
    place: orm.Mapped[int]
    sealed: orm.Mapped[bytes | None]
    phone_index: orm.Mapped[str] = orm.mapped_column(sa.String(64))
    text: orm.Mapped[str] = orm.mapped_column(sa.Text)
    state: orm.Mapped[ApplicationState] = orm.mapped_column(code_column(ApplicationState))
    applied_at: orm.Mapped[dt.datetime]
    changed_at: orm.Mapped[dt.datetime]
    delay_told_at: orm.Mapped[dt.datetime | None]
    told_at: orm.Mapped[dt.datetime | None]

    @property
    def open(self) -> bool:
        """Whether the person has still to be told how it ended."""
        return self.told_at is None and self.state is not ApplicationState.WITHDRAWN


class ReportCategory(Labelled):
    """거짓 구인광고의 네 가지(직업안정법 시행령 제34조)."""

    DISGUISED = "disguised", "구인을 가장한 물품판매, 수강생모집, 직업소개, 부업알선, 자금모금"
    HIDDEN = "hidden", "거짓 구인을 하려고 구인자가 누구인지 밝히지 않음"
    DIFFERENT = "different", "직종, 고용형태, 근로조건이 공고와 크게 다름"
    UNTRUE = "untrue", "그 밖에 중요한 내용이 사실과 다름"


class PostingReport(Audited, Base):
    """Somebody says that a posting is false; an officer looks and decides."""

    __tablename__ = "posting_report"
    __table_args__ = (
        check_codes("category", ReportCategory),
        sa.CheckConstraint("(upheld IS NULL) = (decided_at IS NULL)", name="decided_has_time"),
    )

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    order_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("job_order.id"), index=True)
    category: orm.Mapped[ReportCategory] = orm.mapped_column(code_column(ReportCategory))
    text: orm.Mapped[str] = orm.mapped_column(sa.String(1000))
    said_at: orm.Mapped[dt.datetime]
    upheld: orm.Mapped[bool | None]
    decided_at: orm.Mapped[dt.datetime | None]
    decided_by: orm.Mapped[uuid.UUID | None] = orm.mapped_column(sa.ForeignKey("account.id"))
