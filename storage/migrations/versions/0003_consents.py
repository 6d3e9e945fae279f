"""What people agreed to, how they wish to be called, and whether they know yet who is speaking."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, RowId

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("person", sa.Column("address_form", sa.String(), nullable=True))
    op.add_column("person", sa.Column("met_at", Instant(), nullable=True))
    op.execute("UPDATE person SET met_at = created_at")
    op.create_table(
        "consent",
        sa.Column("id", RowId(), nullable=False),
        sa.Column("person_id", RowId(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("given_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="consent_pkey"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="consent_person_id_fkey"),
        sqlite_autoincrement=True,
    )
    op.create_index("consent_person_id_index", "consent", ["person_id"])
