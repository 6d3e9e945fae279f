"""The catalogue: OCOP products that public sources tell of, with their makers and every recognition that is known.

Source: data/products.csv as collected until 21/11/2026 (each row names its sources) and data/recognitions.csv, what the
same sources tell in words: earlier stars, decisions and their days. A product without stars there has no recognition
here: it was only nominated, or the source does not say. The list is far from complete.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache

from ocop.places import Place, all_places, bare
from ocop.product_sets import Group, ProductSet
from ocop.renewal import certificate_end
from ocop.set_search import find_sets
from ocop.tables import read_table
from talk.vietnamese import fold

CHECKED = date(2026, 11, 21)
PROVINCE_NOW = {"Bắc Kạn": "thai-nguyen", "Cao Bằng": "cao-bang"}


@dataclass(frozen=True, slots=True)
class Recognition:
    """One decision giving a product its stars, as far as its source tells."""

    stars: int
    year: int | None
    decision: str  # "124/QĐ-UBND"; "" where the source names none
    issued: date | None

    @property
    def ends(self) -> date | None:
        """The last day of its certificate; None where no day of issue is known."""
        return certificate_end(self.issued) if self.issued else None


@dataclass(frozen=True, slots=True)
class Product:
    """A product of the catalogue."""

    name: str  # no two have the same, marks and brackets included, so it may be kept
    producer: str  # "HTX Tài Hoan"; "" where the sources name none
    group: Group
    province_id: str
    place: Place | None  # the commune of today; None where the sources name none
    commune: str  # the commune as the sources had it: "Xã Côn Minh"; "" where they name none
    district: str  # the district of that time: "Na Rì"; "" where they name none
    description: str
    channels: tuple[str, ...]
    sources: tuple[str, ...]  # addresses, or the titles of articles
    recognitions: tuple[Recognition, ...]  # the oldest first

    @property
    def words(self) -> str:
        """The product with whose it is, to tell it from its like: "«Miến dong Tài Hoan» của HTX Tài Hoan, Côn Minh"."""
        whose = f" của {self.producer}" if self.producer else ""
        return f"«{self.name}»{whose}{f', {bare(self.place.name)}' if self.place else ''}"

    def is_made_by(self, producer: str) -> bool:
        """Whether a producer's name is the maker's, however the kind of maker is written; so it is if none is known."""
        return not self.producer or _bare_maker(producer) == _bare_maker(self.producer)

    @property
    def sets(self) -> tuple[ProductSet, ...]:
        """The sets of its group that its name speaks for, best first; our guess."""
        return tuple(one for one in find_sets(self.name) if one.group == self.group)


def all_products() -> tuple[Product, ...]:
    """Every product of the catalogue, in the order of the data."""
    return tuple(_products().values())


def product(name: str) -> Product | None:
    """The product of exactly this name, in capitals or not; None when there is none."""
    return _products().get(name.casefold())


@cache
def _products() -> dict[str, Product]:
    told = _told()
    was = {
        (former.name, former.district.removeprefix("Huyện ")): place for place in all_places() for former in place.was
    }
    products = (
        Product(
            name=row["name"],
            producer=row["producer"],
            group=row["group"],  # type: ignore[arg-type]  # a test holds the data to the six groups
            province_id=PROVINCE_NOW[row["province"]],
            place=was.get((row["commune"], row["district"])),
            commune=row["commune"],
            district=row["district"],
            description=row["description"],
            channels=_several(row["channels"]),
            sources=_several(row["source_url"]),
            recognitions=_all_of(row, told[row["name"]]),
        )
        for row in read_table("products")
    )
    return {product.name.casefold(): product for product in products}


def _told() -> dict[str, list[Recognition]]:
    told: dict[str, list[Recognition]] = defaultdict(list)
    for row in read_table("recognitions"):
        issued = date.fromisoformat(row["issued"]) if row["issued"] else None
        told[row["product"]].append(Recognition(int(row["stars"]), int(row["year"]), row["decision"], issued))
    return told


def _all_of(row: dict[str, str], told: list[Recognition]) -> tuple[Recognition, ...]:
    """What was told of a product, and the stars of its row unless they were told of, too."""
    if not row["stars"]:
        return tuple(told)
    last = Recognition(int(row["stars"]), int(row["recognised_year"]) if row["recognised_year"] else None, "", None)
    is_told = any((one.stars, one.year) == (last.stars, last.year) for one in told)
    return tuple(told) if is_told else (*told, last)


_KINDS_OF_MAKER = re.compile(r"^(?:(?:htx|hop tac xa|tht|to hop tac|cong ty|cty|tnhh|cp|co phan|mtv|co so|ho)\b ?)+")


def _bare_maker(name: str) -> str:
    return _KINDS_OF_MAKER.sub("", fold(name))


def _several(words: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in words.split(";") if part.strip())
