"""Texts longer than one message may be."""


def split(text: str, limit: int) -> list[str]:
    """Cut a text into parts of at most `limit` UTF-16 code units: between paragraphs, else lines, else words."""
    parts = []
    while len(text) * 2 > limit and len(text.encode("utf-16-le", "surrogatepass")) > limit * 2:
        head = text.encode("utf-16-le", "surrogatepass")[: limit * 2].decode("utf-16-le", "ignore")
        cut = next((at for mark in ("\n\n", "\n", " ") if (at := head.rfind(mark)) > 0), len(head))
        parts.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [part for part in parts if part] + [text]
