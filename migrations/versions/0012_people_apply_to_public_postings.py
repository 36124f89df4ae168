"""People apply to public postings"""

import sqlalchemy as sa
from alembic import op

from migrations.codes import know

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

FORMER = (
    "consent",
    "interview",
    "outcome",
    "retention",
    "invitation",
    "sign_up",
    "shortlist",
    "slot",
    "stay",
)


def upgrade() -> None:
    op.create_table(
        "application",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("employer_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_index", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "received",
                "wanted",
                "declined",
                "hired",
                "withdrawn",
                name="applicationstate",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("delay_told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state <> 'hired' OR told_at IS NOT NULL", name=op.f("ck_application_hired_is_told")
        ),
        sa.CheckConstraint(
            "state IN ('received', 'wanted', 'declined', 'hired', 'withdrawn')",
            name=op.f("ck_application_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["employer_id", "order_id"],
            ["job_order.employer_id", "job_order.id"],
            name=op.f("fk_application_employer_id_order_id_job_order"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("order_id", "phone_index", name=op.f("uq_application_order_id_phone_index")),
        sa.UniqueConstraint("order_id", "place", name=op.f("uq_application_order_id_place")),
    )
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_application_order_id"), ["order_id"], unique=False)

    op.create_table(
        "posting_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column(
            "category",
            sa.Enum(
                "disguised",
                "hidden",
                "different",
                "untrue",
                name="reportcategory",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "category IN ('disguised', 'hidden', 'different', 'untrue')",
            name=op.f("ck_posting_report_category_known"),
        ),
        sa.CheckConstraint(
            "(upheld IS NULL) = (decided_at IS NULL)", name=op.f("ck_posting_report_decided_has_time")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["account.id"], name=op.f("fk_posting_report_decided_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["job_order.id"], name=op.f("fk_posting_report_order_id_job_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting_report")),
    )
    with op.batch_alter_table("posting_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_posting_report_order_id"), ["order_id"], unique=False)

    know("link", "purpose", (*FORMER, "application"))


def downgrade() -> None:
    op.execute("DELETE FROM link WHERE purpose = 'application'")
    know("link", "purpose", FORMER)
    with op.batch_alter_table("posting_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_posting_report_order_id"))

    op.drop_table("posting_report")
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_application_order_id"))

    op.drop_table("application")
