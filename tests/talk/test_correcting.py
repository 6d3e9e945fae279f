"""Correcting a question by its name, as people say it, instead of by its number."""

import pytest

from tests.talk.samples import FACTS, ONE_QUESTION, PAPERS, TYPED
from tests.talk.talker import Talker

PHONE, COMMUNE = "Câu 6/11. Số điện thoại", "Câu 4/11. Cơ sở ở xã, phường nào?"


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        *[(words, PHONE) for words in ("sửa điện thoại", "sửa số điện thoại", "sua so dien thoai", "sửa sđt")],
        *[(words, PHONE) for words in ("đổi số điện thoại", "thay số điện thoại nhé", "sửa lại giúp em cái sđt ạ")],
        *[(words, PHONE) for words in ("số điện thoại sai rồi", "điện thoại bị ghi nhầm", "ghi sai số điện thoại rồi")],
        *[(words, PHONE) for words in ("suwar ddieenj thoaij", "sửa đienj thoại", "sửa số điện thoại của cơ sở")],
        *[(words, COMMUNE) for words in ("sai tên xã rồi", "nhầm xã", "sửa câu xã, phường", "sua phuong")],
    ],
)
def test_at_the_review_a_question_opens_by_its_name(reviewing, words, asked):
    reply = reviewing.say(words)

    assert asked in reply
    assert "Đang ghi:" in reply


@pytest.mark.parametrize("words", ["điện thoại", "số điện thoại", "sđt"])
def test_at_the_review_the_name_alone_is_enough(reviewing, words):
    assert PHONE in reviewing.say(words)


def test_in_mid_form_too_and_the_talk_goes_on_where_it_was(talk):
    talk.say(*TYPED[:5])

    assert COMMUNE in talk.say("sửa tên xã")
    assert "✅ Câu 4: xã Côn Minh. Các câu kia giữ nguyên.\nCâu 6/11" in talk.say("Côn Minh")


def test_a_question_not_reached_yet_is_said_to_come(talk):
    talk.say(*TYPED[:3])

    assert talk.say("sửa số điện thoại").startswith("Chưa tới câu 6. Sửa được từ câu 1 đến câu 4.\nCâu 4/11")


def test_where_two_bear_the_name_the_person_is_asked_which(reviewing):
    assert reviewing.say("sửa cơ sở").startswith("Phần «Cơ sở».\nCâu 2/11"), "that very name is one question's"
    reviewing.say("giữ nguyên")

    assert reviewing.say("sửa tên") == "Sửa câu nào?\n2. Cơ sở: Hợp tác xã Bản Mẫu\n4. Xã, phường: xã Côn Minh"
    assert COMMUNE in reviewing.say("4")


@pytest.mark.parametrize(
    "words", ["số điện thoại 0912345678", "sđt: 0912 345 678", "sửa sđt thành 0912345678", "điện thoại là 0912345678"]
)
def test_a_new_answer_behind_the_name_is_asked_back_and_then_kept(reviewing, words):
    assert reviewing.say(words) == ("Sửa câu 6 thành «0912 345 678»?\n1. Đúng, sửa vậy\n2. Không, để như cũ")
    assert reviewing.say("1").startswith("✅ Câu 6: 0912 345 678. Các câu kia giữ nguyên.\nGõ «xong»")
    assert reviewing.answers["phone"] == "0912345678"


def test_who_meant_something_else_keeps_what_was_there(reviewing):
    reviewing.say("số điện thoại 0912345678", "không")

    assert reviewing.answers["phone"] == "0900000000"


def test_a_new_answer_that_does_not_fit_opens_its_question(reviewing):
    assert PHONE in reviewing.say("sửa số điện thoại thành số của con gái")


def test_a_name_in_words_needs_no_sign_between(reviewing):
    assert "Sửa câu 2 thành «Tổ chè Nà Mẫu»?" in reviewing.say("tên cơ sở Tổ chè Nà Mẫu")


@pytest.mark.parametrize("words", ["sữa chua", "sửa", "sửa nhà", "đổi mới", "sai bét", "xã Ba Bể"])
def test_words_that_only_sound_like_it_open_nothing(reviewing, words):
    assert "Câu " not in reviewing.say(words).partition("\n")[0]


@pytest.mark.parametrize("name", ["Sữa chua Nà Mẫu", "Sửa chữa điện thoại Minh", "Đổi mới Bản Mẫu"])
def test_a_producer_may_be_called_something_like_it(talk, name):
    talk.say("1", name)
    if talk.progress.side:
        talk.say("2")

    assert talk.answers["producer"] == name


def test_where_whole_sentences_are_asked_for_it_may_be_one_of_them():
    talk = Talker(PAPERS, FACTS)
    talk.send_photo()
    talk.send_photo()

    reply = talk.say("sửa giấy đăng ký")

    assert reply.startswith("«sửa giấy đăng ký» là gì ạ?\n1. Sửa câu 1\n2. Câu trả lời «sửa giấy đăng ký»")
    assert "Câu 1/4. Gửi giấy đăng ký kinh doanh." in talk.say("1")


def test_a_talk_of_one_question_has_nothing_to_correct_by_name():
    assert "Chưa rõ ý." in Talker(ONE_QUESTION).say("sửa tờ")
