"""Changing which codes a column knows: its CHECK is replaced, the column itself is a short text either way."""

from collections.abc import Iterable

from alembic import op


def know(table: str, column: str, codes: Iterable[str]) -> None:
    """Let `column` hold exactly these codes."""
    listed = ", ".join(f"'{code}'" for code in codes)
    name = f"ck_{table}_{column}_known"
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(batch.f(name), type_="check")
        batch.create_check_constraint(batch.f(name), f"{column} IN ({listed})")
