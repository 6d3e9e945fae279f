"""Writes ocop/data/holidays.csv from the `holidays` package: run this file when the package has learned new days."""

import csv
import io
from datetime import date
from pathlib import Path

import holidays

TABLE = Path(__file__).parents[2] / "ocop" / "data" / "holidays.csv"
YEARS = range(2023, 2046)

LABOUR_CODE = "Điều 112 Bộ luật Lao động 2019"
YEARLY = f"{LABOUR_CODE}; Thủ tướng quyết định ngày cụ thể hằng năm"
MADE_UP_FOR = "Điều 111 khoản 3 Bộ luật Lao động 2019"
CULTURE_DAY = "Nghị quyết 80-NQ/TW; mới có từ 2026, hỏi lại cơ quan"
MOVED = "Thông báo hoán đổi ngày làm việc của năm đó"


def expected_table() -> str:
    """The whole table as it should stand in the file."""
    package = holidays.country_holidays("VN", years=YEARS, language="vi")
    rows = [(day, name, _source(day, name), "no") for day, name in package.items() if day.year in YEARS]
    rows += [(day, "Làm bù", MOVED, "yes") for day in package.weekend_workdays if day.year in YEARS]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("day", "name", "works", "yearly", "source"))
    for day, name, source, works in sorted(rows):
        writer.writerow((day.isoformat(), name, works, "yes" if source == YEARLY else "no", source))
    return out.getvalue()


def _source(day: date, name: str) -> str:
    if "thay cho" in name:
        return MOVED
    if "Văn hóa" in name:
        return CULTURE_DAY
    # The second day of Quốc khánh and the span of Tết are the Prime Minister's to fix; 2/9 itself is not.
    is_lunar_new_year = "Tết" in name and "Dương lịch" not in name
    if is_lunar_new_year or (name == "Quốc khánh" and (day.month, day.day) != (9, 2)):
        return YEARLY
    return MADE_UP_FOR if "nghỉ bù" in name else LABOUR_CODE


if __name__ == "__main__":
    TABLE.write_text(expected_table(), encoding="utf-8")
