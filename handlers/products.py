"""Tells what is known of a product somebody asks for by its name: its maker, its stars, and whether they still hold."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlsplit

from handlers import topics
from handlers.said import Said
from handlers.topics.context import is_follow_up
from handlers.visit import Visit
from ocop.asking import UNKNOWN, Understood
from ocop.calendar import date_words
from ocop.catalogue import CHECKED, Product
from ocop.finding import find_all, narrower
from ocop.renewal import MONTHS
from ocop.topics import DOUBT
from storage import recognitions
from storage.recognitions import Recognition
from talk.answers import shortened

TOPIC = "find-product"
SHOWN = 5
SOURCES = 2  # of a product that many pages tell of
SOURCE_LENGTH = 60
YEARS = MONTHS // 12
NOT_SEEN = (
    "trợ lý chưa thấy giấy công nhận.\n"
    "Số sao: chưa rõ. Chưa rõ không có nghĩa là hàng kém, danh sách trợ lý có còn thiếu."
)

# What would leave fewer of many.
NARROWER = {
    "kinds": "Bà con tìm loại gì, ví dụ trà, rượu, miến? Gõ lại kèm tên loại giúp.",
    "places": "Bà con tìm của nơi nào, ví dụ Ba Bể, Cao Bằng? Gõ lại kèm tên nơi giúp.",
    "stars": "Bà con tìm mấy sao, ví dụ 3 sao, 4 sao? Gõ lại kèm số sao giúp.",
    "": "Biết tên thì gõ tên giúp.",
}
BRIEFLY = {True: "còn dùng được", False: "tính ra nay đã quá", None: "có thể đã hết"}


def answer(visit: Visit, words: str) -> Said | None:
    """What is known of the products asked for; None where none is, or where something else is asked about them."""
    asks_nothing = topics.is_a_place(words) or is_follow_up(words, visit.today)
    found = () if asks_nothing or not _asks(visit.understood) else find_all(words)
    if not found:
        return None
    return Said(
        _one(visit, found[0]) if len(found) == 1 else _several(visit, found, words), (topics.SEND_IT,), {"topic": TOPIC}
    )


def _asks(understood: Understood) -> bool:
    """Whether a product may be asked for: nothing else is surely, and nothing that is not ours."""
    if understood.decision == "answer":
        return understood.topics[0] == TOPIC
    return TOPIC in understood.topics or understood.kind == UNKNOWN


def _one(visit: Visit, product: Product) -> str:
    known = recognitions.of_product(visit.db, product.name)
    stars = _stands(known[-1], visit.today) if known else NOT_SEEN
    before = ", ".join(f"{one.stars} sao năm {one.year}" for one in known[:-1] if one.year)
    stars += f" Trước đó: {before}." if before else ""
    return f"{product.words}: {stars}\n{_source(known, product)}"


def _several(visit: Visit, found: Sequence[Product], words: str) -> str:
    lines = [f"– {one.words}: {_briefly(recognitions.of_product(visit.db, one.name), visit.today)}" for one in found]
    more = [f"Còn {len(found) - SHOWN} hàng nữa. {NARROWER[narrower(words)]}"] if len(found) > SHOWN else []
    told = [f"Có {len(found)} hàng như vậy, gõ cả tên thì nói rõ hơn:", *lines[:SHOWN], *more, _source((), None)]
    return "\n".join(told)


def _briefly(known: Sequence[Recognition], today: date) -> str:
    if not known:
        return "chưa rõ sao"
    last = known[-1]
    given = f"{last.stars} sao{f' năm {last.year}' if last.year else ', không rõ năm'}"
    return f"{given}, {BRIEFLY[_holds(last, today)]}" if last.year else given


def _stands(last: Recognition, today: date) -> str:
    """The stars it was given, and whether a certificate given then can still hold (Điều 4: 36 months)."""
    by = f" theo Quyết định {last.decision}" if last.decision else ""
    given = f"được {last.stars} sao{by}"
    if last.ends and last.issued:
        given += f" ngày {date_words(last.issued)}. Giấy dùng 36 tháng, tính ra đến {date_words(last.ends)}"
    elif last.year:
        given += f" năm {last.year}. Giấy dùng 36 tháng, tính ra hết trong năm {last.year + YEARS}"
    else:
        return f"{given}, nguồn không ghi năm nào.\nSao hiện nay: chưa rõ, xem ngày in trên giấy."
    match _holds(last, today):
        case True:
            return f"{given}.\nSao hiện nay: còn dùng được, ngày đúng in trên giấy."
        case False:
            return f"{given}, nay đã quá. Có thể cơ sở đã chấm lại mà trợ lý chưa biết.\nSao hiện nay: chưa rõ."
    return f"{given}, có thể đã hết.\nSao hiện nay: chưa rõ, xem ngày in trên giấy."


def _holds(last: Recognition, today: date) -> bool | None:
    """Whether its 36 months still run; None in the year they end in, where no day is known."""
    if last.ends:
        return last.ends >= today
    ends = (last.year or 0) + YEARS
    return None if ends == today.year else ends > today.year


def _source(known: Sequence[Recognition], product: Product | None) -> str:
    told = known[-1].source.split("; ") if known else product.sources if product else ("báo và trang của tỉnh",)
    names = ", ".join(dict.fromkeys(_named(source) for source in told[:SOURCES]))
    return f"Nguồn: {names} · kiểm tra {date_words(CHECKED)}{DOUBT}"


def _named(source: str) -> str:
    return shortened(urlsplit(source).hostname or source, SOURCE_LENGTH)
