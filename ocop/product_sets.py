"""The 26 sets of products (bộ sản phẩm), each with its own scoring table, in 17 sub-groups and 6 groups.

Source: Điều 2 and Phụ lục I of QĐ 26/2026/QĐ-TTg (data/product_sets.csv: names and ministries as the decision has
them, the plain words ours).
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from ocop.tables import read_table

SOURCE = "Phụ lục I QĐ 26/2026/QĐ-TTg"

Group = Literal["food", "beverage", "herbal", "handicraft", "ornamental", "tourism"]


@dataclass(frozen=True, slots=True)
class ProductSet:
    """A set of products that are scored by the same table."""

    number: int
    group: Group
    group_name: str  # "Sản phẩm thực phẩm", as Mẫu 01 wants it (ngành)
    subgroup: str  # "Thực phẩm chế biến"
    name: str  # as in the decision
    plain: str  # as people would say it, within a sentence
    ministries: tuple[str, ...]

    @property
    def id(self) -> str:
        """The set as the scoring tables know it: "set07"."""
        return f"set{self.number:02}"

    @property
    def label(self) -> str:
        """The set as a choice: "Bộ 7, chế biến từ rau, củ, quả, hạt"."""
        return f"Bộ {self.number}, {self.plain}"


def all_sets() -> tuple[ProductSet, ...]:
    """The 26 sets in the order of the decision."""
    return tuple(_sets().values())


def product_set(id: str) -> ProductSet | None:
    """The set with this id; None when there is none."""
    return _sets().get(id)


@cache
def _sets() -> dict[str, ProductSet]:
    sets = (
        ProductSet(
            int(row["number"]),
            row["group"],  # type: ignore[arg-type]  # a test holds the data to the six groups
            row["group_name"],
            row["subgroup"],
            row["name"],
            row["plain"],
            tuple(row["ministries"].split(";")),
        )
        for row in read_table("product_sets")
    )
    return {one.id: one for one in sets}
