"""Puts the programme's provinces and communes where the rows of producers and applications point to them."""

from collections.abc import Iterator
from datetime import date

from ocop.places import all_places
from storage import places
from storage.places import Place
from storage.store import Db

NEW_COMMUNES = date(2025, 7, 1)  # since when there are the communes of today


def put_all(db: Db) -> None:
    """Make every place known, as this release has it."""
    places.put_all(db, _places())


def _places() -> Iterator[Place]:
    provinces = {}
    for one in all_places():
        province_id = one.id.partition("/")[0]
        provinces[province_id] = Place(province_id, "province", one.province)
        yield Place(one.id, "commune", one.name, province_id, NEW_COMMUNES)
    yield from provinces.values()
