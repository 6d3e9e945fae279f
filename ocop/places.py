"""The communes of today and what each was called before 1/7/2025.

Source: data/communes.csv. The 108 communes of Bắc Kạn and the 172 of Thái Nguyên became 92 of Thái Nguyên (Nghị quyết
1683/NQ-UBTVQH15), the 161 of Cao Bằng became 56. Those of the old Thái Nguyên are as the package vietnamadminunits
1.0.4 (MIT) has them. Three of them were divided, so that their name leads to two communes of today; some old names
stood in more than one district.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ocop.tables import read_table
from talk.vietnamese import fold

COMMUNE_TYPES = ("Xã", "Phường", "Thị trấn")
BEFORE_A_PLACE = frozenset({"xa", "phuong", "huyen", "tran", "tinh", "o", "tai", "ve", "tren"})
"""What stands before a place in a sentence. Elsewhere its name may be other words: the commune Bản Thi is «bán thì»."""
A_PROVINCE = re.compile(r"\b(?:o |tren |tinh )*(cao bang|caobang|cb|thai nguyen|tn|bac kan|bac can|backan|bk)\b")
"""A province as people type it, without marks. Bắc Kạn is a part of Thái Nguyên since 1/7/2025."""


@dataclass(frozen=True, slots=True)
class FormerCommune:
    """A commune as it was before 1/7/2025."""

    name: str  # "Xã Hưng Đạo"
    district: str  # "Huyện Bảo Lạc", "Thành phố Cao Bằng"
    province: str  # "Bắc Kạn"


@dataclass(frozen=True, slots=True)
class Place:
    """A commune (xã, phường) of today."""

    id: str  # "thai-nguyen/con-minh"; never changes, so it may be kept
    name: str  # "Xã Côn Minh"
    province: str  # "Thái Nguyên"
    was: tuple[FormerCommune, ...]  # what was merged into it

    @property
    def words(self) -> str:
        """The place within a sentence or an address: "xã Côn Minh, tỉnh Thái Nguyên"."""
        return f"{lowered(self.name)}, tỉnh {self.province}"

    @property
    def districts(self) -> frozenset[str]:
        """The old districts it was made of."""
        return frozenset(former.district for former in self.was)


@dataclass(frozen=True, slots=True)
class LocalName:
    """What communes or districts are or were called."""

    name: str  # without their type: "Chợ Đồn"
    provinces: tuple[str, ...]  # the ids of those it lies in today, mostly one
    provinces_before: tuple[str, ...]  # the names of those it lay in before 1/7/2025


def all_places() -> tuple[Place, ...]:
    """Every commune of today in the two provinces, in the order of the data."""
    return tuple(_places().values())


def place(id: str) -> Place | None:
    """The place with this id; None when there is none."""
    return _places().get(id)


def provinces() -> tuple[tuple[str, str], ...]:
    """The id and name of each province."""
    return tuple({one.id.partition("/")[0]: one.province for one in all_places()}.items())


def lowered(name: str) -> str:
    """The name as it stands within a sentence: "Xã Côn Minh" becomes "xã Côn Minh"."""
    return name[:1].lower() + name[1:]


def bare(name: str) -> str:
    """The name without its type: "Thị trấn Chợ Rã" becomes "Chợ Rã"."""
    for type in (*COMMUNE_TYPES, "Huyện", "Thành phố"):
        if name.startswith(f"{type} "):
            return name.removeprefix(f"{type} ")
    return name


@cache
def local_names() -> Mapping[str, LocalName]:
    """The names of communes and districts, today's and former, by how they are typed without marks.

    Only those of two words and more: one of a single word may be any word.
    """
    found: dict[str, LocalName] = {}
    for one in all_places():
        for was in one.was:
            for name in map(bare, (was.district, was.name, one.name)):
                known = found.get(fold(name), LocalName(name, (), ()))
                today, before = (*known.provinces, one.id.partition("/")[0]), (*known.provinces_before, was.province)
                found[fold(name)] = LocalName(known.name, tuple(dict.fromkeys(today)), tuple(dict.fromkeys(before)))
    return {plain: one for plain, one in found.items() if " " in plain}


def local_name_at(words: Sequence[str], start: int) -> str:
    """The name of a commune or district that words without marks have from there on; "" where they have none."""
    names = (" ".join(words[start : start + length]) for length in (3, 2))
    return next((name for name in names if name in local_names()), "")


def without_local_names(words: Sequence[str], instead: Sequence[str] = ()) -> list[str]:
    """The words without the communes and districts named as a place ("xã Côn Minh"), `instead` of each of them."""
    kept: list[str] = []
    start = 0
    while start < len(words):
        is_place = start > 0 and words[start - 1] in BEFORE_A_PLACE
        length = len(local_name_at(words, start).split()) if is_place else 0
        kept += instead if length else [words[start]]
        start += length or 1
    return kept


def province_named(plain: str) -> str:
    """The id of the province that words without marks name, or in which the commune or district lies that they name.

    "" where they name none, or one of which there is another in the other province.
    """
    if found := A_PROVINCE.search(plain):
        return "cao-bang" if found[1] in ("cao bang", "caobang", "cb") else "thai-nguyen"
    words = plain.split()
    named = (local_name_at(words, at + 1) for at, word in enumerate(words) if word in BEFORE_A_PLACE)
    provinces = {province for name in named if name for province in local_names()[name].provinces}
    return provinces.pop() if len(provinces) == 1 else ""


@cache
def _places() -> dict[str, Place]:
    was: dict[tuple[str, str], list[FormerCommune]] = {}
    for row in read_table("communes"):
        # The data names cities in full and districts (huyện) barely.
        district = row["district_before"]
        district = district if district.startswith("Thành phố") else f"Huyện {district}"
        former = FormerCommune(row["commune_before"], district, row["province_before"])
        was.setdefault((row["province_after"], row["commune_after_2025"]), []).append(former)
    places: dict[str, Place] = {}
    for (province, name), formers in was.items():
        id = f"{_slug(province)}/{_slug(bare(name))}"
        if id in places:  # Văn Lang and Văn Lăng are two
            id = f"{id}-{_slug(bare(formers[0].district))}"
        places[id] = Place(id, name, province, tuple(formers))
    return places


def _slug(name: str) -> str:
    return fold(name).replace(" ", "-")
