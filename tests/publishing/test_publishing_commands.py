"""`steady publish` and `steady versions` as they are typed; once with everything that they look at."""

from __future__ import annotations

import getpass
import shutil
from pathlib import Path

import pytest
from publishing_helpers import CHECKOUT, WORDING, make_small_script, nobody_played
from typer.testing import CliRunner, Result

from bot.authoring.publishing import compared
from bot.authoring.publishing import publish as publishing
from bot.authoring.suite import record, run_suite
from bot.cli import app
from bot.places import Places

CHAT = """\
about: One chat.
chats:
  - chat: Limp at 8 months is an emergency
    dialog: danger_check
    parent: {age: 8 months, floppy_sudden: yes}
    expect: {level: EMERGENCY, rules: [E-03]}
    show: end
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of scripts and an empty home."""
    monkeypatch.setenv("STEADY_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("STEADY_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("STEADY_SCRIPTS", str(tmp_path))
    return tmp_path


@pytest.fixture
def small(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small script, looked at by nobody."""
    make_small_script(folder)
    monkeypatch.setattr(publishing, "usual", lambda _: ())
    monkeypatch.setattr(compared, "with_levels", nobody_played)
    return folder


def steady(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def said(done: Result) -> str:
    return f"{done.stdout}{done.stderr}{done.exception}"


@pytest.mark.usefixtures("small")
def test_what_is_published_is_listed_and_goes_back(small: Path) -> None:
    assert steady("publish", "--note", "the first").exit_code == 0
    path = small / WORDING[0]
    path.write_text(path.read_text().replace(*WORDING[1:]))
    assert steady("publish", "--by", "Ada").exit_code == 0

    listed = steady("versions").stdout
    assert '"the first"' in listed
    assert f"by {getpass.getuser()}, test version" in listed
    assert "by Ada, " in listed

    back = steady("publish", "--rollback", "--note", "it was colder")
    assert back.exit_code == 0, said(back)
    assert '"it was colder"' in steady("versions").stdout
    assert "publish --rollback" not in listed


@pytest.mark.usefixtures("small")
def test_the_second_time_there_is_nothing_to_do(small: Path) -> None:
    steady("publish")
    again = steady("publish")

    assert again.exit_code == 0
    assert again.stdout == "Parents see exactly this already: nothing was published.\n"
    assert small.exists()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["1a2b"], "a version is named with --rollback only"),
        (["--rollback", "--for-parents"], "leave --for-parents out"),
        (["--for-parents"], "--by NAME"),
    ],
)
@pytest.mark.usefixtures("small")
def test_options_that_do_not_go_together_are_refused(options: list[str], told: str) -> None:
    done = steady("publish", *options)

    assert done.exit_code == 2
    assert told in " ".join(done.stderr.replace("│", " ").split())


@pytest.mark.usefixtures("small")
def test_a_refusal_ends_with_status_1(small: Path) -> None:
    (small / "dialogs" / "fever.yaml").write_text("dialog: fever\n")
    done = steady("publish")

    assert done.exit_code == 1
    assert "Nothing was published: " in done.stdout


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("command", [("versions",), ("publish", "--rollback")])
def test_where_there_is_no_database_none_is_made(small: Path, command: tuple[str, ...]) -> None:
    done = steady(*command)

    assert done.exit_code != 0
    assert not (small / "data").exists()


def test_the_whole_command_checks_proves_and_plays_and_then_refuses_what_is_unsafe(folder: Path) -> None:
    """The real stages on the real dialogs, with one chat: all chats have tests of their own."""
    for name in ("dialogs", "content"):
        shutil.copytree(CHECKOUT / name, folder / name)
    chats = folder / "tests" / "conversations"
    chats.mkdir(parents=True)
    (chats / "limp.yaml").write_text(CHAT)
    places = Places(folder / "dialogs", folder / "content")
    record(places, run_suite(places))

    done = steady("publish")

    assert done.exit_code == 0, said(done)
    stages = ["Check", "Drafts and things to do", "Proof", "Chats", "Cases"]
    assert done.stdout.splitlines()[:5] == [f"{name}: good" for name in stages]

    # A rash of which nobody is sure would count for nothing: refused, and nothing is stored.
    path = folder / "content" / "red_flags.yaml"
    text = path.read_text()
    rash = "when: {non_blanching_rash: yes}}\n"
    assert text.count(rash) == 1
    path.write_text(text.replace(rash, f"{rash}    not_sure: as no\n"))
    refused = steady("publish")

    assert refused.exit_code == 1, said(refused)
    assert "Nothing was published: " in refused.stdout
    assert steady("versions").stdout.count("test version") == 1
