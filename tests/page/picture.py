"""Draws the pictures of the docs anew from the page as it is: make pictures. ✅ needs a font that has it."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.page.conftest import CHROMIUM, FLAGS, a_phone, opened
from tests.page.desk_house import DeskHouse, asks_for_another_number, desk_house, opens_the_dossier, records_receipt
from tests.page.person import hears, type_in
from tests.page.real_house import ROOT

DOCS = ROOT / "docs"
COLOURS = 256
TALK = (
    ("1", "Gọi bà con thế nào"),
    ("chị", "xin phép chị"),
    ("1", "Câu 1/11"),
    ("1", "Câu 2/11"),
    ("HTX miến dong Bản Mẫu", "Câu 3/11"),
    ("Nguyễn Thị Mẫu", "Câu 4/11"),
    ("giam doc", "Câu 5/11"),
    ("thôn Nà Mẫu con minh", "Câu 6/11"),
    ("0900000000", "Câu 7/11"),
    ("chua co", "Câu 8/11"),
    ("Miến dong Bản Mẫu", "Câu 9/11"),
)


def draw(page: Page, name: str) -> None:
    """The end of the talk as the phone shows it, as a picture of the docs."""
    page.locator("#log").evaluate("log => log.scrollTo(0, log.scrollHeight)")
    page.locator("#newer").wait_for(state="hidden")
    page.locator("#text").blur()
    shown = Image.open(BytesIO(page.screenshot(animations="disabled")))
    shown.convert("RGB").quantize(COLOURS).save(DOCS / name, optimize=True)


def somebody_registers(page: Page) -> None:
    draw(page, "vi/menu.png")
    for words, next_words in TALK:
        type_in(page, words)
        hears(page, next_words)
    draw(page, "page.png")


def the_desk(desk: DeskHouse, official: Page, producer: Page) -> None:
    """A dossier is received, and something is asked for that its producer can mend with one tap."""
    desk.joins(producer)
    desk.comes_in(official)
    type_in(official, "/hoso")
    hears(official, "Mở hồ sơ nào?")
    draw(official, "vi/dossiers.png")
    opens_the_dossier(official)
    draw(official, "vi/dossier.png")
    records_receipt(official)
    draw(official, "vi/recorded.png")
    hears(producer, "đã nhận bản giấy")
    asks_for_another_number(official)
    hears(producer, "gọi số này chưa được")
    draw(producer, "vi/to-mend.png")


@contextmanager
def pages(desk: DeskHouse) -> Iterator[tuple[Page, Page, Page]]:
    """Three small phones."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with (
            a_phone(browser, desk.house.url, device_scale_factor=1) as one,
            a_phone(browser, desk.house.url, device_scale_factor=1) as two,
            a_phone(browser, desk.house.url, device_scale_factor=1) as three,
            opened(one) as first,
            opened(two) as second,
            opened(three) as third,
        ):
            yield first, second, third
        browser.close()


def main() -> None:
    with TemporaryDirectory() as folder, desk_house(Path(folder)) as desk, pages(desk) as (first, second, third):
        somebody_registers(first)
        the_desk(desk, second, third)


if __name__ == "__main__":
    main()
