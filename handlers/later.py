"""A photo or file that comes when nothing asked for it: which paper of which form it is, and there it goes."""

from collections.abc import Mapping, Sequence
from typing import Any

from handlers import menu, photos
from handlers.form import Form, Next, Put, Room
from handlers.visit import Visit
from storage.progress import Saved
from talk import attachments
from talk.agreement import NO, YES
from talk.answers import Option, one_of
from talk.conversation import Conversation
from talk.message import Attachment
from talk.progress import Progress
from talk.script import Facts, Script, ask

NAME = "later"
OTHER = "other"
NEITHER = Option("none", "Không phải, đừng giữ", (NO[0],))
FILE = attachments.file()
AT_MOST = 24  # three pages; whoever has more to choose from opens the form itself


def script(facts: Facts) -> Script:
    """What it is: the one product without a photo, most likely; else which of what is still missing."""
    rooms = [Option(key, label) for key, label, _ in facts.rooms or [["0", "Ảnh sản phẩm", True]]]
    products = [Option(key, label) for key, label, is_product in facts.rooms or () if is_product]
    what = "Ảnh này" if facts.is_photo else "Tệp này"
    if len(products) == 1 or len(rooms) == 1:
        likely = (products or rooms)[0]
        rooms = [room for room in rooms if room.key != likely.key]
        other = [Option(OTHER, "Là giấy tờ khác", ("giay to", "giay khac"))] if rooms else []
        yes = Option(likely.key, "Đúng rồi", (YES[0],))
        prompt = f"{what} là {likely.label[:1].lower()}{likely.label[1:]}, phải không ạ?"
        said = yield ask("likely", prompt, one_of([yes, *other, NEITHER]), title="Ảnh")
        if said != OTHER:
            return
    yield ask("which", f"{what} là gì ạ?", one_of([*rooms, NEITHER]), title="Giấy tờ")


def about(file: Attachment, rooms: Sequence[tuple[Saved, Room]]) -> Mapping[str, Any]:
    """What the question begins from; photos of products come first."""
    some = sorted(rooms, key=lambda one: not one[1].is_product)[:AT_MOST]
    return {
        "is_photo": file.is_photo,
        "rooms": [[str(n), room.label, room.is_product] for n, (_, room) in enumerate(some)],
        "put": [[saved.id, {**room.others, room.key: FILE.dump(file)}] for saved, room in some],
    }


def finish(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    """Put it there, or let it go."""
    which = answers["which"] if "which" in answers else answers["likely"]
    if which == NEITHER.key:
        photos.wipe_unused(visit)
        return menu.menu("Được, trợ lý không giữ.")
    progress_id, given = done.facts["put"][int(which)]
    return Put(progress_id, given)


FORM = Form(Conversation(NAME, "một tấm ảnh", "", script, review=False), lambda visit: {}, finish, keeps=False)
