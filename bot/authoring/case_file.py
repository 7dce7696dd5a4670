"""A file of cases as YAML, of whatever tool wrote it: every value stays text and knows its line.

Scripts are read by bot.script.document, which refuses what moderators never need; cases also come from programs, with
folded lines, anchors or quotes.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

import yaml

from bot.errors import SteadyError
from bot.script.document import Items, Mapped, Node, Scalar
from bot.script.problems import Place, did_you_mean

MAX_DEPTH = 20


class CaseError(SteadyError):
    """A file of cases that cannot be used."""

    exit_status = 2


def compose_cases(path: Path) -> Node:
    """Read one YAML document; raises CaseError with the line of what cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CaseError(
            f"this file cannot be read: {error.strerror}.", where=str(path), cure="Name a file of cases."
        ) from None
    except UnicodeDecodeError:
        raise CaseError("this is no text in UTF-8.", where=str(path), cure="Save it as UTF-8.") from None
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = str(getattr(error, "problem", None) or "it is no YAML").removesuffix(".")
        refuse(Place(path.name, 1 if mark is None else mark.line + 1), f"{problem}.", "Mend the YAML of this line.")
    if root is None:
        refuse(Place(path.name, 1), "the file is empty.", "Write the cases under 'vignettes:'.")
    return _node(root, path.name, 0)


def refuse(place: Place, what: str, cure: str) -> NoReturn:
    """Stop at a mistake."""
    raise CaseError(what, where=str(place), cure=cure)


def refuse_unknown(
    place: Place, kind: str, name: str, known: Iterable[str], *, listed_in: str | None = None
) -> NoReturn:
    """Stop at a name that does not exist, with the nearest one that does."""
    refuse(place, f"there is no {kind} '{name}'.", did_you_mean(name, known, listed_in=listed_in))


def text_of(node: Node, name: str) -> str:
    """The text of a scalar."""
    if not isinstance(node, Scalar):
        refuse(node.place, f"'{name}' is one value.", f"Write '{name}: value'.")
    return node.text


def mapping_of(node: Node, name: str) -> Mapped:
    """The named values under a name."""
    if not isinstance(node, Mapped):
        refuse(node.place, f"'{name}' holds named values.", f"Write '{name}: {{name: value}}'.")
    return node


def texts_of(node: Node, name: str) -> list[str]:
    """The texts of a list; one value alone is a list of one."""
    if isinstance(node, Items):
        return [text_of(part, name) for part in node.parts]
    return [text_of(node, name)]


def _node(node: yaml.Node, file: str, depth: int) -> Node:
    place = Place(file, node.start_mark.line + 1)
    if depth > MAX_DEPTH:
        refuse(place, "too many things stand inside each other here.", "Write it as the other cases are written.")
    if isinstance(node, yaml.ScalarNode):
        return Scalar(str(node.value), place)
    if isinstance(node, yaml.SequenceNode):
        return Items(tuple(_node(part, file, depth + 1) for part in node.value), place)
    entries: dict[str, Node] = {}
    keys: dict[str, Place] = {}
    for key, value in node.value:
        where = Place(file, key.start_mark.line + 1)
        if not isinstance(key, yaml.ScalarNode):
            refuse(where, "a name is expected before the ':' here.", "Write 'name: value'.")
        if key.value in entries:
            refuse(where, f"'{key.value}' stands here twice.", "Take one of them out.")
        keys[key.value] = where
        entries[key.value] = _node(value, file, depth + 1)
    return Mapped(entries, keys, place)
