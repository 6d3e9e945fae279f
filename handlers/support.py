"""«Tìm hỗ trợ»: four taps to what may help: who makes it, what it is, what for, and where.

It names documents and where to ask. It promises nothing: whether somebody gets anything is for others to decide.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from handlers import asked, topics
from handlers.form import CAME_FROM, Form, Next, Open, Start, back_to
from handlers.said import Said
from handlers.visit import Visit
from handlers.whereabouts import place_of
from ocop.calendar import date_words
from ocop.kinds import OFFERED_KINDS, KindId
from ocop.places import provinces
from ocop.support import CHECKED, Policy, Standing, policies_for, policy
from ocop.topics import DOUBT
from storage import producers
from talk.answers import Option, one_of, shortened
from talk.conversation import Conversation
from talk.message import Tap
from talk.progress import Progress
from talk.script import Facts, Script, ask

NAME = "support"
TAP = NAME  # the talk of a tap under a result: its step is the policy, its choice the kind of producer
CHOICES = 3
ROOM = 450  # characters of a message for what is told of policies
ALL = "all"
GROUPS = (
    Option("food", "Đồ ăn, nông sản, chè", ("thuc pham", "do an", "che", "mien")),
    Option("beverage", "Đồ uống, rượu", ("do uong", "ruou")),
    Option("herbal", "Thuốc nam, tinh dầu", ("duoc lieu", "thao duoc")),
    Option("handicraft", "Đồ thủ công, vải", ("thu cong", "det")),
    Option("ornamental", "Hoa, cây cảnh, con vật cảnh", ("cay canh", "hoa")),
    Option("tourism", "Du lịch, nhà cho khách ở", ("du lich", "homestay")),
    Option(ALL, "Chưa rõ, xem tất cả", ("tat ca", "khong biet", "chua ro", "chua biet")),
)
PURPOSES = (
    Option("loan", "Vay vốn", ("vay", "von")),
    Option("machines", "Máy móc, nhà xưởng", ("may moc", "nha xuong", "may say", "kho lanh")),
    Option("packaging", "Bao bì, nhãn, tem", ("bao bi", "nhan mac", "in tem")),
    Option("testing", "Thử mẫu, chứng nhận", ("kiem nghiem", "thu mau", "chung nhan")),
    Option("selling", "Bán hàng, hội chợ", ("hoi cho", "ban hang", "len san")),
    Option("training", "Học nghề, làm giấy tờ", ("tap huan", "lop hoc", "hoc")),
    Option("linkage", "Làm ăn có hợp đồng (liên kết)", ("lien ket", "hop dong")),
    Option("labour", "Thuê người làm", ("thue nguoi", "lao dong")),
    Option("reward", "Thưởng khi có sao", ("thuong", "tien thuong")),
    Option(ALL, "Chưa rõ, xem tất cả", ("tat ca", "khong biet", "chua ro", "chua biet")),
)
IN_FORCE = "Có thể hỏi, văn bản đang dùng:"
NOT_KNOWN = "Có văn bản, nay còn dùng không thì phải hỏi:"
FRAME = "Mới có khung chung, chưa có phần riêng:"
OVER = "Đã hết, nay không dùng nữa:"
NONE = "Trợ lý chưa thấy văn bản nào đang dùng cho việc này. Ra ủy ban xã hỏi năm nay có chương trình nào không."
NO_PROMISE = "Được hay không là do nơi ấy xét. Hỏi trước rồi hãy bỏ tiền; ai đòi tiền để «xin suất» thì đừng đưa."


def begin(came_from: int | None) -> Start:
    """Ask for them; a form that lies open is gone back to."""
    return Start(NAME, about={CAME_FROM: came_from} if came_from else {})


def script(facts: Facts) -> Script:
    """Who, what, what for, where."""
    kinds = [Option(one.id, one.label) for one in OFFERED_KINDS]
    yield ask("kind", "Cơ sở thuộc loại nào?", one_of(kinds), title="Loại cơ sở", known=facts.kind, out="Thôi")
    yield ask("group", "Làm hàng gì?", one_of(GROUPS), title="Hàng")
    yield ask("purpose", "Cần giúp việc gì?", one_of(PURPOSES), title="Việc cần giúp")
    places = [Option(id, name) for id, name in provinces()]
    yield ask("province", "Ở tỉnh nào? Bắc Kạn cũ là Thái Nguyên.", one_of(places), title="Tỉnh", known=facts.province)


def finish(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    """Say what may help; in the middle of a form it is said above what lies open."""
    kind = answers["kind"]
    group, purpose = (None if answers[key] == ALL else answers[key] for key in ("group", "purpose"))
    found = policies_for(kind, group, purpose, answers["province"], visit.today)
    text, left = told(found, kind)
    if came_from := done.facts.get(CAME_FROM):
        return Open(came_from, text, was_left=False)
    choices = tuple((shortened(one.title), Tap(TAP, one.id, kind)) for one in left[:CHOICES])
    return asked.show(visit, Said(text, (*choices, topics.SEND_IT)), question(answers))


def follow(visit: Visit, tap: Tap) -> Said | None:
    """A policy there was no room for; None when no answer ever offered it."""
    one = policy(tap.step)
    kind = next((each.id for each in OFFERED_KINDS if each.id == tap.choice), None)
    if one is None or kind is None:
        return None
    head = {"in_force": IN_FORCE, "not_known": NOT_KNOWN, "over": OVER}[one.standing(visit.today)]
    return Said("\n".join((head, _line(one, kind), NO_PROMISE, _source([one]))), (topics.SEND_IT,))


def told(found: Mapping[Standing, Sequence[Policy]], kind: KindId) -> tuple[str, list[Policy]]:
    """What is said of these policies as far as a message has room, and those that are left.

    What is over is told only where nothing else gives help.
    """
    gives = [one for standing in ("in_force", "not_known") for one in found[standing] if not one.is_a_frame]
    by_head = {
        IN_FORCE: [one for one in found["in_force"] if not one.is_a_frame],
        NOT_KNOWN: [one for one in found["not_known"] if not one.is_a_frame],
        OVER: [] if gives else found["over"],
        FRAME: [one for one in found["in_force"] if one.is_a_frame],
    }
    lines, shown, left = [] if gives else [NONE], [], []
    room = ROOM
    for head, policies in by_head.items():
        for one in policies:
            line = _line(one, kind)
            room -= len(line)
            if room < 0:
                left.append(one)
                continue
            lines += [line] if head in lines else [head, line]
            shown.append(one)
    return "\n".join((*lines, NO_PROMISE, _source(shown))), left


def question(answers: Mapping[str, Any]) -> str:
    """What was looked for, as a question to an office."""
    said = {option.key: option.label for option in (*GROUPS, *PURPOSES)}
    kinds = {one.id: one.label for one in OFFERED_KINDS}
    return f"Tìm hỗ trợ: {kinds[answers['kind']]}; {said[answers['group']]}; {said[answers['purpose']]}"


def _line(one: Policy, kind: KindId) -> str:
    return f"– {one.title}. {one.helps_a(kind)} Theo {one.document}, {one.since}. Hỏi: {one.ask}."


def _source(shown: Sequence[Policy]) -> str:
    what = "văn bản trên" if shown else "chưa tìm thấy văn bản"
    return f"Nguồn: {what} · kiểm tra {date_words(CHECKED)}{DOUBT}"


def facts(visit: Visit) -> Mapping[str, Any]:
    """What the person's producer is and where, as far as they said."""
    mine = producers.of_person(visit.db, visit.person.person_id)
    return {"kind": mine[0].kind if mine else None, "province": place_of(visit)[1]}


FORM = Form(
    Conversation(NAME, "việc tìm hỗ trợ", "", script, review=False),
    facts,
    finish,
    keeps=False,
    may_be_asked=True,
    given_up=lambda visit, facts: back_to(facts, ""),
)
