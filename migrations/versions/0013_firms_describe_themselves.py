"""firms describe themselves"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

SIZES = ("unknown", "micro", "small", "middle", "large")
RULES = {
    "size_known": "size IN ('unknown', 'micro', 'small', 'middle', 'large')",
    "capital_not_negative": "capital_won IS NULL OR capital_won >= 0",
    "sales_not_negative": "sales_won IS NULL OR sales_won >= 0",
}


def upgrade() -> None:
    sizes = sa.Enum(*SIZES, name="companysize", native_enum=False, length=24)
    with op.batch_alter_table("employer", schema=None) as batch:
        for name, length in (("insurance_number", 11), ("business", 300), ("homepage", 200)):
            batch.add_column(
                sa.Column(name, sa.String(length=length), nullable=False, server_default=sa.text("''"))
            )
        batch.add_column(sa.Column("size", sizes, nullable=False, server_default=sa.text("'unknown'")))
        batch.add_column(sa.Column("capital_won", sa.BigInteger(), nullable=True))
        batch.add_column(sa.Column("sales_won", sa.BigInteger(), nullable=True))
        for name, rule in RULES.items():
            batch.create_check_constraint(batch.f(f"ck_employer_{name}"), rule)


def downgrade() -> None:
    with op.batch_alter_table("employer", schema=None) as batch:
        for name in RULES:
            batch.drop_constraint(batch.f(f"ck_employer_{name}"), type_="check")
        for name in ("homepage", "sales_won", "capital_won", "size", "business", "insurance_number"):
            batch.drop_column(name)
