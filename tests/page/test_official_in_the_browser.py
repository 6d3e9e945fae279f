"""A commune's official with a small phone records what the office did; the producer's page tells it by itself."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.page.desk_house import DeskHouse, asks_for_another_number, opens_the_dossier, records_receipt
from tests.page.person import fits, hears, type_in

pytestmark = [pytest.mark.browser, pytest.mark.process]


@pytest.fixture
def address(desk: DeskHouse) -> str:
    return desk.house.url


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
