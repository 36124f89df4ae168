"""What an account wants to hear, and what waits for its digest."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.database import Base, check_codes, code_column, new_id
from foundation.tones import Labelled


class Topic(Labelled):
    """What a letter is about; what must arrive at once has no topic."""

    PROGRESS = "progress", "구인 진행(접수, 승인, 보완, 마감)"
    SHORTLIST = "shortlist", "추천과 질문"
    INTERVIEW = "interview", "면접"
    REMINDER = "reminder", "기한 알림"
    RETENTION = "retention", "근무 확인"
    STANDING = "standing", "평가와 인증"


class Scope(Labelled):
    """Whose orders one wants to hear of."""

    TEAM = "team", "우리 팀 모두"
    MINE = "mine", "내가 낸 구인만"


class Rhythm(Labelled):
    """How often."""

    NOW = "now", "바로"
    DAILY = "daily", "하루 한 번(아침 9시)"
    WEEKLY = "weekly", "한 주 한 번(월요일 9시)"
    NEVER = "never", "받지 않음"


class NoticeChoice(Base):
    """What one account chose; without a row everything of the team comes at once."""

    __tablename__ = "notice_choice"
    __table_args__ = (
        check_codes("topic", Topic),
        check_codes("scope", Scope),
        check_codes("rhythm", Rhythm),
    )

    account_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("account.id"), primary_key=True)
    topic: orm.Mapped[Topic] = orm.mapped_column(code_column(Topic), primary_key=True)
    scope: orm.Mapped[Scope] = orm.mapped_column(code_column(Scope), default=Scope.TEAM)
    rhythm: orm.Mapped[Rhythm] = orm.mapped_column(code_column(Rhythm), default=Rhythm.NOW)


class WaitingNotice(Base):
    """One letter that waits for a digest: its subject and the thing it is about; gone when the digest is written."""

    __tablename__ = "waiting_notice"

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    account_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("account.id"), index=True)
    topic: orm.Mapped[Topic] = orm.mapped_column(code_column(Topic))
    about_id: orm.Mapped[uuid.UUID]
    task: orm.Mapped[str] = orm.mapped_column(sa.String(24), default="")
    subject: orm.Mapped[str] = orm.mapped_column(sa.String(300))
    path: orm.Mapped[str] = orm.mapped_column(sa.String(200), default="")
    waits_since: orm.Mapped[dt.datetime]
    due_at: orm.Mapped[dt.datetime] = orm.mapped_column(index=True)
