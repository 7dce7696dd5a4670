"""Every step of docs/moderators.md: the edits are made in a copy, the commands print what stands there."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.authoring.changes.levels import Played
from bot.authoring.publishing import compared
from bot.authoring.ready import STAGES, Stage
from bot.cli import app
from bot.script.load import read_folder
from bot.script.stored import pack
from bot.service.publications import FIRST_START, Release, publish
from bot.settings import read_settings
from bot.store.key import load_key
from bot.store.visit import write_once

DAY = datetime(2026, 1, 15, 12, tzinfo=UTC)
CHECKOUT = Path(__file__).parent.parent
GUIDE = (CHECKOUT / "docs" / "moderators.md").read_text(encoding="utf-8")

_BLOCK = r"```yaml\n(?P<{}>.*?)```\n"
_STEP = re.compile(
    rf"(?P<file>[Ii]n\s+`(?P<edited>[\w/.]+)`, find\n\n{_BLOCK.format('old')}\nand write\n\n{_BLOCK.format('new')})"
    rf"|([Ii]n\s+`(?P<wrong>[\w/.]+)` you write\n\n{_BLOCK.format('mistake')}\ninstead of\n\n{_BLOCK.format('right')})"
    r"|```console\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)```",
    re.DOTALL,
)


@dataclass(frozen=True)
class Edit:
    file: str
    old: str
    new: str


@dataclass(frozen=True)
class Command:
    line: str
    output: str


def steps() -> Iterator[Edit | Command]:
    """The edits and commands of the guide; a mistake is put right after the next command."""
    undo: Edit | None = None
    for found in _STEP.finditer(GUIDE):
        if found["edited"]:
            yield Edit(found["edited"], found["old"], found["new"])
        elif found["wrong"]:
            yield Edit(found["wrong"], found["right"], found["mistake"])
            undo = Edit(found["wrong"], found["mistake"], found["right"])
        else:
            yield Command(found["command"], found["output"])
            if undo is not None:
                yield undo
                undo = None


def same(output: str, told: str) -> bool:
    """Whether a command printed what the guide says; `...` stands for anything, and lines may move down or up."""
    parts = [re.escape(part) for part in re.split(r"\.\.\.(?=\n|$)", told)]
    parts = [re.sub(r"line\\ \d+", r"line \\d+", part) for part in parts]
    return re.fullmatch(".*".join(parts), output, flags=re.DOTALL) is not None


def make(edit: Edit, folder: Path) -> None:
    path = folder / edit.file
    text = path.read_text(encoding="utf-8")
    assert text.count(edit.old) == 1, f"{edit.old!r} stands {text.count(edit.old)} times in {edit.file}"
    path.write_text(text.replace(edit.old, edit.new), encoding="utf-8")


def arguments(line: str) -> list[str]:
    import shlex

    name, *rest = shlex.split(line)
    assert name == "steady"
    return rest


def publish_first(folder: Path) -> None:
    """What the first start of a bot does: parents see the dialogs that came with it."""
    settings = read_settings()
    files = read_folder(folder / "dialogs", folder / "content")
    first = Release(files.hash, pack(files), FIRST_START, kind="first start")
    write_once(settings.database, load_key(settings.key_file), lambda records: publish(records, first, at=DAY))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The chats and cases take minutes, and have tests of their own; the check and the proof are made as they are."""
    slow = {"Chats", "Cases", "Searches"}
    passed = [Stage(one.name, lambda _: []) if one.name in slow else one for one in STAGES]
    monkeypatch.setattr("bot.authoring.publishing.stages.STAGES", tuple(passed))
    monkeypatch.setattr(compared, "with_levels", lambda changes, *_: (changes, Played()))


@pytest.mark.usefixtures("quick")
def test_every_step_of_the_guide_works_as_it_stands_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("dialogs", "content", "tests/conversations"):
        shutil.copytree(CHECKOUT / name, tmp_path / name)
    for name in ("dialogs", "content"):
        shutil.copytree(CHECKOUT / name, tmp_path / "yesterday" / name)
    monkeypatch.setenv("STEADY_SCRIPTS", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    # The first start of all says where the data is.
    CliRunner().invoke(app, ["chat"], input="/start\n")

    publishes = False
    for step in steps():
        if isinstance(step, Edit):
            make(step, tmp_path)
            continue
        if not publishes and arguments(step.line)[0] == "publish":
            publishes = True
            publish_first(tmp_path / "yesterday")
        typed = "".join(f"{row.removeprefix('> ')}\n" for row in step.output.splitlines() if row.startswith("> "))
        done = CliRunner().invoke(app, arguments(step.line), input=typed)
        assert same(done.stdout, step.output), f"$ {step.line}\n{done.stdout}\n{done.exception}"


def test_the_guide_goes_from_a_sentence_to_a_red_flag() -> None:
    found = list(steps())

    assert sum(isinstance(step, Edit) for step in found) >= 10
    assert {arguments(step.line)[0] for step in found if isinstance(step, Command)} >= {
        "check", "chat", "diff", "find", "publish", "rule", "test", "versions",
    }  # fmt: skip
    # What takes a database with many parents is held by test_funnel_command.py.
    elsewhere = GUIDE.count("```text\n$ steady funnel")
    assert GUIDE.count("```") == 2 * (elsewhere + sum(isinstance(step, Command) for step in found) + 2 * edits())


def edits() -> int:
    """How many pairs of YAML blocks the guide shows; each is an edit or a mistake."""
    return GUIDE.count("```yaml") // 2
