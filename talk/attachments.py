"""Answers that are a photo or a file. It has been fetched, checked and kept before it is read here."""

from typing import Any

from talk.answers import Answer, Unclear
from talk.message import Attachment, Update, Wants

PAPERS = frozenset(
    {
        "application/pdf",
        "application/msword",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
)


class Attached(Answer[Attachment]):
    """A photo, or where papers are welcome too, a PDF or Word file."""

    sample = Attachment(0, "image/jpeg", 0)

    def __init__(self, takes_papers: bool):
        self.takes_papers = takes_papers
        self.wants: Wants = "file" if takes_papers else "photo"

    def read_attachment(self, update: Update) -> Attachment:
        assert update.attachment
        if update.attachment.is_photo or (self.takes_papers and update.attachment.type in PAPERS):
            return update.attachment
        wanted = "Tệp loại này chưa dùng được." if self.takes_papers else "Câu này cần ảnh chụp."
        raise Unclear(f"{wanted} {self.hint()}")

    def read_words(self, words: str) -> Attachment:
        raise Unclear(f"Câu này cần ảnh, chưa cần gõ chữ. {self.hint()}")

    def hint(self) -> str:
        if self.takes_papers:
            return "Gửi ảnh chụp, tệp PDF hoặc Word giúp."
        return "Chụp một tấm rồi gửi lên đây giúp."

    def say(self, value: Attachment) -> str:
        return "đã có ảnh" if value.is_photo else f"đã có tệp {value.name}".strip()

    def echo(self, value: Attachment) -> str:
        return "Có ảnh rồi." if value.is_photo else "Có tệp rồi."

    def dump(self, value: Attachment) -> Any:
        return {"id": value.id, "type": value.type, "size": value.size, "name": value.name}

    def load(self, raw: Any) -> Attachment:
        return Attachment(**raw)


def photo() -> Attached:
    """A photo."""
    return Attached(takes_papers=False)


def file() -> Attached:
    """A photo, a PDF or a Word file."""
    return Attached(takes_papers=True)
