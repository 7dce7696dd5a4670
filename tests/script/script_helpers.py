"""The small valid script of `tests/broken_scripts/base`, and what comes of a change to one of its files."""

from collections.abc import Mapping
from pathlib import Path

import yaml

from bot.script.load import Folder, load_script, read_folder
from bot.script.phrases import BUTTONS, TEXTS
from bot.script.problems import ScriptError
from bot.script.script import Script
from bot.script.test_version import FIELD, SAY_IT

CHECKOUT = Path(__file__).resolve().parents[2]
BROKEN = CHECKOUT / "tests" / "broken_scripts"
BASE = BROKEN / "base"


def phrases() -> str:
    """Every phrase that the engine asks for, each with its own name as its text."""
    buttons = {name: name[:40] for name in BUTTONS}
    texts = {name: FIELD if name in SAY_IT else name for name in TEXTS}
    return yaml.safe_dump({"buttons": buttons, "texts": texts})


def base_files() -> dict[str, str]:
    """All files of the base script."""
    files = dict(read_folder(BASE / "dialogs", BASE / "content").files)
    return files | {"content/phrases.yaml": phrases()}


def load(changed: Mapping[str, str] | None = None) -> Script:
    """Load the base script with some files changed."""
    return load_script(Folder(base_files() | dict(changed or {})))


def problems(changed: Mapping[str, str]) -> list[str]:
    """What a moderator is told about the base script with some files changed."""
    try:
        load(changed)
    except ScriptError as error:
        return [str(problem) for problem in error.problems]
    return []


def edited(file: str, *edits: tuple[str, str]) -> dict[str, str]:
    """One file of the base script, with pieces of it replaced."""
    text = base_files()[file]
    for old, new in edits:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        text = text.replace(old, new)
    return {file: text}
