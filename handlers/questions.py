"""Telling a question from an answer, so that a question in the middle of a form is not written into it."""

import re

from talk.vietnamese import fold

# Words that only a question has. "gì" alone is not one: it stands in product names ("bánh gì").
_ASKS = re.compile(
    r"\b(o dau|cho nao|khi nao|bao gio|bao nhieu|bao lau|lam sao|lm sao|the nao|nhu nao|ntn|tai sao|vi sao|la gi|la j"
    r"|nghia la|duoc khong|duoc ko|duoc k|dc khong|dc ko|dc k|phai khong|co phai|can gi|can giay gi|gom gi|may sao"
    r"|den dau|ai cap|ai cham)\b"
)
NOT_KNOWN = "Trợ lý chưa trả lời được câu hỏi này. Hỏi người thì gõ «gặp cán bộ»."


def reply_to(words: str) -> str | None:
    """What is said to these words when they clearly ask something; None when they do not."""
    if not words or len(words) > 300:
        return None
    if words.rstrip().endswith("?") or _ASKS.search(fold(words)):
        return NOT_KNOWN
    return None
