"""The command line as its operator meets it: one clear line when something is wrong, and a stop within ten seconds."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest

from bot.settings import Settings
from ocop.long_codes import read_long_code
from storage.store import Store
from tests.fakes.telegram_process import TelegramProcess

pytestmark = pytest.mark.process

ROOT = Path(__file__).parents[2]


class Program:
    """`python -m bot` in a folder of its own, as on a fresh machine."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.port = free_port()
        names = {name.upper() for name in Settings.model_fields}
        self._environment = {name: value for name, value in os.environ.items() if name.upper() not in names}
        self._environment |= {"PYTHONPATH": str(ROOT), "PORT": str(self.port)}

    def starts(self, command: str, **settings: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", "bot", *command.split()],
            cwd=self.folder,
            env=self._environment | settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def ends(self, command: str, **settings: str) -> tuple[int, str, str]:
        """Run to the end: the exit code, what was printed, what was complained about."""
        with self.starts(command, **settings) as started:
            out, complaints = started.communicate(timeout=20)
        return started.returncode, out, complaints

    @contextmanager
    def running(self, **settings: str) -> Iterator["subprocess.Popen[str]"]:
        """The assistant, up and well."""
        with self.starts("run", **settings) as started:
            try:
                self.is_well(started)
                yield started
            finally:
                started.kill()

    def is_well(self, started: "subprocess.Popen[str]") -> None:
        for _ in range(400):
            assert started.poll() is None, started.communicate()
            try:
                if httpx.get(f"http://127.0.0.1:{self.port}/healthz").status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.05)
        raise AssertionError("it did not come up")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def stop(started: "subprocess.Popen[str]", how: int = signal.SIGTERM) -> tuple[int, str]:
    """Ask it to stop, and wait no longer than the ten seconds it has; its exit code and its log."""
    started.send_signal(how)
    _, log = started.communicate(timeout=10)
    return started.returncode, log


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A port that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        yield silent.getsockname()[1]


class TestRun:
    def test_on_a_fresh_machine_it_comes_up_and_stops_when_told(self, program: Program) -> None:
        with program.running() as started:
            page = httpx.get(f"http://127.0.0.1:{program.port}/")
            code, log = stop(started)

        assert "Trợ lý OCOP" in page.text
        assert code == 0
        assert "Traceback" not in log
        assert log.splitlines()[-1].endswith("stopped")

    def test_ctrl_c_stops_it_as_well(self, program: Program) -> None:
        with program.running() as started:
            code, log = stop(started, signal.SIGINT)

        assert code == 0
        assert "Traceback" not in log

    def test_it_stops_in_time_with_a_page_open(self, program: Program) -> None:
        with program.running() as started, httpx.Client(base_url=f"http://127.0.0.1:{program.port}") as browser:
            browser.get("/")
            with browser.stream("GET", "/chat/events") as events:
                assert next(events.iter_lines()).startswith("event:")
                code, _ = stop(started)

        assert code == 0

    def test_it_stops_in_time_while_telegram_hangs(self, program: Program, silent_port: int) -> None:
        url = f"http://127.0.0.1:{silent_port}"
        with program.running(TELEGRAM_BOT_TOKEN="1:silent", TELEGRAM_API_URL=url) as started:
            code, log = stop(started)

        assert code == 0
        assert "Traceback" not in log
        assert "silent" not in log

    async def test_it_stops_in_time_with_many_answers_still_to_send(self, program: Program) -> None:
        async with TelegramProcess(delay=0.2) as telegram:
            with program.running(
                TELEGRAM_BOT_TOKEN=telegram.token, TELEGRAM_API_URL=telegram.url, TELEGRAM_SENDS_PER_SECOND="5"
            ) as started:
                for number in range(1, 60):
                    await telegram.person(number).says("xin chào")
                await telegram.person(1).hears()
                code, log = await asyncio.to_thread(stop, started)

        assert code == 0
        assert "Traceback" not in log
        with closing(Store(f"sqlite:///{program.folder}/data/ocop.db")) as store:
            states = store.run(lambda db: db.exec_driver_sql("SELECT DISTINCT state FROM outbox").scalars().all())
        assert set(states) == {"sent", "waiting"}

    def test_a_setting_that_will_not_do_is_named_on_one_line(self, program: Program) -> None:
        code, out, complaints = program.ends("run", TELEGRAM_MODE="push")

        assert (code, out) == (2, "")
        assert complaints.startswith("Cài đặt TELEGRAM_MODE chưa dùng được: ")
        assert complaints.count("\n") == 1

    def test_a_port_that_is_taken_is_named_on_one_line_and_nothing_else_is_touched(self, program: Program) -> None:
        with socket.create_server(("127.0.0.1", program.port)):
            code, out, complaints = program.ends("run")

        assert (code, out) == (1, "")
        assert complaints.startswith(f"Cổng {program.port} trên 127.0.0.1 chưa dùng được")
        assert complaints.count("\n") == 1
        assert not (program.folder / "data" / "ocop.db").exists()

    def test_a_host_that_is_not_ours_is_named_on_one_line(self, program: Program) -> None:
        code, _, complaints = program.ends("run", HOST="no-such-host.invalid")

        assert code == 1
        assert "Unknown error" not in complaints
        assert complaints.count("\n") == 1

    def test_a_second_one_on_the_same_database_says_so_in_one_sentence(self, program: Program) -> None:
        with program.running():
            code, out, complaints = program.ends("run", PORT=str(free_port()))

        assert (code, out) == (1, "")
        assert "Một chương trình khác đang mở" in complaints
        assert complaints.count("\n") == 1

    def test_a_database_that_is_away_ends_it_with_a_sentence_and_without_its_password(self, program: Program) -> None:
        url = f"postgresql://ocop:very-secret@127.0.0.1:{free_port()}/ocop"
        code, out, complaints = program.ends("run", DATABASE_URL=url)

        assert (code, out) == (1, "")
        assert complaints.splitlines()[-1].startswith("Cơ sở dữ liệu chưa vào được (OperationalError).")
        assert "very-secret" not in complaints
        assert not [line for line in complaints.splitlines() if line.startswith((" ", "Traceback"))]


class TestCheck:
    def test_on_a_fresh_machine_it_says_what_is_there_and_makes_no_database(self, program: Program) -> None:
        code, out, complaints = program.ends("check", OPERATOR_CONTACT="0209 3 870 000")

        assert (code, complaints) == (0, "")
        assert "SQLite, chưa có" in out
        assert "Telegram: không dùng" in out
        assert all(line.startswith("✅ ") for line in out.splitlines())
        assert not (program.folder / "data" / "ocop.db").exists()

    def test_what_is_missing_is_shown_with_how_to_mend_it(self, program: Program) -> None:
        code, out, _ = program.ends("check --quiet")

        assert code == 1
        assert out.startswith("⚠️ Chưa có cách để bà con gặp người: đặt OPERATOR_NAME")
        assert out.count("\n") == 1

    def test_beside_the_running_assistant_it_leaves_the_database_alone(self, program: Program) -> None:
        with program.running() as started:
            code, out, _ = program.ends("check", OPERATOR_CONTACT="0209 3 870 000")
            stop(started)
        afterwards = program.ends("check", OPERATOR_CONTACT="0209 3 870 000")

        assert code == 0
        assert "trợ lý đang chạy" in out
        assert "đúng bản mới" in afterwards[1]

    def test_a_database_that_is_away_or_not_ours_to_write_is_shown(self, program: Program) -> None:
        url = f"postgresql://ocop:very-secret@127.0.0.1:{free_port()}/ocop"
        code, out, complaints = program.ends("check --quiet", DATABASE_URL=url, OPERATOR_CONTACT="x")
        (program.folder / "folder.db").mkdir()
        other = program.ends("check --quiet", DATABASE_URL="sqlite:///folder.db", OPERATOR_CONTACT="x")

        assert (code, complaints) == (1, "")
        assert out == "⚠️ Cơ sở dữ liệu: PostgreSQL, chưa vào được (OperationalError). Xem lại DATABASE_URL.\n"
        assert other == (
            1,
            "⚠️ Cơ sở dữ liệu: SQLite, chưa vào được (OperationalError). Xem lại DATABASE_URL.\n",
            "",
        )

    @pytest.mark.parametrize(
        ("status", "body", "words"),
        [
            pytest.param(
                200, '{"ok": true, "result": {"username": "ocop_bot"}}', "✅ Telegram: bot @ocop_bot", id="well"
            ),
            pytest.param(401, '{"ok": false}', "⚠️ Telegram: mã bot không được nhận", id="another token"),
            pytest.param(502, "<html>", "⚠️ Telegram: máy chủ trả lời khác thường (mã 502)", id="a gateway in trouble"),
            pytest.param(200, "[]", "⚠️ Telegram: máy chủ trả lời khác thường (mã 200)", id="something else answers"),
        ],
    )
    def test_the_bot_token_is_tried(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, status: int, body: str, words: str
    ) -> None:
        from bot.check import check

        monkeypatch.setattr(httpx, "get", lambda url, timeout: httpx.Response(status, text=body))
        settings = Settings(
            telegram_bot_token="1:abc",
            database_url=f"sqlite:///{tmp_path}/none.db",
            secret_key="k" * 32,
            _env_file=None,
        )

        assert [finding.line for finding in check(settings)][-1].startswith(words)

    def test_a_setting_that_will_not_do_is_named_on_one_line(self, program: Program) -> None:
        code, out, complaints = program.ends("check", PORT="eighty")

        assert (code, out) == (2, "")
        assert complaints.startswith("Cài đặt PORT chưa dùng được: ")
        assert complaints.count("\n") == 1


@pytest.mark.parametrize("command", ["--help", "run --help", "check --help"])
def test_every_command_explains_itself(program: Program, command: str) -> None:
    code, out, complaints = program.ends(command)

    assert (code, complaints) == (0, "")
    assert "--help" in out


class TestInvite:
    def test_it_prints_the_code_and_nothing_else_on_a_fresh_machine_too(self, program: Program) -> None:
        code, out, complaints = program.ends("invite --role commune --province cao-bang --commune cao-bang/hung-dao")

        assert (code, complaints) == (0, "")
        assert read_long_code(out) == out.strip()

    def test_it_works_while_the_assistant_is_running(self, program: Program) -> None:
        with program.running():
            code, out, _ = program.ends("invite --role province --province thai-nguyen")

        assert code == 0
        assert read_long_code(out)

    @pytest.mark.parametrize(
        ("asked", "said"),
        [
            pytest.param("--role mayor", "--role là commune, province hoặc admin", id="no such role"),
            pytest.param("--role commune --commune ha-noi", "chưa thấy «ha-noi»", id="no such commune"),
            pytest.param("--role commune --province cao-bang", "chưa thấy «»", id="no commune"),
            pytest.param(
                "--role commune --province cao-bang --commune thai-nguyen/con-minh",
                "không thuộc tỉnh «cao-bang»",
                id="a commune of another province",
            ),
            pytest.param("--role province --province ha-noi", "cao-bang hoặc thai-nguyen", id="no such province"),
            pytest.param("--role admin --province cao-bang", "không thuộc nơi nào", id="an admin with a place"),
        ],
    )
    def test_what_cannot_be_is_said_in_one_line(self, program: Program, asked: str, said: str) -> None:
        code, out, complaints = program.ends(f"invite {asked}")

        assert (code, out) == (2, "")
        assert said in complaints
        assert len(complaints.splitlines()) == 1


def test_topics_go_out_as_files_and_come_back_edited(program: Program):
    code, out, complaints = program.ends("export topics")
    assert (code, complaints) == (0, "")
    assert re.fullmatch(r"Đã ghi \d+ chủ đề vào topics\.\n", out)
    assert program.ends("import topics")[:2] == (0, "Không có câu nào mới.\n")

    fees = program.folder / "topics" / "fees.toml"
    fees.write_text(
        fees.read_text(encoding="utf-8")
        + '\n[[version]]\nplace = "cao-bang"\nvalid_from = 2026-11-20\nanswer = "Không thu tiền gì cả."\n'
        'document = "theo Sở, 20/11/2026"\n',
        encoding="utf-8",
    )
    assert program.ends("import topics")[:2] == (0, "Đã nhập 1 câu, chờ cán bộ tỉnh duyệt.\n")


def test_a_folder_that_cannot_be_imported_is_told_of_in_clear_lines(program: Program):
    assert program.ends("import topics") == (2, "", "Không thấy tệp .toml nào trong topics.\n")
    (program.folder / "topics").mkdir()
    (program.folder / "topics" / "fees.toml").write_bytes(b"title = '\xff'")
    assert program.ends("import topics") == (2, "", "Tệp fees.toml phải viết bằng UTF-8.\n")
