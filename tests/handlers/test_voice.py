"""How the assistant sounds: held to over every word written in the code, and over one long talk."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from tests.handlers.person import Person, as_seen

ROOT = Path(__file__).parents[2]
WRITTEN = [
    file
    for floor in ("bot", "handlers", "talk", "ocop")
    for file in sorted((ROOT / floor).rglob("*.py"))
    if file.parent.name != "papers"  # a form speaks the office's language
]

NEVER = re.compile(
    r"\b(vui lòng|hệ thống|thao tác|tiến hành|hợp lệ|cập nhật|xác thực|quý vị|quý khách|đồng bào|người dùng|form|link"
    r"|deadline|otp|bạn|em(?!-)|cháu|mình|chúng tôi|(?<!của )tôi|sai|(?<!xin )lỗi)\b",
    re.IGNORECASE,
)
VIETNAMESE = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
EMOJI = re.compile(r"[\u2190-\u2bff\U0001f000-\U0001faff]")
OURS = {"✅", "⏰", "📷", "⚠"}


def words_in(file: Path) -> Iterator[str]:
    """Every Vietnamese text in a file of code, docstrings aside."""
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    docstrings = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    texts = (node for node in nodes if isinstance(node, ast.Constant) and id(node) not in docstrings)
    for text in texts:
        if isinstance(text.value, str) and VIETNAMESE.search(text.value):
            yield text.value


@pytest.mark.parametrize("file", WRITTEN, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_no_word_that_the_style_forbids_is_written_anywhere(file: Path):
    for words in words_in(file):
        assert not NEVER.search(words), words
        assert "!" not in words, words


@pytest.fixture
def talked(person: Person) -> Person:
    """Somebody who has seen nearly everything there is to see."""
    person.says(
        "alo",
        "2",
        "9",
        "hỏi gì đây?",
        "blục",
        "1",
        "vì sao",
        "xem lại",
        "1",
        "",
        "Nhà A",
        "8",
        "7",
        "vì sao",
        "nguyen thi mau",
        "1",
        "giam doc",
    )
    person.says("hà nội", "hưng đạo", "4", "côn minh", "thon na mau", "1", "123", "4567", "89", "bỏ qua", "0912345678")
    person.says("vì sao", "htx@gmail.con", "1", "mien dong", "1", "không biết", "1", "đang làm", "1, 3", "đẹp", "xong")
    person.says("chưa có", "chưa có", "hôm qua", "?", "99", "sửa 6", "tĩnh túc", "xem lại", "9", "sửa", "1")
    person.says(
        "giữ nguyên",
        "hủy",
        "2",
        "sửa 3",
        "6",
        "xong",
        "giấy tờ của tôi",
        "soạn tờ mới",
        "again",
        "3",
        "trà hoa vàng",
        "1",
        "chưa có",
        "20/12/2026",
        "20/5/2024",
        "1",
        "Nhà B",
        "5",
    )
    person.says("mẫu trống", "sửa 4", "20/3/2024", "20/1/2023", "giữ nguyên", "sửa 1", "2", "1")
    person.sends_a("video")
    person.sends_what_fails("unsafe")
    person.says("menu", "dữ liệu của tôi", "sửa 1", "chị", "xóa 2", "ừ", "2", "xóa 3", "tải về", "xóa hết", "có", "3")
    person.says("rút đồng ý", "1", "hỏi thêm đã", "uk", "đồng ý", "menu")
    person.comes_back_after(days=9).says("alo", "1", "chưa có", "xong", "xong", "giấy tờ của tôi", "1", "menu")
    return person


def test_most_messages_are_short_and_none_is_long(talked: Person):
    lengths = [len(as_seen(message)) for message in talked.seen]

    assert len(lengths) > 60
    assert median(lengths) < 250
    assert max(lengths) <= 900


def test_at_most_one_emoji_stands_in_a_message_at_the_head_of_a_line_and_is_one_of_four(talked: Person):
    for message in talked.seen:
        found = EMOJI.findall(message.text)
        assert len(found) <= 1, message.text
        assert set(found) <= OURS
        for sign in found:
            assert any(line.startswith(sign) for line in message.text.splitlines()), message.text


def test_every_article_named_comes_with_the_decision_and_the_day_it_was_checked(talked: Person):
    sources = [line for m in talked.seen for line in m.text.splitlines() if "Điều" in line or "QĐ" in line]

    assert sources
    for line in sources:
        assert re.fullmatch(
            r"Nguồn: Điều [\d, ]+ QĐ 26/2026/QĐ-TTg · kiểm tra 21/11/2026( · chưa được .+)?\.?", line
        ), line


def test_nothing_claims_that_something_was_handed_in_or_will_surely_be_granted(talked: Person):
    for message in talked.seen:
        assert not re.search(r"đã nộp|được duyệt|chắc chắn", message.text), message.text


def test_no_line_is_left_blank_and_no_blank_is_doubled(talked: Person):
    for message in talked.seen:
        assert "  " not in message.text, message.text
        assert not message.text.endswith("\n")
