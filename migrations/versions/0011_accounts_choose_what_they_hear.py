"""Accounts choose what they hear"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notice_choice",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column(
            "topic",
            sa.Enum(
                "progress",
                "shortlist",
                "interview",
                "reminder",
                "retention",
                "standing",
                name="topic",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "scope", sa.Enum("team", "mine", name="scope", native_enum=False, length=24), nullable=False
        ),
        sa.Column(
            "rhythm",
            sa.Enum("now", "daily", "weekly", "never", name="rhythm", native_enum=False, length=24),
            nullable=False,
        ),
        sa.CheckConstraint(
            "rhythm IN ('now', 'daily', 'weekly', 'never')", name=op.f("ck_notice_choice_rhythm_known")
        ),
        sa.CheckConstraint("scope IN ('team', 'mine')", name=op.f("ck_notice_choice_scope_known")),
        sa.CheckConstraint(
            "topic IN ('progress', 'shortlist', 'interview', 'reminder', 'retention', 'standing')",
            name=op.f("ck_notice_choice_topic_known"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_notice_choice_account_id_account")
        ),
        sa.PrimaryKeyConstraint("account_id", "topic", name=op.f("pk_notice_choice")),
    )
    op.create_table(
        "waiting_notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column(
            "topic",
            sa.Enum(
                "progress",
                "shortlist",
                "interview",
                "reminder",
                "retention",
                "standing",
                name="topic",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("about_id", sa.Uuid(), nullable=False),
        sa.Column("task", sa.String(length=24), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("waits_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_waiting_notice_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_notice")),
    )
    with op.batch_alter_table("waiting_notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_waiting_notice_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_waiting_notice_due_at"), ["due_at"], unique=False)

    with op.batch_alter_table("edition_score", schema=None) as batch_op:
        batch_op.add_column(sa.Column("moves", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))

    with op.batch_alter_table("job_order", schema=None) as batch_op:
        batch_op.add_column(sa.Column("filed_by", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_job_order_filed_by_account"), "account", ["filed_by"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("job_order", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_job_order_filed_by_account"), type_="foreignkey")
        batch_op.drop_column("filed_by")

    with op.batch_alter_table("edition_score", schema=None) as batch_op:
        batch_op.drop_column("moves")

    with op.batch_alter_table("waiting_notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_waiting_notice_due_at"))
        batch_op.drop_index(batch_op.f("ix_waiting_notice_account_id"))

    op.drop_table("waiting_notice")
    op.drop_table("notice_choice")
