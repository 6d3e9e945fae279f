"""Texts longer than one message may be."""

import pytest

from bot.channels.long_text import split


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param("ngắn", ["ngắn"], id="short"),
        pytest.param("a" * 10, ["a" * 10], id="just fits"),
        pytest.param("một hai\n\nba bốn", ["một hai", "ba bốn"], id="between paragraphs"),
        pytest.param("một hai\nba bốn", ["một hai", "ba bốn"], id="between lines"),
        pytest.param("một hai ba bốn", ["một hai", "ba bốn"], id="between words"),
        pytest.param("a" * 25, ["a" * 10, "a" * 10, "a" * 5], id="anywhere"),
        pytest.param("😀" * 7, ["😀" * 5, "😀" * 2], id="an emoji counts twice and stays whole"),
    ],
)
def test_a_long_text_is_cut_where_it_reads_best(text, parts):
    assert split(text, limit=10) == parts
