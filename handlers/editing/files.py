"""Topics to and from files: what is in use goes out; what came back otherwise waits for an official to approve it."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from handlers.editing import telling, writing
from handlers.library import as_told
from handlers.visit import Moment
from ocop.library import BY_OFFICIALS, Written, library_of, official_version, shipped_digest
from ocop.places import provinces
from ocop.topic_files import write_topic
from ocop.topics import Version, topic, topic_ids
from storage import grants, official_versions
from storage.store import Db

REST_AT_MOST = 900  # characters of what is told besides the short answer


class NotTaken(Exception):
    """What is wrong with the files, a line each; nothing of them was taken."""


def all_files(db: Db, timezone: ZoneInfo, day: date) -> dict[str, str]:
    """Every topic as people are given it, by the name of its file."""
    written = []
    for one in reversed(official_versions.in_use(db)):
        told = as_told(one, timezone)
        version = replace(one.version, checked=told.checked, confirmed_by=told.confirmed_by)
        written.append(Written(one.topic, one.parent, version, one.wordings))
    library = library_of(written, day)
    ids = dict.fromkeys((*topic_ids(), *library.written))
    return {f"{id}.toml": write_topic(library.topic(id)) for id in ids}


def bring_in(moment: Moment, texts: Mapping[str, str]) -> int:
    """Keep the versions of these files that are neither shipped nor known, to be approved; how many that were.

    `texts`: what stands in each file, by its name. Raises NotTaken.
    """
    wrong: list[str] = []
    found: dict[str, int] = {}
    for name, text in texts.items():
        try:
            for province in _bring_in(moment, name.removesuffix(".toml"), text):
                found[province] = found.get(province, 0) + 1
        except ValueError as error:
            wrong.append(f"{name}: {error}")
    if wrong:
        raise NotTaken("\n".join(wrong))
    for province, count in found.items():
        for official in grants.officials(moment.db, "province", province, moment.now):
            words = f"Có {count} câu trả lời nhập từ tệp chờ anh/chị duyệt. Gõ «câu chưa trả lời» để xem."
            telling.tell(moment, official, words, f"import {moment.now.isoformat()} {official}")
    return sum(found.values())


def _bring_in(moment: Moment, id: str, text: str) -> list[str]:
    """The province of each version that was kept."""
    told = _read(text)
    is_shipped = id in topic_ids()
    shipped = {_essence(one) for one in topic(id).versions} if is_shipped else set()
    known = {_essence(one.version): one.topic for one in official_versions.not_ended(moment.db)}
    new: list[Version] = []
    at = id if is_shipped else ""
    for number, part in enumerate(_list_of(told, "version"), 1):
        where = f"bản thứ {number}"
        version = _version(part, where)
        if _essence(version) in shipped:
            continue
        if _essence(version) in known:
            at = at or known[_essence(version)]
        else:
            _check(version, where)
            new.append(version)
    asked, parent = _wordings(told), _words(told, "parent", "chủ đề")
    if parent and parent not in topic_ids():
        raise ValueError(f"parent là mã của một chủ đề có sẵn, chưa thấy «{parent}»")
    if new and not at and not asked:
        raise ValueError(f"câu mới cần ít nhất một cách hỏi trong wordings.{BY_OFFICIALS}")
    for version in new:
        of = "" if is_shipped else parent
        row = official_versions.write(moment.db, at, of, version, asked, shipped_digest(at), None, moment.now)
        at = at or f"{official_versions.OWN}{row}"
    return [version.place for version in new]


def _read(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise ValueError(f"chưa đọc được{f', xem dòng {line[1]}' if line else ''}") from None


def _list_of(told: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    found = told.get(key)
    if not isinstance(found, list) or not found or not all(isinstance(one, dict) for one in found):
        raise ValueError(f"thiếu phần [[{key}]]")
    return found


def _wordings(told: Mapping[str, Any]) -> list[str]:
    """How people ask for it, as officials heard it."""
    styles = told.get("wordings", {})
    asked = styles.get(BY_OFFICIALS, []) if isinstance(styles, dict) else None
    if not isinstance(asked, list) or not all(isinstance(one, str) for one in asked):
        raise ValueError(f"wordings.{BY_OFFICIALS} là danh sách các câu trong ngoặc kép")
    return asked


def _version(told: Mapping[str, Any], where: str) -> Version:
    """A version as its file tells it."""
    source = " ".join(filter(None, (_words(told, "article", where), _words(told, "document", where))))
    since, until = _day(told, "valid_from", where), _day(told, "valid_to", where)
    if since is None:
        raise ValueError(f"{where}: thiếu valid_from, ví dụ valid_from = 2026-11-20")
    steps = told.get("steps", [])
    if not isinstance(steps, list) or not all(isinstance(step, str) for step in steps):
        raise ValueError(f"{where}: steps là danh sách các câu trong ngoặc kép")
    rest = {key: _words(told, key, where) for key in ("more", "simpler", "english")}
    answer, place = _words(told, "answer", where), _words(told, "place", where)
    return official_version(place, answer, source, since, until, steps=steps, **rest)


def _check(version: Version, where: str) -> None:
    """Hold a new version to what one written in chat is held to."""
    if version.place not in dict(provinces()):
        names = " hoặc ".join(f'"{id}"' for id, _ in provinces())
        raise ValueError(f"{where}: place là {names}; câu chung cho cả nước thì sửa ở bản phát hành")
    if not writing.AT_LEAST <= len(version.answer) <= writing.AT_MOST:
        raise ValueError(f"{where}: answer dài từ {writing.AT_LEAST} đến {writing.AT_MOST} chữ cái")
    if not any(letter.isdigit() for letter in version.stands):
        raise ValueError(f"{where}: document cần số văn bản, hoặc ai nói, ngày nào")
    if version.valid_to and version.valid_to < version.valid_from:
        raise ValueError(f"{where}: valid_to phải từ valid_from trở đi")
    rest = (version.more, version.simpler, version.english, "".join(version.steps))
    if max(map(len, rest)) > REST_AT_MOST:
        raise ValueError(f"{where}: more, steps, simpler, english dài nhất {REST_AT_MOST} chữ cái")


def _words(told: Mapping[str, Any], key: str, where: str) -> str:
    words = told.get(key, "")
    if not isinstance(words, str):
        raise ValueError(f"{where}: {key} là chữ trong ngoặc kép")
    return words.strip()


def _day(told: Mapping[str, Any], key: str, where: str) -> date | None:
    value = told.get(key)
    if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
        raise ValueError(f"{where}: {key} là ngày, ví dụ {key} = 2026-11-20")
    return value


def _essence(one: Version) -> tuple[object, ...]:
    """What makes a version the same as another, wherever each is kept."""
    days = (one.valid_from, one.valid_to)
    return (one.place, one.answer, one.more, one.steps, one.simpler, one.english, one.stands, *days)
