"""Finds the commune a person means: its name of today or of before 1/7/2025, with or without marks, type or district.

    thôn Nà Mẫu xã côn minh huyện na rì     → xã Côn Minh, tỉnh Thái Nguyên
    xa hung dao                             → three communes of Cao Bằng, told apart by their old districts
    xa hung dao h bao lac                   → xã Hưng Đạo

Every run of words that is a name is weighed by what stands before it ("xã", "huyện", "thôn") and by the districts and
provinces named beside it. Spelling is forgiven only where no exact name fits well. The heaviest reading wins; several
equally heavy ones are all returned.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ocop.places import FormerCommune, Place, all_places, bare, lowered
from talk.vietnamese import fold, tidy

Role = Literal["", "commune", "district", "city", "province", "village"]

# What may stand before a name, without marks and with them, and what it makes of the name.
_MARKERS: dict[str, tuple[Role, str]] = {
    "xã": ("commune", "Xã"),
    "x": ("commune", "Xã"),
    "phường": ("commune", "Phường"),
    "p": ("commune", "Phường"),
    "thị trấn": ("commune", "Thị trấn"),
    "tt": ("commune", "Thị trấn"),
    "huyện": ("district", ""),
    "h": ("district", ""),
    "thành phố": ("city", ""),
    "tp": ("city", ""),
    "thị xã": ("city", ""),
    "tx": ("city", ""),
    "tỉnh": ("province", ""),
    "t": ("province", ""),
    **dict.fromkeys(("thôn", "bản", "xóm", "tổ", "khu", "phố", "đường", "làng", "ngõ"), ("village", "")),
}
_MARKERS |= {fold(word): meaning for word, meaning in _MARKERS.items()}

# Where a place within a commune begins: its kind or a number, but not the words about whose address it is.
_VILLAGE_MARKERS = "|".join(["số nhà", "số", *(word for word, (role, _) in _MARKERS.items() if role == "village")])
_WITHIN = re.compile(rf"\b(?:{_VILLAGE_MARKERS}|so nha|sn|\d+)(?=\b|\d).*", re.I | re.S)

_WIDER: tuple[Role, ...] = ("district", "city", "province")

# The other provinces, before and after 1/7/2025: where one is named, a likeness to one of our communes is chance.
_ELSEWHERE = frozenset(
    fold(name).replace(" ", "")
    for name in (
        *("An Giang", "Bà Rịa Vũng Tàu", "Vũng Tàu", "Bạc Liêu", "Bắc Giang", "Bắc Ninh", "Bến Tre", "Bình Dương"),
        *("Bình Định", "Bình Phước", "Bình Thuận", "Cà Mau", "Cần Thơ", "Đà Nẵng", "Đắk Lắk", "Đắk Nông", "Điện Biên"),
        *("Đồng Nai", "Đồng Tháp", "Gia Lai", "Hà Giang", "Hà Nam", "Hà Nội", "Hà Tĩnh", "Hải Dương", "Hải Phòng"),
        *("Hậu Giang", "Hòa Bình", "Hưng Yên", "Khánh Hòa", "Kiên Giang", "Kon Tum", "Lai Châu", "Lạng Sơn"),
        *("Lào Cai", "Lâm Đồng", "Long An", "Nam Định", "Nghệ An", "Ninh Bình", "Ninh Thuận", "Phú Thọ", "Phú Yên"),
        *("Quảng Bình", "Quảng Nam", "Quảng Ngãi", "Quảng Ninh", "Quảng Trị", "Sài Gòn", "Sóc Trăng", "Sơn La"),
        *("Tây Ninh", "Thái Bình", "Thanh Hóa", "Thừa Thiên Huế", "Tiền Giang", "Trà Vinh", "Tuyên Quang"),
        *("Vĩnh Long", "Vĩnh Phúc", "Yên Bái"),
    )
)

_OTHER_SPELLINGS = {"baccan": "backan"}

_LONGEST_NAME = 4  # words
_LONGEST_TEXT = 200  # letters; an address is far shorter
_ENOUGH = 6
_EXACT = 10
_NEARLY = 7


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A commune of today, and the old name by which it was found, if it was."""

    place: Place
    former: FormerCommune | None
    before: str  # what was typed before the commune: "thôn Nà Mẫu"

    @property
    def within(self) -> str:
        """Where in the commune, as far as that was typed before it: "thôn Nà Mẫu", "số 5 đường Bế Văn Đàn"."""
        found = _WITHIN.search(self.before)
        return " ".join(found.group().split()).strip(" ,;.-") if found else ""

    @property
    def label(self) -> str:
        """How to tell it from its namesakes: "Huyện Bảo Lạc, nay là xã Hưng Đạo"."""
        if self.former is None:
            return f"{self.place.name}, tỉnh {self.place.province}"
        return f"{self.former.district}, nay là {lowered(self.place.name)}"

    @property
    def was(self) -> str:
        """What to put after "trước là": "huyện Na Rì, Bắc Kạn"; "" when found by a name that is new."""
        if self.former is None:
            return ""
        name = "" if self.former.name == self.place.name else f"{lowered(self.former.name)}, "
        return f"{name}{lowered(self.former.district)}, {self.former.province}"


def find_places(words: str) -> list[FoundPlace]:
    """The communes a person may mean: one when it is clear, several when only they can tell, none when nothing fits.

    A district or a province alone fits nothing: it is too wide.
    """
    address = _Address(words)
    if address.is_elsewhere():
        return []
    readings = list(_readings(address))
    if max((weight for weight, _ in readings), default=0) < _EXACT:
        readings += _near_readings(address)
    heaviest = max((weight for weight, _ in readings), default=0)
    if heaviest < _ENOUGH:
        return []
    found: dict[str, FoundPlace] = {}
    for weight, reading in readings:
        # The same place by its old and its new name: the old one says more.
        if weight == heaviest and (reading.place.id not in found or found[reading.place.id].former is None):
            found[reading.place.id] = reading
    return sorted(found.values(), key=_city_first)


def _city_first(found: FoundPlace) -> tuple[bool, str]:
    district = found.former.district if found.former else found.place.name
    return not district.startswith("Thành phố"), fold(district)


@dataclass(frozen=True, slots=True)
class _Hit:
    """A run of words that is a name, and the role the word before it gives it."""

    start: int
    end: int
    key: str
    role: Role
    type: str  # "Xã" when that was typed before it
    marker_start: int  # where that word begins

    def overlaps(self, start: int, end: int) -> bool:
        return start < self.end and self.start < end

    def holds(self, other: "_Hit") -> bool:
        return self is not other and self.start <= other.start and other.end <= self.end


class _Address:
    """The typed words, the names among them, and the districts and provinces they mention."""

    def __init__(self, text: str) -> None:
        self.text = tidy(text[:_LONGEST_TEXT])
        spans = list(re.finditer(r"[^\W_]+", self.text))
        self.spans = [span.span() for span in spans]
        self.words = [span.group().lower() for span in spans]
        self.folded = [fold(word) for word in self.words]
        gaps = [self.text[a[1] : b[0]] for a, b in zip(self.spans, self.spans[1:], strict=False)]
        self.breaks = {i + 1 for i, gap in enumerate(gaps) if re.search(r"[,;\n()/]", gap)}
        known = _index().all_keys
        named = [(start, end) for start, end in self.runs() if not self.cuts_a_marker(end)]
        hits = [self.hit(start, end, key) for start, end in named if (key := self.key(start, end)) in known]
        # "Minh Khai" within "Nguyễn Thị Minh Khai" is not a name of its own, and "phuong" of "my phuong" not phường.
        hits = [hit for hit in hits if not any(other.holds(hit) for other in hits)]
        self.hits = [
            replace(hit, role="", type="", marker_start=hit.start)
            if hit.start - hit.marker_start == 1 and any(other.overlaps(hit.marker_start, hit.start) for other in hits)
            else hit
            for hit in hits
        ]
        self.has_commune_marker = any(
            self.marker(i)[0] == "commune" and not any(hit.overlaps(i - 1, i) for hit in self.hits)
            for i in range(1, len(self.words))
        )

    def is_elsewhere(self) -> bool:
        """Whether another province is named: no street that is called so, no commune, no "Hà tỉnh" of Trường Hà's."""
        return any(
            self.key(start, end) in _ELSEWHERE
            and self.marker(start)[0] in ("", "province", "city")
            and not any(hit.overlaps(start, end) for hit in self.hits)
            for start, end in self.runs()
        )

    def runs(self) -> Iterator[tuple[int, int]]:
        """Every run of at most four words that no comma cuts."""
        for start in range(len(self.words)):
            for end in range(start + 1, min(start + _LONGEST_NAME, len(self.words)) + 1):
                if not any(start < i < end for i in self.breaks):
                    yield start, end

    def cuts_a_marker(self, end: int) -> bool:
        """Whether a run would take the "thành" from a "thành phố": "Quang Trung thành phố Thái Nguyên"."""
        is_cut = end < len(self.words) and end not in self.breaks
        return is_cut and " ".join(self.folded[end - 1 : end + 1]) in _MARKERS

    def key(self, start: int, end: int) -> str:
        key = "".join(self.folded[start:end])
        return _OTHER_SPELLINGS.get(key, key)

    def marker(self, start: int) -> tuple[Role, str, int]:
        """What the one or two words before a name make of it, and where they begin."""
        if start in self.breaks:
            return "", "", start
        for length in (2, 1):
            if start >= length and (meaning := _MARKERS.get(" ".join(self.words[start - length : start]))):
                return *meaning, start - length
        return "", "", start

    def hit(self, start: int, end: int, key: str) -> _Hit:
        return _Hit(start, end, key, *self.marker(start))

    def says(self, hit: _Hit, name: str) -> bool:
        """Whether the name was typed with exactly its marks."""
        return " ".join(self.words[hit.start : hit.end]) == name.lower()

    def before(self, hit: _Hit) -> str:
        return self.text[: self.spans[hit.marker_start][0]].strip(" ,;.-\n")


def _readings(address: _Address) -> Iterator[tuple[float, FoundPlace]]:
    """What each exact name may mean, and how much speaks for it."""
    names = _index()
    for hit in address.hits:
        if hit.role in _WIDER or hit.key not in names.communes:
            continue
        # "Bắc Kạn" within a longer address is the old province or city far more often than the ward of that name.
        if hit.key in names.provinces and hit.role != "commune" and len(address.words) > hit.end - hit.start:
            continue
        yield from _weighed(address, hit, _EXACT)


def _near_readings(address: _Address) -> Iterator[tuple[float, FoundPlace]]:
    """What each run of words may mean if a letter or two were mistyped."""
    names = _index()
    wider = [hit for hit in address.hits if hit.role in _WIDER or hit.key in names.provinces]
    for start, end in address.runs():
        key = address.key(start, end)
        # Names of four letters are too near each other.
        slips = 0 if len(key) < 5 else 1 if len(key) < 9 else 2
        if not slips or key in _MARKERS or any(hit.overlaps(start, end) for hit in wider):
            continue
        for near, distance, _ in process.extract(
            key, names.communes.keys(), scorer=OSA.distance, score_cutoff=slips, limit=3
        ):
            hit = address.hit(start, end, near)
            if hit.role in ("", "commune") and distance:
                yield from _weighed(address, hit, _NEARLY - distance)


def _weighed(address: _Address, hit: _Hit, weight: float) -> Iterator[tuple[float, FoundPlace]]:
    if hit.role == "village":
        weight -= 4
    elif hit.role == "commune":
        weight += 3
    elif address.has_commune_marker:
        weight -= 5
    mentioned = [other for other in address.hits if not other.overlaps(hit.start, hit.end)]
    for place, former in _index().communes[hit.key]:
        name = former.name if former else place.name
        total = weight
        if hit.type:
            total += 1 if name.startswith(hit.type) else -1
        total += 0.5 * address.says(hit, bare(name))
        total += _district_weight(mentioned, place, former) + _province_weight(mentioned, place, former)
        yield total, FoundPlace(place, former, address.before(hit))


def _district_weight(mentioned: list[_Hit], place: Place, former: FormerCommune | None) -> float:
    own = {former.district} if former else place.districts
    names = _index()
    weights = [0.0]
    for hit in mentioned:
        district = names.districts.get(hit.key)
        # "cao bằng" alone is the province; only "thành phố cao bằng" is the city.
        is_province = hit.key in names.provinces if hit.role == "" else hit.role not in ("district", "city")
        if district and not is_province:
            weights.append(4 if district in own else -4 if hit.role else 0)
    return max(weights) or min(weights)


def _province_weight(mentioned: list[_Hit], place: Place, former: FormerCommune | None) -> float:
    own = {_key(place.province)} | ({_key(former.province)} if former else {_key(f.province) for f in place.was})
    said = {hit.key for hit in mentioned if hit.role in ("", "province") and hit.key in _index().provinces}
    return 0 if not said else 1 if said & own else -2


@dataclass(frozen=True, slots=True)
class _Names:
    """Every name without blanks and marks, and what bears it."""

    communes: dict[str, list[tuple[Place, FormerCommune | None]]]
    districts: dict[str, str]
    provinces: frozenset[str]
    all_keys: frozenset[str]


@cache
def _index() -> _Names:
    communes: dict[str, list[tuple[Place, FormerCommune | None]]] = {}
    districts: dict[str, str] = {}
    provinces: set[str] = set()
    for place in all_places():
        communes.setdefault(_key(place.name), []).append((place, None))
        provinces.add(_key(place.province))
        for former in place.was:
            communes.setdefault(_key(former.name), []).append((place, former))
            districts[_key(former.district)] = former.district
            provinces.add(_key(former.province))
    return _Names(communes, districts, frozenset(provinces), frozenset(communes) | frozenset(districts) | provinces)


def _key(name: str) -> str:
    return fold(bare(name)).replace(" ", "")
