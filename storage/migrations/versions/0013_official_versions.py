"""What officials answered becomes versions of topics, which know the shipped topic they were written over."""

import json

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, RowId

revision = "0013"
down_revision = "0012"

COPY = """
    INSERT INTO official_version (
        id, topic, province, parent, answer, more, steps, simpler, english, source, wordings, over,
        valid_from, valid_to, written_by, written_at, approved_by, approved_at, ended_at
    )
    SELECT
        id, '', province, parent, text, '', '[]', '', '', source, '[]', '',
        valid_from, valid_to, written_by, written_at, approved_by, approved_at, ended_at
    FROM official_answer
"""
AFTER_THE_LAST = """
    SELECT setval(
        pg_get_serial_sequence('official_version', 'id'), (SELECT COALESCE(MAX(id), 0) + 1 FROM official_version), false
    )
"""


def upgrade() -> None:
    op.create_table(
        "official_version",
        sa.Column("id", RowId(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("province", sa.String(), nullable=False),
        sa.Column("parent", sa.String(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("more", sa.Text(), nullable=False),
        sa.Column("steps", sa.Text(), nullable=False),
        sa.Column("simpler", sa.Text(), nullable=False),
        sa.Column("english", sa.Text(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("wordings", sa.Text(), nullable=False),
        sa.Column("over", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("written_by", RowId(), nullable=True),
        sa.Column("written_at", Instant(), nullable=False),
        sa.Column("approved_by", RowId(), nullable=True),
        sa.Column("approved_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="official_version_pkey"),
        sa.ForeignKeyConstraint(["province"], ["place.id"], name="official_version_province_fkey"),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name="official_version_written_by_fkey"),
        sa.ForeignKeyConstraint(["approved_by"], ["person.id"], name="official_version_approved_by_fkey"),
        sqlite_autoincrement=True,
    )
    op.create_index("official_version_topic_index", "official_version", ["topic"])
    op.execute(COPY)
    _give_wordings()
    if op.get_bind().dialect.name == "postgresql":
        op.execute(AFTER_THE_LAST)
    _point_questions_there()
    op.drop_table("official_answer")


def _give_wordings() -> None:
    """How people asked for each answer, each wording once."""
    db = op.get_bind()
    asked: dict[int, dict[str, None]] = {}
    for answer_id, text in db.execute(sa.text("SELECT answer_id, text FROM question WHERE answer_id IS NOT NULL")):
        asked.setdefault(answer_id, {})[text] = None
    for answer_id, texts in asked.items():
        row = {"id": answer_id, "wordings": json.dumps(list(texts), ensure_ascii=False)}
        db.execute(sa.text("UPDATE official_version SET wordings = :wordings WHERE id = :id"), row)


def _point_questions_there() -> None:
    op.drop_index("question_answer_id_index", "question")
    kept = {"sqlite_autoincrement": True}  # of the table, which SQLite copies to change it
    with op.batch_alter_table("question", table_kwargs=kept) as question:
        question.drop_constraint("question_answer_id_fkey", type_="foreignkey")
        question.alter_column("answer_id", new_column_name="version_id")
    with op.batch_alter_table("question", table_kwargs=kept) as question:  # once the column has its name
        question.create_foreign_key("question_version_id_fkey", "official_version", ["version_id"], ["id"])
    op.create_index("question_version_id_index", "question", ["version_id"])
