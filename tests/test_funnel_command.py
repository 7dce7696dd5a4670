"""`steady funnel` as an operator runs it: what the moderators' guide shows is what it prints."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.service.counting import EMERGENCY, LEFT, RESULT, START
from bot.store.key import Key
from bot.store.records import Records
from bot.store.writer import Writer

GUIDE = (Path(__file__).parent.parent / "docs" / "moderators.md").read_text(encoding="utf-8")
KEY = "5a" * 32
VERSION = "5f0c2a9d1e7700"
DANGER, WARNING, BORN = "danger_signs.danger_signs", "warning_signs.warning_signs", "child.birth_date"
WAYS = {
    (START, DANGER): 128,
    (DANGER, WARNING): 113,
    (DANGER, LEFT): 4,
    (DANGER, EMERGENCY): 11,
    (WARNING, BORN): 82,
    (WARNING, LEFT): 31,
    (BORN, LEFT): 9,
    (BORN, RESULT): 73,
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database in which many parents were counted yesterday, and one today."""
    database, key = tmp_path / "data" / "steady.db", tmp_path / "keys" / "steady.key"
    key.parent.mkdir()
    database.parent.mkdir()
    key.write_text(f"{KEY}\n", encoding="utf-8")
    key.chmod(0o600)
    monkeypatch.setenv("STEADY_DATABASE", str(database))
    monkeypatch.setenv("STEADY_KEY_FILE", str(key))
    today = datetime.now(UTC).date()

    def job(records: Records) -> None:
        for (origin, step), number in WAYS.items():
            for _ in range(number):
                records.step_counts.count(
                    day=today - timedelta(days=1), version=VERSION, dialog="fever_screen", origin=origin, step=step
                )
        for _ in range(500):
            records.step_counts.count(day=today, version="today", dialog="massage", origin=START, step=DANGER)

    with Writer.open(database, Key(KEY)) as writer:
        writer.submit(job).result()
    return tmp_path


def steady(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def dateless(text: str) -> str:
    return re.sub(r"\d{4}-\d\d-\d\d", "DAY", text).strip()


def test_the_guide_shows_what_the_command_prints(home: Path) -> None:
    found = re.search(r"```text\n\$ steady (funnel fever_screen)\n(.*?)```", GUIDE, re.DOTALL)
    assert found is not None
    done = steady(*found[1].split())
    assert done.exit_code == 0, done.output
    assert dateless(done.output) == dateless(found[2])


def test_without_a_dialog_all_are_told_and_today_is_not(home: Path) -> None:
    done = steady("funnel")
    assert "Fever check (fever_screen): 120 began" in done.output
    assert "Fewer than 10 parents began: " in done.output
    assert "massage" in done.output.partition("Fewer than 10")[2]


def test_since_and_version_choose(home: Path) -> None:
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    assert "120 began" in steady("funnel", "--since", yesterday.isoformat(), "--version", VERSION[:6]).output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--since", "soon"), "is no day. Write such as 2026-11-01."),
        (("--since", "2999-01-01"), "only days that are over are counted."),
        (("--version", "xyz"), "no version begins with 'xyz'."),
        (("fever_scren",), "there is no dialog 'fever_scren'."),
        (("--chart", "all.pdf", "fever_screen"), "neither .svg nor .png"),
        (("--chart", "few.svg", "massage"), "a chart shows one dialog"),
    ],
)
def test_what_cannot_be_shown_is_told_with_a_cure(home: Path, arguments: tuple[str, ...], told: str) -> None:
    done = steady("funnel", *arguments)
    assert done.exit_code != 0
    assert told in str(done.exception)


def test_json_is_for_programs(home: Path) -> None:
    told = json.loads(steady("funnel", "--json").output)
    assert [one["dialog"] for one in told["dialogs"]] == ["fever_screen"]
    assert told["dialogs"][0]["steps"][0]["left"] is None


def test_a_chart_is_written_as_its_file_is_named(home: Path) -> None:
    for name, begins in (("fever.svg", b"<svg"), ("fever.png", b"\x89PNG")):
        file = home / name
        done = steady("funnel", "fever_screen", "--chart", str(file))
        assert done.exit_code == 0, done.output
        assert file.read_bytes().startswith(begins)


def test_a_database_without_counters_says_when_there_will_be_some(home: Path) -> None:
    done = steady("funnel", "bath")
    assert "Fewer than 10 parents began: bath." in done.output
    assert "Today is not counted yet" in done.output
