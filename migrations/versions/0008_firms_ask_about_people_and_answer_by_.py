"""Firms ask about people and answer by link"""

import sqlalchemy as sa
from alembic import op

from migrations.codes import know

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

FORMER = ("consent", "interview", "outcome", "retention", "invitation", "sign_up")


def upgrade() -> None:
    op.create_table(
        "shortlist_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("employer_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind", sa.Enum("more", "question", name="notekind", native_enum=False, length=24), nullable=False
        ),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.String(length=500), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answerer", sa.String(length=60), nullable=False),
        sa.CheckConstraint(
            "(answer = '') = (answered_at IS NULL)", name=op.f("ck_shortlist_note_answer_has_time")
        ),
        sa.CheckConstraint("kind IN ('more', 'question')", name=op.f("ck_shortlist_note_kind_known")),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["account.id"], name=op.f("fk_shortlist_note_asked_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["employer_id", "referral_id"],
            ["referral.employer_id", "referral.id"],
            name=op.f("fk_shortlist_note_employer_id_referral_id_referral"),
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["job_order.id"], name=op.f("fk_shortlist_note_order_id_job_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shortlist_note")),
    )
    with op.batch_alter_table("shortlist_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shortlist_note_order_id"), ["order_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_shortlist_note_referral_id"), ["referral_id"], unique=False)

    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("pass_over_note", sa.String(length=300), nullable=False, server_default=sa.text("''"))
        )

    know("link", "purpose", (*FORMER, "shortlist"))


def downgrade() -> None:
    op.execute("DELETE FROM link WHERE purpose = 'shortlist'")
    know("link", "purpose", FORMER)
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.drop_column("pass_over_note")

    with op.batch_alter_table("shortlist_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shortlist_note_referral_id"))
        batch_op.drop_index(batch_op.f("ix_shortlist_note_order_id"))

    op.drop_table("shortlist_note")
