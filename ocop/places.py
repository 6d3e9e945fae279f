"""The communes of today and what each was called before 1/7/2025.

Source: data/communes.csv. The 108 communes of Bắc Kạn and the 172 of Thái Nguyên became 92 of Thái Nguyên (Nghị quyết
1683/NQ-UBTVQH15), the 161 of Cao Bằng became 56. Those of the old Thái Nguyên are as the package vietnamadminunits
1.0.4 (MIT) has them. Three of them were divided, so that their name leads to two communes of today; some old names
stood in more than one district.
"""

from dataclasses import dataclass
from functools import cache

from ocop.tables import read_table
from talk.vietnamese import fold

COMMUNE_TYPES = ("Xã", "Phường", "Thị trấn")


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
