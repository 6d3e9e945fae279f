"""How many messages a bot has sent in a month, for channels that allow only so many."""

from sqlalchemy import Connection, bindparam, select

from storage.once import InsertOnce
from storage.tables import SEND_COUNT

c = SEND_COUNT.c

OF = (c.channel == bindparam("of_channel"), c.bot == bindparam("of_bot"), c.month == bindparam("of_month"))
BEGIN = InsertOnce(SEND_COUNT, ["channel", "bot", "month"])
ADD = SEND_COUNT.update().where(*OF).values(sends=c.sends + bindparam("more"))
SENDS = select(c.sends).where(*OF)


def add(db: Connection, channel: str, bot: str, month: str, sends: int) -> None:
    """Count so many more sends in a month, given as "2026-11"."""
    of = {"of_channel": channel, "of_bot": bot, "of_month": month}
    if not db.execute(ADD, of | {"more": sends}).rowcount:
        db.execute(BEGIN.on(db), {"channel": channel, "bot": bot, "month": month, "sends": 0})
        db.execute(ADD, of | {"more": sends})


def of_month(db: Connection, channel: str, bot: str, month: str) -> int:
    """How many sends were counted in a month."""
    of = {"of_channel": channel, "of_bot": bot, "of_month": month}
    return db.execute(SENDS, of).scalar() or 0
