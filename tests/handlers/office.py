"""The offices that producers hand in to: officials with their codes, and what reaches a producer unasked."""

from datetime import timedelta

from ocop.codes import CODES, new_code
from ocop.long_codes import INVITE, new_long_code
from storage import grants, outbox, people
from storage.dossiers import Dossier, events, of_commune
from storage.grants import Role
from storage.store import Db
from storage.tables import AUDIT, OUTBOX
from talk.message import Message
from tests.handlers.person import Person, Village, as_seen, fits_every_channel
from tests.handlers.test_registering import registers_noodles

CON_MINH, BA_BE, HUNG_DAO = "thai-nguyen/con-minh", "thai-nguyen/ba-be", "cao-bang/hung-dao"
THAI_NGUYEN, CAO_BANG = "thai-nguyen", "cao-bang"
REASON = "xã gọi hỏi cách ghi hồ sơ"


def invited(village: Village, role: Role, place_id: str | None) -> str:
    """A fresh code for an official of this place."""
    code = new_long_code(lambda: new_code(7919 * int(village.next_native_id()[1:]) % CODES), INVITE)
    until = village.now + timedelta(days=7)
    village.store.run(lambda db: grants.invite(db, code, role, place_id, village.now, until))
    return code


def official(village: Village, name: str, role: Role = "commune", place_id: str | None = CON_MINH) -> Person:
    """Somebody who has typed the code they were given."""
    someone = village.person(name, channel="web")
    assert "✅" in someone.says(invited(village, role, place_id))
    return someone


def revoke(village: Village, someone: Person) -> None:
    """End every grant of an official."""
    who = someone.id

    def work(db: Db) -> None:
        for given in grants.of_person(db, who, village.now):
            assert grants.revoke(db, given.id, village.now)

    village.store.run(work)


def producer_of_noodles(village: Village, name: str = "chị Mẫu") -> Person:
    """Somebody in Côn Minh with a confirmed draft."""
    someone = village.person(name)
    registers_noodles(someone)
    assert "Xong bản nháp" in someone.says("xong")
    return someone


def opens_first(someone: Person) -> str:
    """Open the first dossier of the list."""
    someone.says("/hoso")
    return someone.says("1")


def records_receipt(someone: Person, number: str = "12/PĐK", day: str = "20/11/2026") -> str:
    """Open the first dossier and record that its paper came in."""
    opens_first(someone)
    someone.says("đã nhận bản giấy", number, day)
    return someone.says("xong")


def hears(someone: Person) -> str:
    """What has come to the phone unasked, the last of it as on a channel without buttons; it counts as seen."""
    village, me = someone.village, someone.id

    def work(db: Db) -> list[Message]:
        mine = {chat.id for chat in people.chats(db, me) if chat.address == someone.address}
        rows = [row for row in db.execute(OUTBOX.select().order_by(OUTBOX.c.id)) if row.chat_id in mine]
        fresh = [row for row in rows if row.done_at is None]
        for row in fresh:
            outbox.end(db, row.id, "sent", "", village.now)
        return [Message.loads(row.body) for row in fresh]

    messages = village.store.run(work)
    for message in messages:
        fits_every_channel(message)
    someone.seen.extend(messages)
    return as_seen(messages[-1]) if messages else ""


def dossiers_of(village: Village, commune: str = CON_MINH) -> list[Dossier]:
    return village.store.run(lambda db: of_commune(db, commune))


def recorded(village: Village) -> list[str]:
    """The kinds of what was recorded of the first dossier, oldest first."""
    [dossier, *_] = dossiers_of(village)
    return [event.kind for event in village.store.run(lambda db: events(db, dossier.id))]


def audited(village: Village, *, denied: bool) -> list[tuple[int, str, str | None]]:
    """Who did, or was refused, what, and why they said they did it."""
    rows = village.store.run(lambda db: db.execute(AUDIT.select().order_by(AUDIT.c.id)).all())
    return [(row.person_id, row.act, row.reason) for row in rows if row.was_denied is denied]
