"""A village with its database, and somebody who lives there."""

from collections.abc import Iterator

import pytest

from storage.store import Store
from tests.handlers.person import Person, Village


@pytest.fixture
def village(sqlite_url: str) -> Iterator[Village]:
    store = Store(sqlite_url)
    yield Village(store)
    store.close()


@pytest.fixture
def person(village: Village) -> Person:
    return village.person()
