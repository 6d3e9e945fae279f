"""The codes officials come in by: four reference codes in a row, since they give power and must not be guessed.

    HK-394-27 KX-638-42 RV-382-58 VX-936-48

Each group carries its own check, so a slip shows in the group where it was made, and is read aloud as any other code.
"""

import re
import unicodedata

from ocop.codes import CODES, WrongCode, new_code, read_code

GROUPS = 4
INVITES: int = CODES**GROUPS
"""How many there are, over 2^68; draw a number below it to make one."""

LONGEST = 100  # with any blanks and strokes between the signs

_GROUP = r"[A-Z]{2}[0-9OIZSGBQ]{5}"
_ALL = re.compile(_GROUP * GROUPS)
_BETWEEN = re.compile(r"[\s\-–—_.,]+")


class WrongInvite(ValueError):
    """Nhóm HK-394-72 trong mã chưa khớp. Trong mã không có số 0, số 1, chữ O, chữ I; xem lại và gõ cả 4 nhóm giúp."""

    def __init__(self, group: str) -> None:
        super().__init__(
            f"Nhóm {group} trong mã chưa khớp. Trong mã không có số 0, số 1, chữ O, chữ I; "
            "xem lại và gõ cả 4 nhóm giúp."
        )


def new_invite(number: int) -> str:
    """Make the code of a number from 0 to INVITES - 1; draw the number at random."""
    groups = []
    for _ in range(GROUPS):
        number, group = divmod(number, CODES)
        groups.append(new_code(group))
    return " ".join(groups)


def read_invite(text: str) -> str | None:
    """Find an invite code in what a person typed, written as we write it; None when it is nothing of the kind.

    Raise WrongInvite when it is one by its looks, but a group does not fit.
    """
    if len(text) > LONGEST:
        return None
    signs = _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper()
    if not _ALL.fullmatch(signs):
        return None
    size = len(signs) // GROUPS
    return " ".join(_group(signs[at : at + size]) for at in range(0, len(signs), size))


def _group(signs: str) -> str:
    try:
        group = read_code(signs)
    except WrongCode as wrong:
        raise WrongInvite(wrong.code) from None
    if group is None:  # more than one sign that stands in no code
        raise WrongInvite(f"{signs[:2]}-{signs[2:5]}-{signs[5:]}")
    return group
