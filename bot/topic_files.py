"""`export`, `import`: topics as files in a folder, for officials who would rather edit at a desk."""

from pathlib import Path

from bot import clock
from bot.settings import Settings
from handlers.editing.files import NotTaken, all_files, bring_in
from handlers.places import put_all
from handlers.visit import Moment, Office
from storage.beside import run_beside
from storage.store import Db


class CannotMove(Exception):
    """What is wrong with the folder or its files, for the operator."""


def export_topics(settings: Settings, folder: Path) -> int:
    """Write every topic as people are given it into a folder; how many there are. Raises CannotMove."""
    day = clock.now().astimezone(settings.timezone).date()
    texts = run_beside(settings.database_url, lambda db: all_files(db, settings.timezone, day))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise CannotMove(f"Không ghi được vào {folder}: {error.strerror}.") from None
    return len(texts)


def import_topics(settings: Settings, folder: Path) -> int:
    """Keep what the files of a folder say otherwise, for officials to approve; how many that is. Raises CannotMove."""
    texts = _texts(folder)
    office = Office(settings.operator_name, settings.operator_contact, settings.timezone)

    def work(db: Db) -> int:
        put_all(db)  # on a database that was never run with
        return bring_in(Moment(db, clock.now(), office), texts)

    try:
        return run_beside(settings.database_url, work)
    except NotTaken as wrong:
        raise CannotMove(f"{wrong}\nChưa nhập gì cả.") from None


def _texts(folder: Path) -> dict[str, str]:
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise CannotMove(f"Không thấy tệp .toml nào trong {folder}.")
    texts = {}
    for file in files:
        try:
            texts[file.name] = file.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            raise CannotMove(f"Tệp {file.name} phải viết bằng UTF-8.") from None
        except OSError as error:
            raise CannotMove(f"Không mở được {file.name}: {error.strerror}.") from None
    return texts
