"""Firms join by themselves and have teams"""

import sqlalchemy as sa
from alembic import op

from migrations.codes import know

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ROLES = (
    "employer", "officer", "lead", "chamber", "city-chamber", "agency", "auditor", "admin", "seeker", "system",
)  # fmt: skip
PURPOSES = ("consent", "interview", "outcome", "retention", "invitation")
FIRST = "(SELECT MIN(created_at) FROM account AS other WHERE other.organisation_id = account.organisation_id)"


def upgrade() -> None:
    op.create_table(
        "firm_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("business_number", sa.String(length=10), nullable=False),
        sa.Column("representative", sa.String(length=60), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "standing",
            sa.Enum("01", "02", "03", "none", name="businessstanding", native_enum=False, length=24),
            nullable=True,
        ),
        sa.Column("matches", sa.Boolean(), nullable=True),
        sa.Column("tax_type", sa.String(length=2), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("failure", sa.String(length=30), nullable=False),
        sa.CheckConstraint(
            "standing IN ('01', '02', '03', 'none')", name=op.f("ck_firm_check_standing_known")
        ),
        sa.CheckConstraint("standing IS NULL OR failure = ''", name=op.f("ck_firm_check_answer_or_failure")),
        sa.CheckConstraint(
            "standing IS NULL OR answered_at IS NOT NULL", name=op.f("ck_firm_check_standing_has_time")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_firm_check")),
    )
    with op.batch_alter_table("firm_check", schema=None) as batch_op:
        batch_op.create_index("ix_firm_check_newest", ["business_number", "asked_at"], unique=False)

    op.create_table(
        "sign_up",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "applied",
                "confirmed",
                "proved",
                "approved",
                "refused",
                name="signupstate",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("business_number", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("representative", sa.String(length=60), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("district", sa.String(length=5), nullable=True),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("industry", sa.String(length=100), nullable=False),
        sa.Column("employees", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=60), nullable=False),
        sa.Column(
            "position",
            sa.Enum("representative", "employee", "delegate", name="position", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "proof", sa.Enum("code", "call", name="proof", native_enum=False, length=24), nullable=True
        ),
        sa.Column("proof_contact", sa.String(length=254), nullable=False),
        sa.Column("proof_found", sa.String(length=200), nullable=False),
        sa.Column("proof_note", sa.String(length=500), nullable=False),
        sa.Column("proved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("code_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("code_tries", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("explanation", sa.String(length=1000), nullable=False),
        sa.Column("employer_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(state = 'approved') = (employer_id IS NOT NULL)", name=op.f("ck_sign_up_approved_has_firm")
        ),
        sa.CheckConstraint(
            "position IN ('representative', 'employee', 'delegate')", name=op.f("ck_sign_up_position_known")
        ),
        sa.CheckConstraint("proof IN ('code', 'call')", name=op.f("ck_sign_up_proof_known")),
        sa.CheckConstraint(
            "state <> 'refused' OR explanation <> ''", name=op.f("ck_sign_up_refused_has_explanation")
        ),
        sa.CheckConstraint(
            "state IN ('applied', 'confirmed', 'proved', 'approved', 'refused')",
            name=op.f("ck_sign_up_state_known"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('proved', 'approved') OR (proof IS NOT NULL AND proved_at IS NOT NULL)",
            name=op.f("ck_sign_up_proved_has_proof"),
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_sign_up_decided_by_account")),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employer.organisation_id"], name=op.f("fk_sign_up_employer_id_employer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_up")),
    )
    with op.batch_alter_table("sign_up", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_up_business_number"), ["business_number"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_up_email"), ["email"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_up_phone"), ["phone"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_up_state"), ["state"], unique=False)

    know("account", "role", (*ROLES, "firm-reader"))
    know("link", "purpose", (*PURPOSES, "sign_up"))
    with op.batch_alter_table("account") as batch_op:
        batch_op.add_column(sa.Column("owner", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(f"UPDATE account SET owner = true WHERE role = 'employer' AND created_at = {FIRST}")
    with op.batch_alter_table("account") as batch_op:
        batch_op.alter_column("owner", server_default=None)
        batch_op.create_check_constraint(
            batch_op.f("ck_account_owner_acts_for_a_firm"), "NOT owner OR role = 'employer'"
        )

    with op.batch_alter_table("employer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("opened_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("employer", schema=None) as batch_op:
        batch_op.drop_column("opened_on")

    with op.batch_alter_table("account") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_account_owner_acts_for_a_firm"), type_="check")
        batch_op.drop_column("owner")
    op.execute("UPDATE account SET role = 'employer', disabled_at = created_at WHERE role = 'firm-reader'")
    op.execute("DELETE FROM link WHERE purpose = 'sign_up'")
    know("account", "role", ROLES)
    know("link", "purpose", PURPOSES)

    with op.batch_alter_table("sign_up", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_up_state"))
        batch_op.drop_index(batch_op.f("ix_sign_up_phone"))
        batch_op.drop_index(batch_op.f("ix_sign_up_email"))
        batch_op.drop_index(batch_op.f("ix_sign_up_business_number"))

    op.drop_table("sign_up")
    with op.batch_alter_table("firm_check", schema=None) as batch_op:
        batch_op.drop_index("ix_firm_check_newest")

    op.drop_table("firm_check")
