"""Someone with a cheap phone registers a product with the real program, from the first tap to the code."""

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import ExifTags, Image
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, expect

from tests.page.conftest import PHONE
from tests.page.person import bubbles, hears, photo, tap, type_in
from tests.page.real_house import RealHouse, real_house

pytestmark = [pytest.mark.browser, pytest.mark.process]

CODE = re.compile(r"[HKMRVX]{2}-[2-9]{3}-[2-9]{2}")
REST = (
    ("Nguyễn Thị Mẫu", "Câu 4/11"),
    ("giam doc", "Câu 5/11"),
    ("thôn Nà Mẫu, con minh", "Câu 6/11"),
    ("0900000000", "Câu 7/11"),
    ("chua co", "Câu 8/11"),
    ("Miến dong Bản Mẫu", "Câu 9/11"),
    ("cu dong", "Câu 10/11"),
    ("chua co", "Câu 11/11"),
    ("bo qua", "Xem lại"),
)
COMES_BACK = 20_000  # ms: a page asks again after 15 s at the latest


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealHouse]:
    with real_house(tmp_path_factory.mktemp("house")) as house:
        yield house


@pytest.fixture
def address(house: RealHouse) -> str:
    return house.url


def said(page: Page) -> list[str]:
    """The person's own words and taps, in order; a photo is ""."""
    own: list[str] = page.locator(".mine .bubble").evaluate_all("all => all.map(one => one.lastChild.textContent)")
    return own


def photo_with_its_place() -> FilePayload:
    """A photo small enough to be sent as the camera made it, with where and when it was taken."""
    plain = photo(1200, 900)
    image = Image.open(BytesIO(plain["buffer"]))
    exif = image.getexif()
    exif[ExifTags.Base.Model] = "Máy ảnh mẫu"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (22.0, 8.0, 49.0), 3: "E", 4: (105.0, 50.0, 5.0)})
    file = BytesIO()
    image.save(file, "JPEG", exif=exif)
    assert Image.open(file).getexif().get_ifd(ExifTags.IFD.GPSInfo)
    return {**plain, "buffer": file.getvalue()}


def send_photo(page: Page) -> None:
    page.locator("#camera").set_input_files(photo_with_its_place())
    expect(page.locator("#pictured img")).to_be_visible()
    page.get_by_role("button", name="Gửi", exact=True).click()


def begin(page: Page) -> None:
    """Agree to what is asked first, and see the first question."""
    tap(page, "Soạn giấy đăng ký")
    hears(page, "Gọi bà con thế nào")
    tap(page, "Chị")
    hears(page, "xin phép chị")
    tap(page, "Đồng ý cho soạn giấy")
    hears(page, "Câu 1/11")


def answer_up_to_the_review(page: Page) -> None:
    """By typing alone; the first question is open."""
    for words, next_words in (
        ("1", "Câu 2/11"),
        ("HTX miến dong Bản Mẫu", "Câu 3/11"),
        *REST,
    ):
        type_in(page, words)
        hears(page, next_words)


def test_a_product_is_registered_through_a_reload_a_restart_and_a_kill(page: Page, house: RealHouse):
    begin(page)
    tap(page, "Xin chấm lần đầu")
    hears(page, "Câu 2/11")
    type_in(page, "Nhà Bản Mẫu")
    hears(page, "Câu 3/12")

    page.reload()
    hears(page, "Câu 3/12")
    tap(page, "Hợp tác xã")
    hears(page, "Câu 4/12")
    type_in(page, "Nguyễn Thị Mẫu")
    hears(page, "Câu 5/12")
    tap(page, "Giám đốc")
    hears(page, "Câu 6/12")

    house.stop()
    type_in(page, "thôn Nà Mẫu, con minh")
    expect(page.get_by_text("Mạng chập chờn")).to_be_visible()
    house.start()
    hears(page, "Câu 7/12", within=COMES_BACK)
    expect(page.get_by_text("Mạng chập chờn")).to_have_count(0)

    tap(page, "Quay lại")
    hears(page, "Đang ghi: «thôn Nà Mẫu, xã Côn Minh")
    tap(page, "Giữ nguyên")
    hears(page, "Câu 7/12")

    type_in(page, "0900000000")
    hears(page, "Câu 8/12")
    type_in(page, "chua co")
    house.kill()
    type_in(page, "Miến dong Bản Mẫu")
    house.start()
    hears(page, "Câu 10/12", within=COMES_BACK)

    tap(page, "Củ dong (bộ 7)")
    hears(page, "Câu 11/12")
    tap(page, "Chưa có")
    hears(page, "Câu 12/12")
    tap(page, "Ảnh sản phẩm")
    hears(page, "Đã chọn: Ảnh sản phẩm")
    tap(page, "Xong")
    hears(page, "Câu 13/13")
    send_photo(page)
    hears(page, "13. Ảnh: đã có ảnh")

    tap(page, "Sửa")
    hears(page, "Sửa câu nào?")
    tap(page, "Loại cơ sở: Hợp tác xã")
    hears(page, "Câu 3/13")
    tap(page, "Tổ hợp tác")
    hears(page, "Câu 3: Tổ hợp tác")
    type_in(page, "sửa 6")
    hears(page, "Câu 6/13")
    type_in(page, "tổ 5, na phac")
    hears(page, "Câu 6: tổ 5, xã Nà Phặc")
    tap(page, "Xong")
    hears(page, CODE)

    assert said(page) == [
        *("Soạn giấy đăng ký", "Chị", "Đồng ý cho soạn giấy"),
        *("Xin chấm lần đầu", "Nhà Bản Mẫu", "Hợp tác xã", "Nguyễn Thị Mẫu", "Giám đốc", "thôn Nà Mẫu, con minh"),
        *("Quay lại", "Giữ nguyên", "0900000000", "chua co", "Miến dong Bản Mẫu", "Củ dong (bộ 7)"),
        *("Chưa có", "Ảnh sản phẩm", "Xong", ""),
        *("Sửa", "Loại cơ sở: Hợp tác xã", "Tổ hợp tác", "sửa 6", "tổ 5, na phac", "Xong"),
    ]
    assert sum("Câu 9/12" in bubble for bubble in bubbles(page)) == 1
    (kept,) = house.files.glob("??/*")
    with Image.open(kept) as picture:
        assert not picture.getexif()
        assert "exif" not in picture.info
    assert any("nộp ủy ban xã Nà Phặc" in bubble for bubble in bubbles(page))


def test_two_tabs_of_one_person_stay_in_step(page: Page, phone: BrowserContext):
    other = phone.new_page()
    other.goto("/")
    hears(other, "Chào bà con")

    begin(other)
    hears(page, "Câu 1/11")
    type_in(page, "1")
    hears(other, "Câu 2/11")
    type_in(other, "HTX miến dong Bản Mẫu")
    hears(page, "Câu 3/11")

    expect(page.locator(".bubble")).to_have_count(11)
    assert bubbles(page) == bubbles(other)
    assert page.locator(".offer").all_inner_texts() == other.locator(".offer").all_inner_texts()


def test_the_keyboard_alone_is_enough(browser: Browser, house: RealHouse):
    context = browser.new_context(viewport={"width": 1100, "height": 760}, base_url=house.url)
    page = context.new_page()
    page.goto("/")
    hears(page, "Chào bà con")

    def reach(words: str) -> None:
        for _ in range(20):
            page.keyboard.press("Tab")
            if page.locator("button:focus").get_by_text(words, exact=True).count():
                return
        raise AssertionError(f"no way to «{words}» with Tab")

    def key_in(words: str, next_words: str) -> None:
        page.keyboard.type(words)
        page.keyboard.press("Enter")
        hears(page, next_words)

    for label, next_words in (
        ("Soạn giấy đăng ký", "Gọi bà con thế nào"),
        ("Chị", "xin phép chị"),
        ("Đồng ý cho soạn giấy", "Câu 1/11"),
        ("Xin chấm lần đầu", "Câu 2/11"),
    ):
        reach(label)
        page.keyboard.press("Enter")
        hears(page, next_words)
    key_in("HTX miến dong Bản Mẫu", "Câu 3/11")
    page.keyboard.press("Shift+Tab")  # into the talk, where its last choice is the nearest
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    hears(page, "Câu 2/11")
    key_in("1", "Câu 3/11")
    for words, next_words in REST:
        key_in(words, next_words)
    reach("Xong")
    page.keyboard.press("Space")
    expect(page.locator(".bubble").last).to_contain_text(CODE)
    context.close()


def test_in_the_dark_with_the_largest_letters_all_is_reached_by_scrolling_down(page: Page):
    page.emulate_media(color_scheme="dark")
    page.get_by_label("Mở bảng chọn").click()
    page.get_by_label("Chữ rất to").click()
    page.keyboard.press("Escape")
    begin(page)
    answer_up_to_the_review(page)

    done = page.locator(".offer").get_by_text("Xong", exact=True)
    expect(page.get_by_text("Xem lại. Chưa gõ «xong» thì chưa ai thấy")).to_be_in_viewport()
    expect(done).not_to_be_in_viewport()
    page.get_by_text("Xem tiếp").click()
    page.get_by_text("Xem tiếp").click()
    expect(done).to_be_in_viewport()
    expect(page.get_by_text("Xem tiếp")).to_be_hidden()
    assert page.locator("#log").evaluate("log => log.scrollWidth <= log.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_role_of_the_trial_has_a_talk_of_its_own_in_the_same_browser(page: Page):
    begin(page)

    page.get_by_label("Mở bảng chọn").click()
    page.get_by_role("link", name="Làm cán bộ").click()
    expect(page.get_by_text("Đang dùng thử, vai cán bộ")).to_be_visible()
    hears(page, "Chào bà con")
    type_in(page, "gap can bo")
    hears(page, "cán bộ")
    assert said(page) == ["gap can bo"]

    page.get_by_label("Mở bảng chọn").click()
    page.get_by_role("button", name="Thoát khỏi máy này").click()
    page.get_by_role("button", name="Thoát", exact=True).click()
    expect(page.locator(".bubble")).to_have_count(1)
    expect(page.get_by_text("Đang dùng thử, vai cán bộ")).to_be_visible()

    page.locator(".strip").get_by_text("Về sổ thật").click()
    hears(page, "Câu 1/11")
    assert said(page) == ["Soạn giấy đăng ký", "Chị", "Đồng ý cho soạn giấy"]
