"""`steady check`: one list of everything that is wrong, for people and for programs."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.authoring.check import check_folder
from bot.cli import app
from bot.script.load import Folder, read_folder

CHECKOUT = Path(__file__).parent.parent
REAL = read_folder(CHECKOUT / "dialogs", CHECKOUT / "content")


def with_edits(**edits: tuple[str, str]) -> Folder:
    """The real script with a text replaced in some files; `dialogs__temperature` is dialogs/temperature.yaml."""
    files = dict(REAL.files)
    for name, (old, new) in edits.items():
        path = f"{name.replace('__', '/')}.yaml"
        assert old in files[path], f"{old!r} is not in {path}"
        files[path] = files[path].replace(old, new, 1)
    return Folder(files)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("dialogs", "content"):
        shutil.copytree(CHECKOUT / name, tmp_path / name)
    return tmp_path


def check(folder: Path, *more: str) -> Result:
    return CliRunner().invoke(app, ["check", "--scripts", str(folder), *more])


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_mistakes_in_many_files_are_one_list_by_file_and_line() -> None:
    found = check_folder(
        with_edits(
            content__facts=("scope: child", "scope: chlid"),
            content__red_flags=("breathing: stopped}", "breathing: stoped}"),
            dialogs__temperature=("short: Temperature", "shrt: Temperature"),
            dialogs__wellbeing=("title:", "titl: A\ntitle:"),
        )
    ).problems

    assert [one.place.file for one in found] == sorted(one.place.file for one in found)
    assert [str(one).partition(":")[2].strip() for one in found] == [
        "'scope' cannot be 'chlid'. Did you mean 'child'?",
        "'breathing' cannot be 'stoped'. Did you mean 'stopped'?",
        "'temperature_c' has no entry 'shrt'. Did you mean 'short'?",
        "the dialog has no entry 'titl'. Did you mean 'title'?",
    ]


def test_an_example_that_does_not_come_out_is_told_beside_a_mistake_in_a_dialog() -> None:
    found = check_folder(
        with_edits(
            content__red_flags=("{age: 2 months, breathing: stopped}", "{age: 2 months, breathing: normal}"),
            dialogs__temperature=("short: Temperature", "shrt: Temperature"),
        )
    ).problems

    assert [(one.place.file, one.what) for one in found] == [
        ("content/red_flags.yaml", "this child should raise E-01 as EMERGENCY, but is quiet."),
        ("dialogs/temperature.yaml", "'temperature_c' has no entry 'shrt'."),
    ]


def test_the_exit_status_says_whether_there_is_a_problem(copy: Path) -> None:
    assert check(copy).exit_code == 0

    edit(copy / "dialogs" / "temperature.yaml", "ask: temperature_c", "ask: temprature_c")
    done = check(copy)

    assert done.exit_code == 1
    assert "dialogs/temperature.yaml, line 93: there is no question 'temprature_c'." in done.stdout
    assert "Did you mean 'temperature_c'?" in done.stdout
    assert done.stdout.rstrip().splitlines()[-1].endswith("to mend")


def test_a_program_gets_the_same_as_data(copy: Path) -> None:
    edit(copy / "dialogs" / "temperature.yaml", "short: Temperature", "shrt: Temperature")
    done = check(copy, "--json")

    told = json.loads(done.stdout)
    assert done.exit_code == 1
    assert told["problems"] == [
        {
            "file": "dialogs/temperature.yaml",
            "line": 13,
            "what": "'temperature_c' has no entry 'shrt'.",
            "cure": "Did you mean 'short'?",
        }
    ]
    assert told["looked_at"]["rules"] > 100


def test_drafts_and_what_is_still_to_do_are_told_and_are_no_mistakes(copy: Path) -> None:
    edit(copy / "dialogs" / "temperature.yaml", "part: yes\n", "part: yes\ndraft: true\n")
    edit(copy / "dialogs" / "temperature.yaml", "    short: Temperature\n", "    todo: Ask the nurse.\n")
    done = check(copy)

    assert done.exit_code == 0
    assert done.stdout.splitlines()[-3:] == [
        "Not finished, so it cannot be published:",
        "dialogs/temperature.yaml, line 6: this is a draft. Take the line 'draft' out once parents may see it.",
        "dialogs/temperature.yaml, line 14: still to do: Ask the nurse. Do it, and take the line 'todo' out.",
    ]
    assert [one["line"] for one in json.loads(check(copy, "--json").stdout)["unfinished"]] == [6, 14]
