"""Reads questions that ask for a published number: "bao nhiêu sản phẩm 4 sao ở Bắc Kạn", "muc tieu 2025 bn sp ocop".

    read("cao bang co bao nhieu san pham 4 sao", today)    → products, "4 sao", Cao Bằng
    read("lên 4 sao cần bao nhiêu điểm", today)            → None: no number of the programme

Only what is counted, where, when, and whether it was aimed at or reached is read; ocop.figures has what answers.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from ocop.asking.period import Period, names_today, period_in, without_period
from ocop.asking.words import words_of
from ocop.figures import counted
from ocop.place_names import local_name_at, local_names
from talk.vietnamese import fold

PRODUCTS, PRODUCERS, COOPERATIVES = "products", "producers", "cooperatives"
LONGEST = 300  # characters; who tells more asks for no number

_HOW_MANY = r"(?:bao nhieu|may|tong so|so luong|tong cong)"
_STARRED = "cosao"  # stands where stars were named: "bao nhiêu cái 4 sao"
# Words between "bao nhiêu" and what is counted.
_FILLER = r"(?:(?:cai|loai|thu|tat ca|ca thay|the|la|cac|nhung|luot|duoc|co|lam|san pham|co so|hop tac xa) )*"
# Words that may stand between what is counted and a "bao nhiêu" behind it, and after that.
_BETWEEN = frozenset(
    [
        *("o", "tren", "trong", "cua", "tinh", "ca", "nuoc", "toan", "dia", "ban", "minh", "ta", "place"),
        *("ocop", "thi", "co", "duoc", "la", "den", "tong", "gom", "dat", "hien", "nay", "nam", "tat", "cong"),
        *("nhan", "nhu", "ty", "ti", "le", "nong", "nghiep", "moi", "huyen", "xa", "da", "roi", "lam", "tham"),
        *("gia", "so", "luong"),
    ]
)
_BEHIND = re.compile(
    rf"(?P<between>.*?) {_HOW_MANY}(?: (?:{_STARRED}|san pham|cai|loai|cong nhan|roi|vay|the|nhi|ha|h))*$"
)
# Who says one of these asks for a rule, or about their own things.
_NOT_A_NUMBER = re.compile(
    r"\b(?:nop|gui|mau|cham(?! lai)|can|phai|toi da|toi thieu|bat buoc|quy dinh|duoc dang ky|dang ky duoc|ngay|diem|mua"
    r"|gia(?! dinh)|tien|dong|thuong|phi|lai suat|toi|nha minh|cua minh|minh co|minh lam|em co|nha em"
    r"|(?:moi|mot) (?:ho|nam|lan|co so|xa|chu the)|con han|het han|bao lau|lam the nao)\b"
)
_SAYS_THE_PROGRAMME = re.compile(
    r"\b(?:ocop|sao|ca tinh|toan tinh|tinh minh|tinh ta|dia ban|ca nuoc|toan quoc|viet nam)\b"
)
_TARGET = re.compile(r"\b(?:muc tieu|chi tieu|phan dau|ke hoach|du kien|dat ra|dinh huong)\b")
_MORE = re.compile(r"\b(?:them|san pham moi|hang moi)\b")
_STARS = re.compile(r"\b(3|4|5|ba|bon|nam)[ -]?sao\b")
_STAR_NAMES = {"ba": "3", "bon": "4", "nam": "5"}
_PARTS: tuple[tuple[str, str], ...] = (
    ("tổ hợp tác", r"to hop tac"),
    ("hợp tác xã", r"hop tac xa"),
    ("doanh nghiệp", r"doanh nghiep|cong ty"),
    ("hộ kinh doanh", r"ho kinh doanh|ho gia dinh|ho san xuat|ho lam|bao nhieu ho"),
    ("thực phẩm", r"thuc pham|do an"),
    ("đồ uống", r"do uong"),
    ("dược liệu", r"duoc lieu|thao duoc"),
    ("thủ công", r"thu cong|my nghe|dan lat"),
    ("du lịch", r"du lich"),
    ("chấm lại", r"cham lai|danh gia lai|cong nhan lai"),
    ("lần đầu", r"lan dau"),
)
_PLACES: tuple[tuple[str, str], ...] = (
    ("bac-kan", r"bac kan|bac can|backan|bk"),
    ("cao-bang", r"cao bang|caobang|cb"),
    ("thai-nguyen", r"thai nguyen|thainguyen|tn"),
    ("ca-nuoc", r"ca nuoc|toan quoc|viet nam|vn"),
    ("cho-don", r"cho don"),
    ("cho-moi", r"cho moi"),
)
_SHORT = {
    re.compile(r"\bcb\b", re.IGNORECASE): "Cao Bằng",
    re.compile(r"\b(?:bk|b[aă][cć] c[aạ]n|bắc cạn|backan)\b", re.IGNORECASE): "Bắc Kạn",
}
# What is left of a question that goes on from the one before.
_GOES_ON = frozenset(
    [
        *("the", "con", "thi", "sao", "o", "a", "vay", "va", "hoi", "luc", "do", "khi", "ay", "nao", "nhu"),
        *("gi", "nam", "nhi", "nua", "roi", "voi", "hay", "ha", "thang", "ngay", "tinh", "bao", "nhieu", "may"),
        *("co", "san", "pham", "muc", "tieu", "ke", "hoach", "rieng", "cua", "trong", "tren", "bn", "sp", "la"),
        *("den"),
    ]
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question for a number. What it leaves open is "", None or ()."""

    counts: str  # "" where only the question before says what
    part: str  # "4 sao", "hợp tác xã"
    places: tuple[str, ...]
    within: str  # a district or commune of which no numbers are told: "Ba Bể"
    period: Period | None
    is_now: bool  # it says "bây giờ", or names a year that is not over
    is_target: bool

    def at(self, place: str) -> "Asked":
        """The same, asked of a place."""
        return replace(self, places=(place,))

    def after(self, before: "Asked") -> "Asked":
        """This question, going on from the one before."""
        return Asked(
            self.counts or before.counts,
            self.part or ("" if self.counts else before.part),  # parts of one thing are not those of another
            self.places or before.places,
            self.within,
            self.period or (None if self.is_now else before.period),
            self.is_now,
            self.is_target or (before.is_target and not self.period and not self.places),
        )


def read(text: str, today: date) -> Asked | None:
    """What number a text asks for; None where it asks for none."""
    if len(text) > LONGEST:
        return None
    words = " ".join(words_of(_in_full(text)))
    asked = _asked(text, words, today)
    bare_words = " ".join(_STARS.sub(f" {_STARRED} ", without_period(words, today)).split())
    if _NOT_A_NUMBER.search(bare_words):
        return None
    is_of_the_programme = asked.places or asked.within or _SAYS_THE_PROGRAMME.search(words)
    counts = _counts(bare_words, asked) if is_of_the_programme else ""
    if counts == COOPERATIVES:
        asked = replace(asked, part="")  # all of them
    return replace(asked, counts=counts) if counts else None


def read_on(text: str, today: date) -> Asked | None:
    """What a text changes of the question before it: "thế còn Cao Bằng?"; None for anything else."""
    if len(text) > 100:
        return None
    words = " ".join(words_of(_in_full(text)))
    asked = _asked(text, words, today)
    if not (asked.part or asked.places or asked.period or asked.is_now or asked.is_target):
        return None
    left = fold(_STARS.sub(" ", without_period(text, today)))
    for _, names in (*_PLACES, *_PARTS):
        left = re.sub(rf"\b(?:{names})\b", " ", left)
    left = re.sub(r"\b20\d\d\b|\bhtx\b", " ", left)
    return asked if set(left.split()) <= _GOES_ON else None


def _in_full(text: str) -> str:
    """The text with the short names of places written out, which mean other things elsewhere."""
    for short, name in _SHORT.items():
        text = short.sub(name, text)
    return text


def _asked(text: str, words: str, today: date) -> Asked:
    plain = fold(text)
    star = _STARS.search(words) or _STARS.search(plain)
    part = next((name for name, said in _PARTS if re.search(rf"\b(?:{said})\b", words)), "")
    if star:
        part = f"{_STAR_NAMES.get(star[1], star[1])} sao"
    places = tuple(id for id, names in _PLACES if re.search(rf"\b(?:{names})\b", plain))
    if "tn" in plain.split() and places and "thai-nguyen" in places and not re.search(r"\b(?:o|tinh) tn\b", plain):
        places = tuple(one for one in places if one != "thai-nguyen")  # "thế nào" in short
    period = period_in(text, today)
    years = [int(year) for year in re.findall(r"\b20\d\d\b", plain)]
    is_now = period is None and (names_today(text) or any(year >= today.year for year in years))
    return Asked("", part, places, "" if places else _within(plain), period, is_now, bool(_TARGET.search(words)))


def _counts(words: str, asked: Asked) -> str:
    """What is counted; the longest name of it counts most."""
    named = next((id for name, id in _names() if _is_counted(name, words)), "")
    if not named and asked.is_target and asked.period and "san pham" in words:
        named = PRODUCTS
    if named == COOPERATIVES and "ocop" in words:
        return PRODUCERS
    return "new-products" if named == PRODUCTS and _MORE.search(words) else named


def _is_counted(name: str, words: str) -> bool:
    """Whether "bao nhiêu" asks for what goes by this name, from before or from behind it."""
    for match in re.finditer(rf"\b{name}\b", words):
        behind = _BEHIND.fullmatch(words[match.end() :])
        if re.search(rf"\b{_HOW_MANY} {_FILLER}$", words[: match.start()]):
            return True
        if behind and set(behind["between"].split()) <= _BETWEEN | {_STARRED} | _place_words():
            return True
    return False


@cache
def _place_words() -> frozenset[str]:
    return frozenset(word for _, names in _PLACES for name in names.split("|") for word in name.split())


@cache
def _names() -> tuple[tuple[str, str], ...]:
    """What can be counted by its names, the longest first."""
    names = [(name, one.id) for one in counted() for name in one.asked] + [(_STARRED, PRODUCTS)]
    return tuple(sorted(names, key=lambda one: -len(one[0])))


def _within(plain: str) -> str:
    """The district or commune that these words name."""
    words = plain.split()
    names = (local_name_at(words, at) for at in range(len(words)))
    return next((_local_names()[name] for name in names if name in _local_names()), "")


@cache
def _local_names() -> Mapping[str, str]:
    """Districts and communes, but for those that have numbers of their own."""
    known = {name for _, said in _PLACES for name in said.split("|")}
    return {plain: one.name for plain, one in local_names().items() if plain not in known}


def province_of(within: str) -> str:
    """The place that numbers are told of in which a district or commune lies."""
    return _PROVINCES[local_names()[fold(within)].provinces_before[0]]


_PROVINCES = {"Bắc Kạn": "bac-kan", "Cao Bằng": "cao-bang", "Thái Nguyên": "thai-nguyen"}
