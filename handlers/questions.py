"""Telling a question from an answer, so that a question in the middle of a form is not written into it."""

import re

from talk.vietnamese import fold

# Words that only a question has. "gì" alone is not one: it stands in product names ("bánh gì").
_ASKS = re.compile(
    r"\b(o dau|cho nao|khi nao|bao gio|bao nhieu|bao lau|lam sao|lm sao|the nao|nhu nao|ntn|tai sao|vi sao|la gi|la j"
    r"|nghia la|duoc khong|duoc ko|duoc k|dc khong|dc ko|dc k|phai khong|co phai|can gi|can giay gi|gom gi|may sao"
    r"|giay to gi|giay gi|nhung gi|den dau|ai cap|ai cham)\b"
)
NOT_KNOWN = "Trợ lý chưa trả lời được câu hỏi này. Hỏi người thì gõ «gặp cán bộ»."
LONGEST_ASIDE = 300  # whoever types more into a form is telling something


def asks(words: str) -> bool:
    """Whether these words clearly ask something."""
    return words.rstrip().endswith("?") or _ASKS.search(fold(words)) is not None
