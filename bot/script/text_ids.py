"""A name for every text that parents may read, such as `fever_screen.questions.feels_hot.ask`.

The name says where the text stands: the file without its folder and ending, then the keys down to the text. Files in a
folder inside `content/` keep the name of that folder (`howto.massage.steps.0.text`), as a how-to may be called like
a dialog. Steps and lines are numbered from 0. So a name stays the same whatever is written in the text, and whatever is
added to other files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.script.check_texts import every_text
from bot.script.script import Script


@dataclass(frozen=True, slots=True)
class Text:
    """A text for parents, and where it is written."""

    id: str
    file: str
    path: tuple[str | int, ...]
    text: str


def text_id(file: str, path: Sequence[str | int]) -> str:
    """The name of the text that stands in `file` (such as `dialogs/tone.yaml`) at `path`."""
    folders = file.split("/")[1:]
    stem = folders.pop().rsplit(".", 1)[0]
    return ".".join([*folders, stem, *(str(step) for step in path)])


def texts_by_id(script: Script) -> Mapping[str, Text]:
    """Every text of a script by its name, in the order in which the script gives them; empty ones are left out."""
    found: dict[str, Text] = {}
    for file, path, text in every_text(script):
        if text.strip():
            name = text_id(file, path)
            found[name] = Text(name, file, path, text)
    return found
