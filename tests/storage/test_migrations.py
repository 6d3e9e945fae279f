"""The migrations lead to the tables that the code knows."""

import subprocess
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel

import storage.tables  # noqa: F401
from storage.engine import make_engine, read_url
from storage.lock import StoreInUse
from storage.migrate import MIGRATIONS, migrate, newest_revision, revision
from storage.store import Store


def test_migrations_and_tables_agree(database_url: str) -> None:
    engine = make_engine(read_url(database_url))
    with engine.connect() as db:
        context = MigrationContext.configure(db, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []
        assert revision(db) == newest_revision()
    engine.dispose()


def test_the_newest_file_is_where_alembic_leads() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))

    assert ScriptDirectory.from_config(config).get_heads() == [newest_revision()]


def test_migrating_again_changes_nothing_and_does_not_load_alembic(database_url: str) -> None:
    program = f"""
import sys
from storage.migrate import migrate
migrate({database_url!r})
sys.exit("alembic" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_database_in_use_is_not_migrated_under_the_feet_of_its_user(sqlite_url: str) -> None:
    store = Store(sqlite_url)
    with pytest.raises(StoreInUse):
        migrate(sqlite_url)
    store.close()
