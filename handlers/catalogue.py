"""Puts the recognitions that public sources tell of beside those that officials record."""

from collections.abc import Iterator

from ocop.catalogue import all_products
from storage import recognitions
from storage.recognitions import Recognition
from storage.store import Db


def put_all(db: Db) -> None:
    """Make every recognition of the catalogue known, as this release has it."""
    recognitions.put_all(db, _recognitions())


def _recognitions() -> Iterator[tuple[str, Recognition]]:
    for product in all_products():
        source = "; ".join(product.sources)
        for one in product.recognitions:
            key = f"{product.name}/{one.stars}/{one.year or ''}"
            yield key, Recognition(product.name, one.stars, one.year, one.decision, one.issued, one.ends, source)
