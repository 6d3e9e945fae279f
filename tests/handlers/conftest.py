"""A village with its database, and somebody who lives there."""

from collections.abc import Iterator

import pytest

from storage.store import Store
from tests.handlers.office import THAI_NGUYEN, official
from tests.handlers.person import Person, Village


@pytest.fixture
def village(sqlite_url: str) -> Iterator[Village]:
    store = Store(sqlite_url)
    yield Village(store)
    store.close()


@pytest.fixture
def person(village: Village) -> Person:
    return village.person()


@pytest.fixture
def writer(village: Village) -> Person:
    """An official of Thái Nguyên."""
    return official(village, "cán bộ tỉnh", "province", THAI_NGUYEN)


@pytest.fixture
def second(village: Village) -> Person:
    """Another one."""
    return official(village, "cán bộ tỉnh thứ hai", "province", THAI_NGUYEN)
