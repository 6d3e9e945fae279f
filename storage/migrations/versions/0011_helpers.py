"""Helpers: who fills in a draft for a producer, and the pass by which the producer gets to see it."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, RowId

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "help",
        sa.Column("application_id", RowId(), nullable=False),
        sa.Column("progress_id", RowId(), nullable=False),
        sa.Column("helper_id", RowId(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("agreed_at", Instant(), nullable=False),
        sa.Column("confirmed_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("application_id", name="help_pkey"),
        sa.UniqueConstraint("progress_id", name="help_progress_id_key"),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name="help_application_id_fkey"),
        sa.ForeignKeyConstraint(["helper_id"], ["person.id"], name="help_helper_id_fkey"),
    )
    op.create_index("help_helper_id_index", "help", ["helper_id"])
    op.add_column("pass", sa.Column("application_id", RowId(), nullable=True))
