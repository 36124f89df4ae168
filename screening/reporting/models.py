"""A published set of figures."""

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event, orm

from foundation.audit.guard import Audited
from foundation.database import Base, check_codes, code_column, new_id
from foundation.refusals import Refusal
from foundation.tones import Labelled, Tone


class EditionFrozen(Refusal):
    """A frozen edition never changes; a mistake in it is shown by a correction."""


class EditionStatus(Labelled):
    """Whether an edition may still be drawn up anew."""

    DRAFT = "draft", "작성 중", Tone.WORK
    FROZEN = "frozen", "확정", Tone.GOOD


class BulletinEdition(Audited, Base):
    """월간 소식 한 호: the figures of a month; revision 1 is the first, each correction the next.

    `figures` is what `Figures.to_dict` gives, `sha256` the hash of its canonical form; `reason` says why a revision
    was needed. At most one draft per month.
    """

    __tablename__ = "bulletin_edition"
    __table_args__ = (
        sa.UniqueConstraint("code", "revision"),
        check_codes("status", EditionStatus),
        sa.CheckConstraint("(status = 'frozen') = (frozen_at IS NOT NULL)", name="frozen_has_time"),
        sa.CheckConstraint("(revision = 1) = (corrected_from IS NULL)", name="revision_has_origin"),
        sa.CheckConstraint("(revision = 1) = (reason = '')", name="revision_has_reason"),
        sa.CheckConstraint("length(sha256) = 64", name="hash_complete"),
        sa.Index(
            "ix_bulletin_edition_one_draft",
            "code",
            unique=True,
            sqlite_where=sa.text("status = 'draft'"),
            postgresql_where=sa.text("status = 'draft'"),
        ),
    )

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    code: orm.Mapped[str] = orm.mapped_column(sa.String(7))
    revision: orm.Mapped[int] = orm.mapped_column(default=1)
    status: orm.Mapped[EditionStatus] = orm.mapped_column(code_column(EditionStatus), active_history=True)
    figures: orm.Mapped[dict[str, Any]]
    sha256: orm.Mapped[str] = orm.mapped_column(sa.String(64))
    drawn_up_at: orm.Mapped[dt.datetime]
    frozen_at: orm.Mapped[dt.datetime | None]
    corrected_from: orm.Mapped[uuid.UUID | None] = orm.mapped_column(sa.ForeignKey("bulletin_edition.id"))
    reason: orm.Mapped[str] = orm.mapped_column(sa.String(500), default="")


@event.listens_for(BulletinEdition, "before_update")
@event.listens_for(BulletinEdition, "before_delete")
def _keep_frozen(_mapper: orm.Mapper[Any], _connection: sa.Connection, edition: BulletinEdition) -> None:
    before = sa.inspect(edition).attrs.status.history.deleted or [edition.status]
    if before[0] is EditionStatus.FROZEN:
        raise EditionFrozen("확정한 소식은 바꿀 수 없습니다. 정정으로 고쳐 주세요.")
