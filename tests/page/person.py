"""What a person does at the page, and what they see there."""

import re
from io import BytesIO

from PIL import Image, ImageDraw
from playwright.sync_api import FilePayload, Page, expect

THUMB = 44  # CSS pixels that are easy to hit


def type_in(page: Page, text: str) -> None:
    page.get_by_label("Gõ tin nhắn").fill(text)
    page.get_by_label("Gửi tin").click()


def tap(page: Page, label: str) -> None:
    page.locator(".offer").get_by_text(label, exact=True).click()


def hears(page: Page, words: str | re.Pattern[str], within: int = 5_000) -> None:
    """The newest thing said to the person has these words in it."""
    expect(page.locator(".row:not(.mine) .bubble").last).to_contain_text(words, timeout=within)


def fits(page: Page) -> None:
    """Only the talk can be moved, and only up and down; what can be touched is big enough for a thumb."""
    width, height = page.evaluate("[window.innerWidth, window.innerHeight]")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("Math.max(document.body.scrollHeight, document.documentElement.scrollHeight)") <= height
    assert page.locator("#log").evaluate("log => log.scrollWidth <= log.clientWidth")
    for box in page.locator(".offer").evaluate_all("all => all.map(one => one.getBoundingClientRect().toJSON())"):
        assert box["height"] >= THUMB
        assert box["left"] >= 0
        assert box["right"] <= width


def bubbles(page: Page) -> list[str]:
    """What stands in the talk, in order, without what only screen readers hear."""
    words: list[str] = page.locator(".bubble").evaluate_all(
        """all => all.map(one => [...one.childNodes]
            .filter(node => node.className !== 'spoken').map(node => node.textContent).join(''))"""
    )
    return words


def photo(width: int = 3000, height: int = 2200) -> FilePayload:
    image = Image.new("RGB", (width, height), "#cbb994")
    ImageDraw.Draw(image).rectangle((300, 250, width - 300, height - 250), fill="#fbfaf5")
    file = BytesIO()
    image.effect_spread(20).save(file, "JPEG", quality=95)
    return {"name": "giấy đăng ký.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def register_up_to_the_photo(page: Page) -> None:
    page.get_by_role("button", name="Soạn giấy đăng ký").click()
    expect(page.get_by_text("Câu 1/9")).to_be_visible()
    type_in(page, "HTX miến dong Bản Mẫu")
    page.get_by_role("button", name="Hợp tác xã").click()
    expect(page.get_by_text("Câu 3/9")).to_be_visible()
