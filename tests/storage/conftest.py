"""Every storage test runs on both databases, unless it asks for one by name."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from storage import people
from storage.people import Known
from storage.store import Store


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = Store(database_url)
    yield store
    store.close()


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 11, 21, 1, 30, tzinfo=UTC)


@pytest.fixture
def meet(store: Store, now: datetime) -> Callable[[str], Known]:
    """Meet whoever writes from an address on Telegram."""
    return lambda address: store.run(lambda db: people.meet(db, "telegram", "1", address, now))
