"""Passes, by which a phone joins the person of another; since when a chat has been joined; denied tries in all."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, RowId

revision = "0007"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "pass",
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person_id", RowId(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("code_hash", name="pass_pkey"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="pass_person_id_fkey"),
    )
    op.create_index("pass_person_id_index", "pass", ["person_id"])
    op.add_column("chat", sa.Column("joined_at", Instant(), nullable=True))
    # How many codes were wrong in the last hour, whoever typed them: looked at with every code.
    denied = sa.text("was_denied")
    op.create_index("audit_denied", "audit", ["act", "at"], sqlite_where=denied, postgresql_where=denied)
