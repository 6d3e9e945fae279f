"""A person with a cheap phone at the page: what they see, and what survives bad signal, reloads and restarts."""

import os
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from talk.message import Message
from tests.page.conftest import PHONE
from tests.page.person import bubbles, photo, register_up_to_the_photo, type_in
from tests.page.web_house import Served

pytestmark = [pytest.mark.browser, pytest.mark.process]


def test_a_first_visit_is_welcomed_once_and_shows_choices_big_enough_for_a_thumb(page: Page, phone: BrowserContext):
    assert len(bubbles(page)) == 1
    for box in page.locator(".offer").evaluate_all("all => all.map(one => one.getBoundingClientRect().toJSON())"):
        assert box["height"] >= 48
        assert box["width"] > PHONE["width"] * 0.85

    second = phone.new_page()
    second.goto("/")
    expect(second.get_by_text("Chào bà con")).to_have_count(1)


def test_a_talk_with_taps_typing_and_a_photo_looks_the_same_after_a_reload(page: Page, served: Served):
    register_up_to_the_photo(page)
    page.locator("#camera").set_input_files(photo())
    expect(page.locator("#pictured img")).to_be_visible()
    page.get_by_role("button", name="Gửi", exact=True).click()
    expect(page.get_by_text("Câu 4/9")).to_be_visible()
    type_in(page, "thôn Nà Mẫu\nxã Côn Minh")
    expect(page.get_by_text("Trợ lý nghe")).to_be_visible()

    before = bubbles(page)
    assert before[1] == "Soạn giấy đăng ký"
    assert "thôn Nà Mẫu\nxã Côn Minh" in before
    page.reload()
    expect(page.get_by_text("Trợ lý nghe")).to_be_visible()
    assert bubbles(page) == before
    expect(page.locator(".mine img")).to_be_visible()

    width, height = Image.open(BytesIO(served.house.files[0])).size
    assert (width, height) == (2000, 1467)
    assert [update.text for update in served.house.arrived if update.text] == [
        "HTX miến dong Bản Mẫu",
        "thôn Nà Mẫu\nxã Côn Minh",
    ]


def test_touched_choices_go_away_and_only_the_newest_are_offered(page: Page):
    page.get_by_role("button", name="Hỏi về OCOP").click()
    expect(page.get_by_text("Mỗi xã một sản phẩm")).to_be_visible()
    expect(page.locator(".offer")).to_have_count(0)


def test_a_double_tap_says_it_once(page: Page, served: Served):
    page.get_by_role("button", name="Soạn giấy đăng ký").dblclick()
    expect(page.get_by_text("Câu 1/9")).to_be_visible()

    assert len([update for update in served.house.arrived if update.tap]) == 1


def test_words_typed_without_a_connection_are_kept_and_sent_in_order(page: Page, phone: BrowserContext, served: Served):
    phone.set_offline(True)
    type_in(page, "một")
    type_in(page, "hai")
    expect(page.get_by_text("Mạng chập chờn. Tin đã giữ, sẽ gửi lại.")).to_be_visible()

    phone.set_offline(False)
    expect(page.get_by_text("Trợ lý nghe: «hai»")).to_be_visible()
    expect(page.get_by_text("Mạng chập chờn")).to_have_count(0)
    assert [update.text for update in served.house.arrived if update.text] == ["một", "hai"]


def test_words_not_sent_before_a_reload_are_sent_after_it(page: Page, served: Served):
    page.route("**/chat/say", lambda route: route.abort())
    type_in(page, "một")
    expect(page.get_by_text("Mạng chập chờn")).to_be_visible()

    page.unroute("**/chat/say")
    page.reload()
    expect(page.get_by_text("Trợ lý nghe: «một»")).to_be_visible()
    assert [update.text for update in served.house.arrived if update.text] == ["một"]


def test_the_server_restarts_in_the_middle_and_the_talk_goes_on(page: Page, served: Served):
    register_up_to_the_photo(page)
    served.stop()
    type_in(page, "còn đây không")
    expect(page.get_by_text("Mạng chập chờn")).to_be_visible()

    served.start()
    expect(page.get_by_text("Trợ lý nghe: «còn đây không»")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("Mạng chập chờn")).to_have_count(0)


def test_an_acknowledgement_that_got_lost_does_no_harm(page: Page, served: Served):
    losses = iter([True, True, False])

    def lose(route):
        answer = route.fetch()
        if next(losses):
            route.abort()
        else:
            route.fulfill(response=answer)

    page.route("**/chat/say", lose)
    type_in(page, "một")
    expect(page.get_by_text("Trợ lý nghe: «một»")).to_have_count(1)
    page.wait_for_timeout(3500)

    assert [update.text for update in served.house.arrived if update.text] == ["một"]
    expect(page.get_by_text("Trợ lý nghe: «một»")).to_have_count(1)
    expect(page.get_by_text("Mạng chập chờn")).to_have_count(0)


def test_dots_until_the_answer_and_a_kind_word_when_it_takes_long(page: Page, served: Served):
    page.clock.install()
    type_in(page, "im lặng")
    expect(page.locator("#dots")).to_be_visible()
    page.clock.run_for(21_000)
    expect(page.get_by_text("Trợ lý trả lời chậm hơn mọi khi")).to_be_visible()
    expect(page.locator("#dots")).to_be_hidden()

    served.say(Message("Xin lỗi bà con chờ."))
    expect(page.get_by_text("Xin lỗi bà con chờ.")).to_be_visible()
    expect(page.get_by_text("Trợ lý trả lời chậm")).to_be_hidden()


def test_while_a_person_reads_along_nobody_is_said_to_be_typing_an_answer(page: Page, served: Served):
    served.say(Message("Cán bộ đang nhắn trực tiếp với bà con.", wants="line"))
    expect(page.get_by_text("đang nhắn trực tiếp")).to_be_visible()
    type_in(page, "im lặng")
    expect(page.get_by_text("Đã gửi")).to_be_visible()
    expect(page.locator("#dots")).to_be_hidden()

    served.say(Message("Trợ lý trả lời lại đây."))
    expect(page.get_by_text("Trợ lý trả lời lại đây.")).to_be_visible()
    type_in(page, "im lặng")
    expect(page.locator("#dots")).to_be_visible()


def test_log_out_leaves_nothing_behind(page: Page):
    type_in(page, "bí mật của tôi")
    expect(page.get_by_text("Trợ lý nghe")).to_be_visible()

    page.get_by_label("Mở bảng chọn").click()
    page.get_by_role("button", name="Thoát khỏi máy này").click()
    page.get_by_role("button", name="Thoát", exact=True).click()

    expect(page.get_by_text("bí mật")).to_have_count(0)
    expect(page.get_by_text("Chào bà con")).to_have_count(1)
    assert "bí mật" not in page.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage)")


def test_log_out_in_one_tab_empties_the_other(page: Page, phone: BrowserContext):
    type_in(page, "bí mật của tôi")
    expect(page.get_by_text("Trợ lý nghe")).to_be_visible()
    other = phone.new_page()
    other.goto("/")
    expect(other.get_by_text("bí mật của tôi").first).to_be_visible()

    page.bring_to_front()
    page.get_by_label("Mở bảng chọn").click()
    page.get_by_role("button", name="Thoát khỏi máy này").click()
    page.get_by_role("button", name="Thoát", exact=True).click()

    expect(other.get_by_text("bí mật")).to_have_count(0)
    expect(other.get_by_text("Chào bà con")).to_have_count(1)


def test_a_lost_cookie_opens_a_new_chat_and_puts_the_words_back_into_the_line(page: Page, phone: BrowserContext):
    phone.clear_cookies()
    type_in(page, "câu hỏi dài")

    expect(page.get_by_label("Gõ tin nhắn")).to_have_value("câu hỏi dài")
    expect(page.get_by_text("Chào bà con")).to_have_count(1)


def test_a_link_with_a_payload_opens_the_chat_on_it(phone: BrowserContext, served: Served):
    page = phone.new_page()
    page.goto("/?start=sp-12")
    page.get_by_text("Chào bà con").wait_for()

    assert [update.start for update in served.house.arrived] == ["sp-12"]
    assert page.url == served.url + "/"


def test_what_people_and_bot_write_is_never_html(page: Page, served: Served):
    type_in(page, "<img src=x onerror=alert(1)> <b>đậm</b>")
    expect(page.get_by_text("Trợ lý nghe: «<img src=x onerror=alert(1)> <b>đậm</b>»")).to_be_visible()
    assert page.locator(".log b").count() == 0


def test_addresses_in_a_source_line_are_links(page: Page):
    page.get_by_role("button", name="Hỏi về OCOP").click()

    link = page.get_by_role("link")
    expect(link).to_have_attribute("href", "https://vanban.example.vn/26-2026")
    expect(link).to_have_attribute("rel", "noopener noreferrer")


def test_a_reader_who_scrolled_up_stays_there_and_is_told_of_news(page: Page, served: Served):
    type_in(page, "im lặng")
    page.wait_for_timeout(200)
    for number in range(20):
        served.say(Message(f"tin dài thứ {number} để phải cuộn"))
    expect(page.get_by_text("tin dài thứ 19")).to_be_attached()
    page.locator("#log").evaluate("log => { log.scrollTop = 0 }")
    page.wait_for_timeout(100)

    served.say(Message("tin mới nhất"))
    expect(page.get_by_text("Có tin mới")).to_be_visible()
    assert page.locator("#log").evaluate("log => log.scrollTop") == 0
    page.get_by_text("Có tin mới").click()
    expect(page.get_by_text("tin mới nhất")).to_be_in_viewport()


def test_a_message_that_is_too_long_is_explained_and_given_back(page: Page):
    type_in(page, "dài " * 20_000)

    expect(page.get_by_text("Tin dài quá. Chia làm vài tin ngắn rồi gửi giúp.")).to_be_in_viewport()
    assert len(page.get_by_label("Gõ tin nhắn").input_value()) > 70_000


def test_a_file_that_is_too_big_is_explained_before_it_is_sent(page: Page, served: Served, tmp_path: Path):
    film = tmp_path / "phim.pdf"
    film.touch()
    os.truncate(film, 26_000_000)
    page.locator("#files").set_input_files(film)

    expect(page.get_by_text("Tệp này 26 MB, nặng quá; gửi được tới 20 MB.")).to_be_visible()
    expect(page.get_by_role("button", name="Gửi", exact=True)).to_be_disabled()
    page.get_by_role("button", name="Bỏ", exact=True).click()
    expect(page.get_by_label("Gõ tin nhắn")).to_be_visible()
    assert not served.house.files


def test_an_upload_shows_how_far_it_is_and_can_be_stopped(page: Page, phone: BrowserContext, served: Served):
    slow = {"offline": False, "latency": 100, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
    phone.new_cdp_session(page).send("Network.emulateNetworkConditions", slow)
    page.locator("#files").set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"x" * 3_000_000})
    page.get_by_role("button", name="Gửi", exact=True).click()

    expect(page.locator("progress")).to_be_visible()
    expect(page.locator("progress")).not_to_have_js_property("value", 0)
    page.get_by_role("button", name="Dừng").click()
    expect(page.locator("progress")).to_have_count(0)
    page.wait_for_timeout(300)
    assert not served.house.files


def test_five_pages_of_one_person_do_not_fight(phone: BrowserContext, served: Served):
    pages = [phone.new_page() for _ in range(5)]
    for page in pages:
        page.goto("/")
        page.get_by_text("Chào bà con").wait_for()

    expect(pages[0].get_by_text("Trang này đang mở ở nhiều chỗ.")).to_be_visible()
    type_in(pages[0], "xin chào")
    expect(pages[0].get_by_text("Trợ lý nghe: «xin chào»")).to_be_visible()
