"""all open orders are allotted at once; searches are kept, with a verdict on each hit"""

import sqlalchemy as sa
from alembic import op

from migrations.codes import know

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

PURPOSES = (
    "consent", "slot", "interview", "outcome", "application", "stay", "retention", "invitation", "shortlist", "sign_up",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "allocation_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_by", sa.Uuid(), nullable=True),
        sa.Column("starter_name", sa.String(length=60), nullable=False),
        sa.Column("per_opening", sa.Integer(), nullable=False),
        sa.Column("most_firms", sa.Integer(), nullable=False),
        sa.Column("orders", sa.Integer(), nullable=False),
        sa.Column("running", sa.Boolean(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "(running IS NULL) = (done_at IS NOT NULL)", name=op.f("ck_allocation_run_running_until_done")
        ),
        sa.ForeignKeyConstraint(
            ["started_by"], ["account.id"], name=op.f("fk_allocation_run_started_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation_run")),
        sa.UniqueConstraint("number", name=op.f("uq_allocation_run_number")),
        sa.UniqueConstraint("running", name=op.f("uq_allocation_run_running")),
    )
    op.create_table(
        "allocation_block",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("order_ids", sa.JSON(), nullable=False),
        sa.Column("candidates", sa.LargeBinary(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["run_id"], ["allocation_run.id"], name=op.f("fk_allocation_block_run_id_allocation_run")
        ),
        sa.PrimaryKeyConstraint("run_id", "number", name=op.f("pk_allocation_block")),
    )
    op.create_table(
        "allocated_order",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("given", sa.Integer(), nullable=False),
        sa.Column(
            "shortage",
            sa.Enum("too_few", "all_taken", name="shortage", native_enum=False, length=24),
            nullable=True,
        ),
        sa.CheckConstraint(
            "shortage IN ('too_few', 'all_taken')", name=op.f("ck_allocated_order_shortage_known")
        ),
        sa.CheckConstraint(
            "given BETWEEN 0 AND wanted", name=op.f("ck_allocated_order_never_more_than_wanted")
        ),
        sa.CheckConstraint(
            "(shortage IS NULL) = (given = wanted)", name=op.f("ck_allocated_order_shortage_has_reason")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["allocation_run.id"], name=op.f("fk_allocated_order_run_id_allocation_run")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["job_order.id"], name=op.f("fk_allocated_order_order_id_job_order")
        ),
        sa.PrimaryKeyConstraint("run_id", "order_id", name=op.f("pk_allocated_order")),
    )
    op.create_index(op.f("ix_allocated_order_order_id"), "allocated_order", ["order_id"])
    op.create_table(
        "allotment",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("seeker_id", sa.Uuid(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id", "order_id"],
            ["allocated_order.run_id", "allocated_order.order_id"],
            name=op.f("fk_allotment_run_id_allocated_order"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["seeker_id"], ["seeker.id"], name=op.f("fk_allotment_seeker_id_seeker")),
        sa.PrimaryKeyConstraint("run_id", "order_id", "seeker_id", name=op.f("pk_allotment")),
    )
    op.create_index(op.f("ix_allotment_order_id"), "allotment", ["order_id"])
    op.create_table(
        "saved_search",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("text", sa.String(length=60), nullable=False),
        sa.Column("district", sa.String(length=5), nullable=False),
        sa.Column("employment", sa.String(length=2), nullable=False),
        sa.Column("most_won", sa.Integer(), nullable=True),
        sa.Column("alert", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_number", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_saved_search_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
        sa.UniqueConstraint("account_id", "name", name=op.f("uq_saved_search_account_id_name")),
    )
    op.create_index(op.f("ix_saved_search_account_id"), "saved_search", ["account_id"])
    op.create_table(
        "search_notice",
        sa.Column("search_id", sa.Uuid(), nullable=False),
        sa.Column("told_number", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["search_id"], ["saved_search.id"], name=op.f("fk_search_notice_search_id_saved_search")
        ),
        sa.PrimaryKeyConstraint("search_id", name=op.f("pk_search_notice")),
    )
    op.create_table(
        "search_verdict",
        sa.Column("search_id", sa.Uuid(), nullable=False),
        sa.Column("seeker_id", sa.Uuid(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum("fits", "later", "not", name="verdict", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("said_by", sa.String(length=60), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('fits', 'later', 'not')", name=op.f("ck_search_verdict_verdict_known")
        ),
        sa.ForeignKeyConstraint(
            ["search_id"], ["saved_search.id"], name=op.f("fk_search_verdict_search_id_saved_search")
        ),
        sa.ForeignKeyConstraint(
            ["seeker_id"], ["seeker.id"], name=op.f("fk_search_verdict_seeker_id_seeker")
        ),
        sa.PrimaryKeyConstraint("search_id", "seeker_id", name=op.f("pk_search_verdict")),
    )
    op.create_index(op.f("ix_search_verdict_seeker_id"), "search_verdict", ["seeker_id"])
    know("link", "purpose", (*PURPOSES, "opportunities"))


def downgrade() -> None:
    op.execute("DELETE FROM link WHERE purpose = 'opportunities'")
    know("link", "purpose", PURPOSES)
    for table in (
        "search_verdict",
        "search_notice",
        "saved_search",
        "allotment",
        "allocated_order",
        "allocation_block",
        "allocation_run",
    ):
        op.drop_table(table)
