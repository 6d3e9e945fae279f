"""Mẫu số 01, the form that registers a product to be evaluated (Phụ lục III of QĐ 26/2026/QĐ-TTg).

The fields, their order and their names are those of Phụ lục III as we know them from a transcript; how the decision
prints them (lines, frames, the words of the commitment) follows the usual forms of Vietnamese offices. Hold it once
against the signed text.
"""

from dataclasses import dataclass
from datetime import date

from ocop.kinds import APPLICATION_CASES, CaseId
from ocop.papers.layout import (
    GAP_ABOVE,
    SMALL,
    WIDTH,
    Column,
    Columns,
    Content,
    Dots,
    Paper,
    Paragraph,
    QrCode,
    Rule,
    Together,
    Words,
    centered,
    line,
    tick,
)
from ocop.papers.letters import printable

TITLE = "Phiếu đăng ký tham gia đánh giá, phân hạng sản phẩm OCOP (Mẫu số 01)"
NOTE = "Bản soạn bằng Trợ lý OCOP, chưa nộp. Người đứng tên xem lại, ký rồi nộp ủy ban xã."
COMMITMENT = (
    "Đơn vị chúng tôi cam kết những thông tin trong phiếu này là đúng sự thật và chịu trách nhiệm trước pháp luật về "
    "những thông tin đã đăng ký."
)
GAP, SHORT_GAP = "…" * 6, "…" * 2
"""Dots within a line, to write over by hand."""


@dataclass(frozen=True, slots=True)
class Form01:
    """What Mẫu số 01 asks; whatever is left out is printed as a dotted line, so `Form01()` is the blank form."""

    province: str = ""  # "Thái Nguyên"
    year: int | None = None
    producer: str = ""
    representative: str = ""
    position: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    product: str = ""
    group: str = ""  # ngành, as in Phụ lục I: "Sản phẩm thực phẩm"
    subgroup: str = ""  # nhóm: "Thực phẩm chế biến"
    set_name: str = ""  # phân nhóm: "Chế biến từ rau, củ, quả, hạt"
    case: CaseId | None = None
    certificate: str = ""  # the number of the certificate in force, for "upgrade" and "again"
    certified_on: date | None = None
    report_on_paper: bool = False  # Mẫu 02, the original
    report_electronic: bool = False
    samples: int | None = None  # 0 prints that none are needed, as for tourism
    signed_at: str = ""  # "Côn Minh", before the day that is written by hand
    code: str = ""  # "HK-394-27"


def paper(form: Form01, find_again: str = "") -> Paper:
    """Lay the form out. `find_again` goes into the QR, an address or the code itself; without it there is no QR."""
    return Paper(
        TITLE,
        (
            _heading(form, find_again),
            _part("1. Đơn vị đăng ký:", before=6),
            _field("Tên đơn vị", form.producer),
            _field("Họ tên người đại diện pháp lý", form.representative),
            _field("Chức vụ", form.position),
            _field("Địa chỉ liên hệ", form.address),
            _field("Điện thoại", form.phone),
            _field("Email", form.email),
            line("2. Tên sản phẩm:", form.product, bold=True),
            _part("3. Nhóm sản phẩm đăng ký", " (theo Phụ lục I):"),
            _field("Ngành", form.group),
            _field("Nhóm", form.subgroup),
            _field("Phân nhóm", form.set_name),
            *_case(form),
            _part("5. Tài liệu kèm theo:"),
            _report(form),
            _samples(form),
            Together((Paragraph((Words(COMMITMENT),), first_line=INDENT, before=6), _signature(form))),
            Together((centered("PHẦN DÀNH CHO CƠ QUAN TIẾP NHẬN", bold=True, size=12, before=6), _OFFICES)),
        ),
        NOTE,
    )


INDENT = 10.0
SIDE = 27.0  # of the columns left and right of the heading
QR_SIDE = 25.0
SIGNATURE = 100.0
ROOM_FOR_THE_STAMP = 56.0  # points


def _part(label: str, rest: str = "", before: float = GAP_ABOVE) -> Paragraph:
    return Paragraph((Words(label, bold=True), *([Words(rest)] if rest else [])), before=before)


def _field(label: str, value: str) -> Paragraph:
    return line(f"- {label}:", value, first_line=INDENT)


def _heading(form: Form01, find_again: str) -> Columns:
    mark: tuple[Content, ...] = (QrCode(find_again, QR_SIDE),) if find_again else ()
    if form.code:
        mark += (centered(printable(form.code), size=SMALL),)
    province = printable(form.province) or GAP
    heading = (
        centered("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, size=13),
        centered("Độc lập - Tự do - Hạnh phúc", bold=True),
        Rule(60),
        centered("PHIẾU ĐĂNG KÝ", bold=True, before=10),
        centered("tham gia đánh giá, phân hạng sản phẩm OCOP", bold=True),
        centered(f"của tỉnh {province} năm {form.year or SHORT_GAP}", bold=True),
    )
    number = Paragraph((Words("Mẫu số 01", bold=True),), "right", 13)
    return Columns((Column(SIDE, mark), Column(WIDTH - 2 * SIDE, heading), Column(SIDE, (number,))))


def _case(form: Form01) -> tuple[Paragraph, ...]:
    ticks = "      ".join(tick(case.id == form.case, case.official) for case in APPLICATION_CASES)
    cases = Paragraph((Words("4. Lần đăng ký:  ", bold=True), Words(ticks)), before=GAP_ABOVE)
    if form.case == "first":
        return (cases,)
    number = printable(form.certificate) or GAP
    day = f"{form.certified_on:%d/%m/%Y}" if form.certified_on else f"{SHORT_GAP}/{SHORT_GAP}/{SHORT_GAP}"
    label = "Số giấy chứng nhận OCOP" if form.case else "Số giấy chứng nhận (nếu có)"
    words = f"- {label}: {number}, cấp ngày\N{NO-BREAK SPACE}{day}"
    return cases, Paragraph((Words(words),), first_line=INDENT, before=GAP_ABOVE)


def _report(form: Form01) -> Paragraph:
    copies = (tick(form.report_on_paper, "bản gốc"), tick(form.report_electronic, "bản điện tử"))
    return Paragraph((Words(f"- Báo cáo đánh giá:  {'      '.join(copies)}"),), first_line=INDENT, before=GAP_ABOVE)


def _samples(form: Form01) -> Paragraph:
    if form.samples == 0:
        return _field("Sản phẩm mẫu (số lượng)", "không (nhóm dịch vụ du lịch)")
    return _field("Sản phẩm mẫu (số lượng)", f"{form.samples:02}" if form.samples else "")


def _signature(form: Form01) -> Columns:
    place = printable(form.signed_at) or GAP
    name = printable(form.representative)
    signed = (
        centered(f"{place}, ngày {SHORT_GAP} tháng {SHORT_GAP} năm {SHORT_GAP}", italic=True),
        centered("ĐẠI DIỆN ĐƠN VỊ ĐĂNG KÝ", bold=True),
        centered("(Ký, ghi rõ họ tên, đóng dấu)", italic=True, size=13),
        centered(name, bold=True, before=ROOM_FOR_THE_STAMP)
        if name
        else Paragraph((Dots(),), before=ROOM_FOR_THE_STAMP),
    )
    return Columns((Column(WIDTH - SIGNATURE, ()), Column(SIGNATURE, signed)), before=6)


def _office(name: str) -> Column:
    return Column(
        WIDTH / 2,
        (
            centered(name, bold=True, size=12),
            Paragraph(
                (Words(f"Phiếu số: {SHORT_GAP}/PĐK-{SHORT_GAP}-{SHORT_GAP}-{SHORT_GAP}"),), size=12, before=GAP_ABOVE
            ),
            Paragraph((Words("(PĐK-mã tỉnh-mã xã-năm)", italic=True),), "right", SMALL),
            Paragraph((Words(f"Ngày nhận: {SHORT_GAP}/{SHORT_GAP}/{SHORT_GAP}"),), size=12, before=GAP_ABOVE),
            Paragraph((Words("Người tiếp nhận: "), Dots()), size=12, before=GAP_ABOVE),
        ),
    )


_OFFICES = Columns((_office("ỦY BAN NHÂN DÂN CẤP XÃ"), _office("CƠ QUAN CẤP TỈNH")), framed=True, before=3)
