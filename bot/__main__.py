"""The command line: python -m bot COMMAND."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from bot.settings import Settings

app = typer.Typer(help="Trợ lý OCOP.", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def main() -> None:
    """Trợ lý OCOP: trang trò chuyện, Telegram, Zalo."""


@app.command()
def run() -> None:
    """Chạy trợ lý: trang trò chuyện, Telegram và Zalo khi có mã bot."""
    from bot.run import CannotStart
    from bot.run import run as serve
    from bot.settings import SettingsError, load_settings
    from storage.lock import StoreInUse

    try:
        serve(load_settings())
    except SettingsError as error:
        _stop(str(error), 2)
    except (CannotStart, StoreInUse) as error:
        _stop(str(error), 1)


@app.command()
def check(
    quiet: Annotated[bool, typer.Option("--quiet", help="Chỉ in chỗ cần sửa.")] = False,
) -> None:
    """Xem cài đặt, cơ sở dữ liệu và mã bot có dùng được không, và cách sửa."""
    from bot.check import check as look
    from bot.settings import SettingsError, load_settings

    try:
        settings = load_settings()
    except SettingsError as error:
        _stop(str(error), 2)
    findings = look(settings)
    for finding in findings:
        if not (quiet and finding.is_good):
            print(finding.line)
    if not all(finding.is_good for finding in findings):
        raise typer.Exit(1)


@app.command()
def invite(
    role: Annotated[str, typer.Option("--role", help="commune, province hoặc admin.")],
    province: Annotated[str, typer.Option("--province", help="Tỉnh, ví dụ cao-bang.")] = "",
    commune: Annotated[str, typer.Option("--commune", help="Xã, phường, ví dụ cao-bang/hung-dao.")] = "",
) -> None:
    """In ra mã mời một cán bộ: dùng một lần, trong 7 ngày, gõ vào cuộc trò chuyện."""
    from bot.invite import CannotInvite
    from bot.invite import invite as make
    from bot.settings import SettingsError, load_settings

    try:
        print(make(load_settings(), role, province, commune))
    except (SettingsError, CannotInvite) as error:
        _stop(str(error), 2)


@app.command()
def ask(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Câu hỏi, có dấu hay không dấu.")] = "",
    file: Annotated[
        Path | None, typer.Option("--file", help="Tệp câu hỏi: các cột id, text, cách nhau bằng tab.")
    ] = None,
) -> None:
    """Trả lời một câu hỏi về OCOP, kèm nguồn; với --file, in ra trợ lý hiểu từng câu thế nào."""
    from bot.ask import answer, answer_file

    _print_answers(text, file, answer, answer_file, "Viết một câu hỏi, hoặc --file và tên tệp.")


@app.command()
def find(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="Tên hàng, nơi, số sao, loại hàng.")] = "",
    file: Annotated[Path | None, typer.Option("--file", help="Tệp: các cột id, query, cách nhau bằng tab.")] = None,
) -> None:
    """Tìm hàng trong danh mục; với --file, in ra tên hàng tìm được cho từng dòng."""
    from bot.find import answer, answer_file

    _print_answers(query, file, answer, answer_file, "Viết tên hàng cần tìm, hoặc --file và tên tệp.")


def _print_answers(
    text: str,
    file: Path | None,
    answer: Callable[[str], str],
    answer_file: Callable[[Path], Iterator[str]],
    wrong: str,
) -> None:
    from bot.tabbed import CannotRead

    if bool(text) == bool(file):
        _stop(wrong, 2)
    try:
        for line in answer_file(file) if file else [answer(text)]:
            print(line)
    except CannotRead as error:
        _stop(str(error), 2)


@app.command("export")
def export_(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Thư mục để ghi vào.")],
) -> None:
    """Ghi mọi câu trả lời đang dùng ra tệp, mỗi chủ đề một tệp, để sửa trên máy tính."""
    from bot.topic_files import export_topics

    count = _moved(export_topics, folder)
    print(f"Đã ghi {count} chủ đề vào {folder}.")


@app.command("import")
def import_(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Thư mục có các tệp chủ đề.")],
) -> None:
    """Nhập câu trả lời đã sửa từ tệp; cán bộ tỉnh duyệt trong cuộc trò chuyện rồi mới dùng."""
    from bot.topic_files import import_topics

    count = _moved(import_topics, folder)
    print(f"Đã nhập {count} câu, chờ cán bộ tỉnh duyệt." if count else "Không có câu nào mới.")


def _moved(move: "Callable[[Settings, Path], int]", folder: Path) -> int:
    from bot.settings import SettingsError, load_settings
    from bot.topic_files import CannotMove

    try:
        return move(load_settings(), folder)
    except (SettingsError, CannotMove) as error:
        _stop(str(error), 2)


def _stop(words: str, code: int) -> NoReturn:
    print(words, file=sys.stderr)
    raise typer.Exit(code)


if __name__ == "__main__":
    app()
