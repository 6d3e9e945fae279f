"""Officials of a province find, write, date, look at, approve, take back and use again what topics answer there."""

import pytest

from ocop import library, topics
from storage import official_versions
from storage.store import Db
from tests.handlers.office import CAO_BANG, THAI_NGUYEN, audited, hears, official
from tests.handlers.person import TODAY, Person, Village
from tests.handlers.test_registering import registers_noodles

ASKED = "nộp hồ sơ ở đâu"
SHIPPED = "Nộp ở ủy ban xã"
WORDS = "Nộp ở trung tâm hành chính công của xã, từ thứ Hai đến thứ Sáu"
SOURCE = "theo cán bộ Sở, 20/11/2026"
CONFIRMED = "cán bộ tỉnh Thái Nguyên xác nhận 21/11/2026"


@pytest.fixture
def farmer(village: Village) -> Person:
    """Somebody of Thái Nguyên, as their draft says."""
    someone = village.person("chị")
    registers_noodles(someone)
    someone.says("xong")
    return someone


def opens(someone: Person, asked: str = ASKED) -> str:
    """Find the topic and open it."""
    someone.says("sửa câu trả lời", asked)
    return someone.says("1")


def writes(someone: Person, words: str = WORDS, since: str = "giữ nguyên", until: str = "chưa có") -> str:
    """Have the topic that lies open answer so."""
    someone.taps("Viết câu trả lời mới")
    someone.says(words, SOURCE, since, until)
    return someone.says("1")


def approves(someone: Person) -> str:
    someone.says("câu chưa trả lời", "1")
    return someone.taps("Đồng ý")


def test_an_officials_version_goes_before_the_shipped_one_for_the_people_of_the_province(
    village: Village, writer: Person, second: Person, farmer: Person
):
    seen = opens(writer)
    assert "«Nộp giấy ở đâu», tỉnh Thái Nguyên. Bà con đang được trả lời:" in seen
    assert SHIPPED in seen
    assert "duyệt xong" in writes(writer)
    assert SHIPPED in farmer.says(ASKED)

    second.says("câu chưa trả lời")
    seen = second.says("1")
    assert f"{WORDS}." in seen
    assert f"Thay cho:\n«{SHIPPED}" in seen
    assert "✅ Đã cho dùng." in second.taps("Đồng ý")

    assert f"{WORDS}.\nNguồn: {SOURCE} · {CONFIRMED}" in farmer.says(ASKED)
    assert SHIPPED in village.person("người nơi khác").says("alo", ASKED)


def test_people_of_another_province_are_told_what_holds_everywhere(
    village: Village, writer: Person, second: Person, farmer: Person
):
    opens(writer)
    writes(writer)
    approves(second)

    assert WORDS in farmer.says(ASKED)
    assert SHIPPED in farmer.says(f"{ASKED} ở cao bằng")


@pytest.mark.parametrize("words", ["{} ở Ba Bể", "{} xa con minh", "{} huyện Na Rì"])
def test_a_commune_or_district_in_the_words_says_which_province_is_meant(
    village: Village, writer: Person, second: Person, words: str
):
    opens(writer)
    writes(writer)
    approves(second)
    stranger = village.person("người nơi khác")
    stranger.says("alo")

    assert WORDS in stranger.says(words.format(ASKED))
    assert SHIPPED in stranger.says(f"{ASKED} ở Bảo Lạc")
    assert WORDS in stranger.says("thế ở chợ rã thì sao")


def test_a_version_holds_from_its_first_day_to_its_last(
    village: Village, writer: Person, second: Person, farmer: Person
):
    opens(writer)
    writes(writer, since="1/12/2026", until="31/12/2026")
    approves(second)

    assert SHIPPED in farmer.says(ASKED)
    seen = opens(writer)
    assert "Từ 01/12/2026: «Nộp ở trung tâm" in seen
    assert WORDS in farmer.comes_back_after(days=11).says(ASKED)
    assert "Điều này áp dụng đến hết 31/12/2026." in farmer.says(ASKED)
    assert SHIPPED in farmer.comes_back_after(days=31).says(ASKED)


def test_what_people_will_see_on_another_day_can_be_looked_at_before(writer: Person, second: Person):
    opens(writer)
    writes(writer, since="1/12/2026")
    approves(second)
    opens(writer)

    writer.taps("Xem vào ngày khác")
    seen = writer.says("2/12/2026")

    assert f"Ngày 02/12/2026 bà con sẽ thấy:\n{WORDS}" in seen
    assert "1. Viết câu trả lời mới" in seen


def test_taken_back_the_version_before_it_is_told_again(
    village: Village, writer: Person, second: Person, farmer: Person
):
    for words in ("Nộp ở ủy ban xã, bàn số một, sáng thứ Hai", WORDS):
        opens(writer)
        writes(writer, words)
        approves(second)
    assert WORDS in farmer.says(ASKED)

    opens(writer)
    assert "Bà con lại thấy câu trước nó." in writer.taps("Rút")
    assert "bàn số một" in farmer.says(ASKED)

    opens(writer)
    assert "Bà con lại thấy câu có sẵn." in writer.taps("Rút")
    assert SHIPPED in farmer.says(ASKED)


def test_a_former_version_can_be_used_again_and_is_approved_like_any(writer: Person, second: Person, farmer: Person):
    opens(writer)
    writes(writer)
    approves(second)
    opens(writer)
    writer.taps("Rút")

    opens(writer)
    assert f"1. 21/11/2026: «{WORDS[:20]}" in writer.taps("Dùng lại câu trước")
    writer.says("1", "giữ nguyên", "giữ nguyên", "giữ nguyên", "chưa có", "1")
    assert SHIPPED in farmer.says(ASKED)
    approves(second)

    assert WORDS in farmer.says(ASKED)


def test_of_two_officials_who_edit_one_topic_the_later_is_told_and_keeps_the_words(writer: Person, second: Person):
    opens(writer)
    writer.taps("Viết câu trả lời mới")
    writer.says("Nộp ở xã, nhớ mang theo hai bộ giấy", SOURCE)
    opens(second)
    writes(second)

    seen = writer.says("giữ nguyên", "chưa có", "1")

    assert "Trong lúc anh/chị viết, người khác đã trả lời câu này rồi." in seen
    assert "«Nộp ở xã, nhớ mang theo hai bộ giấy»" in seen


def test_what_nobody_asked_yet_can_be_answered_beforehand(village: Village, writer: Person, second: Person):
    writer.says("thêm câu trả lời", "lớp học viết câu chuyện hàng quê mở ở thôn nào")
    writer.taps("Chưa có câu nào như vậy")
    writer.says("Lớp mở ở nhà văn hóa thôn Nà Mẫu, thứ Sáu hằng tuần", SOURCE, "giữ nguyên", "chưa có", "1")
    approves(second)

    seen = village.person("chị").says("alo", "lop hoc viet cau chuyen hang que mo o thon nao")

    assert "Riêng tỉnh Thái Nguyên: Lớp mở ở nhà văn hóa thôn Nà Mẫu" in seen
    assert CONFIRMED in seen


def test_a_question_that_got_a_bad_answer_can_change_the_answer_of_its_topic(
    village: Village, writer: Person, second: Person, farmer: Person
):
    farmer.says(ASKED, "👎")

    writer.says("câu chưa trả lời", "1")
    assert "2. Thay câu trả lời «Nộp giấy ở đâu»" in writer.screen
    writer.says("2", WORDS, SOURCE, "giữ nguyên", "chưa có", "1")
    approves(second)

    assert WORDS in hears(farmer)
    assert WORDS in farmer.says(ASKED)


def test_a_release_that_changes_what_an_official_wrote_over_is_shown_to_the_officials(
    village: Village, writer: Person, second: Person, farmer: Person, monkeypatch: pytest.MonkeyPatch
):
    opens(writer)
    writes(writer)
    approves(second)
    assert "Bản mới đổi" not in writer.says("câu chưa trả lời")

    changed(monkeypatch, "where-to-submit", "Từ nay nộp ở cổng dịch vụ công.")
    assert WORDS in farmer.says(ASKED)
    assert "1. Bản mới đổi: «Nộp giấy ở đâu»" in writer.says("câu chưa trả lời")
    seen = writer.says("1")
    assert WORDS in seen
    assert "Bản mới ghi:\n«Từ nay nộp ở cổng dịch vụ công.»" in seen
    assert "✅ Giữ câu của cán bộ." in writer.taps("Giữ câu của cán bộ")
    assert "Bản mới đổi" not in writer.says("câu chưa trả lời")

    changed(monkeypatch, "where-to-submit", "Từ nay nộp ở bưu điện xã.")
    writer.says("câu chưa trả lời", "1")
    assert "Bà con lại thấy câu có sẵn." in writer.taps("Dùng câu mới của trợ lý")
    assert "Từ nay nộp ở bưu điện xã." in farmer.says(ASKED)


def changed(monkeypatch: pytest.MonkeyPatch, id: str, answer: str) -> None:
    """Have a new release say so."""
    from dataclasses import replace

    one = topics.topic.__wrapped__(id)
    new = replace(one, versions=(replace(one.versions[0], answer=answer), *one.versions[1:]))
    old = topics.topic

    def topic(asked: str) -> topics.Topic:
        return new if asked == id else old(asked)

    topic.__wrapped__ = old.__wrapped__  # type: ignore[attr-defined]
    monkeypatch.setattr(topics, "topic", topic)
    monkeypatch.setattr("handlers.editing.clashes.topic", topic)


def test_nobody_but_a_provinces_official_edits_and_only_for_its_own_people(village: Village, writer: Person):
    clerk = official(village, "cán bộ xã")
    assert "Việc này của cán bộ tỉnh." in clerk.says("sửa câu trả lời")
    assert (clerk.id, "unanswered", None) in audited(village, denied=True)

    opens(writer)
    writes(writer)
    other = official(village, "cán bộ Cao Bằng", "province", CAO_BANG)

    assert WORDS not in opens(other)
    kept = village.store.run(lambda db: official_versions.of_topic(db, "where-to-submit", CAO_BANG))
    assert kept == []


def test_a_right_that_ended_while_writing_writes_nothing(village: Village, writer: Person):
    from tests.handlers.office import revoke

    opens(writer)
    writer.taps("Viết câu trả lời mới")
    writer.says(WORDS, SOURCE)
    revoke(village, writer)

    assert "không còn quyền cán bộ" in writer.says("giữ nguyên")
    assert village.store.run(lambda db: official_versions.of_topic(db, "where-to-submit", THAI_NGUYEN)) == []


def test_the_library_of_nothing_written_is_what_is_shipped():
    assert library.SHIPPED.topic("fees") == topics.topic("fees")
    assert not library.SHIPPED.has("own-1")


def test_a_topic_whose_parent_is_no_more_is_still_answered(village: Village, writer: Person):
    said = library.official_version(THAI_NGUYEN, "Lớp mở ở nhà văn hóa thôn.", SOURCE, TODAY.date(), None)

    def kept(db: Db, by: int) -> None:
        row = official_versions.write(db, "", "own-99", said, ["lớp học làm miến mở ở đâu"], "", by, village.now)
        assert official_versions.approve(db, row, by, village.now)

    me = writer.id
    village.store.run(lambda db: kept(db, me))

    assert "Lớp mở ở nhà văn hóa thôn." in writer.says("lớp học làm miến mở ở đâu")


def test_however_much_waits_the_page_of_a_topic_fits_every_channel(village: Village, writer: Person, second: Person):
    for number in range(5):
        opens(writer)
        writes(writer, f"{number} " + "Nộp ở ủy ban xã hoặc phường nơi làm hàng. " * 8)

    assert opens(second).count("Chờ duyệt: «") == 5
