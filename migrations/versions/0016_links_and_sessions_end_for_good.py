"""links and sessions end for good; a team's invitations and a stranger's letters are counted

What an earlier version left open is ended here, without an entry in the trail because nobody did it: sessions and
links of accounts that are disabled, and invitations that a newer one, or a chosen password, has overtaken.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ROLES = (
    "employer", "firm-reader", "officer", "lead", "chamber", "city-chamber", "agency", "auditor", "admin", "seeker", "system",
)  # fmt: skip

INDEXES = (
    ("ix_effect_open", "due_at", "done_at IS NULL AND failed_at IS NULL"),
    ("ix_effect_failed", "failed_at", "failed_at IS NOT NULL"),
)


def upgrade() -> None:
    op.create_table(
        "unusable_invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("owner", sa.Boolean(), nullable=False),
        sa.Column("role", sa.Enum(*ROLES, name="role", native_enum=False, length=24), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_unusable_invitation_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unusable_invitation")),
        sa.UniqueConstraint(
            "organisation_id", "email", name=op.f("uq_unusable_invitation_organisation_id_email")
        ),
    )
    op.create_table(
        "stranger_letter",
        sa.Column("address_index", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("address_index", "day", "number", name=op.f("pk_stranger_letter")),
    )
    op.create_index(op.f("ix_stranger_letter_day"), "stranger_letter", ["day"])
    op.add_column(
        "failed_sign_in", sa.Column("known_device", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("effect", sa.Column("first_tried_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_index("ix_effect_open", "effect")
    for name, column, where in INDEXES:
        op.create_index(
            name, "effect", [column], postgresql_where=sa.text(where), sqlite_where=sa.text(where)
        )
    op.create_index(op.f("ix_link_holder_id"), "link", ["holder_id"])
    op.execute(
        "UPDATE sign_in SET ended_at = seen_at WHERE ended_at IS NULL"
        " AND account_id IN (SELECT id FROM account WHERE disabled_at IS NOT NULL)"
    )
    op.execute(
        "UPDATE link SET revoked_at = created_at WHERE revoked_at IS NULL"
        " AND holder_id IN (SELECT id FROM account WHERE disabled_at IS NOT NULL)"
    )
    op.execute(
        "UPDATE link SET revoked_at = created_at WHERE revoked_at IS NULL AND purpose = 'invitation' AND ("
        " EXISTS (SELECT 1 FROM link AS newer WHERE newer.purpose = 'invitation'"
        "  AND newer.holder_id = link.holder_id AND newer.created_at > link.created_at)"
        " OR holder_id IN (SELECT id FROM account WHERE password_hash IS NOT NULL))"
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_link_holder_id"), "link")
    op.drop_index("ix_effect_failed", "effect")
    with op.batch_alter_table("effect") as batch:
        batch.drop_column("first_tried_at")
    with op.batch_alter_table("failed_sign_in") as batch:
        batch.drop_column("known_device")
    op.drop_table("stranger_letter")
    op.drop_table("unusable_invitation")
