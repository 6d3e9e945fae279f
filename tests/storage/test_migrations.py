"""The migrations lead to the tables that the code knows."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlmodel import SQLModel

import storage.tables  # noqa: F401
from storage import official_versions, questions
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


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_what_officials_answered_before_becomes_versions_with_the_wordings_of_who_asked(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'old.db'}" if kind == "sqlite" else request.getfixturevalue("fresh_postgres_url")
    engine = make_engine(read_url(url))
    with engine.begin() as db:
        _migrate_to(db, "0012")
        for statement in _AN_ANSWER_OF_BEFORE:
            db.execute(text(statement))
    engine.dispose()

    migrate(url)

    store = Store(url)
    [kept] = store.run(official_versions.in_use)
    assert (kept.id, kept.topic, kept.version.answer, kept.wordings) == (7, "own-7", "Hỏi xã.", ("hộp giấy", "vỏ hộp"))
    assert len(store.run(lambda db: questions.asked(db, 7))) == 3
    later = store.run(lambda db: official_versions.write(db, "", "", kept.version, (), "", None, kept.written_at))
    assert later == 8
    store.close()


_AN_ANSWER_OF_BEFORE = (
    "INSERT INTO place (id, kind, name) VALUES ('cao-bang', 'province', 'Cao Bằng')",
    "INSERT INTO person (id, created_at) VALUES (1, '2026-11-01 00:00:00+00:00')",
    "INSERT INTO official_answer VALUES (7, 'cao-bang', 'fees', 'Hỏi xã.', 'theo Sở 2026', '2026-11-01', NULL, 1,"
    " '2026-11-01 00:00:00+00:00', 1, '2026-11-02 00:00:00+00:00', NULL)",
    *(
        f"INSERT INTO question VALUES ({id}, NULL, '2026-11-01 00:00:00+00:00', '{words}', '', NULL, 7)"
        for id, words in enumerate(("hộp giấy", "vỏ hộp", "hộp giấy"), 1)
    ),
)


def _migrate_to(db: Connection, revision: str) -> None:
    config = Config(attributes={"connection": db})
    config.set_main_option("script_location", str(MIGRATIONS))
    command.upgrade(config, revision)
