"""The words at the end of a form: its code, and what is left for its producer to do, by when."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from handlers import handing_in
from handlers.visit import Visit
from ocop.answers import OFFICIAL_CHOOSES, is_printable
from ocop.codes import spoken
from ocop.dossier import samples_needed
from ocop.kinds import producer_kind
from ocop.places import lowered, place

What = Literal["first", "corrected", "same"]

HEADS: Mapping[What, str] = {"first": "Xong bản nháp", "corrected": "Đã ghi bản sửa", "same": "Bản nháp này đã xong"}
AFTER_RECEIPT = (
    "Bản giấy thì xã đã nhận trước đó; có phải nộp tờ mới không thì hỏi cán bộ xã. Xem xã ghi gì: gõ «giấy tờ của tôi»."
)
SOURCE = "Điều 2, 5, 6, 7 QĐ 26/2026/QĐ-TTg · kiểm tra 21/11/2026"


def told(visit: Visit, code: str, what: What, answers: Mapping[str, Any], kind: str, *, is_handed_in: bool) -> str:
    """What is said once a form is confirmed, for the first time, corrected, or the same once more."""
    head = f"{HEADS[what]}, mã {code}, đọc là {spoken(code)}. Cán bộ OCOP của xã và tỉnh xem được tờ này."
    if is_handed_in:
        return f"{head} {AFTER_RECEIPT}"
    return "\n".join([f"{head} Trợ lý không nộp thay được. Việc tiếp theo:", *_steps(visit, answers, kind)])


def left_blank(answers: Mapping[str, Any]) -> list[str]:
    """What has to be written on the printed form by hand, in the order of the form."""
    blanks = {
        "thôn": not is_printable(answers["commune"].beside) and not answers.get("village"),
        "nhóm sản phẩm": answers["set"].key == OFFICIAL_CHOOSES.key,
        "số giấy OCOP": answers["case"] != "first" and not answers.get("certificate"),
        "ngày cấp giấy OCOP": answers["case"] != "first" and not answers.get("issued"),
    }
    return [name for name, is_blank in blanks.items() if is_blank]


def _steps(visit: Visit, answers: Mapping[str, Any], kind: str) -> Iterator[str]:
    its_set = answers["set"].key
    count = samples_needed(its_set)
    by_hand = left_blank(answers)
    write = f" ghi tay {', '.join(by_hand)}," if by_hand else ""
    yield f"– in tờ đăng ký (Mẫu 01) gửi kèm dưới đây,{write} người đứng tên ký, đóng dấu nếu có"
    if not producer_kind(kind).may_apply:
        yield "– làm đăng ký kinh doanh trước, nơi làm giấy thì hỏi ủy ban xã"
    if producer_kind(kind).tourism_only and count:
        yield "– hỏi ủy ban xã trước: hội, hiệp hội chỉ đăng ký được sản phẩm du lịch"
    yield f"– {'kèm' if answers['report'] == 'done' else 'làm'} bản tự chấm (Mẫu 02) và giấy tờ kèm theo"
    commune = place(answers["commune"].key)
    where = lowered(commune.name) if commune else "xã"
    samples = f", kèm {count} sản phẩm để xã gửi chấm" if count else ""
    if its_set == OFFICIAL_CHOOSES.key:
        samples += " (du lịch thì không phải gửi)"
    yield f"– nộp ủy ban {where}: 1 bộ giấy, 1 bộ điện tử{samples}"
    if when := handing_in.when(answers["case"], answers.get("issued"), visit.today):
        yield f"⏰ {when.words}" if when.is_in_time else f"– {lowered(when.words)}"
    yield f"Nguồn: {SOURCE} · chưa được cán bộ tỉnh xác nhận"
    yield "Cần sửa thì gõ «giấy tờ của tôi». Hỏi cán bộ: gõ 9."
