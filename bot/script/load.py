"""A folder of dialogs and content as one checked script."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bot.script.check_plans import check_plans
from bot.script.check_sources import Sources, check_sources, load_sources
from bot.script.check_texts import check_texts
from bot.script.check_values import check_values
from bot.script.document import Node, compose, plain
from bot.script.load_dialogs import Surroundings, load_dialog, load_howto, local_facts
from bot.script.load_facts import load_vocabulary
from bot.script.load_rules import load_rule_book
from bot.script.machine import compile_dialog
from bot.script.meaning import meanings
from bot.script.menu import load_menu
from bot.script.outcomes import load_outcomes
from bot.script.phrases import load_phrases
from bot.script.problems import Place, Problems, ScriptError
from bot.script.script import Script
from bot.script.vocabulary import Vocabulary

COMPULSORY = (
    "content/facts.yaml",
    "content/red_flags.yaml",
    "content/gates.yaml",
    "content/outcomes.yaml",
    "content/phrases.yaml",
    "content/menu.yaml",
    "content/sources.yaml",
    "content/words.yaml",
    "content/emergency_numbers.yaml",
)


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of one version: path inside the folder, with forward slashes, and contents."""

    files: Mapping[str, str]

    @property
    def hash(self) -> str:
        """A name for exactly these files."""
        digest = hashlib.sha256()
        for path in sorted(self.files):
            digest.update(f"{path}\0{self.files[path]}\0".encode())
        return digest.hexdigest()


def read_folder(dialogs: Path, content: Path) -> Folder:
    """Read all YAML files of a version; raises ScriptError where one is no text."""
    files: dict[str, str] = {}
    problems = Problems()
    for name, root in (("dialogs", dialogs), ("content", content)):
        for path in sorted(root.rglob("*.yaml")):
            inside = f"{name}/{path.relative_to(root).as_posix()}"
            try:
                files[inside] = path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                problems.add(Place(inside, 1), "the file is not text in UTF-8.", "Save it as UTF-8.")
    problems.raise_if_any()
    return Folder(files)


def load_script(folder: Folder) -> Script:
    """Make a script of the files; raises ScriptError with every problem that was found."""
    problems = Problems()
    nodes = _compose_all(folder, problems)
    for path in COMPULSORY:
        if path not in folder.files:
            problems.add(Place(path, 1), "the file is missing.", "Put it back.")
    # Later files cannot be judged against a vocabulary or rules that are not there.
    problems.raise_if_any()
    sources = load_sources(nodes["content/sources.yaml"], problems)
    vocabulary = load_vocabulary(nodes["content/facts.yaml"], problems)
    dialog_nodes = {_stem(path): node for path, node in nodes.items() if path.startswith("dialogs/")}
    shared = frozenset(vocabulary.facts)
    vocabulary = _with_local_facts(vocabulary, dialog_nodes, problems)
    problems.raise_if_any()
    book = load_rule_book(nodes["content/red_flags.yaml"], nodes["content/gates.yaml"], vocabulary, problems)
    problems.raise_if_any()
    howto_nodes = {_stem(path): node for path, node in nodes.items() if path.startswith("content/howto/")}
    around = Surroundings(vocabulary, book, frozenset(dialog_nodes), frozenset(howto_nodes), problems)
    howtos = {
        name: howto
        for name, node in howto_nodes.items()
        if (howto := load_howto(node, name, book, problems)) is not None
    }
    dialogs = {
        name: dialog for name, node in dialog_nodes.items() if (dialog := load_dialog(node, name, around)) is not None
    }
    script = Script(
        folder.hash,
        vocabulary,
        book,
        dialogs,
        {},
        howtos,
        load_outcomes(nodes["content/outcomes.yaml"], vocabulary, book, problems),
        load_phrases(nodes["content/phrases.yaml"], problems),
        load_menu(nodes["content/menu.yaml"], vocabulary, dialog_nodes, problems),
        plain(nodes["content/words.yaml"]),
        plain(nodes["content/emergency_numbers.yaml"]),
        frozenset(vocabulary.facts) - shared,
        meanings(vocabulary, dialogs.values()),
    )
    # A dialog that could not be read would make every reference to it look wrong.
    problems.raise_if_any()
    _check(script, sources, nodes, problems)
    problems.raise_if_any()
    return replace(script, machines={name: compile_dialog(dialog) for name, dialog in dialogs.items()})


def _check(script: Script, sources: Sources, nodes: Mapping[str, Node], problems: Problems) -> None:
    check_plans(script, problems)
    check_values(script, problems)
    check_texts(script, problems)
    check_sources(sources, nodes, problems)


def _compose_all(folder: Folder, problems: Problems) -> dict[str, Node]:
    nodes: dict[str, Node] = {}
    for path, text in folder.files.items():
        try:
            nodes[path] = compose(text, path)
        except ScriptError as error:
            problems.found.extend(error.problems)
    return nodes


def _stem(path: str) -> str:
    return path.rsplit("/", 1)[-1].removesuffix(".yaml")


def _with_local_facts(vocabulary: Vocabulary, dialogs: Mapping[str, Node], problems: Problems) -> Vocabulary:
    facts = dict(vocabulary.facts)
    for node in dialogs.values():
        for name, fact in local_facts(node, problems).items():
            if name in facts or name in vocabulary.derived:
                problems.add(fact.place, f"there is already a fact '{name}'.", "Take another name.")
            else:
                facts[name] = fact
    return Vocabulary(facts, vocabulary.derived)


def load_places(dialogs: Path, content: Path) -> Script:
    """Read and check the script in two folders."""
    return load_script(read_folder(dialogs, content))
