"""The page for those who need big letters, use a keyboard or a screen reader, or sit in the sun or the dark."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from talk.message import Message
from tests.page.conftest import PHONE
from tests.page.person import register_up_to_the_photo, type_in
from tests.page.web_house import Served, choices

pytestmark = [pytest.mark.browser, pytest.mark.process]


@pytest.mark.parametrize("size", ["Chữ vừa", "Chữ to", "Chữ rất to"])
def test_nothing_runs_out_of_the_screen(page: Page, served: Served, size: str):
    page.get_by_label("Mở bảng chọn").click()
    page.get_by_label(size).click()
    for box in page.locator(".panel:visible, .panel:visible button").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().toJSON())"
    ):
        assert box["left"] >= 0
        assert box["right"] <= PHONE["width"]
    page.keyboard.press("Escape")
    type_in(page, "A" * 300)
    expect(page.get_by_text("Trợ lý nghe")).to_be_visible()
    served.say(Message("B" * 200, choices("kind", "C" * 60, "Trang trại hoặc hộ có đăng ký kinh doanh")))
    expect(page.locator(".offer").first).to_be_visible()

    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert page.locator("#log").evaluate("log => log.scrollWidth <= log.clientWidth")


def test_the_size_of_the_letters_is_remembered(page: Page):
    page.get_by_label("Mở bảng chọn").click()
    page.get_by_label("Chữ rất to").click()
    page.reload()
    page.get_by_text("Chào bà con").wait_for()

    assert page.evaluate("getComputedStyle(document.body).fontSize") == "24px"


class TestAtADesk:
    """With a keyboard and no mouse."""

    @pytest.fixture
    def desk(self, browser: Browser, served: Served):
        context = browser.new_context(viewport={"width": 1200, "height": 760}, base_url=served.url)
        page = context.new_page()
        page.goto("/")
        page.get_by_text("Chào bà con").wait_for()
        yield page
        context.close()

    def test_enter_sends_and_shift_enter_begins_a_new_line(self, desk: Page):
        desk.keyboard.type("một")
        desk.keyboard.press("Shift+Enter")
        desk.keyboard.type("hai")
        desk.keyboard.press("Enter")

        expect(desk.get_by_text(re.compile("Trợ lý nghe: «một\\s+hai»"))).to_be_visible()

    def test_an_enter_of_the_input_method_sends_nothing(self, desk: Page, served: Served):
        desk.keyboard.type("tieng vie")
        desk.get_by_label("Gõ tin nhắn").evaluate(
            "box => box.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}))"
        )
        assert desk.get_by_label("Gõ tin nhắn").input_value() == "tieng vie"

    def test_choices_are_reached_and_touched_by_keyboard_alone(self, desk: Page):
        order = []
        for _ in range(14):
            desk.keyboard.press("Tab")
            order.append(
                desk.evaluate(
                    "document.activeElement.getAttribute('aria-label') || document.activeElement.textContent.trim()"
                )
            )
        wanted = ["Gửi tin", "Mở bảng chọn", "Cuộc trò chuyện", "1 Hỏi về OCOP", "9 Gặp cán bộ", "Gõ tin nhắn"]
        places = [order.index(name) for name in wanted]
        assert places == sorted(places)

        desk.get_by_role("button", name="Soạn giấy đăng ký").focus()
        desk.keyboard.press("Enter")
        expect(desk.get_by_text("Câu 1/9")).to_be_visible()
        assert desk.evaluate("document.activeElement.id") == "log"

    def test_a_digit_typed_anywhere_goes_into_the_line(self, desk: Page):
        desk.locator("#log").focus()
        desk.keyboard.type("2")

        expect(desk.get_by_label("Gõ tin nhắn")).to_have_value("2")

    def test_a_screen_reader_finds_a_log_with_named_speakers(self, desk: Page):
        log = desk.get_by_role("log")
        expect(log).to_have_attribute("aria-live", "polite")
        expect(log).to_have_attribute("aria-busy", "false")
        expect(log.locator(".bubble").first).to_contain_text("Trợ lý: ")
        expect(desk.get_by_role("group", name="Lựa chọn")).to_be_visible()
        assert desk.locator("html").get_attribute("lang") == "vi"
        nameless = desk.locator("button, textarea, summary").evaluate_all(
            "all => all.filter(one => !(one.getAttribute('aria-label') || one.textContent.trim())).length"
        )
        assert nameless == 0


def luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(page: Page, served: Served, scheme: str):
    register_up_to_the_photo(page)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    pairs = page.locator(".bubble, .offer, .number, h1, .who p, .panel button, textarea, .send").evaluate_all(
        """all => all.map(one => {
            const ink = getComputedStyle(one).color
            const ground = element => getComputedStyle(element).backgroundColor
            let under = one
            while (ground(under) === 'rgba(0, 0, 0, 0)') under = under.parentElement
            return [one.className || one.tagName, ink, ground(under)]
        })"""
    )
    assert len(pairs) > 10
    for name, ink, ground in pairs:
        light, dark = sorted((luminance(ink), luminance(ground)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (name, ink, ground)


def test_without_scripts_the_page_says_what_to_do(page: Page):
    assert "Trình duyệt đang tắt JavaScript" in (page.locator("noscript").text_content() or "")
