"""What a certificate's day means for who holds it: when it ends, and when to hand in for another scoring."""

from datetime import date
from urllib.parse import urlsplit

from ocop import catalogue
from ocop.calendar import date_words, weekday_words
from ocop.catalogue import Product
from ocop.renewal import SOURCE, Window, certificate_end, window
from talk.lunar import lunar_words

NOT_SURE = "thì trợ lý chưa biết chắc, cơ quan lo việc OCOP của tỉnh mới trả lời được"
UNCONFIRMED = "chưa được cán bộ tỉnh xác nhận"


def told(case: str, issued: date, today: date) -> str:
    """What follows from the day a certificate was issued, with its source."""
    end = certificate_end(issued)
    if case == "again" or today > end:
        words = f"{ends(issued, today)} {when_to_hand_in(window(end), today)}"
    else:
        words = f"{ends(issued, today)} Xin lên sao thì không phải chờ giấy hết hạn."
    checked = date_words(catalogue.CHECKED)
    return f"{words}\nNguồn: {SOURCE} · kiểm tra {checked} · {UNCONFIRMED}"


def when_to_hand_in(hand_in: Window, today: date) -> str:
    """By when, from when, or what can still be done; the words of the law promise nothing to who is late."""
    match hand_in.state(today):
        case "not_yet":
            opens, by = weekday_words(hand_in.opens), hand_in.hand_in_by()
            return (
                f"Chưa tới lúc nộp: xã nhận từ {opens} đến {weekday_words(by)} ({lunar_words(by)}). Soạn sẵn thì được."
            )
        case "open":
            by, last = hand_in.hand_in_by(), hand_in.last_day
            if by < today:
                return f"Ngày cuối nộp xã là {weekday_words(last)} ({lunar_words(last)}), xã nghỉ: hỏi cán bộ ngay."
            days = (by - today).days
            left = f"còn {days} ngày" if days else "là hôm nay"
            shut = f" Hạn là {weekday_words(last)}, hôm đó xã nghỉ." if by != last else ""
            return f"Nộp xã chậm nhất {weekday_words(by)} ({lunar_words(by)}), {left}.{shut}"
        case "closed":
            return (
                f"Ngày cuối nộp xin chấm lại đã qua, {weekday_words(hand_in.last_day)}. "
                f"Nộp muộn có được nhận không {NOT_SURE}. Vẫn soạn sẵn được; hỏi người thì gõ «gặp cán bộ»."
            )
        case "over":
            return f"Giấy quá hạn làm lại thế nào {NOT_SURE}. Vẫn soạn sẵn được; hỏi người thì gõ «gặp cán bộ»."


def known_of(product: Product | None) -> str:
    """What public sources say of a product's stars; "" where they say nothing."""
    if product is None or not product.recognitions:
        return ""
    last = product.recognitions[-1]
    since = f" năm {last.year}" if last.year else ""
    host = urlsplit(product.sources[0]).hostname or product.sources[0]
    checked = date_words(catalogue.CHECKED)
    return f"Trợ lý thấy: {last.stars} sao{since} ({host}, kiểm tra {checked}, {UNCONFIRMED}). "


def ends(issued: date, today: date) -> str:
    """Until when a certificate of that day holds, or held."""
    end = certificate_end(issued)
    until = "đã hết hạn" if today > end else "dùng đến"
    return f"Giấy {until} {weekday_words(end)} (36 tháng, trợ lý tính; đúng nhất là ngày in trên giấy)."
