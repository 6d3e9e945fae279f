"""Conversations made up for the tests: between them they use every kind of answer and every turn a script can take."""

from collections.abc import Sequence
from datetime import date

from talk.answers import Found, Lookup, Option, lookup, one_of, text
from talk.attachments import file, photo
from talk.choices import many_of, yes_no
from talk.conversation import Conversation
from talk.days import day
from talk.emails import email
from talk.money import money
from talk.numbers import number
from talk.phones import phone
from talk.quantities import quantity
from talk.script import Facts, Script, ask
from talk.units import AREA, WEIGHT
from talk.vietnamese import fold

TODAY = "2026-11-21"
FACTS = {"today": TODAY}

CASES = (
    Option("first", "Xin chấm lần đầu", ("lan dau",)),
    Option("upgrade", "Xin lên sao", ("len sao",)),
    Option("again", "Giấy sắp hết hạn, xin chấm lại", ("cham lai", "het han")),
)
KINDS = (
    Option("cooperative", "Hợp tác xã", ("htx",)),
    Option("household", "Hộ kinh doanh", ("ho",)),
    Option("company", "Công ty nhỏ và vừa", ("cty",)),
)
CROPS = (
    Option("arrowroot", "Củ dong"),
    Option("rice", "Gạo, ngô"),
    Option("tea", "Chè"),
    Option("honey", "Mật ong"),
)
COMMUNES = (
    Found("con-minh", "xã Côn Minh", echo="Xã Côn Minh, tỉnh Thái Nguyên (trước là huyện Na Rì)"),
    Found("thuc-phan", "phường Thục Phán", label="Thành phố Cao Bằng, nay là phường Thục Phán"),
    Found("hung-dao", "xã Hưng Đạo", label="Huyện Bảo Lạc, nay là xã Hưng Đạo"),
)
_OLD_NAMES = {"con minh": ("con-minh",), "hung dao": ("thuc-phan", "hung-dao"), "thuc phan": ("thuc-phan",)}


def find_commune(words: str) -> Sequence[Found]:
    keys = next((keys for name, keys in _OLD_NAMES.items() if name in fold(words)), ())
    return [commune for commune in COMMUNES if commune.key in keys]


def commune() -> Lookup:
    return lookup(
        find_commune,
        lambda key: any(found.key == key for found in COMMUNES),
        which=lambda words: f"Có 2 nơi trước đây tên {words}. Bà con ở đâu?",
        nothing="Trợ lý chưa thấy xã nào tên như vậy.",
        example=COMMUNES[0],
    )


def registration(facts: Facts) -> Script:
    yield ask("case", "Đăng ký để làm gì?", one_of(CASES), title="Lần đăng ký")
    producer = yield ask(
        "producer",
        "Cơ sở tên gì? Gõ đúng như trên giấy, có dấu.",
        text(as_printed=True, example="Hợp tác xã Bản Mẫu"),
        title="Cơ sở",
        part="Cơ sở",
        known=facts.producer,
        why="Tên này in lên tờ đăng ký.",
        also=("ten co so", "ten"),
    )
    kind = yield ask("kind", f"«{producer}» thuộc loại nào?", one_of(KINDS), title="Loại cơ sở", part="Cơ sở")
    if kind == "household":
        yield ask("licence", "Số giấy đăng ký kinh doanh?", text(example="19A8-000000"), title="Số giấy", part="Cơ sở")
    also = ("ten xa", "xa", "phuong", "ten")
    yield ask("commune", "Cơ sở ở xã, phường nào?", commune(), title="Xã, phường", part="Cơ sở", also=also)
    people = number(1, 500, unit="người", whole=True)
    yield ask("people", "Có bao nhiêu người làm?", people, title="Số người", part="Cơ sở")
    yield ask(
        "phone",
        "Số điện thoại để xã liên hệ?",
        phone(),
        title="Điện thoại",
        part="Cơ sở",
        known=facts.phone,
        also=("sdt", "so dien thoai"),
    )
    yield ask("email", "Email của cơ sở, nếu có?", email(), title="Email", optional=True)
    crops = many_of(CROPS)
    yield ask("crops", "Hàng làm từ những gì?", crops, title="Nguyên liệu", part="Sản phẩm")
    since = day(date.fromisoformat(facts.today), past=True)
    yield ask("since", "Bắt đầu bán từ ngày nào?", since, title="Bán từ", part="Sản phẩm")
    yield ask("food", "Hàng này có ăn được không?", yes_no(), title="Ăn được", part="Sản phẩm")
    yield ask("photo", "📷 Gửi một tấm ảnh sản phẩm.", photo(), title="Ảnh", part="Sản phẩm", optional=True)


REGISTRATION = Conversation(
    "registration", "tờ đăng ký (Mẫu 01)", "Tờ đăng ký có {total} câu. Trả lời tới đâu lưu tới đó.", registration
)
# What people type to come from the first question of REGISTRATION to the review; the last is sent, not typed.
TYPED = (
    "lần đầu",
    "Hợp tác xã Bản Mẫu",
    "htx",
    "Côn Minh",
    "12",
    "0900 000 000",
    "chưa có",
    "1, 3",
    "5/3/2024",
    "có",
)


def several_products(facts: Facts) -> Script:
    count = yield ask("count", "Có mấy sản phẩm?", number(1, 5, whole=True), title="Mấy sản phẩm")
    for n in range(1, int(count) + 1):
        name = yield ask(f"name_{n}", f"Sản phẩm thứ {n} tên gì?", text(example="Miến dong"), title=f"Tên {n}")
        yield ask(f"area_{n}", f"Trồng bao nhiêu cho «{name}»?", number(0, 9_999, unit="ha"), title=f"Diện tích {n}")
    while count < 8 and (
        yield ask(f"more_{count}", "Còn sản phẩm nào nữa?", yes_no("Còn", "Hết rồi"), title="Còn nữa")
    ):
        count += 1
        yield ask(f"name_{count}", "Tên gì?", text(example="Chè"), title=f"Tên {count}")


SEVERAL_PRODUCTS = Conversation("products", "danh sách sản phẩm", "", several_products)

_NAMES = ("rau", "thịt", "gạo", "mật", "chè", "rượu", "thuốc", "vải", "mây", "gỗ")
SETS = tuple(Option(f"s{n}", f"Bộ {n}: {name}") for n, name in enumerate(_NAMES, 1))


def long_lists(facts: Facts) -> Script:
    yield ask("set", "Thuộc bộ nào?", one_of(SETS), title="Bộ")
    yield ask("sets", "Còn bán hàng bộ nào?", many_of(SETS), title="Các bộ", optional=True)
    yield ask("eight", "Tám thì sao?", one_of(SETS[:8]), title="Tám", optional=True, known="s2")


LONG_LISTS = Conversation("lists", "tờ chọn bộ", "", long_lists)


def papers(facts: Facts) -> Script:
    yield ask("licence", "Gửi giấy đăng ký kinh doanh.", file(), title="Giấy đăng ký", part="Giấy tờ")
    yield ask("photo", "Gửi ảnh sản phẩm.", photo(), title="Ảnh", part="Giấy tờ")
    yield ask("story", "Kể về sản phẩm.", text(600, example="Miến làm từ củ dong"), title="Câu chuyện")
    yield ask("meeting", "Họp ngày nào?", day(date.fromisoformat(facts.today)), title="Ngày họp")


PAPERS = Conversation("papers", "giấy tờ kèm theo", "Có {total} câu.", papers)


def meeting(facts: Facts) -> Script:
    today = date.fromisoformat(facts.today)
    yield ask(
        "day",
        "Họp ngày nào?",
        day(today),
        title="Ngày họp",
        optional=True,
        none_yet="Chưa định ngày",
        said=lambda value: "Ngày này đã qua." if value < today else "",
    )
    yield ask("chair", "Ai chủ trì?", text(example="Chủ tịch", offered=("Giám đốc", "Tổ trưởng")), title="Chủ trì")


MEETING = Conversation("meeting", "tờ hẹn họp", "", meeting)


def harvest(facts: Facts) -> Script:
    yield ask("crop", "Mỗi vụ được bao nhiêu?", quantity(WEIGHT), title="Sản lượng")
    yield ask("land", "Trồng trên bao nhiêu đất?", quantity(AREA), title="Đất")
    yield ask("price", "Bán bao nhiêu một cân?", money(), title="Giá bán")
    yield ask("income", "Năm ngoái bán được bao nhiêu tiền?", money(), title="Tiền bán")
    yield ask("sold", "Đã bán được bao nhiêu cân?", number(0, 100_000, unit="kg"), title="Đã bán")
    yield ask("fair", "Hội chợ ngày nào?", day(date.fromisoformat(facts.today)), title="Hội chợ")
    yield ask("again", "Năm tới có làm nữa không?", yes_no(), title="Làm nữa")


HARVEST = Conversation("harvest", "tờ mùa vụ", "", harvest)


def one_question(facts: Facts) -> Script:
    yield ask("which", "Mở tờ nào?", one_of(CASES), title="Tờ")


ONE_QUESTION = Conversation("one", "giấy tờ của tôi", "", one_question, review=False)

SAMPLES = (REGISTRATION, SEVERAL_PRODUCTS, LONG_LISTS, PAPERS, MEETING, HARVEST, ONE_QUESTION)
