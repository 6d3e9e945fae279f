"""Topics go out as files, are edited at a desk, and come back to be approved."""

import tomllib
from datetime import date, timedelta

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from handlers.editing.files import NotTaken, all_files, bring_in
from handlers.visit import Moment
from ocop.library import official_version
from ocop.topic_files import write_topic
from ocop.topics import Topic, all_topics, read_topic
from tests.handlers.office import hears
from tests.handlers.person import HANOI, Person, Village

TOPIC = "where-to-submit.toml"
ASKED = "nộp hồ sơ ở đâu"
WORDS = "Nộp ở trung tâm hành chính công của xã"
VERSION = f"""
[[version]]
place = "thai-nguyen"
valid_from = 2026-11-20
answer = "{WORDS}."
document = "theo cán bộ Sở, 20/11/2026"
"""
OWN = f"""title = "Lớp học"
{VERSION}
[wordings]
officials = ["lớp học viết câu chuyện hàng quê mở ở thôn nào"]
"""


def exported(village: Village) -> dict[str, str]:
    day = village.now.astimezone(HANOI).date()
    return village.store.run(lambda db: all_files(db, HANOI, day))


def imported(village: Village, **files: str) -> int:
    """Bring in files, each by the name of its topic with underscores."""
    texts = {f"{name.replace('_', '-')}.toml": text for name, text in files.items()}
    return village.store.run(lambda db: bring_in(Moment(db, village.now, village.office), texts))


@pytest.mark.parametrize("topic", all_topics(), ids=lambda topic: topic.id)
def test_a_topic_is_read_back_from_its_file_as_it_was(topic: Topic):
    assert read_topic(topic.id, write_topic(topic)) == topic


words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=40)


@given(words.filter(bool), words, st.lists(words, max_size=3), st.dates(date(2019, 1, 1), date(2030, 1, 1)))
def test_whatever_is_written_is_read_back(answer: str, source: str, steps: list[str], day: date):
    version = official_version("cao-bang", answer, source, day, day + timedelta(30), steps=steps, more=source)
    topic = Topic("own-1", answer, answer, ("fees",), (version,), {"officials": (answer, source)}, "fees")

    assert read_topic("own-1", write_topic(topic)) == topic


def test_what_was_exported_brings_nothing_new(village: Village):
    files = exported(village)

    assert len(files) == len(all_topics())
    assert village.store.run(lambda db: bring_in(Moment(db, village.now, village.office), files)) == 0


def test_an_edited_file_waits_for_an_official_and_is_then_told(village: Village, second: Person):
    text = exported(village)[TOPIC]
    assert imported(village, where_to_submit=text.replace("[wordings]", f"{VERSION}\n[wordings]", 1)) == 1
    assert "Có 1 câu trả lời nhập từ tệp chờ anh/chị duyệt." in hears(second)
    assert imported(village, where_to_submit=text.replace("[wordings]", f"{VERSION}\n[wordings]", 1)) == 0

    seen = second.says("câu chưa trả lời", "1")
    assert f"{WORDS}." in seen
    assert "✅ Đã cho dùng." in second.taps("Đồng ý")

    told = second.says(f"{ASKED} ở thái nguyên")
    assert f"{WORDS}." in told
    assert "cán bộ tỉnh Thái Nguyên xác nhận 21/11/2026 (một người duyệt)" in told


def test_a_topic_of_its_own_comes_with_the_words_people_ask_it_by_and_goes_out_again(village: Village, second: Person):
    assert imported(village, lop_hoc=OWN) == 1
    second.says("câu chưa trả lời", "1", "1")

    assert WORDS in second.says("lop hoc viet cau chuyen hang que mo o thon nao")
    [own] = [text for name, text in exported(village).items() if name.startswith("own-")]
    version = tomllib.loads(own)["version"][0]
    assert version["confirmed_by"] == "cán bộ tỉnh Thái Nguyên xác nhận 21/11/2026 (một người duyệt)"
    assert imported(village, another_name=own) == 0


def test_nothing_is_taken_when_one_file_is_wrong(village: Village, second: Person):
    with pytest.raises(NotTaken, match=r"^fees.toml: chưa đọc được, xem dòng 1$"):
        imported(village, fees="title = x", lop_hoc=OWN)

    assert "Duyệt" not in second.says("câu chưa trả lời")


def edited(**changes: object) -> str:
    version = tomllib.loads(VERSION)["version"][0] | changes
    return tomli_w.dumps({"version": [{key: value for key, value in version.items() if value is not None}]})


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        pytest.param("", "thiếu phần [[version]]", id="an empty file"),
        pytest.param('version = "x"', "thiếu phần [[version]]", id="a version that is none"),
        pytest.param(edited(place=None), "place là", id="no province"),
        pytest.param(edited(place="ha-noi"), "place là", id="another province"),
        pytest.param(edited(answer="Có."), "answer dài từ 10 đến 400", id="too short"),
        pytest.param(edited(answer="a" * 401), "answer dài từ 10 đến 400", id="too long"),
        pytest.param(edited(answer=7), "answer là chữ trong ngoặc kép", id="no words"),
        pytest.param(edited(document="nghe nói"), "document cần số văn bản", id="no source"),
        pytest.param(edited(valid_from=None), "thiếu valid_from", id="no first day"),
        pytest.param(edited(valid_from="hôm qua"), "valid_from là ngày", id="a first day in words"),
        pytest.param(edited(valid_to=date(2026, 11, 19)), "valid_to phải từ valid_from", id="a last day before it"),
        pytest.param(edited(more="a" * 901), "dài nhất 900", id="a novel"),
        pytest.param(edited(steps="một"), "steps là danh sách", id="steps that are none"),
    ],
)
def test_a_wrong_version_is_told_in_one_line_with_its_place(village: Village, text: str, complaint: str):
    with pytest.raises(NotTaken) as told:
        imported(village, where_to_submit=text)

    assert str(told.value).startswith("where-to-submit.toml: ")
    assert complaint in str(told.value)
    assert "\n" not in str(told.value)


def test_a_new_topic_needs_words_that_people_ask_it_by(village: Village):
    with pytest.raises(NotTaken, match="câu mới cần ít nhất một cách hỏi"):
        imported(village, lop_hoc=VERSION)


@pytest.mark.parametrize(
    ("file", "complaint"),
    [
        pytest.param(OWN.replace('["lớp học', '"lớp học').replace('nào"]', 'nào"'), "danh sách các câu", id="one text"),
        pytest.param(OWN.replace('["lớp học', "[7] # "), "danh sách các câu", id="no texts"),
        pytest.param(f'parent = "nowhere"\n{OWN}', "chưa thấy «nowhere»", id="a parent that is no topic"),
    ],
)
def test_what_a_new_topic_says_beside_its_versions_is_checked_too(village: Village, file: str, complaint: str):
    with pytest.raises(NotTaken, match=complaint):
        imported(village, lop_hoc=file)
