"""`steady diff` as a moderator runs it: folders, published versions, git revisions, and what cannot be read."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from changed import LABEL_EDIT, edited, shipped
from typer.testing import CliRunner, Result

from bot.authoring.changes import versions
from bot.authoring.changes.against_now import against_now
from bot.cli import app
from bot.places import find_places
from bot.script.load import Folder
from bot.script.stored import pack
from bot.store.key import load_or_make_key
from bot.store.visit import write_once

WARMER = "the button “Hotter than usual” is now “Warmer than usual”."
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def write(folder: Folder, root: Path) -> Path:
    """A folder of scripts, without chats."""
    for path, text in folder.files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return write(shipped(), tmp_path / "old")


@pytest.fixture
def new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that is edited, and settings with a database that is not there yet."""
    root = write(edited(LABEL_EDIT), tmp_path / "new")
    monkeypatch.setenv("STEADY_SCRIPTS", str(root))
    monkeypatch.setenv("STEADY_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("STEADY_CONFIG_DIR", str(tmp_path / "config"))
    return root


def library_of(root: Path) -> versions.Library:
    data, config = root.parent / "data", root.parent / "config"
    return versions.Library(find_places(root), data / "steady.db", config / "steady.key")


def publish(folder: Folder, root: Path) -> str:
    """Publish a version into the database of the settings; gives its hash."""
    data, config = root.parent / "data", root.parent / "config"
    data.mkdir(exist_ok=True)
    config.mkdir(exist_ok=True)
    key = load_or_make_key(config / "steady.key", data / "steady.db")
    write_once(
        data / "steady.db",
        key,
        lambda records: records.scripts.publish(folder.hash, pack(folder), at=NOW, by="Nurse"),
    )
    return folder.hash


def commit(root: Path) -> None:
    for command in (["init", "-q"], ["add", "-A"], ["-c", "user.name=N", "-c", "user.email=n@n", "commit", "-qm", "x"]):
        subprocess.run(["git", "-C", str(root), *command], check=True)


def diff(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["diff", *arguments])


needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git here")


def test_two_folders_are_compared(old: Path, new: Path) -> None:
    done = diff(str(old), str(new))

    assert done.exit_code == 0, done.output
    assert f"From {old} to {new}.\n1 change: 1 wording." in done.stdout
    assert "“Temperature” (dialogs/temperature.yaml)\n" in done.stdout
    assert f"  wording     “How does it feel?” [feels_hot]: {WARMER}" in done.stdout


def test_without_arguments_it_is_what_parents_see_now_against_the_folder(new: Path) -> None:
    hash_ = publish(shipped(), new)

    done = diff()

    assert done.exit_code == 0, done.output
    assert f"From version {hash_[:12]} to this folder." in done.stdout
    assert WARMER in done.stdout


def test_a_published_version_is_named_by_the_beginning_of_its_hash(new: Path) -> None:
    hash_ = publish(shipped(), new)

    assert WARMER in diff(hash_[:8]).stdout


@needs_git
def test_before_the_first_publication_it_is_the_last_commit(old: Path, new: Path) -> None:
    commit(new)
    shutil.copy(old / "dialogs" / "temperature.yaml", new / "dialogs")

    done = diff()

    assert "Nothing was published yet, so this compares with the last commit of git." in done.stdout
    assert "the button “Warmer than usual” is now “Hotter than usual”." in done.stdout


@needs_git
def test_a_revision_is_found_in_the_repository_of_the_scripts(old: Path, new: Path) -> None:
    commit(new)
    shutil.copy(old / "dialogs" / "temperature.yaml", new / "dialogs")

    assert "the button “Warmer than usual” is now “Hotter than usual”." in diff("HEAD").stdout


def test_what_nobody_knows_is_one_clear_line(new: Path) -> None:
    done = diff("nosuchthing")

    assert done.exit_code != 0
    assert str(done.exception) == (
        "there is no folder, no published version and no git revision 'nosuchthing'. "
        "Name a folder, or a git revision such as HEAD."
    )


def test_without_git_that_is_said(new: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)

    assert "and no git here" in str(diff("HEAD").exception)


def test_a_folder_without_scripts_is_refused(new: Path, tmp_path: Path) -> None:
    assert "there is no folder dialogs/ and no folder content/ here." in str(diff(str(tmp_path / "new")[:-4]).exception)


def test_a_version_that_does_not_load_is_refused_with_its_problems(old: Path, new: Path) -> None:
    path = new / "dialogs" / "temperature.yaml"
    path.write_text(path.read_text().replace("- ask: temperature_method", "- ask: temprature_method"))

    done = diff(str(old))

    assert done.exit_code != 0
    assert "this folder does not load." in str(done.exception)
    assert "Did you mean 'temperature_method'?" in str(done.exception)


def test_programs_get_one_document(old: Path, new: Path) -> None:
    found = json.loads(diff(str(old), "--json").stdout)

    assert found["class"] == "wording"
    assert found["levels"] == []
    [change] = found["changes"]
    assert change["of"] == "temperature.feels_hot"
    assert change["questions"] == ["temperature.feels_hot"]


def test_ready_tells_what_changes_and_does_not_stop_at_it(new: Path) -> None:
    library = library_of(new)
    publish(shipped(), new)

    assert against_now(library).startswith("1 change: 1 wording. Together: wording")


def test_ready_says_where_nothing_was_published(new: Path) -> None:
    library = library_of(new)

    assert against_now(library)
