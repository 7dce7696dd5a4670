"""What changes in the articles of the library: new and deleted ones, and their paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from bot.authoring.changes.change import Change
from bot.authoring.changes.words import named, quoted, reworded, squeezed
from bot.script.edit_class import EditClass
from bot.script.load import Folder

ARTICLES = "content/articles/"
_TITLE = re.compile(r"^(?:title:|#)\s*(.+)$", re.MULTILINE)
_BLANK_LINE = re.compile(r"\n\s*\n")


def article_changes(old: Folder, new: Folder) -> Iterator[Change]:
    """Every change of an article; what an article said and says no more is lost for a parent, so it is looser."""
    for path in sorted(old.files.keys() | new.files.keys()):
        if not path.startswith(ARTICLES):
            continue
        was, now = old.files.get(path), new.files.get(path)
        if was is None:
            yield _change(EditClass.WORDING, path, now or "", "The article is new.")
        elif now is None:
            yield _change(EditClass.LOOSER, path, was, "The article is deleted.")
        else:
            yield from (_change(kind, path, now, what) for kind, what in _paragraphs(was, now))


def _change(kind: EditClass, path: str, text: str, what: str) -> Change:
    stem = path.removeprefix(ARTICLES).rsplit(".", 1)[0]
    found = _TITLE.search(text)
    title = found[1].strip("\"' ") if found is not None else stem
    return Change(kind, f"articles.{stem}", what, path, heading=f"Article {named(title)} ({path})")


def _paragraphs(old: str, new: str) -> Iterator[tuple[EditClass, str]]:
    before, after = ([squeezed(one) for one in _BLANK_LINE.split(text.strip())] for text in (old, new))
    for kind, i, j, m, n in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        gone, come = before[i:j], after[m:n]
        yield from ((EditClass.WORDING, f"{reworded(*two)}.") for two in zip(gone, come, strict=False))
        yield from ((EditClass.WORDING, f"new: {quoted(one)}") for one in come[len(gone) :])
        yield from ((EditClass.LOOSER, f"no longer said: {quoted(one)}") for one in gone[len(come) :])
