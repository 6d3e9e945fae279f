"""The library as it lies in the database: officials' versions that are in use, on top of the shipped topics."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from ocop.calendar import date_words
from ocop.library import Library, Written, library_of
from ocop.places import provinces
from ocop.topics import Version
from storage import official_versions
from storage.official_versions import OfficialVersion
from storage.store import Db


def read(db: Db, timezone: ZoneInfo, day: date) -> Library:
    """The library as it stands on a day."""
    in_use = reversed(official_versions.in_use(db))
    written = (Written(one.topic, one.parent, as_told(one, timezone), one.wordings) for one in in_use)
    return library_of(written, day)


def as_told(one: OfficialVersion, timezone: ZoneInfo) -> Version:
    """A version as people are given it: with its last day, and with who confirmed it and when."""
    version = one.version
    end = f" Điều này áp dụng đến hết {date_words(version.valid_to)}." if version.valid_to else ""
    alone = " (một người duyệt)" if one.is_of_one else ""
    day = (one.approved_at or one.written_at).astimezone(timezone).date()
    return replace(
        version,
        answer=f"{version.answer.rstrip('.')}.{end}",
        checked=day,
        confirmed_by=f"cán bộ tỉnh {province_name(one.province)} xác nhận {date_words(day)}{alone}",
    )


def province_name(province: str) -> str:
    """The name of a province by its id."""
    return dict(provinces()).get(province, "")
