"""Everything that is kept of a person, in a file that they can read and another program can, too."""

import json
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from storage import applications, consents, files, helps, matters, people, producers, progress, questions
from storage.progress import Saved
from storage.store import Db
from talk.message import Document
from talk.progress import Progress
from talk.script import walk

KIND, TYPE = "my-data.json", "application/json"


def document(person_id: int) -> Document:
    """The file, to be sent with a message. It is made when it is sent."""
    return Document(KIND, str(person_id), "Du lieu cua toi.json")


def prepare(db: Db, person_id: int) -> Callable[[], bytes]:
    """Read it all; what this gives writes the file."""
    return partial(_write, _everything(db, person_id))


def _write(kept: dict[str, Any]) -> bytes:
    return json.dumps(kept, ensure_ascii=False, indent=2).encode()


def _everything(db: Db, person_id: int) -> dict[str, Any]:
    return {
        "cuộc trò chuyện": [
            {
                "kênh": chat.channel,
                "mã": chat.address,
                "từ": _at(chat.created_at),
                "nối lúc": _at(chat.joined_at),
            }
            for chat in people.chats(db, person_id)
        ],
        "đồng ý": [
            {"việc": one.purpose, "bản": one.version, "lúc": _at(one.given_at), "rút lúc": _at(one.withdrawn_at)}
            for one in consents.of_person(db, person_id)
        ],
        "cách gọi": people.address_form(db, person_id),
        "cơ sở": [{"tên": one.name, "xã, phường": one.place_id} for one in producers.of_person(db, person_id)],
        "giấy đang soạn": [_draft(saved) for saved in progress.open_ones(db, person_id) if saved.subject],
        "bản đã xác nhận": [
            {"mã": one.code, "bản": one.number, "lúc": _at(one.confirmed_at), "câu trả lời": json.loads(one.body)}
            for one in applications.versions_of_person(db, person_id)
        ],
        "hỏi cán bộ": [
            [{"lúc": _at(word.at), "bên": word.office or "người hỏi", "lời": word.text} for word in said]
            for said in (matters.words(db, matter.id) for matter in matters.of_person(db, person_id))
        ],
        "làm giúp": [
            {"mã tờ": one.application_id, "tên gọi": one.name, "chủ cơ sở đồng ý lúc": _at(one.agreed_at)}
            for one in helps.of_helper(db, person_id)
        ],
        "câu trợ lý chưa trả lời được": [
            {"lúc": _at(one.asked_at), "câu": one.text} for one in questions.of_person(db, person_id)
        ],
        "ảnh, tệp": [
            {"tên": one.name, "loại": one.type, "số byte": one.size, "nhận lúc": _at(one.created_at)}
            for one in files.of_person(db, person_id)
        ],
    }


def _draft(saved: Saved) -> dict[str, Any]:
    """The answers under the names their questions have; those off the way now taken as they were typed."""
    from handlers.conversations import CONVERSATIONS  # every conversation leads to the files it sends, so to this one

    kept = Progress.loads(str(saved.id), saved.body)
    scripts = {form.conversation.name: form.conversation.script for form in CONVERSATIONS}
    script = scripts.get(saved.conversation)
    passed = walk(script, kept.facts, kept.answers).answered if script else ()
    named = {stop.step.title: stop.said() for stop in passed}
    off_the_way = kept.answers.keys() - {stop.step.key for stop in passed}
    return {"sửa lần cuối": _at(saved.updated_at), **named, **{key: kept.answers[key].typed for key in off_the_way}}


def _at(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="minutes") if moment else None
