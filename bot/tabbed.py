"""Files with tabs and a header line, as `ask --file` and `find --file` read them."""

import csv
from collections.abc import Iterable
from pathlib import Path


class CannotRead(Exception):
    """One sentence for the operator."""


def read_rows(path: Path, columns: Iterable[str]) -> Iterable[dict[str, str]]:
    """The rows by the names of their columns, of which there have to be these. Raises CannotRead."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError:
        raise CannotRead(f"Không mở được tệp {path}.") from None
    except UnicodeDecodeError:
        raise CannotRead(f"Tệp {path} phải viết bằng UTF-8.") from None
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE, restval="")
    if not set(columns) <= set(rows.fieldnames or ()):
        raise CannotRead(f"Dòng đầu của tệp {path} phải có các cột {', '.join(columns)}, cách nhau bằng dấu tab.")
    return rows
