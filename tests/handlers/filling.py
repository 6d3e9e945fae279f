"""What people type into the form, question by question, so that a story can begin at any of them."""

from collections.abc import Mapping

NOODLES: Mapping[str, str] = {
    "case": "Xin chấm lần đầu",
    "producer": "Hợp tác xã Tài Hoan",
    "representative": "Nguyễn Thị Mẫu",
    "position": "Giám đốc",
    "commune": "thôn Nà Mẫu, xã Côn Minh",
    "phone": "0912 345 678",
    "email": "chưa có",
    "product": "Miến dong Tài Hoan",
    "set": "Củ dong",
    "report": "Chưa có",
    "extras": "bỏ qua",
}
"""A first scoring, from its first question to its review."""


def answers(*, after: str = "", before: str = "review", **others: str) -> list[str]:
    """What is typed after one question and before another; `others`: what is said otherwise.

    The kind of producer is asked after a name that does not tell it: give `kind` then.
    """
    said: dict[str, str] = {}
    for question, words in NOODLES.items():
        said[question] = others.get(question, words)
        if question == "producer" and "kind" in others:
            said["kind"] = others["kind"]
    keys = list(said)
    first = keys.index(after) + 1 if after else 0
    last = keys.index(before) if before != "review" else len(keys)
    return [said[key] for key in keys[first:last]]
