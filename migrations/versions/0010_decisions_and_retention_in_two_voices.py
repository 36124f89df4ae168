"""Decisions and retention in two voices"""

import sqlalchemy as sa
from alembic import op

from migrations.codes import know

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

FORMER = ("consent", "interview", "outcome", "retention", "invitation", "sign_up", "shortlist", "slot")
CHECKS = {
    "source_known": "source IN ('firm', 'officer', 'insurance')",
    "firm_answer_known": "firm_answer IN ('still', 'left')",
    "person_answer_known": "person_answer IN ('still', 'left')",
    "answer_has_source": "(answer IS NULL) = (source IS NULL)",
    "disputed_is_open": "NOT disputed OR answer IS NULL",
}


def upgrade() -> None:
    with op.batch_alter_table("job_order", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("outcome_words", sa.String(length=500), nullable=False, server_default=sa.text("''"))
        )

    with op.batch_alter_table("retention_check", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "source",
                sa.Enum("firm", "officer", "insurance", name="retentionsource", native_enum=False, length=24),
                nullable=True,
            )
        )
        batch_op.add_column(
            sa.Column(
                "firm_answer",
                sa.Enum("still", "left", name="retentionanswer", native_enum=False, length=24),
                nullable=True,
            )
        )
        batch_op.add_column(
            sa.Column(
                "person_answer",
                sa.Enum("still", "left", name="retentionanswer", native_enum=False, length=24),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("person_left_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("disputed", sa.Boolean(), nullable=False, server_default=sa.false()))

    op.execute("UPDATE retention_check SET source = 'firm', firm_answer = answer WHERE answer IS NOT NULL")
    with op.batch_alter_table("retention_check") as batch:
        for name, rule in CHECKS.items():
            batch.create_check_constraint(batch.f(f"ck_retention_check_{name}"), rule)
    know("link", "purpose", (*FORMER, "stay"))


def downgrade() -> None:
    op.execute("DELETE FROM link WHERE purpose = 'stay'")
    know("link", "purpose", FORMER)
    with op.batch_alter_table("retention_check") as batch:
        for name in CHECKS:
            batch.drop_constraint(batch.f(f"ck_retention_check_{name}"), type_="check")
    with op.batch_alter_table("retention_check", schema=None) as batch_op:
        batch_op.drop_column("disputed")
        batch_op.drop_column("person_left_on")
        batch_op.drop_column("person_answer")
        batch_op.drop_column("firm_answer")
        batch_op.drop_column("source")

    with op.batch_alter_table("job_order", schema=None) as batch_op:
        batch_op.drop_column("outcome_words")
