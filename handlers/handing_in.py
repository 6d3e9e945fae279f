"""By when a paper form should reach the commune: for the coming round, or counted from the end of a certificate."""

from datetime import date
from typing import NamedTuple

from handlers import certificates
from ocop.calendar import weekday_words
from ocop.renewal import certificate_end, window
from ocop.rounds import hand_in_by, next_round, rounds_of
from talk.lunar import lunar_words

SOURCE = "Điều 4, 5, 7 QĐ 26/2026/QĐ-TTg · kiểm tra 21/11/2026 · chưa được cán bộ tỉnh xác nhận"
COUNTED = "Ngày này trợ lý tính, hỏi lại xã cho chắc."
NO_DAY = "Nộp trong khoảng từ 180 đến 120 ngày trước khi giấy OCOP hết hạn. Ngày hết hạn in trên giấy."


class HandIn(NamedTuple):
    """By when, or what can still be done, in a sentence or two."""

    words: str
    is_in_time: bool


def when(case: str, issued: date | None, today: date) -> HandIn | None:
    """For another scoring it is counted from the certificate's end, else from the round; None: none is in reach.

    `issued`: the day of the certificate, where it is known.
    """
    if case == "again":
        if issued is None:
            return HandIn(NO_DAY, is_in_time=True)
        hand_in = window(certificate_end(issued))
        words = certificates.when_to_hand_in(hand_in, today)
        is_in_time = hand_in.state(today) in ("not_yet", "open")
        return HandIn(f"{words} {COUNTED}" if is_in_time else words, is_in_time)
    round = next_round((*rounds_of(today.year), *rounds_of(today.year + 1)), today)
    if round is None or (by := hand_in_by(round)) < today:
        return None
    return HandIn(
        f"Nên nộp xã chậm nhất {weekday_words(by)} ({lunar_words(by)}): xã cần 15 ngày làm việc để gửi tỉnh "
        f"trước {round.files_before.day}/{round.files_before.month}. {COUNTED}",
        is_in_time=True,
    )
