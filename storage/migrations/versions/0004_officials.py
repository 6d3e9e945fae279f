"""Officials: invites, grants, what an office did with an application, and who looked at what."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, RowId

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "application_event",
        sa.Column("id", RowId(), nullable=False),
        sa.Column("application_id", RowId(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by_person", RowId(), nullable=False),
        sa.Column("place_id", sa.String(), nullable=True),
        sa.Column("details", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="application_event_pkey"),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name="application_event_application_id_fkey"),
        sa.ForeignKeyConstraint(["by_person"], ["person.id"], name="application_event_by_person_fkey"),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name="application_event_place_id_fkey"),
        sqlite_autoincrement=True,
    )
    op.create_index("application_event_application_id_index", "application_event", ["application_id"])
    op.create_table(
        "office_grant",
        sa.Column("id", RowId(), nullable=False),
        sa.Column("person_id", RowId(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("place_id", sa.String(), nullable=True),
        sa.Column("may_send", sa.Boolean(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("until", Instant(), nullable=True),
        sa.Column("given_by", RowId(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="office_grant_pkey"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="office_grant_person_id_fkey"),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name="office_grant_place_id_fkey"),
        sa.ForeignKeyConstraint(["given_by"], ["person.id"], name="office_grant_given_by_fkey"),
        sqlite_autoincrement=True,
    )
    op.create_index("office_grant_person_id_index", "office_grant", ["person_id"])
    op.create_table(
        "invite",
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("place_id", sa.String(), nullable=True),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("used_by", RowId(), nullable=True),
        sa.Column("used_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("code_hash", name="invite_pkey"),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name="invite_place_id_fkey"),
        sa.ForeignKeyConstraint(["used_by"], ["person.id"], name="invite_used_by_fkey"),
    )
    op.create_table(
        "audit",
        sa.Column("id", RowId(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("person_id", RowId(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("was_denied", sa.Boolean(), nullable=False),
        sa.Column("application_id", RowId(), nullable=True),
        sa.Column("place_id", sa.String(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="audit_pkey"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="audit_person_id_fkey"),
        sqlite_autoincrement=True,
    )
    op.create_index("audit_person_id_index", "audit", ["person_id", "act", "at"])
    # Lists of a commune and numbers of a province are read often, and never read the rest.
    op.create_index("application_commune_index", "application", ["commune"])
