"""A folder of dialogs and content as one checked script."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from bot.script.approval import Approvals
from bot.script.articles import Article
from bot.script.check_sources import load_sources
from bot.script.checks import run_checks
from bot.script.document import Mapped, Node, compose, plain
from bot.script.foundation import FOUNDATION, OTHERS, forget_what_follows
from bot.script.load_approvals import load_approvals
from bot.script.load_articles import ARTICLES, ENDING, compose_article, load_article
from bot.script.load_dialogs import Surroundings, load_dialog, local_facts
from bot.script.load_facts import load_vocabulary
from bot.script.load_howto import load_howto
from bot.script.load_library import load_library
from bot.script.load_rules import load_rule_book
from bot.script.load_withheld import load_withheld
from bot.script.machine import compile_dialog
from bot.script.meaning import meanings
from bot.script.menu import load_menu
from bot.script.model import Dialog
from bot.script.outcomes import load_outcomes
from bot.script.phrases import load_phrases
from bot.script.problems import Place, Problem, Problems, ScriptError
from bot.script.renames import find_renames
from bot.script.script import Script
from bot.script.structure import structure
from bot.script.test_version import check_test_version, with_test_version
from bot.script.vocabulary import Vocabulary

DIALOGS = "dialogs/"
HOWTOS = "content/howto/"
COMPULSORY = (
    *FOUNDATION,
    "content/outcomes.yaml",
    "content/phrases.yaml",
    "content/menu.yaml",
    "content/words.yaml",
    "content/emergency_numbers.yaml",
    "content/withheld.yaml",
    "content/library.yaml",
)
SEALED = "content/sealed/"
"""The reviewed copy that the proof compares with: no part of the script itself."""

NOTHING = Mapped({}, {}, Place("", 0))
"""Stands for a file that could not be read, which was told already."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of one version: path inside the folder, with forward slashes, and contents.

    `unread` says why some files of the folder are not among them.
    """

    files: Mapping[str, str]
    unread: tuple[Problem, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """Every file that is there, read or not."""
        return (*self.files, *(problem.place.file for problem in self.unread))

    @property
    def hash(self) -> str:
        """A name for exactly these files."""
        digest = hashlib.sha256()
        for path in sorted(self.files):
            digest.update(f"{path}\0{self.files[path]}\0".encode())
        return digest.hexdigest()


def read_folder(dialogs: Path, content: Path) -> Folder:
    """Read all YAML files of a version, and its articles."""
    files: dict[str, str] = {}
    unread: list[Problem] = []
    for name, root in (("dialogs", dialogs), ("content", content)):
        for path in sorted(root.rglob("*")):
            inside = f"{name}/{path.relative_to(root).as_posix()}"
            if inside.startswith(SEALED):
                continue
            if path.suffix == ".yaml" or (inside.startswith(ARTICLES) and path.suffix == ENDING):
                data = path.read_bytes()
                try:
                    files[inside] = data.decode("utf-8-sig")
                except UnicodeDecodeError as error:
                    unread.append(_old_letters(Place(inside, data.count(b"\n", 0, error.start) + 1)))
            elif path.suffix.lower() in (".yml", ".yaml"):
                what = f"the name of this file ends in '{path.suffix}', so nothing reads it."
                unread.append(Problem(Place(inside, 1), what, f"Call it '{path.stem}.yaml'."))
            elif inside.startswith(ARTICLES) and path.is_file() and not path.name.startswith("."):
                what = "an article is a file that ends in '.md', so nothing reads this one."
                unread.append(Problem(Place(inside, 1), what, f"Call it '{path.stem}{ENDING}', or take it out."))
    return Folder(files, tuple(unread))


def _old_letters(place: Place) -> Problem:
    what = "a letter here was saved in an old way that not every computer can read."
    return Problem(place, what, "Save the file as UTF-8.")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a folder: the script as far as it could be read, and everything that is wrong with it.

    `nodes` are the files as they were written; `script` is only whole where nothing is wrong, and None where the
    facts, the rules or the gates could not be read.
    """

    nodes: Mapping[str, Node]
    script: Script | None
    problems: tuple[Problem, ...]

    @property
    def founded(self) -> bool:
        """Whether what all files refer to is without a mistake."""
        return self.script is not None and not {one.place.file for one in self.problems} & set(FOUNDATION)


def load_script(folder: Folder, *, test: bool = False) -> Script:
    """Make a script of the files; raises ScriptError with every problem that was found.

    A `test` version says that it is one, whatever was approved.
    """
    loaded = look_at(folder, test=test)
    if loaded.problems or loaded.script is None:
        raise ScriptError(loaded.problems)
    return loaded.script


def look_at(folder: Folder, *, test: bool = False) -> Loaded:
    """Read the files and check them; a mistake in one file hides none in another."""
    problems = Problems(list(folder.unread))
    nodes = _compose_all(folder, problems)
    _check_files(folder, problems)
    there = {path: nodes.get(path, NOTHING) for path in COMPULSORY} | nodes
    load_sources(there["content/sources.yaml"], problems)
    vocabulary = load_vocabulary(there["content/facts.yaml"], problems)
    shared = frozenset(vocabulary.facts)
    vocabulary = _with_local_facts(vocabulary, nodes, problems)
    book = load_rule_book(there["content/red_flags.yaml"], there["content/gates.yaml"], vocabulary, problems)
    names = {_stem(path) for path in folder.paths if path.startswith(DIALOGS)}
    howto_names = {_stem(path) for path in folder.paths if path.startswith(HOWTOS)}
    around = Surroundings(vocabulary, book, frozenset(names), frozenset(howto_names), problems)
    dialogs = [load_dialog(node, _stem(path), around) for path, node in nodes.items() if path.startswith(DIALOGS)]
    howtos = [load_howto(node, _stem(path), book, problems) for path, node in nodes.items() if path.startswith(HOWTOS)]
    menu = load_menu(there["content/menu.yaml"], vocabulary, names, problems)
    articles = _load_articles(nodes, problems)
    article_names = [_stem(path) for path in folder.paths if path.startswith(ARTICLES)]
    approvals = replace(load_approvals(nodes, problems), test=test)
    script = Script(
        folder.hash,
        vocabulary,
        book,
        _first_of_each(dialogs),
        {},
        {howto.id: howto for howto in howtos if howto is not None},
        load_outcomes(there["content/outcomes.yaml"], vocabulary, book, problems),
        _phrases(there["content/phrases.yaml"], approvals, problems),
        menu,
        load_withheld(there["content/withheld.yaml"], book, {*names, *howto_names}, problems),
        plain(there["content/words.yaml"]),
        plain(there["content/emergency_numbers.yaml"]),
        frozenset(vocabulary.facts) - shared,
        approvals=approvals,
        articles=articles,
        library=load_library(there["content/library.yaml"], articles, article_names, menu, problems),
    )
    problems.forget(NOTHING.place.file)
    forget_what_follows(nodes, problems)
    run_checks(script, nodes, problems)
    forget_what_follows(nodes, problems)
    if problems.found:
        return Loaded(nodes, script if nodes.keys() >= set(FOUNDATION) else None, tuple(problems.found))
    machines = {name: compile_dialog(dialog) for name, dialog in script.dialogs.items()}
    return Loaded(nodes, fingerprinted(replace(script, machines=machines)), ())


def fingerprinted(script: Script) -> Script:
    """The script with the fingerprints of what it says; to be made anew for one that was changed."""
    dialogs = script.dialogs.values()
    return replace(
        script,
        meanings=meanings(script.vocabulary, dialogs),
        structure=structure(script),
        renames=find_renames(script.vocabulary, script.book.rules.values(), dialogs),
    )


def _load_articles(nodes: Mapping[str, Node], problems: Problems) -> dict[str, Article]:
    """The articles by the names of their files."""
    found: dict[str, Article] = {}
    for path, node in nodes.items():
        if path.startswith(ARTICLES) and (article := load_article(node, _stem(path), problems)) is not None:
            found[_stem(path)] = article
    return found


def _phrases(node: Node, approvals: Approvals, problems: Problems) -> Mapping[str, str]:
    phrases = load_phrases(node, problems)
    check_test_version(node, phrases, problems)
    return with_test_version(phrases, approved=approvals.complete)


def _first_of_each(dialogs: Iterable[Dialog | None]) -> dict[str, Dialog]:
    """The dialogs by name; of two files with one name, which was told already, the first."""
    found: dict[str, Dialog] = {}
    for dialog in dialogs:
        if dialog is not None:
            found.setdefault(dialog.id, dialog)
    return found


def _check_files(folder: Folder, problems: Problems) -> None:
    missing = [path for path in COMPULSORY if path not in folder.paths]
    seen: dict[str, str] = {}
    for path in sorted(folder.paths):
        group = next((one for one in (DIALOGS, HOWTOS, ARTICLES) if path.startswith(one)), None)
        if group == ARTICLES and path.endswith(".yaml"):
            group = None
        if group is None and path not in (*COMPULSORY, *OTHERS):
            meant = get_close_matches(path, missing, n=1, cutoff=0.8)
            cure = f"Call it '{meant[0]}'." if meant else "How-tos stand in content/howto/, dialogs in dialogs/."
            problems.add(Place(path, 1), "nothing reads this file.", cure)
            missing = [other for other in missing if other not in meant]
        elif group is not None:
            first = seen.setdefault(group + _stem(path), path)
            if first != path:
                problems.add(Place(path, 1), f"there is already a file of this name, {first}.", "Rename one of them.")
    for path in missing:
        problems.add(Place(path, 1), "the file is missing.", "Put it back.")


def _compose_all(folder: Folder, problems: Problems) -> dict[str, Node]:
    nodes: dict[str, Node] = {}
    for path, text in folder.files.items():
        try:
            nodes[path] = compose_article(text, path) if path.endswith(ENDING) else compose(text, path)
        except ScriptError as error:
            problems.found.extend(error.problems)
    return nodes


def _stem(path: str) -> str:
    return path.rsplit("/", 1)[-1].removesuffix(".yaml").removesuffix(ENDING)


def _with_local_facts(vocabulary: Vocabulary, nodes: Mapping[str, Node], problems: Problems) -> Vocabulary:
    facts = dict(vocabulary.facts)
    for path, node in nodes.items():
        for name, fact in local_facts(node, problems).items() if path.startswith(DIALOGS) else ():
            if name in facts or name in vocabulary.derived:
                problems.add(fact.place, f"there is already a fact '{name}'.", "Take another name.")
            else:
                facts[name] = fact
    return Vocabulary(facts, vocabulary.derived)


def load_places(dialogs: Path, content: Path) -> Script:
    """Read and check the script in two folders."""
    return load_script(read_folder(dialogs, content))
