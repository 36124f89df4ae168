"""The clock reminds pauses and closes"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "clock_act",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column(
            "task",
            sa.Enum(
                "sign",
                "receive",
                "correct",
                "approve",
                "criteria",
                "choose",
                "review",
                "ask",
                "ask_again",
                "consent",
                "submit",
                "answer",
                "permit",
                "schedule",
                "interview",
                "decide",
                "tell",
                "close",
                "retain",
                "none",
                name="task",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "reminded",
                "overdue",
                "escalated",
                "last_call",
                "closed",
                name="clocklevel",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told", sa.String(length=60), nullable=False),
        sa.CheckConstraint(
            "level IN ('reminded', 'overdue', 'escalated', 'last_call', 'closed')",
            name=op.f("ck_clock_act_level_known"),
        ),
        sa.ForeignKeyConstraint(["order_id"], ["job_order.id"], name=op.f("fk_clock_act_order_id_job_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_act")),
        sa.UniqueConstraint(
            "order_id", "task", "due_on", "level", name=op.f("uq_clock_act_order_id_task_due_on_level")
        ),
    )
    with op.batch_alter_table("clock_act", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clock_act_order_id"), ["order_id"], unique=False)

    op.create_table(
        "pause",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "firm_closed",
                "firm_asked",
                "nobody_fits",
                "disaster",
                name="pausereason",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.CheckConstraint(
            "reason IN ('firm_closed', 'firm_asked', 'nobody_fits', 'disaster')",
            name=op.f("ck_pause_reason_known"),
        ),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_pause_ends_after_start")),
        sa.ForeignKeyConstraint(["order_id"], ["job_order.id"], name=op.f("fk_pause_order_id_job_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pause")),
    )
    with op.batch_alter_table("pause", schema=None) as batch_op:
        batch_op.create_index(
            "ix_pause_one_open",
            ["order_id"],
            unique=True,
            sqlite_where=sa.text("until IS NULL"),
            postgresql_where=sa.text("until IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_pause_order_id"), ["order_id"], unique=False)

    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("matter", sa.String(length=20), nullable=False, server_default=sa.text("''"))
        )
        batch_op.create_index(batch_op.f("ix_audit_entry_matter"), ["matter"], unique=False)

    fact = (
        "detail ->> 'order'"
        if op.get_bind().dialect.name == "postgresql"
        else "json_extract(detail, '$.order')"
    )
    op.execute(f"UPDATE audit_entry SET matter = {fact} WHERE {fact} IS NOT NULL")


def downgrade() -> None:
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entry_matter"))
        batch_op.drop_column("matter")

    with op.batch_alter_table("pause", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pause_order_id"))
        batch_op.drop_index(
            "ix_pause_one_open",
            sqlite_where=sa.text("until IS NULL"),
            postgresql_where=sa.text("until IS NULL"),
        )

    op.drop_table("pause")
    with op.batch_alter_table("clock_act", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_clock_act_order_id"))

    op.drop_table("clock_act")
