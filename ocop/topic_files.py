"""A topic as a file, as data/topics/ has them: for officials to edit at a desk, and for a release to take over."""

from typing import Any

import tomli_w

from ocop.topics import Topic, Version


def write_topic(topic: Topic) -> str:
    """The file that `read_topic` reads this topic from."""
    told: dict[str, Any] = {"title": topic.title, "question": topic.question, "related": list(topic.related)}
    if topic.parent:
        told["parent"] = topic.parent
    told["version"] = [_version(one) for one in topic.versions]
    told["wordings"] = {style: list(texts) for style, texts in topic.wordings.items()}
    return tomli_w.dumps(told, multiline_strings=True)


def _version(one: Version) -> dict[str, Any]:
    """What is said of a version; nothing where nothing is."""
    told = {
        "place": one.place,
        "valid_from": one.valid_from,
        "valid_to": one.valid_to,
        "answer": one.answer,
        "more": one.more,
        "steps": list(one.steps),
        "simpler": one.simpler,
        "english": one.english,
        "confirmed_by": one.confirmed_by,
    }
    always = {
        "document": one.document,
        "article": one.article,
        "link": one.link,
        "checked": one.checked,
        "confidence": one.confidence,
        "confirmed": one.confirmed,
    }
    return {key: value for key, value in told.items() if value} | always
