"""Not recognised: nobody is told so on one official's word, unless there is only one."""

import pytest

from tests.handlers.office import (
    BA_BE,
    CON_MINH,
    REASON,
    THAI_NGUYEN,
    audited,
    dossiers_of,
    hears,
    official,
    producer_of_noodles,
    recorded,
    records_receipt,
    revoke,
)
from tests.handlers.person import Person, Village

CALL = (
    "Hồ sơ HH-997-35 có kết quả: lần này chưa được công nhận. Một cán bộ đã ghi, chưa báo cho cơ sở. "
    "Anh/chị xem lại giúp: gõ HH-997-35, rồi chọn «Báo cho cơ sở»."
)
NEWS = "Lần này «Miến dong Tài Hoan» (mã HH-997-35) chưa được công nhận, thứ Bảy 21/11/2026."


@pytest.fixture
def producer(village: Village) -> Person:
    return producer_of_noodles(village)


@pytest.fixture
def clerk(village: Village, producer: Person) -> Person:
    return official(village, "cán bộ xã")


@pytest.fixture
def colleague(village: Village, clerk: Person) -> Person:
    return official(village, "cán bộ thứ hai")


def brings_bad_news(clerk: Person, producer: Person) -> str:
    """Record the way of the paper, and that it was not recognised; what the official is told."""
    records_receipt(clerk)
    clerk.says("đã chuyển tỉnh", "hôm nay", "xong")
    hears(producer)
    clerk.says("ghi kết quả", "chưa được", "hôm nay", "nhãn chưa ghi hạn dùng")
    return clerk.says("xong")


def test_bad_news_waits_for_a_second_official_and_the_producer_hears_nothing_of_it(
    clerk: Person, colleague: Person, producer: Person, village: Village
):
    said = brings_bad_news(clerk, producer)

    assert said.startswith(
        "✅ Đã ghi: chưa được công nhận, thứ Bảy 21/11/2026; chưa báo cho cơ sở, chờ một cán bộ nữa.\n"
        "Chưa báo cho cơ sở: tin này cần một cán bộ nữa xem. Đã nhắn người cùng cơ quan và tỉnh.\n"
    )
    assert hears(producer) == ""
    assert "xã đã chuyển tỉnh, mã HH-997-35" in producer.says("giấy tờ của tôi")
    assert [one.state for one in dossiers_of(village)] == ["forwarded"]
    assert "chờ báo tin" in clerk.says("/hoso")


def test_the_second_official_sees_it_and_releases_it(
    clerk: Person, colleague: Person, producer: Person, village: Village
):
    brings_bad_news(clerk, producer)
    assert hears(colleague) == CALL

    assert "chưa báo cho cơ sở, chờ một cán bộ nữa\n" in colleague.says("HH-997-35")
    assert colleague.says("báo cho cơ sở") == (
        "Hồ sơ HH-997-35.\nKết quả đã ghi: lần này chưa được công nhận. Lời nhắn kèm theo: «nhãn chưa ghi hạn dùng». "
        "Báo cho cơ sở không?\n1. Báo cho cơ sở\n2. Chưa báo"
    )
    assert "Việc này cần nói rõ." in colleague.says("ừ")
    assert colleague.says("1").startswith("✅ Đã ghi: chưa được công nhận, thứ Bảy 21/11/2026.\nĐã báo cho cơ sở.\n")

    heard = hears(producer)
    assert heard.startswith(NEWS)
    assert "Xã Côn Minh nhắn: «nhãn chưa ghi hạn dùng»" in heard
    assert recorded(village) == ["received", "forwarded", "unreleased", "not_recognised"]


def test_whoever_recorded_it_is_not_offered_to_release_it(clerk: Person, colleague: Person, producer: Person):
    brings_bad_news(clerk, producer)

    assert "Báo cho cơ sở" not in clerk.choices
    assert "Chưa rõ ý." in clerk.says("báo cho cơ sở")


def test_the_second_may_wait_or_record_another_result(clerk: Person, colleague: Person, producer: Person):
    brings_bad_news(clerk, producer)
    colleague.says("HH-997-35", "báo cho cơ sở")

    assert colleague.says("2").startswith("Được, chưa báo gì cho cơ sở.\n")
    colleague.says("ghi kết quả", "3 sao", "124/QĐ-UBND", "hôm nay", "xong")
    assert "công nhận «Miến dong Tài Hoan» (mã HH-997-35) 3 sao" in hears(producer)


def test_an_official_of_the_province_may_be_the_second(clerk: Person, producer: Person, village: Village):
    province = official(village, "cán bộ tỉnh", "province", THAI_NGUYEN)
    brings_bad_news(clerk, producer)
    assert hears(province) == CALL

    province.says("HH-997-35", REASON, "báo cho cơ sở", "1")

    assert hears(producer).startswith(f"{NEWS} Xã Côn Minh ghi kết quả này.\nXã Côn Minh nhắn: «nhãn chưa")


def test_what_the_province_recorded_is_released_by_the_province(clerk: Person, producer: Person, village: Village):
    first, second = (official(village, f"cán bộ tỉnh {n}", "province", THAI_NGUYEN) for n in (1, 2))
    records_receipt(clerk)
    clerk.says("đã chuyển tỉnh", "hôm nay", "xong")
    hears(producer)
    first.says("HH-997-35", REASON, "ghi kết quả", "chưa được", "hôm nay", "chưa có", "xong")

    assert hears(second) == CALL
    assert hears(clerk) == ""
    assert hears(producer) == ""


def test_where_there_is_only_one_it_goes_out_at_once_and_is_marked(clerk: Person, producer: Person, village: Village):
    official(village, "cán bộ xã khác", "commune", BA_BE)

    said = brings_bad_news(clerk, producer)

    assert said.startswith(
        "✅ Đã ghi: chưa được công nhận, thứ Bảy 21/11/2026; một cán bộ ghi và báo, lúc đó không có người thứ hai.\n"
        "Đã báo cho cơ sở.\n"
    )
    assert hears(producer).startswith(NEWS)
    assert recorded(village) == ["received", "forwarded", "not_recognised"]


def test_who_is_left_alone_later_may_release_what_they_recorded(
    clerk: Person, colleague: Person, producer: Person, village: Village
):
    brings_bad_news(clerk, producer)
    revoke(village, colleague)
    clerk.says("/hoso", "1")

    said = clerk.says("báo cho cơ sở", "1")

    assert "lúc đó không có người thứ hai" in said
    assert hears(producer).startswith(NEWS)


def test_a_second_official_revoked_before_the_last_word_tells_nothing(
    clerk: Person, colleague: Person, producer: Person, village: Village
):
    brings_bad_news(clerk, producer)
    colleague.says("HH-997-35", "báo cho cơ sở")
    revoke(village, colleague)

    assert "không còn quyền cán bộ ở nơi này" in colleague.says("1")
    assert hears(producer) == ""
    assert (colleague.id, "release", None) in audited(village, denied=True)


def test_of_two_who_release_at_once_the_producer_hears_once(
    clerk: Person, colleague: Person, producer: Person, village: Village
):
    third = official(village, "cán bộ thứ ba", "commune", CON_MINH)
    brings_bad_news(clerk, producer)
    for one in (colleague, third):
        one.says("HH-997-35", "báo cho cơ sở")
    colleague.says("1")
    assert hears(producer).startswith(NEWS)

    third.says("1")
    assert hears(producer) == ""
    assert recorded(village) == ["received", "forwarded", "unreleased", "not_recognised"]
