"""The names of places in a sentence: which province is meant, and what the words say besides."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ocop.places import all_places, bare
from talk.vietnamese import fold

BEFORE_A_PLACE = frozenset({"xa", "phuong", "huyen", "tran", "tinh", "o", "tai", "ve", "tren"})
"""What stands before a place in a sentence. Elsewhere its name may be other words: the commune Bản Thi is «bán thì»."""
A_PROVINCE = re.compile(r"\b(?:o |tren |tinh )*(cao bang|caobang|cb|thai nguyen|tn|bac kan|bac can|backan|bk)\b")
"""A province as people type it, without marks. Bắc Kạn is a part of Thái Nguyên since 1/7/2025."""


@dataclass(frozen=True, slots=True)
class LocalName:
    """What communes or districts are or were called."""

    name: str  # without their type: "Chợ Đồn"
    provinces: tuple[str, ...]  # the ids of those it lies in today, mostly one
    provinces_before: tuple[str, ...]  # the names of those it lay in before 1/7/2025


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
