"""`find`: the products a query asks for, or those of a file of queries, without a database or a network."""

from collections.abc import Iterator
from pathlib import Path

from bot.tabbed import read_rows
from ocop.calendar import date_words
from ocop.catalogue import CHECKED, Product
from ocop.finding import find

AT_MOST = 5
_ASKED = ("id", "query")
_FOUND = ("id", "product", *(f"product_{number}" for number in range(2, AT_MOST + 1)))


def answer(query: str) -> str:
    """What is known of the products a query asks for."""
    found = find(query, AT_MOST)
    if not found:
        return "Trợ lý chưa thấy hàng nào như vậy trong danh mục."
    source = f"Nguồn: báo và trang của tỉnh · kiểm tra {date_words(CHECKED)} · chưa được cán bộ tỉnh xác nhận"
    return "\n".join((*map(_told, found), source))


def answer_file(path: Path) -> Iterator[str]:
    """Lines with tabs: for each query of a file the names of the products, best first. Raises CannotRead."""
    rows = read_rows(path, _ASKED)
    yield "\t".join(_FOUND)
    for row in rows:
        names = [one.name for one in find(row["query"], AT_MOST)]
        yield "\t".join((row["id"], *names, *[""] * (AT_MOST - len(names))))


def _told(one: Product) -> str:
    given = [f"{each.stars} sao{f' năm {each.year}' if each.year else ''}" for each in one.recognitions]
    return f"– {one.words}: {', '.join(given) if given else 'chưa rõ sao'}"
