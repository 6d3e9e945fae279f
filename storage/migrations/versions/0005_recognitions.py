"""Recognitions: one decision giving a product its stars; and which product of the catalogue an application claims."""

import sqlalchemy as sa
from alembic import op

from storage.columns import RowId

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "recognition",
        sa.Column("id", RowId(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("product", sa.String(), nullable=True),
        sa.Column("application_id", RowId(), nullable=True),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("issued", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="recognition_pkey"),
        sa.UniqueConstraint("key", name="recognition_key_key"),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name="recognition_application_id_fkey"),
        sqlite_autoincrement=True,
    )
    op.create_index("recognition_product_index", "recognition", ["product"])
    op.create_index("recognition_application_id_index", "recognition", ["application_id"])
    op.add_column("application", sa.Column("claims", sa.String(), nullable=True))
