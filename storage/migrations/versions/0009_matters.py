"""Matters: what people ask an office, what is said about it, and whose line is open."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, RowId

revision = "0009"
down_revision = "0008"

NOT_ENDED = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "matter",
        sa.Column("id", RowId(), nullable=False),
        sa.Column("person_id", RowId(), nullable=False),
        sa.Column("commune", sa.String(), nullable=True),
        sa.Column("province", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("is_passed_on", sa.Boolean(), nullable=False),
        sa.Column("taker_id", RowId(), nullable=True),
        sa.Column("taken_at", Instant(), nullable=True),
        sa.Column("taken_for", sa.String(), nullable=True),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("touched_at", Instant(), nullable=False),
        sa.Column("waiting_since", Instant(), nullable=True),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("times_late", sa.Integer(), nullable=False),
        sa.Column("line_until", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="matter_pkey"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="matter_person_id_fkey"),
        sa.ForeignKeyConstraint(["commune"], ["place.id"], name="matter_commune_fkey"),
        sa.ForeignKeyConstraint(["province"], ["place.id"], name="matter_province_fkey"),
        sa.ForeignKeyConstraint(["office"], ["place.id"], name="matter_office_fkey"),
        sa.ForeignKeyConstraint(["taker_id"], ["person.id"], name="matter_taker_id_fkey"),
        sa.ForeignKeyConstraint(["taken_for"], ["place.id"], name="matter_taken_for_fkey"),
        sqlite_autoincrement=True,
    )
    op.create_index("matter_person_id_index", "matter", ["person_id"])
    op.create_index("matter_open_at", "matter", ["office"], sqlite_where=NOT_ENDED, postgresql_where=NOT_ENDED)
    op.create_index("matter_due", "matter", ["due_at"], sqlite_where=NOT_ENDED, postgresql_where=NOT_ENDED)
    op.create_table(
        "matter_word",
        sa.Column("id", RowId(), nullable=False),
        sa.Column("matter_id", RowId(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by_person", RowId(), nullable=False),
        sa.Column("office", sa.String(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("along", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="matter_word_pkey"),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name="matter_word_matter_id_fkey"),
        sa.ForeignKeyConstraint(["by_person"], ["person.id"], name="matter_word_by_person_fkey"),
        sa.ForeignKeyConstraint(["office"], ["place.id"], name="matter_word_office_fkey"),
        sqlite_autoincrement=True,
    )
    op.create_index("matter_word_matter_id_index", "matter_word", ["matter_id"])
    op.add_column("person", sa.Column("line", RowId(), nullable=True))
