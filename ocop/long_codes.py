"""Codes typed in chat: reference codes in a row. The more one gives away, and the longer it lives, the longer it is.

    HK-394-27                                 names a draft, and opens nothing by itself
    HK-394-27 KX-638-42                       joins a phone, within ten minutes
    HK-394-27 KX-638-42 RV-382-58             shows a producer what a helper filled in, within seven days
    HK-394-27 KX-638-42 RV-382-58 VX-936-48   makes an official, within seven days

How many groups there are says which kind it is. Each group carries its own check, so a slip shows in the group where it
was made, and each is read aloud as any other code.
"""

import re
import unicodedata
from collections.abc import Callable

from ocop.codes import WrongCode, read_code

REFERENCE, JOIN, HELP, INVITE = 1, 2, 3, 4
"""The kinds of codes, by how many groups they have. A group is worth 17 bits."""

LONGEST = 100  # with any blanks and strokes between the signs

_GROUP = r"[A-Z]{2}[0-9OILZSGBQ]{5}"
_ALL = re.compile(rf"(?:(?:MÃ|MA)(?:SỐ|SO)?(?={_GROUP}))?((?:{_GROUP})+)")
_SIZE = 7  # signs of a group
_BETWEEN = re.compile(r"[\s\-–—_.,:]+")


class WrongGroup(ValueError):
    """Nhóm HK-394-72 trong mã chưa khớp. Trong mã không có số 0, số 1, chữ O, chữ I; xem lại và gõ cả 4 nhóm giúp."""

    def __init__(self, group: str, groups: int) -> None:
        self.groups = groups
        super().__init__(
            f"Nhóm {group} trong mã chưa khớp. Trong mã không có số 0, số 1, chữ O, chữ I; "
            f"xem lại và gõ cả {groups} nhóm giúp."
        )


def new_long_code(draw: Callable[[], str], groups: int) -> str:
    """Make a code of so many groups, each a reference code that `draw` gives by chance."""
    return " ".join(draw() for _ in range(groups))


def read_long_code(text: str) -> str | None:
    """The code that a person typed and nothing else, written as we write it; None when it is nothing of the kind.

    A code of one group is one, too. Raise WrongCode for one, WrongGroup for more, when it is a code by its looks but a
    group does not fit.
    """
    if len(text) > LONGEST:
        return None
    found = _ALL.fullmatch(_BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper())
    if found is None:
        return None
    groups = [found[1][at : at + _SIZE] for at in range(0, len(found[1]), _SIZE)]
    if len(groups) == 1:
        return read_code(groups[0])
    return " ".join(_group(signs, len(groups)) for signs in groups)


def groups_of(code: str) -> int:
    """How many groups a code has, which says of what kind it is."""
    return len(code.split())


def _group(signs: str, groups: int) -> str:
    try:
        group = read_code(signs)
    except WrongCode as wrong:
        raise WrongGroup(wrong.code, groups) from None
    if group is None:  # more than one sign that stands in no code
        raise WrongGroup(f"{signs[:2]}-{signs[2:5]}-{signs[5:]}", groups)
    return group
