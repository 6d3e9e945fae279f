"""What an office keeps of a dossier whose paper it has, and whose producer has deleted it."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, RowId

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "erased_dossier",
        sa.Column("id", RowId(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("commune", sa.String(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("erased_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="erased_dossier_pkey"),
        sa.UniqueConstraint("code", name="erased_dossier_code_key"),
        sa.ForeignKeyConstraint(["commune"], ["place.id"], name="erased_dossier_commune_fkey"),
        sqlite_autoincrement=True,
    )
    op.create_index("erased_dossier_commune_index", "erased_dossier", ["commune"])
