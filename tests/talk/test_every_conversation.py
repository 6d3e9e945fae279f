"""What holds for every conversation, whatever it asks: nobody who adds one has to think of these again."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from handlers.conversations import CONVERSATIONS
from talk.conversation import Conversation
from talk.message import LABEL_LENGTH, TAP_BYTES, TEXT_LENGTH, Tap, Update
from talk.scene import standing
from talk.script import Stop, Walk, walk
from talk.vietnamese import fold
from tests.talk.samples import FACTS, SAMPLES
from tests.talk.strategies import ANY_UPDATE, answering
from tests.talk.talker import Talker, as_read

# What the assistant's own conversations may begin from; one that is not named here begins from nothing.
DOSSIER = {"dossier": 17, "code": "HK-394-27", "today": "2026-11-21"}
KNOWN: Mapping[str, Mapping[str, Any]] = {
    "register": {"today": "2026-11-21", "recognised": [["Miến dong Bản Mẫu", "2024-05-20"]]},
    "offices": {"places": [["thai-nguyen/con-minh", "Xã Côn Minh"], ["cao-bang", "Tỉnh Cao Bằng"]]},
    "communes": {"communes": [["cao-bang/hung-dao", "Xã Hưng Đạo: 3 hồ sơ, 1 chờ giấy"]]},
    "dossiers": {
        "dossiers": [
            ["17", "«Miến dong Bản Mẫu», Hợp tác xã Bả…, chờ giấy từ 12/11", "Miến dong Bản Mẫu; Hợp tác xã Bản"]
        ]
    },
    "by_code": DOSSIER,
    "held_back": DOSSIER,
    "signed": DOSSIER,
    "helping": {"helper": "cô Hoa", "agreed_at": "2026-11-21T09:00:00+00:00"},
    "helped": {"helper": "cô Hoa", "code": "HK-394-27", "you": "bà con"},
    "helped_paper": {"helper": "cô Hoa", "code": "HK-394-27", "you": "bà con"},
    "end_right": {"grant": "17", "right": "cán bộ xã Hưng Đạo", "which": "số 17, từ 21/11/2026, Zalo"},
    "official_places": {"places": [["admin", "Quản trị trợ lý: 1"], ["cao-bang/hung-dao", "Xã Hưng Đạo: 2"]]},
    "officials": {"place": "Xã Hưng Đạo", "officials": [["17", "Số 17, từ 21/11/2026, Zalo, gần nhất 26/11/2026"]]},
    "dossier": {**DOSSIER, "state": "received"},
    "receive": DOSSIER,
    "ask_more": {
        **DOSSIER,
        "questions": [
            ["phone", "Điện thoại", "phone"],
            ["photo", "Ảnh", "photo"],
            ["f_safety", "Giấy an toàn thực phẩm", "file"],
            ["product", "Sản phẩm", ""],
        ],
        "papers": [["report", "Bản tự chấm (Mẫu 02)"], ["other", "Giấy tờ khác"]],
    },
    "forward": DOSSIER,
    "result": {**DOSSIER, "claims": "Miến dong Tài Hoan"},
    "release": {**DOSSIER, "note": "nhãn chưa ghi hạn dùng"},
    "drafts": {"drafts": [["17", "«Miến dong Bản Mẫu», đang soạn, để từ thứ Năm 12/11"]]},
    "later": {
        "is_photo": True,
        "rooms": [["0", "Ảnh sản phẩm «Miến dong»", True], ["1", "Giấy đăng ký kinh doanh, «Miến dong»", False]],
    },
    "which_paper": {"what": "print", "papers": [["17", "«Miến dong Bản Mẫu», mã HK-394-27"]]},
    "consent": {
        "you": "bà con",
        "label": "soạn giấy",
        "needs": "Tờ đăng ký cần họ tên, số điện thoại.",
        "office": "Ủy ban {total} xã",
        "kept": "36 tháng",
        "why": "Ngoài ra không đưa ai.",
    },
    "data": {
        "lead": "Trợ lý đang giữ của bà con những thứ dưới đây.",
        "things": [["call", "Cách gọi: chị"], ["draft-17", "«Miến dong Bản Mẫu», 0912 345 678, mã HK-394-27"]],
    },
    "question": {"prompt": "Bà con muốn hỏi cán bộ chuyện gì? Gõ một câu.", "you": "bà con"},
    "questions": {"questions": [["17", "«thu mau mien o dau ai…», bà con, từ thứ Bảy 21/11, quá hẹn"]]},
    "answer": {"matter": 17, "office": "Cán bộ OCOP xã Côn Minh"},
    "offer": {"matter": 17, "options": [["answer", "Trả lời"], ["line", "Nhắn trực tiếp"], ["leave", "Để người khác"]]},
    "unanswered": {"items": [["g17", "3 lượt hỏi: «thử mẫu miến ở đâu»"]], "province": "thai-nguyen"},
    "approve": {"answer": 17, "told": "Thử ở tỉnh.\nNguồn: theo cán bộ, 20/11/2026", "province": "thai-nguyen"},
    "in_use": {"answer": 17, "told": "Thử ở tỉnh.\nNguồn: theo cán bộ, 20/11/2026", "province": "thai-nguyen"},
    "write_answer": {"questions": [17], "asked": "thử mẫu ở đâu", "topic": "", "today": "2026-11-21"},
    "sure": {"thing": "draft-17", "label": "«Miến dong Bản Mẫu», mã HK-394-27"},
    "join": {"there": "Telegram và Zalo", "drafts": 2},
    "unlink": {"phones": [["17", "Zalo, nối thứ Năm 12/11"], ["18", "Telegram, máy đầu, là máy này"]]},
    "erase": {"what": "bản nháp HK-394-27 và mọi điều trợ lý giữ", "code": "HK-394-27"},
}
EVERY: list[tuple[Conversation, Mapping[str, Any]]] = [
    *((sample, FACTS) for sample in SAMPLES),
    *((form.conversation, KNOWN.get(form.conversation.name, {})) for form in CONVERSATIONS),
]

KEY = re.compile(r"[a-z0-9_]{1,20}")
CHOICE_KEY = re.compile(r"[A-Za-z0-9_/.~-]{1,30}")
LONGEST_ID = "9" * 12

every_conversation = pytest.mark.parametrize(
    ("conversation", "facts"), [pytest.param(one, facts, id=one.name) for one, facts in EVERY]
)
# A talk that fails is read as it is: making it shorter takes minutes.
some = settings(
    max_examples=8,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)

# What people do in mid-talk that must leave every answer given so far as it is.
WANDERINGS = [
    *("quay lại", "sửa 1", "sửa 2", "sửa 3", "sửa 99", "giữ nguyên"),
    *("xem lại", "vì sao", "nhắc lại", "xem thêm", "bỏ tờ này", "<sticker>"),
]


def way(talk: Talker) -> Walk:
    return walk(talk.conversation.script, talk.progress.facts, talk.progress.answers)


def question(talk: Talker) -> Stop | None:
    """The question now open."""
    return standing(way(talk), talk.progress)


def answer(talk: Talker, data: st.DataObject) -> None:
    """Answer the open question as some person would; where the bot asks back, mean the answer."""
    stop = question(talk)
    assert stop
    for update in data.draw(answering(stop.step.answer)):
        talk.send(update)
        if side := talk.progress.side:
            meant = next(offer for offer in side.offers if offer.act.name in ("give", "read"))
            talk.send(Update(tap=Tap(talk.progress.id, f"~{side.id}", meant.key)))
        now = question(talk)
        if now is None or now.step.key != stop.step.key:
            return
    raise AssertionError(f"{stop.step.key} was not answered: {talk.reads}")


def answer_some(talk: Talker, data: st.DataObject, at_most: int = 40) -> None:
    """Answer up to so many questions, or till the review."""
    for _ in range(at_most):
        if question(talk) is None:
            return
        answer(talk, data)


@every_conversation
@some
@given(data=st.data())
def test_valid_answers_lead_to_the_end(conversation, facts, data):
    talk = Talker(conversation, facts)

    answer_some(talk, data, 60)

    assert question(talk) is None
    assert None not in [stop.kept for stop in way(talk).stops]
    if conversation.review:
        assert "Xem lại" in talk.say("xem lại")
        talk.say("xong")
    assert talk.outcome == "finished"


@every_conversation
@some
@given(data=st.data(), wanderings=st.lists(st.sampled_from(WANDERINGS), max_size=8))
def test_going_back_looking_and_changing_ones_mind_leaves_every_answer_as_it_is(conversation, facts, data, wanderings):
    talk = Talker(conversation, facts)
    answer_some(talk, data, data.draw(st.integers(0, 12)))
    kept = talk.progress.answers

    for words in wanderings:
        talk.send(Update(other="sticker") if words == "<sticker>" else Update(text=words))
        if words == "bỏ tờ này" and talk.progress.side:
            talk.say("giữ lại")

    assert {key: talk.progress.answers[key] for key in kept} == kept


@every_conversation
@some
@given(data=st.data())
def test_an_edited_answer_changes_no_other(conversation, facts, data):
    talk = Talker(conversation, facts)
    answer_some(talk, data)
    if not conversation.review:
        return
    stop = data.draw(st.sampled_from(way(talk).stops))
    before = talk.progress.answers

    talk.say(f"sửa {stop.number}")
    answer(talk, data)

    after = talk.progress.answers
    assert {key for key in before if before[key] != after[key]} <= {stop.step.key}


@every_conversation
@some
@given(data=st.data(), updates=st.lists(ANY_UPDATE, max_size=8))
def test_whatever_is_sent_is_met_with_words_that_fit(conversation, facts, data, updates):
    talk = Talker(conversation, facts)
    answer_some(talk, data, data.draw(st.integers(0, 12)))

    for update in updates:
        talk.send(update)
        assert 0 < len(talk.reads) <= TEXT_LENGTH
        if taps := [
            choice.tap for choice in talk.messages[data.draw(st.integers(-3, -1)) % len(talk.messages)].choices
        ]:
            talk.send(Update(tap=data.draw(st.sampled_from(taps))))
            assert 0 < len(talk.reads) <= TEXT_LENGTH


@every_conversation
@some
@given(update=st.builds(Tap, st.sampled_from(["17", "18"]), st.text(max_size=20), st.text(max_size=20)))
def test_a_tap_nobody_offered_changes_nothing(conversation, facts, update):
    talk = Talker(conversation, facts)

    assert "không dùng nữa" in talk.send(Update(tap=update))
    assert not talk.progress.answers


@every_conversation
@some
@given(data=st.data())
def test_walking_twice_passes_the_same_questions(conversation, facts, data):
    talk = Talker(conversation, facts)
    answer_some(talk, data, data.draw(st.integers(0, 12)))

    once, again = way(talk), way(talk)

    assert [(stop.step.key, stop.step.prompt, stop.value) for stop in once.stops] == [
        (stop.step.key, stop.step.prompt, stop.value) for stop in again.stops
    ]


@every_conversation
@some
@given(data=st.data())
def test_questions_and_choices_are_fit_for_every_channel(conversation, facts, data):
    talk = Talker(conversation, facts, talk=LONGEST_ID)
    answer_some(talk, data)

    keys = [stop.step.key for stop in way(talk).stops]
    assert len(keys) == len(set(keys)), "two questions share a key"
    for message in talk.messages:
        assert len(as_read(message)) <= TEXT_LENGTH
        numbers = [choice.number for choice in message.choices if choice.number]
        assert len(numbers) == len(set(numbers)), "two choices share a number"
        for choice in message.choices:
            assert len(choice.label) <= LABEL_LENGTH
            assert len(choice.tap.encode().encode()) <= TAP_BYTES
            assert Tap.decode(choice.tap.encode()) == choice.tap
    for stop in way(talk).stops:
        assert KEY.fullmatch(stop.step.key), stop.step.key
        assert stop.step.title
        assert stop.step.answer.hint().endswith((".", "?"))
        for option in stop.step.answer.options():
            assert CHOICE_KEY.fullmatch(option.key), option.key
            assert all(fold(word) and word == word.lower() for word in option.also), "other words are in small letters"
