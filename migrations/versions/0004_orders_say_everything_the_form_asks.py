"""Orders say everything the form asks"""

import sqlalchemy as sa
from alembic import op

from migrations.codes import know

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

FORMER = ("10", "11", "20", "21")


def upgrade() -> None:
    op.create_table(
        "order_exception",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("employer_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("ground", sa.String(length=20), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("found", sa.String(length=300), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("allowed", sa.Boolean(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(allowed IS NULL) = (decided_at IS NULL)", name=op.f("ck_order_exception_decided_has_time")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["account.id"], name=op.f("fk_order_exception_decided_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["employer_id", "order_id"],
            ["job_order.employer_id", "job_order.id"],
            name=op.f("fk_order_exception_employer_id_order_id_job_order"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_exception")),
        sa.UniqueConstraint("order_id", "ground", name=op.f("uq_order_exception_order_id_ground")),
    )
    with op.batch_alter_table("order_exception", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_order_exception_order_id"), ["order_id"], unique=False)

    with op.batch_alter_table("job_order", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("related_occupations", sa.JSON(), nullable=False, server_default=sa.text("'[]'"))
        )
        batch_op.add_column(
            sa.Column("major", sa.String(length=100), nullable=False, server_default=sa.text("''"))
        )
        batch_op.add_column(
            sa.Column("languages", sa.String(length=100), nullable=False, server_default=sa.text("''"))
        )
        batch_op.add_column(
            sa.Column("computer", sa.String(length=100), nullable=False, server_default=sa.text("''"))
        )
        batch_op.add_column(sa.Column("convertible", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(
            sa.Column("near_station", sa.String(length=100), nullable=False, server_default=sa.text("''"))
        )
        batch_op.add_column(
            sa.Column(
                "military",
                sa.Enum("none", "industrial", "research", name="military", native_enum=False, length=24),
                nullable=False,
                server_default=sa.text("'none'"),
            )
        )
        batch_op.add_column(
            sa.Column("disability_welcome", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(
            sa.Column("facilities", sa.JSON(), nullable=False, server_default=sa.text("'[]'"))
        )
        batch_op.add_column(sa.Column("bonus_percent", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("overtime_pay", sa.String(length=100), nullable=False, server_default=sa.text("''"))
        )
        batch_op.add_column(sa.Column("probation_months", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("probation_percent", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "shift",
                sa.Enum("none", "two", "three", "alternate", name="shift", native_enum=False, length=24),
                nullable=False,
                server_default=sa.text("'none'"),
            )
        )
        batch_op.add_column(sa.Column("welfare", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
        batch_op.add_column(
            sa.Column("welfare_other", sa.String(length=200), nullable=False, server_default=sa.text("''"))
        )
        batch_op.add_column(
            sa.Column("receipt", sa.JSON(), nullable=False, server_default=sa.text("'[\"agency\"]'"))
        )
        batch_op.add_column(
            sa.Column("schedule", sa.String(length=300), nullable=False, server_default=sa.text("''"))
        )
        batch_op.add_column(
            sa.Column(
                "result_notice",
                sa.Enum("sms", "phone", "email", name="resultnotice", native_enum=False, length=24),
                nullable=False,
                server_default=sa.text("'sms'"),
            )
        )
        batch_op.add_column(
            sa.Column(
                "contact_department", sa.String(length=60), nullable=False, server_default=sa.text("''")
            )
        )
        batch_op.add_column(
            sa.Column("contact_position", sa.String(length=60), nullable=False, server_default=sa.text("''"))
        )
        batch_op.add_column(
            sa.Column("contact_mobile", sa.String(length=20), nullable=False, server_default=sa.text("''"))
        )
        batch_op.add_column(sa.Column("posted", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("keywords", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
        batch_op.add_column(
            sa.Column("other_wishes", sa.String(length=500), nullable=False, server_default=sa.text("''"))
        )

    for table in ("job_order", "placement"):
        know(table, "employment_type", (*FORMER, "4", "Y"))


def downgrade() -> None:
    for table in ("job_order", "placement"):
        op.execute(f"UPDATE {table} SET employment_type = '20' WHERE employment_type IN ('4', 'Y')")
        know(table, "employment_type", FORMER)
    with op.batch_alter_table("job_order", schema=None) as batch_op:
        batch_op.drop_column("other_wishes")
        batch_op.drop_column("keywords")
        batch_op.drop_column("posted")
        batch_op.drop_column("contact_mobile")
        batch_op.drop_column("contact_position")
        batch_op.drop_column("contact_department")
        batch_op.drop_column("result_notice")
        batch_op.drop_column("schedule")
        batch_op.drop_column("receipt")
        batch_op.drop_column("welfare_other")
        batch_op.drop_column("welfare")
        batch_op.drop_column("shift")
        batch_op.drop_column("probation_percent")
        batch_op.drop_column("probation_months")
        batch_op.drop_column("overtime_pay")
        batch_op.drop_column("bonus_percent")
        batch_op.drop_column("facilities")
        batch_op.drop_column("disability_welcome")
        batch_op.drop_column("military")
        batch_op.drop_column("near_station")
        batch_op.drop_column("convertible")
        batch_op.drop_column("computer")
        batch_op.drop_column("languages")
        batch_op.drop_column("major")
        batch_op.drop_column("related_occupations")

    with op.batch_alter_table("order_exception", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_order_exception_order_id"))

    op.drop_table("order_exception")
