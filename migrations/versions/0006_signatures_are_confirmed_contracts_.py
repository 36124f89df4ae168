"""Signatures are confirmed, contracts printed"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "confirmation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_confirmation_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation")),
    )
    with op.batch_alter_table("confirmation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_confirmation_account_id"), ["account_id"], unique=False)

    op.create_table(
        "permission",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("employer_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column(
            "power",
            sa.Enum("search", "contact", "interview", "decline", name="power", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "power IN ('search', 'contact', 'interview', 'decline')", name=op.f("ck_permission_power_known")
        ),
        sa.ForeignKeyConstraint(
            ["employer_id", "order_id"],
            ["job_order.employer_id", "job_order.id"],
            name=op.f("fk_permission_employer_id_order_id_job_order"),
        ),
        sa.ForeignKeyConstraint(["given_by"], ["account.id"], name=op.f("fk_permission_given_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_permission")),
    )
    with op.batch_alter_table("permission", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_permission_order_id"), ["order_id"], unique=False)

    with op.batch_alter_table("mandate", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "confirmed_by",
                sa.Enum("app", "mail", "name", name="confirmedby", native_enum=False, length=24),
                nullable=False,
                server_default=sa.text("'name'"),
            )
        )
        batch_op.add_column(sa.Column("warned_days", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("document_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_mandate_document_id_document"), "document", ["document_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("mandate", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_mandate_document_id_document"), type_="foreignkey")
        batch_op.drop_column("document_id")
        batch_op.drop_column("warned_days")
        batch_op.drop_column("confirmed_by")

    with op.batch_alter_table("permission", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_permission_order_id"))

    op.drop_table("permission")
    with op.batch_alter_table("confirmation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_confirmation_account_id"))

    op.drop_table("confirmation")
