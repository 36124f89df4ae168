"""A link that was given out."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.audit.guard import Audited
from foundation.database import Base, check_codes, code_column, new_id
from foundation.tones import Labelled


class LinkPurpose(Labelled):
    """What a link may be used for; every purpose has one page with one button."""

    CONSENT = "consent", "추천 동의"
    SLOT = "slot", "면접 시간 고르기"
    INTERVIEW = "interview", "면접 안내"
    OUTCOME = "outcome", "결과 안내"
    APPLICATION = "application", "지원 확인"
    STAY = "stay", "본인 근무 확인"
    RETENTION = "retention", "근무 확인"
    INVITATION = "invitation", "계정 초대"
    SHORTLIST = "shortlist", "추천 답하기"
    SIGN_UP = "sign_up", "기업 가입"
    OPPORTUNITIES = "opportunities", "나에게 맞는 일자리"


class Link(Audited, Base):
    """The SHA-256 of a token and what it opens; the token itself exists only in the message."""

    __tablename__ = "link"
    __table_args__ = (check_codes("purpose", LinkPurpose),)

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    token_hash: orm.Mapped[str] = orm.mapped_column(sa.String(64), unique=True)
    purpose: orm.Mapped[LinkPurpose] = orm.mapped_column(code_column(LinkPurpose))
    subject_id: orm.Mapped[uuid.UUID] = orm.mapped_column(index=True)
    holder_id: orm.Mapped[uuid.UUID] = orm.mapped_column(index=True)
    created_at: orm.Mapped[dt.datetime]
    expires_at: orm.Mapped[dt.datetime]
    revoked_at: orm.Mapped[dt.datetime | None]
