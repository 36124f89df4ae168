"""the pool numbers its changes, the young have gates, orders say whom the law keeps away"""

import datetime as dt

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

GATES = ("none", "eighteen", "adult")
BORN_AFTER = 2005
"""Whoever was born later may still be a youth; the days are the latest that the kept birth year allows."""


def upgrade() -> None:
    with op.batch_alter_table("seeker") as batch:
        batch.add_column(
            sa.Column("change_number", sa.BigInteger(), nullable=False, server_default=sa.text("0"))
        )
        batch.create_index(batch.f("ix_seeker_change_number"), ["change_number"])
    op.create_table(
        "age_gate",
        sa.Column("seeker_id", sa.Uuid(), nullable=False),
        sa.Column("eighteen_on", sa.Date(), nullable=False),
        sa.Column("adult_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["seeker_id"], ["seeker.id"], name=op.f("fk_age_gate_seeker_id_seeker")),
        sa.PrimaryKeyConstraint("seeker_id", name=op.f("pk_age_gate")),
    )
    op.create_index(op.f("ix_age_gate_adult_on"), "age_gate", ["adult_on"])
    op.create_table(
        "term_rarity",
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("weights", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("counted_on", name=op.f("pk_term_rarity")),
    )
    _gates_of_the_young()
    with op.batch_alter_table("referral") as batch:
        batch.add_column(
            sa.Column("override_reason", sa.String(length=300), nullable=False, server_default=sa.text("''"))
        )
    gates = sa.Enum(*GATES, name="workplacegate", native_enum=False, length=24)
    with op.batch_alter_table("job_order") as batch:
        batch.add_column(sa.Column("workplace_gate", gates, nullable=False, server_default=sa.text("'none'")))
        batch.create_check_constraint(
            batch.f("ck_job_order_workplace_gate_known"), "workplace_gate IN ('none', 'eighteen', 'adult')"
        )


def _gates_of_the_young() -> None:
    facts = sa.table(
        "equality_fact", sa.column("seeker_id", sa.Uuid()), sa.column("birth_year", sa.Integer())
    )
    gates = sa.table(
        "age_gate",
        sa.column("seeker_id", sa.Uuid()),
        sa.column("eighteen_on", sa.Date()),
        sa.column("adult_on", sa.Date()),
    )
    connection = op.get_bind()
    young = connection.execute(sa.select(facts).where(facts.c.birth_year > BORN_AFTER)).all()
    if young:
        op.bulk_insert(
            gates,
            [
                {
                    "seeker_id": seeker_id,
                    "eighteen_on": dt.date(born + 18, 12, 31),
                    "adult_on": dt.date(born + 19, 1, 1),
                }
                for seeker_id, born in young
            ],
        )


def downgrade() -> None:
    with op.batch_alter_table("job_order") as batch:
        batch.drop_constraint(batch.f("ck_job_order_workplace_gate_known"), type_="check")
        batch.drop_column("workplace_gate")
    with op.batch_alter_table("referral") as batch:
        batch.drop_column("override_reason")
    op.drop_table("term_rarity")
    op.drop_table("age_gate")
    with op.batch_alter_table("seeker") as batch:
        batch.drop_index(batch.f("ix_seeker_change_number"))
        batch.drop_column("change_number")
