"""The commands, as people and programs use them."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.app import load_script
from bot.cli import app
from bot.errors import SettingsError
from bot.places import find_places
from bot.script.load import load_places
from bot.script.script import Script
from bot.service.pausing import PauseError
from bot.settings import Settings
from bot.store.errors import KeyFileError, OpeningError, QueryError
from bot.talk.engine import Engine

CHECKOUT = Path(__file__).parent.parent
STEADY = [sys.executable, "-c", "from bot.cli import main; main()"]

Done = subprocess.CompletedProcess[str]


@cache
def script() -> Script:
    places = find_places()
    return load_places(places.dialogs, places.content)


@cache
def engine() -> Engine:
    return Engine(script())


class Home:
    """An empty home, and commands that are started in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / ".local" / "share" / "steady" / "steady.db"
        self.key = folder / ".config" / "steady" / "steady.key"

    def process(self, *arguments: str, typed: str = "", **more: str) -> Done:
        """Run a command as a process of its own."""
        return subprocess.run(
            [*STEADY, *arguments],
            cwd=CHECKOUT,
            env={**os.environ, **more},
            input=typed,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def steady(self, *arguments: str, typed: str = "") -> Result:
        """Run a command here, which is faster."""
        return CliRunner().invoke(app, arguments, input=typed)

    def chat(self, *lines: str, options: tuple[str, ...] = ()) -> str:
        """Type lines into a chat that goes well, and give what it prints."""
        done = self.steady("chat", *options, typed="".join(f"{line}\n" for line in lines))
        assert done.exit_code == 0, done.exception
        return done.stdout


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    for name in list(os.environ):
        if name.startswith(("STEADY_", "XDG_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("bot.app.load_script", lambda settings: load_script(settings) if settings.scripts else script())
    monkeypatch.setattr("bot.app.Engine", lambda _: engine())
    return Home(tmp_path)


ONBOARDING = ("/start", "I am the parent or carer and I agree", "Kenya")


def test_a_piped_chat_is_clean_on_an_empty_home(home: Home) -> None:
    done = home.process("chat", typed="/start\n")
    assert done.returncode == 0
    assert done.stdout.startswith("> /start\n\nHello.")
    assert "\x1b" not in done.stdout
    assert done.stderr == f"First start: the data is in {home.database}, its key in {home.key}.\n"
    for path in (home.database, home.key):
        assert path.stat().st_mode & 0o777 == 0o600, path
        assert path.parent.stat().st_mode & 0o777 == 0o700, path


def test_later_starts_say_nothing_of_their_own(home: Home) -> None:
    home.chat("/start")
    assert home.steady("chat", typed="/start\n").stderr == ""


def test_no_line_at_all_is_a_chat_too(home: Home) -> None:
    first = home.chat()
    assert first.startswith("Hello.")
    assert home.chat() == first


def test_what_is_no_text_is_taken_in_like_a_text(home: Home) -> None:
    done = subprocess.run([*STEADY, "chat"], cwd=CHECKOUT, input=b"\xff\xfe\x00\n", capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_chat_goes_on_at_the_same_question_after_the_process_was_killed(home: Home) -> None:
    home.chat(*ONBOARDING)
    with subprocess.Popen(
        [*STEADY, "chat", "--explain"],
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as chat:
        assert chat.stdin is not None
        assert chat.stdout is not None
        chat.stdin.write("Check for danger signs\nNone of these\n")
        chat.stdin.flush()
        printed = ""
        while printed.count("--- end ---") < 2:
            printed += chat.stdout.readline()
        chat.kill()
    question = re.search(r"> None of these\n\n(.*?)\n\n---", printed, re.DOTALL)
    assert question is not None
    assert home.chat().strip() == question[1].strip()


def test_a_wrong_key_is_one_line_and_the_data_stay_as_they_are(home: Home) -> None:
    home.chat("/start")
    before = home.database.read_bytes()
    home.key.write_text("00" * 32)
    done = home.process("chat", typed="/start\n")
    assert done.returncode == 78
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "the key does not open this file" in done.stderr
    assert home.database.read_bytes() == before


def test_a_lost_key_is_never_replaced_by_a_new_one(home: Home) -> None:
    home.chat("/start")
    home.key.unlink()
    assert isinstance(home.steady("chat").exception, KeyFileError)
    assert not home.key.exists()


def test_a_bad_setting_is_one_line(home: Home) -> None:
    done = home.process("chat", STEADY_LOG_LEVEL="LOUD")
    assert (done.returncode, done.stdout) == (78, "")
    assert done.stderr == "STEADY_LOG_LEVEL: this is no log level. Choose one of DEBUG, INFO, WARNING, ERROR.\n"


def test_a_folder_that_cannot_be_made_is_said_in_one_line(home: Home) -> None:
    (home.folder / ".local").write_text("a file")
    done = home.steady("chat")
    assert isinstance(done.exception, SettingsError)
    assert "cannot be made" in str(done.exception)
    assert len(str(done.exception).splitlines()) == 1


def test_a_reader_who_goes_away_is_no_disaster(home: Home) -> None:
    command = f"yes /start | head -50 | {shlex.join(STEADY)} chat | head -1"
    done = subprocess.run(
        ["bash", "-c", command], cwd=CHECKOUT, capture_output=True, text=True, timeout=120, check=False
    )
    assert "Traceback" not in done.stderr


def test_a_chat_begins_on_the_date_that_is_named(home: Home) -> None:
    lines = (*ONBOARDING, "Check for danger signs", "Yes, one of these")
    assert "EMERGENCY" in home.chat(*lines, options=("--date", "2026-03-14T21:30", "--explain"))
    query = "SELECT datetime(started_at / 1000, 'unixepoch', 'localtime') FROM checks"
    assert "2026-03-14 21:30" in home.steady("db", "query", query).stdout


def test_a_day_begins_at_noon(home: Home) -> None:
    home.chat("/start", options=("--date", "2026-03-14"))
    query = "SELECT datetime(created_at / 1000, 'unixepoch', 'localtime') FROM parents"
    assert "2026-03-14 12:00" in home.steady("db", "query", query).stdout


@pytest.mark.parametrize("date", ["tomorrow", "2026-02-30", "14.03.2026"])
def test_a_date_that_is_none_is_refused(date: str, home: Home) -> None:
    done = home.steady("chat", "--date", date)
    assert done.exit_code == 2
    assert "2026-03-14T21:30" in re.sub(r"[\s│]+", " ", done.stderr)


def test_another_language_is_shown_in_english_and_one_line_says_so(home: Home) -> None:
    german = home.chat("/start", options=("--language", "de"))
    assert german.startswith("There is no translation into German yet: English is shown.\n")
    assert "Hello." in german
    assert "de\n" in home.steady("db", "query", "SELECT language FROM parents").stdout
    assert "no translation" not in home.chat("/start", options=("--language", "en-GB"))
    assert "there is no such language" in str(home.steady("chat", "--language", "klingon").exception)


def test_parents_at_one_terminal_do_not_share_a_chat(home: Home) -> None:
    home.chat(*ONBOARDING)
    assert home.chat(options=("--parent", "other")).startswith("Hello.")
    assert not home.chat().startswith("Hello.")


def test_a_new_chat_begins_with_nothing(home: Home) -> None:
    home.chat(*ONBOARDING)
    assert home.chat(options=("--new",)).startswith("Hello.")
    assert home.steady("db", "query", "SELECT country FROM parents").stdout == "country\n\n"


def test_another_database_takes_the_same_key(home: Home) -> None:
    (home.folder / "elsewhere").mkdir()
    other = str(home.folder / "elsewhere" / "other.db")
    home.chat("/start", options=("--database", other))
    assert home.steady("health", "--database", other).stdout == "ok\n"
    assert home.steady("health").exit_code == 1
    nowhere = home.steady("chat", "--database", str(home.folder / "nowhere" / "other.db"))
    assert isinstance(nowhere.exception, OpeningError)


def test_health_is_one_word_or_one_line(home: Home) -> None:
    ill = home.steady("health")
    assert (ill.exit_code, ill.stdout) == (1, "")
    assert len(ill.stderr.splitlines()) == 1
    home.chat("/start")
    well = home.steady("health")
    assert (well.exit_code, well.stdout, well.stderr) == (0, "ok\n", "")


def test_the_look_whether_it_is_well_loads_nothing_slow(home: Home) -> None:
    home.chat("/start")
    look = "import sys; from bot import cli; cli.app(['health'], standalone_mode=False); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", look], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    health, loaded = done.stdout.splitlines()
    assert health == "ok"
    assert not {"telegram", "transitions", "bot.app", "bot.talk.engine", "bot.authoring.check"} & set(loaded.split())


def test_the_database_can_be_asked_and_not_changed(home: Home) -> None:
    home.chat("/start")
    assert (
        home.steady("db", "query", "SELECT 1 AS one, 'a\tb\x1b' AS two").stdout
        == "one\ttwo\n1\ta b\N{REPLACEMENT CHARACTER}\n"
    )
    assert isinstance(home.steady("db", "query", "DELETE FROM parents").exception, QueryError)
    assert "CREATE TABLE parents" in home.steady("db", "schema").stdout


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """A copy of the script that a test may spoil."""
    for name in ("dialogs", "content"):
        shutil.copytree(CHECKOUT / name, tmp_path / "scripts" / name)
    return tmp_path / "scripts"


def test_a_sound_script_has_no_problems(home: Home) -> None:
    done = home.steady("check")
    assert done.exit_code == 0, done.exception
    assert re.fullmatch(r"No problems found: \d+ dialogs, \d+ rules, \d+ examples\.\n", done.stdout)


def test_every_problem_of_a_script_is_told_with_its_line(scripts: Path, home: Home) -> None:
    file = scripts / "content" / "menu.yaml"
    file.write_text(file.read_text().replace("start: massage", "start: masage"))
    done = home.steady("check", "--scripts", str(scripts))
    assert done.exit_code == 1
    assert re.search(r"content/menu\.yaml, line \d+: .*'masage'.* Did you mean 'massage'\?", done.stdout)
    assert done.stdout.endswith("1 thing to mend\n")


def test_an_example_that_comes_out_wrong_is_a_problem(scripts: Path, home: Home) -> None:
    file = scripts / "content" / "red_flags.yaml"
    text = file.read_text()
    begin = text.index("\n  F-01v:")
    fires, quiet = text.index("fires_for:\n", begin), text.index("quiet_for:\n", begin)
    example = text[fires:].splitlines()[1]
    file.write_text(f"{text[:quiet]}quiet_for:\n{example}\n{text[quiet + len('quiet_for:') + 1 :]}")
    done = home.steady("check", "--scripts", str(scripts))
    assert done.exit_code == 1
    assert re.search(
        r"content/red_flags\.yaml, line \d+: this child should be quiet for F-01v, but is raised as URGENT", done.stdout
    )


def test_the_version_is_that_of_the_package(home: Home) -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+\n", home.steady("version").stdout)


def test_without_a_command_there_is_help(home: Home) -> None:
    shown = home.steady().output
    for command in ("chat", "check", "db", "health", "version"):
        assert command in shown


def test_no_error_shows_the_values_of_variables() -> None:
    assert not app.pretty_exceptions_enable
    assert not app.pretty_exceptions_show_locals
    assert Settings.model_config["hide_input_in_errors"]


def test_a_dialog_is_closed_listed_and_opened_again(home: Home) -> None:
    home.chat("/start")
    assert "No dialog is closed." in home.steady("pause").output
    assert "massage: closed for parents now" in home.steady("pause", "massage", "--by", "nurse").output
    assert "massage: was closed before" in home.steady("pause", "massage").output
    listed = home.steady("pause").output
    assert "massage: closed since" in listed
    assert "by nurse" in listed
    assert "massage: open for parents again" in home.steady("pause", "massage", "--off").output
    assert "massage: was not closed" in home.steady("pause", "massage", "--off").output
    refused = home.steady("pause", "masage")
    assert isinstance(refused.exception, PauseError)
    assert "Did you mean massage?" in str(refused.exception)
