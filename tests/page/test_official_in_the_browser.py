"""A commune's official with a small phone records what the office did; the producer's page tells it by itself."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.page.conftest import PHONE, a_phone, opened
from tests.page.desk_house import DeskHouse, asks_for_another_number, desk_house, opens_the_dossier, records_receipt
from tests.page.person import hears, type_in

pytestmark = [pytest.mark.browser, pytest.mark.process]

THUMB = 44  # CSS pixels that are easy to hit


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskHouse]:
    with desk_house(tmp_path) as desk:
        yield desk


@pytest.fixture
def address(desk: DeskHouse) -> str:
    return desk.house.url


@pytest.fixture
def producer(browser: Browser, address: str) -> Iterator[Page]:
    """A second phone, at night, and whose owner needs very large letters."""
    with a_phone(browser, address, color_scheme="dark") as phone, opened(phone) as page:
        page.get_by_label("Mở bảng chọn").click()
        page.get_by_label("Chữ rất to").click()
        page.keyboard.press("Escape")
        yield page


def fits(page: Page) -> None:
    """Only the talk can be moved, and only up and down; what can be touched is big enough for a thumb."""
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert (
        page.evaluate("Math.max(document.body.scrollHeight, document.documentElement.scrollHeight)") <= PHONE["height"]
    )
    assert page.locator("#log").evaluate("log => log.scrollWidth <= log.clientWidth")
    for box in page.locator(".offer").evaluate_all("all => all.map(one => one.getBoundingClientRect().toJSON())"):
        assert box["height"] >= THUMB
        assert box["left"] >= 0
        assert box["right"] <= PHONE["width"]


def test_an_official_records_and_the_producer_hears_it_and_mends_what_is_asked_for(
    page: Page, producer: Page, desk: DeskHouse
):
    desk.joins(producer)
    desk.comes_in(page)

    opens_the_dossier(page)
    hears(page, "Hợp tác xã Bản Mẫu")
    fits(page)
    records_receipt(page)
    hears(producer, "Xã Côn Minh đã nhận bản giấy hồ sơ «Miến dong Bản Mẫu»")

    asks_for_another_number(page)
    hears(producer, "– điện thoại: gọi số này chưa được")
    fits(producer)
    producer.locator(".offer").get_by_text(re.compile(r"^Sửa câu \d+: Điện thoại$")).click()
    hears(producer, "Số điện thoại để xã liên hệ?")
    type_in(producer, "0987654321")
    hears(producer, "0987 654 321")
    type_in(producer, "xong")
    expect(producer.get_by_text("Đã ghi bản sửa")).to_be_visible()
    fits(producer)

    type_in(page, "/hoso")
    hears(page, "Mở hồ sơ nào?")
    page.locator(".offer").get_by_text("đã sửa").click()
    hears(page, "0987 654 321")
    fits(page)
