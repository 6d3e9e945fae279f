"""What is private to somebody else is not told; what merely names a phone or a person is another question."""

import pytest

from ocop.others import asks_for_anothers
from ocop.topics import Topic, all_topics


@pytest.mark.parametrize(
    "words",
    [
        "sđt của bà Lan ở Côn Minh là gì",
        "cho xin sdt chi Hoa",
        "chị Hoa ở Côn Minh số điện thoại bao nhiêu",
        "so dien thoai nha ong Nam",
        "cho tôi số điện thoại riêng của chị chủ xưởng",
        "hồ sơ của ông Nam tới đâu rồi",
        "giấy nhà bà Lan còn hạn không",
        "Căn cước của anh Tú?",
    ],
)
def test_asking_for_what_is_anothers_is_noticed(words: str):
    assert asks_for_anothers(words)


@pytest.mark.parametrize(
    "words",
    [
        "số điện thoại của cán bộ xã",
        "chị cho em xin số điện thoại văn phòng",
        "ảnh căn cước của bà cháu gửi vào đây thì ai xem được",
        "cho sdt co bi lo k",
        "hồ sơ của chị tôi được mấy điểm rồi",
        "",
    ],
)
def test_a_question_of_ones_own_is_none_of_it(words: str):
    assert not asks_for_anothers(words)


@pytest.mark.parametrize("topic", all_topics(), ids=lambda topic: topic.id)
def test_no_way_to_ask_for_a_topic_is_taken_for_it(topic: Topic):
    assert not [words for texts in topic.wordings.values() for words in texts if asks_for_anothers(words)]
