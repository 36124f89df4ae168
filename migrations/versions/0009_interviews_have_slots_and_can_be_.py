"""Interviews have slots and can be cancelled"""

import sqlalchemy as sa
from alembic import op

from migrations.codes import know

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

FORMER = ("consent", "interview", "outcome", "retention", "invitation", "sign_up", "shortlist")


def upgrade() -> None:
    op.create_table(
        "interview_slot",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("employer_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column(
            "mode",
            sa.Enum(
                "visit", "accompanied", "video", "phone", name="interviewmode", native_enum=False, length=24
            ),
            nullable=False,
        ),
        sa.CheckConstraint(
            "mode IN ('visit', 'accompanied', 'video', 'phone')", name=op.f("ck_interview_slot_mode_known")
        ),
        sa.CheckConstraint("minutes BETWEEN 10 AND 240", name=op.f("ck_interview_slot_length_sensible")),
        sa.ForeignKeyConstraint(
            ["employer_id", "order_id"],
            ["job_order.employer_id", "job_order.id"],
            name=op.f("fk_interview_slot_employer_id_order_id_job_order"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_slot")),
        sa.UniqueConstraint("order_id", "starts_at", name=op.f("uq_interview_slot_order_id_starts_at")),
    )
    with op.batch_alter_table("interview_slot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_interview_slot_order_id"), ["order_id"], unique=False)

    op.create_table(
        "absence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column(
            "who", sa.Enum("person", "firm", name="absent", native_enum=False, length=24), nullable=False
        ),
        sa.Column("said_by", sa.String(length=60), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reply", sa.String(length=500), nullable=False),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("who IN ('person', 'firm')", name=op.f("ck_absence_who_known")),
        sa.CheckConstraint(
            "(upheld IS NULL) = (decided_at IS NULL)", name=op.f("ck_absence_decided_has_time")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_absence_decided_by_account")),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interview.id"], name=op.f("fk_absence_interview_id_interview")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
        sa.UniqueConstraint("interview_id", "sequence", name=op.f("uq_absence_interview_id_sequence")),
    )
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_absence_interview_id"), ["interview_id"], unique=False)

    with op.batch_alter_table("interview", schema=None) as batch_op:
        batch_op.add_column(sa.Column("slot_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("cancel_reason", sa.String(length=300), nullable=False, server_default=sa.text("''"))
        )
        batch_op.create_unique_constraint(batch_op.f("uq_interview_slot_id"), ["slot_id"])
        batch_op.create_check_constraint(
            batch_op.f("ck_interview_cancelled_frees_its_slot"), "cancelled_at IS NULL OR slot_id IS NULL"
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_interview_slot_id_interview_slot"), "interview_slot", ["slot_id"], ["id"]
        )

    know("link", "purpose", (*FORMER, "slot"))


def downgrade() -> None:
    op.execute("DELETE FROM link WHERE purpose = 'slot'")
    know("link", "purpose", FORMER)
    with op.batch_alter_table("interview", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_interview_slot_id_interview_slot"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_interview_slot_id"), type_="unique")
        batch_op.drop_constraint(batch_op.f("ck_interview_cancelled_frees_its_slot"), type_="check")
        batch_op.drop_column("cancel_reason")
        batch_op.drop_column("cancelled_at")
        batch_op.drop_column("slot_id")

    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_absence_interview_id"))

    op.drop_table("absence")
    with op.batch_alter_table("interview_slot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interview_slot_order_id"))

    op.drop_table("interview_slot")
