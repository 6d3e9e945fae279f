"""Text as people type it, tidied to be kept and folded to be compared."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talk.vietnamese import blunt, capital, fold, grouped, has_marks, tidy

VIETNAMESE = st.text(
    "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ ,.-ĐÀƠƯ"
)
quick = settings(max_examples=80, deadline=None, database=None)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Không có", "khong co"),
        ("khong  co.", "khong co"),
        ("ĐÚNG RỒI!", "dung roi"),
        ("Nà Phặc - Ngân Sơn", "na phac ngan son"),
        ("miến\u200bdong", "miendong"),
        ("«xong»", "xong"),
        ("…", ""),
    ],
)
def test_folding_keeps_what_tells_words_apart(typed, folded):
    assert fold(typed) == folded


@given(st.one_of(st.text(), VIETNAMESE))
@quick
def test_folding_twice_is_folding_once(typed):
    assert fold(fold(typed)) == fold(typed)


@given(st.one_of(st.text(), VIETNAMESE))
@quick
def test_composed_and_decomposed_letters_fold_alike(typed):
    assert fold(unicodedata.normalize("NFD", typed)) == fold(unicodedata.normalize("NFC", typed))


@given(VIETNAMESE)
@quick
def test_vietnamese_folds_to_plain_letters(typed):
    assert fold(typed).isascii()


@given(st.text())
@quick
def test_tidied_text_has_no_unseen_sign_and_no_stray_blank(typed):
    text = tidy(typed)

    unseen = {c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co")}
    assert unseen <= {"\n", "\u200d"}
    assert text == text.strip()
    assert "  " not in text
    assert "\n\n" not in text


@given(st.text())
@quick
def test_tidying_twice_is_tidying_once_and_gives_composed_letters(typed):
    assert tidy(tidy(typed)) == tidy(typed)
    assert unicodedata.is_normalized("NFC", tidy(typed))


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        pytest.param("\u202eMiến\u200f dong\u2066", "Miến dong", id="direction marks"),
        pytest.param("a\x00b\x1b[31m", "ab[31m", id="control signs"),
        pytest.param("  Miến\t dong \u00a0", "Miến dong", id="blanks"),
        pytest.param("một\r\n\n hai\u2028ba", "một\nhai ba", id="line breaks"),
        pytest.param("mie\u200e\u0302\u0301n", "miến", id="a sign between a letter and its marks"),
        pytest.param("👩\u200d🌾", "👩\u200d🌾", id="an emoji of several parts"),
    ],
)
def test_tidying_takes_away_what_nobody_sees_or_means(typed, tidied):
    assert tidy(typed) == tidied


@pytest.mark.parametrize(
    ("folded", "meant"),
    [("da co a", "co"), ("da", "da"), ("a", "a"), ("sua 4 nhe a", "sua 4"), ("nha", "nha"), ("dat lam", "dat lam")],
)
def test_politeness_is_taken_off_but_never_the_whole_answer(folded, meant):
    assert blunt(folded) == meant


@pytest.mark.parametrize(
    ("name", "marked"), [("Tổ chè", True), ("Đ", True), ("To che", False), ("", False), ("mie\u0302n", True)]
)
def test_marks_are_seen_however_they_are_written(name, marked):
    assert has_marks(name) is marked


def test_thousands_are_parted_by_a_point():
    assert [grouped(n) for n in (0, 999, 1_240, 1_500_000)] == ["0", "999", "1.240", "1.500.000"]


def test_a_sentence_begins_with_a_capital():
    assert [capital(words) for words in ("đã lưu", "", "12 ha")] == ["Đã lưu", "", "12 ha"]
