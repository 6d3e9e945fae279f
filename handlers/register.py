"""Registering a product: the first cut of Mẫu số 01 (Phụ lục III of QĐ 26/2026/QĐ-TTg)."""

import json
from collections.abc import Mapping
from typing import Any

from handlers import consent, documents
from handlers.commune import mending
from handlers.form import Form, Next
from handlers.visit import Visit
from ocop import catalogue
from ocop.answers import OFFICIAL_CHOOSES, commune, product_set, set_question
from ocop.calendar import weekday_words
from ocop.codes import spoken
from ocop.dossier import samples_needed
from ocop.kinds import APPLICATION_CASES, NOT_YET, OFFERED_KINDS, producer_kind
from ocop.places import lowered, place
from ocop.rounds import hand_in_by, next_round, rounds_of
from ocop.set_search import find_sets
from storage import applications, dossiers, helps, producers
from storage.applications import Details, Summary
from talk.answers import Found, Option, one_of, text
from talk.attachments import photo
from talk.conversation import Conversation
from talk.lunar import lunar_words
from talk.message import Message
from talk.phones import phone
from talk.progress import Progress
from talk.script import Facts, Script, ask

CASES = tuple(
    Option(case.id, case.label, words)
    for case, words in zip(
        APPLICATION_CASES,
        (
            ("lan dau", "lan dau tien", "moi", "cham lan dau"),
            ("len sao", "nang hang", "nang sao"),
            ("cham lai", "danh gia lai", "het han"),
        ),
        strict=True,
    )
)
WHO_MAY = "Điều 2 QĐ 26/2026/QĐ-TTg · kiểm tra 21/11/2026"
KINDS = tuple(
    Option(kind.id, kind.label, words, echo="" if kind.may_apply else f"{kind.label}. {NOT_YET}\nNguồn: {WHO_MAY}")
    for kind, words in zip(
        OFFERED_KINDS,
        (
            ("htx", "hop tac"),
            ("tht", "to"),
            ("cong ty", "doanh nghiep", "dn", "cty"),
            ("trang trai",),
            ("ho", "ho kinh doanh", "ho gia dinh", "hkd"),
            ("hoi", "hiep hoi"),
            ("chua dang ky", "chua co giay", "ho chua dang ky"),
        ),
        strict=True,
    )
)
AFTER_RECEIPT = (
    "Bản giấy thì xã đã nhận trước đó; có phải nộp tờ mới không thì hỏi cán bộ xã. Xem xã ghi gì: gõ «giấy tờ của tôi»."
)
THE_PRODUCER, THE_PRODUCT = "Cơ sở", "Sản phẩm"


def script(facts: Facts) -> Script:
    """The questions, in the order a person thinks of them: what for, who, what."""
    yield ask("case", "Đăng ký để làm gì?", one_of(CASES), title="Lần đăng ký")
    producer = yield ask(
        "producer",
        "Cơ sở tên gì? Gõ đúng như trên giấy, có dấu.",
        text(as_printed=True, example="Hợp tác xã Bản Mẫu"),
        title="Cơ sở",
        part=THE_PRODUCER,
        known=facts.producer,
        also=("ten co so", "ten htx", "ten"),
    )
    is_known = producer == facts.producer
    yield ask(
        "kind",
        f"«{producer}» thuộc loại nào?",
        one_of(KINDS),
        title="Loại cơ sở",
        part=THE_PRODUCER,
        known=facts.kind if is_known else None,
        also=("loai hinh", "loai"),
        why="OCOP nhận hợp tác xã, tổ hợp tác, công ty nhỏ và vừa, trang trại và hộ có đăng ký kinh doanh.",
    )
    yield ask(
        "commune",
        "Cơ sở ở xã, phường nào? Gõ tên cũ hay tên mới đều được.",
        commune(),
        title="Xã, phường",
        part=THE_PRODUCER,
        known=Found(**facts.commune) if is_known and facts.commune else None,
        also=("xa", "ten xa", "phuong", "ten phuong", "dia chi"),
        why="Giấy nộp ở ủy ban xã, phường nơi có cơ sở.",
    )
    yield ask(
        "phone",
        "Số điện thoại để xã liên hệ?",
        phone(),
        title="Điện thoại",
        part=THE_PRODUCER,
        known=facts.phone if is_known else None,
        also=("so dien thoai", "sdt", "so dt", "dt", "so"),
        why="Xã gọi số này khi giấy còn thiếu. Ngoài ra không đưa ai.",
    )
    product = yield ask(
        "product",
        "Tên sản phẩm? Gõ đúng như trên nhãn.",
        text(as_printed=True, example="Miến dong Bản Mẫu"),
        title="Sản phẩm",
        part=THE_PRODUCT,
        also=("ten san pham", "ten sp", "ten hang", "ten"),
    )
    yield ask(
        "set",
        _about_the_set(product),
        product_set(product),
        title="Loại sản phẩm",
        part=THE_PRODUCT,
        also=("loai hang", "loai", "bo", "nhom"),
        why="Có 26 loại sản phẩm, mỗi loại chấm theo một bảng riêng.",
    )
    yield ask(
        "photo",
        "Gửi một tấm ảnh sản phẩm, chụp rõ nhãn.",
        photo(),
        title="Ảnh",
        part=THE_PRODUCT,
        optional=True,
        also=("anh san pham", "hinh", "hinh anh", "tam anh"),
        why="Ảnh giúp cán bộ nhận ra sản phẩm. Chưa có thì gửi sau.",
    )


def _about_the_set(product: str) -> str:
    likely = find_sets(product)
    if not likely:
        return f"«{product}» làm từ gì, làm thế nào? Hỏi để chọn đúng bảng chấm điểm."
    if len(likely) == 1:
        return f"«{product}» thuộc loại dưới đây thì gõ 1. Chưa đúng thì gõ hàng làm từ gì."
    return f"{set_question(product)} Hỏi để chọn đúng bảng chấm điểm."


def facts(visit: Visit) -> Mapping[str, Any]:
    """What the person confirmed last time, offered so that it need not be typed again."""
    for_others = {help.application_id for help in helps.of_helper(visit.db, visit.person.person_id)}
    for application in applications.of_person(visit.db, visit.person.person_id):
        if application.id in for_others:
            continue
        if body := applications.latest_version(visit.db, application.id):
            last = json.loads(body)
            return {key: last[key] for key in ("producer", "kind", "commune", "phone") if key in last}
    return {}


def finish(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    """Keep the confirmed version, and say what comes next. Nothing is filed: only the office can say that."""
    commune_id = answers["commune"].key
    application = applications.of_progress(visit.db, int(done.id))
    producer_id = _producer(visit, application, answers["producer"], answers["kind"], commune_id)
    details = Details(
        case=answers["case"],
        product=answers["product"],
        product_set=answers["set"].key,
        province=commune_id.partition("/")[0],
        commune=commune_id,
        producer_id=producer_id,
        claims=_claimed(answers),
    )
    if application:
        application_id, code = application.id, application.code or ""
    else:
        application_id, code = _begin(visit, details, int(done.id))
    body = json.dumps({key: kept.raw for key, kept in done.answers.items() if key in answers}, ensure_ascii=False)
    before = applications.latest_version(visit.db, application_id)
    if body != before:  # a second tap on «Xong» confirms nothing new
        asked = mending.waits_for(visit, done)
        applications.confirm(visit.db, application_id, details, body, visit.person.person_id, visit.now)
        if asked:
            mending.tell_office(visit, asked)
    head = "Xong bản nháp" if before is None else "Đã ghi bản sửa" if body != before else "Bản nháp này đã xong"
    head = f"{head}, mã {code}, đọc là {spoken(code)}. Cán bộ OCOP của xã và tỉnh xem được tờ này."
    words = (
        f"{head} {AFTER_RECEIPT}"
        if dossiers.is_handed_in(visit.db, application_id)
        else _what_next(visit, head, answers)
    )
    return Message(words, documents=documents.form01(application_id, code))


def drop(visit: Visit, progress_id: int) -> None:
    """Take the application back with all its versions: the person no longer wants it, and was told it is gone."""
    if application := applications.of_progress(visit.db, progress_id):
        applications.drop(visit.db, application.id, visit.now)
        producers.leave_unused(visit.db, visit.person.person_id)


def _begin(visit: Visit, details: Details, progress_id: int) -> tuple[int, str]:
    while True:
        code = visit.draw_code()
        person = visit.person.person_id
        if application_id := applications.begin(visit.db, person, code, details, visit.now, progress_id):
            return application_id, code


def _producer(visit: Visit, application: Summary | None, name: str, kind: str, commune_id: str) -> int:
    """The producer of that name, or the application's own with its name corrected, or a new one."""
    person = visit.person.person_id
    mine = {known.name: known.id for known in producers.of_person(visit.db, person)}
    producer_id = mine.get(name)
    if producer_id is None and application:
        of_each = [one.details.producer_id for one in applications.of_person(visit.db, person)]
        its_own = application.details.producer_id
        producer_id = its_own if its_own in mine.values() and of_each.count(its_own) == 1 else None
    if producer_id is None:
        return producers.add(visit.db, name, kind, commune_id, person, visit.now)
    producers.correct(visit.db, producer_id, name, kind, commune_id)
    return producer_id


def _claimed(answers: Mapping[str, Any]) -> str | None:
    """The product of the catalogue that this is said to be, where it has been recognised before."""
    listed = catalogue.product(answers["product"]) if answers["case"] != "first" else None
    return listed.name if listed else None


def _what_next(visit: Visit, head: str, answers: Mapping[str, Any]) -> str:
    commune_today = place(answers["commune"].key)
    where = lowered(commune_today.name) if commune_today else "xã"
    count = samples_needed(answers["set"].key)
    samples = f", kèm {count} sản phẩm để xã gửi chấm" if count else ""
    if answers["set"].key == OFFICIAL_CHOOSES.key:
        samples += " (du lịch thì không phải gửi)"
    lines = [
        f"{head} Trợ lý không nộp thay được. Việc tiếp theo:",
        "– in tờ đăng ký (Mẫu 01) gửi kèm dưới đây, người đứng tên ký, đóng dấu nếu có",
        "– làm bản tự chấm (Mẫu 02) và giấy tờ kèm theo",
        f"– nộp ủy ban {where}: 1 bộ giấy, 1 bộ điện tử{samples}",
    ]
    kind = producer_kind(answers["kind"])
    if not kind.may_apply:
        lines.insert(1, "– làm đăng ký kinh doanh trước, nơi làm giấy thì hỏi ủy ban xã")
    if kind.tourism_only and count:
        lines.insert(1, "– hỏi ủy ban xã trước: hội, hiệp hội chỉ đăng ký được sản phẩm du lịch")
    round = next_round((*rounds_of(visit.today.year), *rounds_of(visit.today.year + 1)), visit.today)
    if round and answers["case"] != "again" and (by := hand_in_by(round)) >= visit.today:
        lines.append(
            f"⏰ Nên nộp xã chậm nhất {weekday_words(by)} ({lunar_words(by)}): xã cần 15 ngày làm việc để gửi tỉnh "
            f"trước {round.files_before.day}/{round.files_before.month}. Ngày này trợ lý tính, hỏi lại xã cho chắc."
        )
    if answers["case"] == "again":
        lines.append("⏰ Nộp trong khoảng từ 180 đến 120 ngày trước khi giấy OCOP hết hạn. Ngày hết hạn in trên giấy.")
    lines.append(f"Nguồn: {SOURCE} · chưa được cán bộ tỉnh xác nhận")
    lines.append("Cần sửa thì gõ «giấy tờ của tôi». Hỏi cán bộ: gõ 9.")
    return "\n".join(lines)


SOURCE = "Điều 2, 5, 6, 7 QĐ 26/2026/QĐ-TTg · kiểm tra 21/11/2026"

FORM = Form(
    Conversation(
        "register",
        "tờ đăng ký (Mẫu 01)",
        "Tờ đăng ký (Mẫu 01), bản đầu, có {total} câu, chừng 5 phút. Nghỉ giữa chừng được, trả lời tới đâu lưu tới đó. "
        "Làm cho cơ sở khác thì gõ «làm giúp».",
        script,
    ),
    facts,
    finish,
    drop=drop,
    said_of=mending.said_of,
    still_to_do=mending.still_to_do,
    purpose=consent.DRAFTING,
)
