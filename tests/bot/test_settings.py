"""Settings: what may be set, what is said when a value will not do, and what is made on the first start."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.settings import KEY_FILE, KEY_LENGTH, Settings, SettingsError, is_loopback, load_settings

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test starts in a folder of its own, with none of our settings in the environment."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_any_setting_it_runs_on_this_machine_alone() -> None:
    settings = load_settings()

    assert settings.database_url == "sqlite:///data/ocop.db"
    assert settings.public_url == "http://127.0.0.1:8080"
    assert is_loopback(settings.host)
    assert str(settings.timezone) == "Asia/Ho_Chi_Minh"
    assert not settings.telegram_bot_token.get_secret_value()
    assert Path("data/files").is_dir()


def test_the_environment_wins_over_the_file_even_when_it_empties_a_value(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text(f"PORT=9000\nHOST=::1\nTELEGRAM_BOT_TOKEN={TOKEN}\nSOMETHING_ELSE=1\n")
    monkeypatch.setenv("PORT", "9001")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "")

    settings = load_settings()

    assert settings.port == 9001
    assert settings.public_url == "http://[::1]:9001"
    assert settings.telegram_bot_token.get_secret_value() == ""


def test_a_file_saved_by_notepad_is_read() -> None:
    Path(".env").write_bytes("PORT=9000\r\nOPERATOR_NAME=Ủy ban xã Côn Minh\r\n".encode("utf-8-sig"))

    assert (load_settings().port, load_settings().operator_name) == (9000, "Ủy ban xã Côn Minh")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://root:pw-never-shown@db/ocop"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("HOST", "a b"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "eighty"),
        ("PUBLIC_URL", "ocop.example.vn"),
        ("PUBLIC_URL", "http://ocop.example.vn"),
        ("PUBLIC_URL", "http://127.0.0.1.example.vn"),
        ("PUBLIC_URL", "https://ocop.example.vn:99999"),
        ("PUBLIC_URL", "https://ocop.example.vn/chat"),
        ("PUBLIC_URL", "https://ann:pw-never-shown@ocop.example.vn"),
        ("SECRET_KEY", "pw-never-shown"),
        ("TIMEZONE", "Bắc Kạn"),
        ("TIMEZONE", "../../etc/passwd"),
        ("OPERATOR_NAME", "a" * 201),
        ("OPERATOR_CONTACT", "a\nb"),
        ("RETENTION_DAYS", "0"),
        ("RETENTION_DAYS", "1.5"),
        ("TELEGRAM_BOT_TOKEN", "pw-never-shown"),
        ("TELEGRAM_API_URL", "http://api.telegram.org"),
        ("TELEGRAM_API_URL", "https://api.telegram.org/bot"),
        ("TELEGRAM_MODE", "push"),
        ("TELEGRAM_WEBHOOK_SECRET", "pw-never-shown đ"),
        ("TELEGRAM_WEBHOOK_SECRET", "a" * 257),
        ("TELEGRAM_SENDS_PER_SECOND", "0"),
        ("TELEGRAM_SENDS_PER_SECOND", "inf"),
        ("TELEGRAM_CHAT_SENDS_PER_SECOND", "nan"),
        ("ZALO_BOT_TOKEN", "pw-never-shown"),
        ("ZALO_BOT_API_URL", "http://bot-api.zaloplatforms.com"),
        ("ZALO_BOT_MODE", "push"),
        ("ZALO_BOT_WEBHOOK_SECRET", "seven-7"),
        ("ZALO_BOT_MONTHLY_LIMIT", "0"),
    ],
)
def test_a_value_that_will_not_do_is_named_on_one_line_and_never_shown(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError) as refused:
        load_settings()

    line = str(refused.value)
    assert line.startswith(f"Cài đặt {name} chưa dùng được: ")
    assert line.endswith(".")
    assert "\n" not in line
    assert "pw-never-shown" not in line
    assert refused.value.__suppress_context__


def test_several_values_that_will_not_do_are_named_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_MODE", "push")
    monkeypatch.setenv("PORT", "eighty")

    with pytest.raises(SettingsError) as refused:
        load_settings()

    assert [line.split()[2] for line in str(refused.value).splitlines()] == ["PORT", "TELEGRAM_MODE"]


def test_a_webhook_needs_its_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_MODE", "webhook")
    with pytest.raises(SettingsError, match="TELEGRAM_WEBHOOK_SECRET chưa dùng được: bắt buộc"):
        load_settings()

    monkeypatch.setenv("TELEGRAM_WEBHOOK_SECRET", "a-B_9")
    assert load_settings().telegram_webhook_secret.get_secret_value() == "a-B_9"


def test_zalos_webhook_needs_a_secret_of_eight_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZALO_BOT_MODE", "webhook")
    with pytest.raises(SettingsError, match="ZALO_BOT_WEBHOOK_SECRET chưa dùng được: bắt buộc"):
        load_settings()

    monkeypatch.setenv("ZALO_BOT_WEBHOOK_SECRET", "eight-88")
    assert load_settings().zalo_bot_webhook_secret.get_secret_value() == "eight-88"


@pytest.mark.parametrize("url", ["https://ocop.example.vn/", "http://localhost:8081", "http://[::1]:8081/"])
def test_https_and_this_machine_are_fine_and_lose_their_last_slash(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLIC_URL", url)
    monkeypatch.setenv("TELEGRAM_API_URL", url)

    settings = load_settings()

    assert settings.public_url == settings.telegram_api_url == url.rstrip("/")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_way_of_writing_postgresql_means_the_same_driver(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"{scheme}://ocop:p%40ss-word@db:5432/ocop")

    settings = load_settings()

    assert settings.database_url == "postgresql+psycopg://ocop:p%40ss-word@db:5432/ocop"
    assert {"p%40ss-word", "p@ss-word"} <= set(settings.secrets())


def test_settings_can_be_printed_without_showing_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    values = {
        "DATABASE_URL": "postgresql://ocop:password-of-db@db/ocop",
        "SECRET_KEY": "k" * KEY_LENGTH,
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_WEBHOOK_SECRET": "secret-of-webhook",
        "ZALO_BOT_TOKEN": "314159:token-of-zalo",
        "ZALO_BOT_WEBHOOK_SECRET": "secret-of-zalo",
    }
    for name, value in values.items():
        monkeypatch.setenv(name, value)

    settings = load_settings()

    secrets = set(values.values()) - {values["DATABASE_URL"]}
    assert set(settings.secrets()) == secrets | {"password-of-db"}
    assert not any(secret in f"{settings!r} {settings}" for secret in settings.secrets())


def test_the_key_is_made_once_and_only_its_owner_can_read_it() -> None:
    key = load_settings().secret_key.get_secret_value()

    assert len(key) >= KEY_LENGTH
    assert load_settings().secret_key.get_secret_value() == key
    assert stat.S_IMODE(KEY_FILE.stat().st_mode) == 0o600
    assert [file.name for file in KEY_FILE.parent.iterdir() if file.is_file()] == [KEY_FILE.name]


def test_a_key_that_others_could_read_is_closed_to_them() -> None:
    load_settings()
    KEY_FILE.chmod(0o644)
    load_settings()

    assert stat.S_IMODE(KEY_FILE.stat().st_mode) == 0o600


def test_a_key_of_ones_own_is_not_written_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "k" * KEY_LENGTH)

    assert load_settings().secret_key.get_secret_value() == "k" * KEY_LENGTH
    assert not KEY_FILE.exists()


def test_a_key_file_that_was_emptied_is_said_so() -> None:
    load_settings()
    KEY_FILE.write_text("")

    with pytest.raises(SettingsError, match="không còn đủ khóa"):
        load_settings()


def test_two_first_starts_at_once_end_up_with_one_key() -> None:
    with ThreadPoolExecutor(4) as starts:
        keys = {settings.secret_key.get_secret_value() for settings in starts.map(lambda _: load_settings(), range(8))}

    assert len(keys) == 1


def test_the_folders_it_makes_are_closed_to_other_accounts_of_the_machine() -> None:
    settings = load_settings()

    assert {stat.S_IMODE(folder.stat().st_mode) for folder in (Path("data"), settings.files_dir)} == {0o700}


def test_a_folder_that_cannot_be_made_names_its_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("taken").write_text("a file where a folder should be")
    for name, value in (("FILES_DIR", "taken/files"), ("DATABASE_URL", "sqlite:///taken/ocop.db")):
        monkeypatch.setenv(name, value)
        with pytest.raises(SettingsError, match=f"^Cài đặt {name} chưa dùng được: không tạo được thư mục taken"):
            load_settings()
        monkeypatch.delenv(name)


def test_a_file_in_another_encoding_is_said_so() -> None:
    Path(".env").write_bytes("OPERATOR_NAME=Ủy ban".encode("utf-16"))

    with pytest.raises(SettingsError, match="UTF-8"):
        load_settings()


def test_a_name_that_is_nearly_one_of_ours_is_pointed_out(caplog: pytest.LogCaptureFixture) -> None:
    Path(".env").write_text("TELEGRAM_BOT_TOKN=x\nTELEGRAM_BOT_TOKEN=\nNODE_ENV=production\n")
    load_settings()

    assert [record.getMessage() for record in caplog.records] == [
        "Tệp .env có TELEGRAM_BOT_TOKN, trợ lý không biết tên này. Có phải TELEGRAM_BOT_TOKEN không?"
    ]


@pytest.mark.parametrize(
    ("host", "near"),
    [
        ("localhost", True),
        ("127.0.0.9", True),
        ("::1", True),
        ("[::1]", True),
        ("0.0.0.0", False),
        ("example.vn", False),
    ],
)
def test_loopback_is_this_machine_and_nothing_else(host: str, near: bool) -> None:
    assert is_loopback(host) is near
