"""Makes docs/page.png anew from the page as it is: python -m tests.page.picture."""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import expect, sync_playwright

from tests.page.conftest import CHROMIUM, FLAGS, PHONE
from tests.page.person import type_in
from tests.page.real_house import ROOT, real_house

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


def take() -> Image.Image:
    """The middle of a registration, on a small phone."""
    with TemporaryDirectory() as folder, real_house(Path(folder)) as house, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, locale="vi-VN")
        page = context.new_page()
        page.goto(house.url)
        for words, next_words in (("", "Chào bà con"), *TALK):
            type_in(page, words)
            expect(page.locator(".bubble").last).to_contain_text(next_words)
        page.locator("#text").blur()
        picture = page.screenshot(animations="disabled")
        browser.close()
    return Image.open(BytesIO(picture))


if __name__ == "__main__":
    take().convert("RGB").quantize(COLOURS).save(ROOT / "docs" / "page.png", optimize=True)
