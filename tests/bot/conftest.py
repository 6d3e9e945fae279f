"""What tests of the async floor share: both databases, a channel in memory, and impatience."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from bot import delivery, retries
from storage.store import Store
from tests.fakes.channel import FakeChannel
from tests.fakes.frail_store import FrailStore

Until = Callable[[Callable[[], object]], Awaitable[None]]

both_databases = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str:
    """SQLite, unless the test names another."""
    url: str = request.getfixturevalue(f"{getattr(request, 'param', 'sqlite')}_url")
    return url


@pytest.fixture
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes seconds for people takes a moment here."""
    monkeypatch.setattr(retries, "FIRST_WAIT", 0.02)
    monkeypatch.setattr(delivery, "AGAIN_SECONDS", 0.02)


@pytest.fixture
async def store(database_url: str, in_a_hurry: None) -> AsyncIterator[FrailStore]:
    store = Store(database_url)
    yield FrailStore(store)
    store.close()


@pytest.fixture
def channel() -> FakeChannel:
    return FakeChannel()
