"""Questions the assistant could not answer, and what officials answered to them for everybody."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, RowId

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "official_answer",
        sa.Column("id", RowId(), nullable=False),
        sa.Column("province", sa.String(), nullable=False),
        sa.Column("parent", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("written_by", RowId(), nullable=False),
        sa.Column("written_at", Instant(), nullable=False),
        sa.Column("approved_by", RowId(), nullable=True),
        sa.Column("approved_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="official_answer_pkey"),
        sa.ForeignKeyConstraint(["province"], ["place.id"], name="official_answer_province_fkey"),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name="official_answer_written_by_fkey"),
        sa.ForeignKeyConstraint(["approved_by"], ["person.id"], name="official_answer_approved_by_fkey"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "question",
        sa.Column("id", RowId(), nullable=False),
        sa.Column("person_id", RowId(), nullable=True),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("province", sa.String(), nullable=True),
        sa.Column("answer_id", RowId(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="question_pkey"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="question_person_id_fkey"),
        sa.ForeignKeyConstraint(["province"], ["place.id"], name="question_province_fkey"),
        sa.ForeignKeyConstraint(["answer_id"], ["official_answer.id"], name="question_answer_id_fkey"),
        sqlite_autoincrement=True,
    )
    op.create_index("question_person_id_index", "question", ["person_id"])
    op.create_index("question_answer_id_index", "question", ["answer_id"])
