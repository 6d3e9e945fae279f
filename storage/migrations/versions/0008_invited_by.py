"""Who made an invite, where that was an official in chat and not the operator at the command line."""

import sqlalchemy as sa
from alembic import op

from storage.columns import RowId

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    with op.batch_alter_table("invite") as invite:
        invite.add_column(sa.Column("made_by", RowId(), nullable=True))
        invite.create_foreign_key("invite_made_by_fkey", "person", ["made_by"], ["id"])
