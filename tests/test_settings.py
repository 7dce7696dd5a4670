"""Settings come from the environment, and a bad one stops the start with one clear line."""

import os
from pathlib import Path

import platformdirs
import pytest
from pydantic import SecretStr

from bot.errors import SettingsError
from bot.settings import Address, Settings, read_settings


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("STEADY_")]:
        monkeypatch.delenv(name)


def test_everything_has_a_default() -> None:
    settings = read_settings()

    assert settings.database == settings.data_dir / "steady.db"
    assert settings.key_file == settings.config_dir / "steady.key"
    assert settings.telegram_token is None
    assert settings.scripts is None
    assert settings.log_level == "INFO"


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("STEADY_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("STEADY_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("STEADY_SCRIPTS", str(tmp_path))
    monkeypatch.setenv("STEADY_TELEGRAM_TOKEN", " 123456:ABC-def_1 \n")
    monkeypatch.setenv("STEADY_LOG_LEVEL", "debug")

    settings = read_settings()

    assert settings.database == tmp_path / "data" / "steady.db"
    assert settings.key_file == tmp_path / "config" / "steady.key"
    assert settings.scripts == tmp_path
    assert settings.telegram_token == SecretStr("123456:ABC-def_1")
    assert settings.log_level == "DEBUG"


def test_an_option_given_by_hand_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEADY_LOG_LEVEL", "debug")

    assert read_settings(log_level="error").log_level == "ERROR"


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEADY_TELEGRAM_TOKEN", "")

    assert read_settings().telegram_token is None


def test_no_env_file_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("STEADY_LOG_LEVEL=ERROR\n")
    monkeypatch.chdir(tmp_path)

    assert read_settings().log_level == "INFO"


def test_the_home_folder_and_relative_paths_are_made_whole(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    assert read_settings(data_dir="~/here").data_dir == tmp_path / "here"
    assert read_settings(scripts="there").scripts == tmp_path / "there"


def test_settings_do_not_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        read_settings().log_level = "DEBUG"  # type: ignore[misc]


def test_the_token_is_never_shown() -> None:
    settings = read_settings(telegram_token="123456:very-secret")

    assert "very-secret" not in repr(settings) + str(settings) + settings.model_dump_json()


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        (
            "STEADY_LOG_LEVEL",
            "loud",
            "STEADY_LOG_LEVEL: this is no log level. Choose one of DEBUG, INFO, WARNING, ERROR.",
        ),
        (
            "STEADY_TELEGRAM_TOKEN",
            "very-secret",
            "STEADY_TELEGRAM_TOKEN: this is not a bot token. "
            "Copy the whole token from BotFather: digits, a colon, letters.",
        ),
        (
            "STEADY_TELEGRAM_TOKN",
            "123456:very-secret",
            "STEADY_TELEGRAM_TOKN: there is no such setting. Did you mean STEADY_TELEGRAM_TOKEN?",
        ),
        ("STEADY_DATA_DIR", "{tmp}/file", "STEADY_DATA_DIR: {tmp}/file is a file. Name a folder."),
        ("STEADY_DATABASE", "{tmp}", "STEADY_DATABASE: {tmp} is a folder. Name a file."),
        (
            "STEADY_SCRIPTS",
            "~nobody-of-this-name/x",
            "STEADY_SCRIPTS: this user has no home folder for ~nobody-of-this-name/x. Write the whole path.",
        ),
    ],
)
def test_a_bad_setting_is_one_clear_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str, message: str
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv(name, value.format(tmp=tmp_path))

    with pytest.raises(SettingsError) as caught:
        read_settings()

    assert str(caught.value) == message.format(tmp=tmp_path)
    assert caught.value.exit_status == 78
    assert caught.value.__cause__ is None


def test_two_bad_settings_are_two_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEADY_LOG_LEVEL", "loud")
    monkeypatch.setenv("STEADY_TELEGRAM_TOKEN", "?")

    with pytest.raises(SettingsError) as caught:
        read_settings()

    assert [line.partition(":")[0] for line in str(caught.value).splitlines()] == [
        "STEADY_TELEGRAM_TOKEN",
        "STEADY_LOG_LEVEL",
    ]


def test_names_that_others_set_with_our_prefix_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("STEADY_SERVICE_HOST", "STEADY_SERVICE_PORT", "STEADY_PORT", "STEADY_PORT_8080_TCP"):
        monkeypatch.setenv(name, "10.0.0.1")

    assert read_settings().log_level == "INFO"


def test_an_unknown_setting_given_by_hand_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"^STEADY_COLOUR: there is no such setting\. Remove it\.$"):
        read_settings(colour="red")


@pytest.mark.parametrize("key", ["data/steady.key", "data/keys/steady.key", "elsewhere/steady.key"])
def test_the_key_may_not_lie_with_the_data(tmp_path: Path, key: str) -> None:
    with pytest.raises(SettingsError, match="lies with the data") as caught:
        read_settings(
            data_dir=tmp_path / "data", database=tmp_path / "elsewhere" / "steady.db", key_file=tmp_path / key
        )

    assert str(caught.value).startswith("STEADY_KEY_FILE: ")


def test_a_link_does_not_hide_a_key_beside_the_data(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "config").symlink_to(tmp_path / "data")

    with pytest.raises(SettingsError, match="lies with the data"):
        read_settings(data_dir=tmp_path / "data", config_dir=tmp_path / "config")


def test_the_key_is_apart_even_where_a_system_has_one_folder_for_both(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(platformdirs, "user_data_path", lambda *a, **k: tmp_path / "steady")
    monkeypatch.setattr(platformdirs, "user_config_path", lambda *a, **k: tmp_path / "steady")

    settings = Settings()

    assert settings.data_dir == tmp_path / "steady"
    assert settings.key_file == tmp_path / "steady-config" / "steady.key"


def test_the_settings_of_telegram_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEADY_TELEGRAM_API", "http://127.0.0.1:8081/")
    monkeypatch.setenv("STEADY_WEBHOOK_URL", "http://steady.local/telegram")
    monkeypatch.setenv("STEADY_WEBHOOK_LISTEN", "0.0.0.0:8443")
    monkeypatch.setenv("STEADY_STATUS_LISTEN", "[::1]:9000")
    monkeypatch.setenv("STEADY_ALERT_CHAT", "-1001234567890")

    settings = read_settings()

    assert settings.telegram_api == "http://127.0.0.1:8081"
    assert settings.webhook_listen == Address("0.0.0.0", 8443)
    assert settings.status_listen == Address("::1", 9000)
    assert settings.alert_chat == -1001234567890


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("TELEGRAM_API", "api.telegram.org", "this is no address of a Bot API server."),
        ("WEBHOOK_URL", "steady.example", "Telegram cannot call this."),
        ("WEBHOOK_URL", "http://steady.example/t", "Telegram calls by https only."),
        ("WEBHOOK_SECRET", "short", "Telegram takes 16 to 256 letters"),
        ("WEBHOOK_LISTEN", "8080", "this is no address to listen on."),
        ("STATUS_LISTEN", "127.0.0.1:99999", "this is no address to listen on."),
        ("ALERT_CHAT", "my nurses", "this is no id of a chat."),
    ],
)
def test_a_bad_setting_of_telegram_is_told_by_its_name(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, line: str
) -> None:
    monkeypatch.setenv(f"STEADY_{name}", value)

    with pytest.raises(SettingsError) as caught:
        read_settings()

    assert str(caught.value).startswith(f"STEADY_{name}: {line}")
