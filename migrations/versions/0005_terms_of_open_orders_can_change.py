"""Terms of open orders can change"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "amendment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("employer_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("worse", sa.JSON(), nullable=False),
        sa.Column("explanation", sa.String(length=500), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("allowed", sa.Boolean(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("answer", sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            "(allowed IS NULL) = (decided_at IS NULL)", name=op.f("ck_amendment_decided_has_time")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_amendment_decided_by_account")),
        sa.ForeignKeyConstraint(
            ["employer_id", "order_id"],
            ["job_order.employer_id", "job_order.id"],
            name=op.f("fk_amendment_employer_id_order_id_job_order"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendment")),
    )
    with op.batch_alter_table("amendment", schema=None) as batch_op:
        batch_op.create_index(
            "ix_amendment_one_open",
            ["order_id"],
            unique=True,
            sqlite_where=sa.text("allowed IS NULL"),
            postgresql_where=sa.text("allowed IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_amendment_order_id"), ["order_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("amendment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_amendment_order_id"))
        batch_op.drop_index(
            "ix_amendment_one_open",
            sqlite_where=sa.text("allowed IS NULL"),
            postgresql_where=sa.text("allowed IS NULL"),
        )

    op.drop_table("amendment")
