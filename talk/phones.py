"""Answers that are a phone number."""

import re
from typing import Any

from talk.answers import Answer, NoLongerFits, Reading, Several, Unclear
from talk.vietnamese import fold

_DIGITS_SAID = ("khong", "mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin")
_BETWEEN = re.compile(r"[;/\n]|\s[-–]\s|\b(?:hoặc|hoac|hay|và|va|với|voi)\b|, ", re.IGNORECASE)
_LETTER_O = re.compile(r"(?<![^\W\d_])o(?=[\do\s.]*\d)|(?<=\d)o", re.IGNORECASE)

# In 2018 mobile numbers of 11 digits became 10, in 2017 provinces got new codes; old cards still show them.
_NOW = {
    **{f"016{n}": f"03{n}" for n in range(2, 10)},
    **{"0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078"},
    **{"0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082"},
    **{"0186": "056", "0188": "058", "0199": "059", "0281": "0209"},
}
_OLD_LENGTH = 11
_LONGEST = 80  # characters in which a number may be looked for


class Phone(Answer[str]):
    """A Vietnamese phone number, kept as its national digits: `0900000000`."""

    wants = "phone"
    sample = "0900000000"

    def read_words(self, words: str) -> str:
        several = [_national(part) for part in _BETWEEN.split(words)]
        if 1 < len(several) <= 5 and all(map(_is_vietnamese, several)):
            raise Several("Lấy số nào ạ?", [Reading(number, self.say(number)) for number in dict.fromkeys(several)])
        digits = _national(words)
        if _is_vietnamese(digits) and _is_only_digits(words):
            return digits
        if guess := self._guess(words, digits):
            raise self.sure_of(words, guess)
        self._refuse(words, digits)
        return digits

    def _guess(self, words: str, digits: str) -> str:
        """The number most likely meant by one that is not quite right; empty when there is none."""
        if _is_vietnamese(digits) or len(words) > _LONGEST:
            return ""
        guesses = [_NOW.get(digits[:4], "") + digits[4:] if len(digits) == _OLD_LENGTH else ""]
        lacks_nought = len(digits) == 9 and not digits.startswith("0") and _is_only_digits(words)
        guesses.append(f"0{digits}" if lacks_nought else "")
        guesses.append(_national(_LETTER_O.sub("0", words)) if _LETTER_O.search(words) else "")
        said = fold(words).split()
        if len(said) >= 10 and all(word in _DIGITS_SAID for word in said):
            guesses.append("".join(str(_DIGITS_SAID.index(word)) for word in said))
        return next((guess for guess in guesses if _is_vietnamese(guess)), "")

    def _refuse(self, words: str, digits: str) -> None:
        """Raise Unclear unless these digits are a number somebody can have."""
        if not digits or not _is_only_digits(words):
            raise Unclear(f"Chưa thấy số điện thoại. {self.hint()}")
        if len(digits) < 9 or (len(digits) == 9 and not digits.startswith("0")):
            raise Unclear(f"Số {words[:20]} ngắn quá, số di động có 10 chữ số. {self.hint()}")
        wanted = 11 if digits.startswith("02") else 10
        if len(digits) < wanted:
            raise Unclear(f"Số {words[:20]} mới có {len(digits)} chữ số, số di động có 10. {self.hint()}")
        if len(digits) > wanted:
            raise Unclear(f"Số này có {len(digits)} chữ số, số di động chỉ có 10. {self.hint()}")
        if not _is_vietnamese(digits):
            raise Unclear(f"Đầu số {digits[:3]} chưa thấy nơi nào dùng. {self.hint()}")

    def hint(self) -> str:
        return "Xem và gõ lại giúp, ví dụ 0900 000 000."

    def say(self, value: str) -> str:
        return f"{value[:4]} {value[4:7]} {value[7:]}"

    def load(self, raw: Any) -> str:
        if not isinstance(raw, str) or not raw.isdecimal() or len(raw) not in (10, 11):
            raise NoLongerFits("Câu này nay cần số điện thoại.")
        return raw


def phone() -> Phone:
    """A phone number; a channel that can share the sender's own contact offers that too."""
    return Phone()


def _national(words: str) -> str:
    """The digits as they are dialled here: +84 becomes 0."""
    digits = re.sub(r"[^0-9]", "", words).removeprefix("00")
    if digits.startswith("84") and len(digits) > 10:
        digits = "0" + digits[2:].removeprefix("0")
    return digits


def _is_only_digits(words: str) -> bool:
    """Whether there is little beside the digits: «sđt: 0900 000 000 ạ» is still a number, a sentence is not."""
    return len(re.sub(r"[0-9\s.,/+()-]", "", words)) <= 12


def _is_vietnamese(digits: str) -> bool:
    import phonenumbers  # 60 ms: only talks that ask for a phone pay for it

    if len(digits) != (11 if digits.startswith("02") else 10) or not digits.startswith("0"):
        return False
    return phonenumbers.is_valid_number(phonenumbers.parse(digits, "VN"))
