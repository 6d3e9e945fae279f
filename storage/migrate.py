"""Bring a database to the newest shape of the tables, from nothing or from any earlier release."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from storage.engine import lock_file, make_engine, read_url

MIGRATIONS = Path(__file__).parent / "migrations"
ADVISORY_LOCK = 0x0C0B  # any number, the same in every process of ours


def migrate(url: str) -> None:
    """Run the migrations `url` still lacks; safe to call at every start, and from several processes on PostgreSQL.

    Raises StoreInUse when another process has the SQLite file open.
    """
    place = read_url(url)
    lock = lock_file(place)
    engine = make_engine(place)
    try:
        with engine.begin() as db:
            if db.dialect.name == "postgresql":
                db.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ADVISORY_LOCK})
            if not is_newest(db):
                _upgrade(db)
    finally:
        engine.dispose()
        if lock:
            lock.release()


def revision(db: Connection) -> str | None:
    """The migration the database stands at, None when it is empty."""
    if not inspect(db).has_table("alembic_version"):
        return None
    return db.execute(text("SELECT version_num FROM alembic_version")).scalar()


def is_newest(db: Connection) -> bool:
    """Whether the database has every migration there is."""
    return revision(db) == newest_revision()


def newest_revision() -> str:
    """The last migration there is: file names begin with their revision, and are numbered."""
    return max(path.name for path in (MIGRATIONS / "versions").glob("[0-9]*.py")).partition("_")[0]


def _upgrade(db: Connection) -> None:
    # Imported here: most starts find nothing to do, and alembic would cost each of them a tenth of a second.
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": db})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    command.upgrade(config, "head")
