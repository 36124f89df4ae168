"""Proposals end with their order"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

FORMER = (
    "suggested", "eligible", "ineligible", "asked", "consented", "declined", "submitted", "accepted",
    "passed_over", "interview", "interviewed", "no_show", "hired", "not_hired", "withdrawn", "elsewhere",
)  # fmt: skip
OVER = "(SELECT id FROM job_order WHERE status IN ('closed', 'withdrawn'))"
OPEN = "('suggested', 'eligible', 'asked', 'consented')"


def upgrade() -> None:
    _states_are((*FORMER, "ended"), known_as=FORMER)
    op.execute(f"UPDATE referral SET state = 'ended' WHERE state IN {OPEN} AND order_id IN {OVER}")


def downgrade() -> None:
    op.execute("UPDATE referral SET state = 'withdrawn' WHERE state = 'ended'")
    _states_are(FORMER, known_as=(*FORMER, "ended"))


def _states_are(states: tuple[str, ...], *, known_as: tuple[str, ...]) -> None:
    codes = ", ".join(f"'{state}'" for state in states)
    with op.batch_alter_table("referral") as batch:
        batch.drop_constraint(batch.f("ck_referral_state_known"), type_="check")
        batch.alter_column(
            "state", existing_type=_kind(known_as), type_=_kind(states), existing_nullable=False
        )
        batch.create_check_constraint(batch.f("ck_referral_state_known"), f"state IN ({codes})")


def _kind(states: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*states, name="referralstate", native_enum=False, length=24)
