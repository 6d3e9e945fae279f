"""The questions of Mẫu số 01 (Phụ lục III of QĐ 26/2026/QĐ-TTg): what for, who, what, and what lies beside it.

What is known when they begin is in handlers/known.py, what is done with the answers in handlers/confirm.py.
"""

from collections.abc import Generator
from datetime import date
from functools import partial
from typing import Any

from handlers import again, certificates, confirm, consent, known
from handlers.commune import mending
from handlers.form import Form, Room
from ocop import catalogue
from ocop.answers import address, is_printable, product_name, product_set, set_question
from ocop.catalogue import Product
from ocop.dossier import papers_for
from ocop.kinds import APPLICATION_CASES, NOT_YET, OFFERED_KINDS, kind_named
from ocop.places import lowered, place
from ocop.product_sets import product_set as known_set
from ocop.set_search import find_sets
from talk.answers import Found, Option, one_of, text
from talk.attachments import file, photo
from talk.choices import many_of
from talk.conversation import Conversation
from talk.days import day
from talk.emails import email
from talk.past_days import past_day
from talk.phones import phone
from talk.progress import Progress
from talk.script import Facts, Script, Step, Walk, ask

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
REPORT = (
    Option("done", "Có rồi", ("roi", "xong roi", "da co")),
    Option("doing", "Đang làm", ("dang lam do", "lam do")),
    Option("none", "Chưa có", ("chua", "chua lam")),
)
POSITIONS = ("Giám đốc", "Chủ tịch hội đồng quản trị", "Tổ trưởng", "Chủ hộ")
THE_PRODUCER, THE_PRODUCT, ENCLOSED = "Cơ sở", "Sản phẩm", "Kèm theo"
PHOTO = Option("photo", "Ảnh sản phẩm", ("anh", "hinh"))
PAPER, EXPIRES = "f_", "x_"  # a paper's photo, and the day it says that it ends
FIRST_CERTIFICATES = date(2018, 1, 1)

Part = Generator[Step, Any, Any]
"""Some of the questions of a script, and what is known once they are answered."""


def script(facts: Facts) -> Script:
    """The questions, in the order a person thinks of them; a product that has its stars comes before its producer."""
    case = yield ask("case", "Đăng ký để làm gì?", one_of(CASES), title="Lần đăng ký")
    if case == "first":
        yield from _producer(facts, None)
        product = yield ask(
            "product",
            "Tên sản phẩm? Gõ đúng như trên nhãn.",
            text(as_printed=True, example="Miến dong Bản Mẫu"),
            title="Sản phẩm",
            also=("ten san pham", "ten sp", "ten hang", "ten"),
            part=THE_PRODUCT,
        )
        its_set = yield from _set(product)
    else:
        product = yield from _recognised(facts, case)
        its_set = yield from _set(product)
        yield from _producer(facts, catalogue.product(product))
    yield from _enclosed(facts, its_set)


def _producer(facts: Facts, listed: Product | None) -> Part:
    """Part 1 of the form. `listed`: the product of the catalogue this is said to be, with its maker."""
    producer = yield ask(
        "producer",
        "Cơ sở tên gì? Gõ đúng như trên giấy, có dấu.",
        text(as_printed=True, example="Hợp tác xã Bản Mẫu"),
        title="Cơ sở",
        also=("ten co so", "ten htx", "ten"),
        part=THE_PRODUCER,
        known=facts.producer or (listed.producer if listed else None) or None,
        said=lambda name: _about_the_maker(name, listed),
    )
    before = facts if producer == facts.producer else Facts({})
    if kind_named(producer) is None:
        yield ask(
            "kind",
            f"«{producer}» thuộc loại nào?",
            one_of(KINDS),
            title="Loại cơ sở",
            also=("loai hinh", "loai"),
            part=THE_PRODUCER,
            known=before.kind,
            why="OCOP nhận hợp tác xã, tổ hợp tác, công ty nhỏ và vừa, trang trại và hộ có đăng ký kinh doanh.",
        )
    yield ask(
        "representative",
        "Ai đứng tên trên giấy đăng ký (đại diện pháp luật)? Gõ đủ họ tên, có dấu.",
        text(at_most=60, as_printed=True, example="Nguyễn Thị Mẫu"),
        title="Người đứng tên",
        also=("ho ten", "ten nguoi dung ten", "dai dien", "nguoi dai dien"),
        part=THE_PRODUCER,
        known=before.representative,
        why="Họ tên in lên tờ đăng ký, người đó ký. Chỉ cán bộ xã và tỉnh xem được.",
    )
    yield ask(
        "position",
        "Người đó giữ chức vụ gì?",
        text(at_most=60, as_printed=True, example="Giám đốc", offered=POSITIONS),
        title="Chức vụ",
        also=("chuc danh", "vai tro"),
        part=THE_PRODUCER,
        known=before.position,
    )
    where = yield ask(
        "commune",
        "Địa chỉ cơ sở? Gõ cả thôn và xã, ví dụ: thôn Nà Mẫu, xã Côn Minh. Tên cũ hay mới đều được.",
        address(),
        title="Địa chỉ",
        also=("xa", "ten xa", "phuong", "ten phuong", "dia chi"),
        part=THE_PRODUCER,
        known=Found(**before.commune) if before.commune else None,
        why="Giấy nộp ở ủy ban xã, phường nơi có cơ sở. Địa chỉ in lên tờ đăng ký.",
    )
    if not is_printable(where.beside):
        yield ask(
            "village",
            _about_the_village(where),
            text(at_most=80, as_printed=True, example="thôn Nà Mẫu"),
            title="Thôn, đường",
            also=("thon", "to", "xom", "ban", "duong"),
            part=THE_PRODUCER,
            optional=True,
            none_yet="Ghi tay sau",
            known=where.beside or before.village,
        )
    yield ask(
        "phone",
        "Số điện thoại để xã liên hệ?",
        phone(),
        title="Điện thoại",
        also=("so dien thoai", "sdt", "so dt", "dt", "so"),
        part=THE_PRODUCER,
        known=before.phone,
        why="Xã gọi số này khi giấy còn thiếu. Ngoài ra không đưa ai.",
    )
    yield ask(
        "email",
        "Email của cơ sở, nếu có?",
        email(),
        title="Email",
        also=("mail", "thu dien tu"),
        part=THE_PRODUCER,
        optional=True,
        known=before.email,
        why="Tờ đăng ký có ô email. Không có thì để trống.",
    )


def _recognised(facts: Facts, case: str) -> Part:
    """A product that was recognised before, with its certificate; its name."""
    own = facts.recognised or ()
    product = yield ask(
        "product",
        "Sản phẩm nào? Gõ tên như trên giấy OCOP.",
        product_name([name for name, _ in own]),
        title="Sản phẩm",
        part=THE_PRODUCT,
        also=("ten san pham", "ten sp", "ten hang", "ten"),
    )
    if not facts.today:  # a talk of an earlier release, which nobody has taken up again yet
        return product
    yield ask(
        "certificate",
        "Số giấy chứng nhận OCOP? Số này in trên giấy.",
        text(at_most=60, at_least=1, example="12/2024/GCN"),
        title="Số giấy OCOP",
        also=("so giay", "so giay chung nhan", "giay ocop"),
        part=THE_PRODUCT,
        optional=True,
        none_yet="Giấy không ở đây",
    )
    today = date.fromisoformat(facts.today)
    listed = catalogue.product(product)
    issued = dict(own).get(product) or next((one.issued for one in reversed(_of(listed)) if one.issued), None)
    yield ask(
        "issued",
        f"{certificates.known_of(listed)}Giấy OCOP đang có cấp ngày nào?",
        past_day(today, within=today - FIRST_CERTIFICATES),
        title="Ngày cấp giấy",
        also=("ngay cap", "ngay giay"),
        part=THE_PRODUCT,
        optional=True,
        known=date.fromisoformat(issued) if isinstance(issued, str) else issued,
        none_yet="Không nhớ",
        why="Giấy dùng 36 tháng kể từ ngày cấp, từ đó tính ra lúc nào nộp được.",
        said=lambda day: certificates.told(case, day, today),
    )
    return product


def _set(product: str) -> Part:
    found: Found = yield ask(
        "set",
        _about_the_set(product),
        product_set(product),
        title="Loại sản phẩm",
        also=("loai hang", "loai", "bo", "nhom"),
        part=THE_PRODUCT,
        why="Có 26 loại sản phẩm, mỗi loại chấm theo một bảng riêng.",
        said=_about_the_ministry,
    )
    return found.key


def _enclosed(facts: Facts, its_set: str) -> Part:
    """What goes with the form, and beyond it whatever is at hand."""
    yield ask(
        "report",
        "Bản tự chấm (Mẫu 02) có chưa?",
        one_of(REPORT),
        title="Bản tự chấm (Mẫu 02)",
        also=("mau 02", "ban tu cham"),
        part=ENCLOSED,
        why="Bản tự chấm nộp cùng tờ đăng ký. Chưa có thì làm sau, trước khi nộp.",
    )
    papers = [paper for paper in papers_for(its_set) if paper.on_hand]
    chosen = yield ask(
        "extras",
        "Thêm ảnh, giấy tờ bây giờ không? Có gì ở đây thì chọn từng dòng, đủ rồi gõ «xong». Chưa thì gõ «bỏ qua».",
        many_of([PHOTO, *(Option(paper.id, paper.title) for paper in papers)]),
        title="Ảnh, giấy tờ",
        also=("giay to", "giay to kem theo", "kem theo"),
        part=ENCLOSED,
        optional=True,
        why="Ảnh và giấy tờ giúp cán bộ xem trước còn thiếu gì. Không có vẫn in tờ đăng ký được.",
    )
    if PHOTO.key in (chosen or ()):
        yield ask(
            "photo",
            "Gửi một tấm ảnh sản phẩm, chụp rõ nhãn.",
            photo(),
            title="Ảnh",
            also=("anh san pham", "hinh", "hinh anh", "tam anh"),
            part=ENCLOSED,
            optional=True,
            why="Ảnh giúp cán bộ nhận ra sản phẩm. Chưa có thì gửi sau.",
        )
    for paper in papers:
        if paper.id not in (chosen or ()):
            continue
        yield ask(
            f"{PAPER}{paper.id}",
            f"Gửi ảnh hoặc tệp «{paper.title}», đủ bốn góc.",
            file(),
            title=paper.title,
            part=ENCLOSED,
            optional=True,
        )
        if paper.may_expire and facts.today:
            today = date.fromisoformat(facts.today)
            yield ask(
                f"{EXPIRES}{paper.id}",
                f"«{paper.title}» hết hạn ngày nào?",
                day(today),
                title=f"Hạn, {lowered(paper.title)}",
                part=ENCLOSED,
                optional=True,
                none_yet="Giấy không ghi",
                said=partial(_about_the_end, today),
            )


def rooms(progress: Progress, way: Walk) -> list[Room]:
    """The photo and the papers there are none of yet, whether or not somebody meant to send them."""
    name = progress.answers.get("product")
    of = f" «{name.raw}»" if name and isinstance(name.raw, str) else ""
    extras = way.stop("extras")
    if extras is None or extras.kept is None:  # the papers follow from questions still to be asked
        its = progress.answers.get(PHOTO.key)
        return [] if its and its.state == "given" else [Room(f"{PHOTO.label}{of}", True, PHOTO.key, {})]
    chosen = extras.value or ()
    options = extras.step.answer.options()
    found = []
    for option in options:
        key = PHOTO.key if option.key == PHOTO.key else f"{PAPER}{option.key}"
        its = progress.answers.get(key)
        if option.key not in chosen or its is None or its.state != "given":
            with_it = [one.key for one in options if one.key in chosen or one.key == option.key]
            comma = "" if key == PHOTO.key else ","
            found.append(Room(f"{option.label}{comma if of else ''}{of}", key == PHOTO.key, key, {"extras": with_it}))
    return found


def _about_the_end(today: date, ends: date) -> str:
    return EXPIRED if ends < today else ""


EXPIRED = "Giấy này đã quá hạn, nên xin giấy mới trước khi nộp."


def _of(listed: Product | None) -> tuple[catalogue.Recognition, ...]:
    return listed.recognitions if listed else ()


def _about_the_maker(producer: str, listed: Product | None) -> str:
    if listed is None or listed.is_made_by(producer):
        return ""
    return (
        f"Trong danh mục, «{listed.name}» là của {listed.producer}. Vẫn soạn tiếp được; "
        "có phải cùng một sản phẩm không thì cán bộ xã xem."
    )


def _about_the_village(where: Found) -> str:
    if where.beside:
        return f"Trên giấy sẽ in là «{where.beside}». Gõ lại có dấu giúp, hoặc gõ 1 để giữ nguyên."
    commune = place(where.key)
    return f"Cơ sở ở thôn, tổ hay đường nào của {lowered(commune.name) if commune else 'xã'}?"


def _about_the_set(product: str) -> str:
    likely = find_sets(product)
    if not likely:
        return f"«{product}» làm từ gì, làm thế nào? Hỏi để chọn đúng bảng chấm điểm."
    if len(likely) == 1:
        return f"«{product}» thuộc loại dưới đây thì gõ 1. Chưa đúng thì gõ hàng làm từ gì."
    return f"{set_question(product)} Hỏi để chọn đúng bảng chấm điểm."


def _about_the_ministry(found: Found) -> str:
    its_set = known_set(found.key)
    return f"Ngành lo loại này: {', '.join(its_set.ministries)}." if its_set else ""


FORM = Form(
    Conversation(
        "register",
        "tờ đăng ký (Mẫu 01)",
        "Tờ đăng ký (Mẫu 01) có {total} câu, chừng 5 phút. Nghỉ giữa chừng được, trả lời tới đâu lưu tới đó. "
        "Nên có sẵn giấy đăng ký kinh doanh. Làm cho cơ sở khác thì gõ «làm giúp».",
        script,
    ),
    known.facts,
    confirm.finish,
    drop=confirm.drop,
    rooms=rooms,
    again=again.OFFERS,
    may_be_asked=True,
    lies_open=again.lies_open,
    done=again.done,
    said_of=mending.said_of,
    still_to_do=mending.still_to_do,
    purpose=consent.DRAFTING,
)
