"""What changes in the library: its articles, and in which chapter and by which words they are found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

from bot.authoring.changes.both import Both, differing
from bot.authoring.changes.change import Change
from bot.authoring.changes.tree import Leaf, leaves
from bot.authoring.changes.words import named, quoted, reworded, same_words, squeezed
from bot.authoring.check import counted
from bot.script.articles import Article
from bot.script.document import plain
from bot.script.edit_class import EditClass
from bot.script.load_articles import ARTICLES

LIBRARY = "content/library.yaml"
LABELS = {"title": "The title", "label": "Its button"}
__all__ = ["ARTICLES", "article_changes", "library_changes"]


def article_changes(both: Both) -> Iterator[Change]:
    """Every change of an article; what an article said and says no more is lost for a parent, so it is looser."""
    old, new = both.old.articles, both.new.articles
    for name, article in old.items():
        if name not in new:
            yield _change(EditClass.LOOSER, article, "The article is deleted.")
    for name, article in new.items():
        if name not in old:
            yield _change(
                EditClass.WORDING, article, f"The article is new, with {counted(len(article.pages), 'page')}."
            )
            continue
        for kind, what in _same(old[name], article):
            yield _change(kind, article, what)


def _change(kind: EditClass, article: Article, what: str) -> Change:
    file = article.place.file
    return Change(kind, f"articles.{article.id}", what, file, heading=f"Article {named(article.title)} ({file})")


def _same(old: Article, new: Article) -> Iterator[tuple[EditClass, str]]:
    for name, (was, now) in differing(old, new, apart_from=frozenset({"id", "place", "reviewed", "pages"})).items():
        if name in LABELS:
            yield EditClass.WORDING, f"{LABELS[name]}: {reworded(was, now)}."
        elif name == "words":
            yield EditClass.WORDING, "Other typed words find it."
        else:
            yield EditClass.STRUCTURAL, f"'{name}' is different."
    yield from _paragraphs(_texts(old), _texts(new))
    if (old.reviewed, old.sources) != (new.reviewed, new.sources):
        yield EditClass.WORDING, "For reviewers alone: who reviewed it, or its sources."


def _texts(article: Article) -> list[str]:
    paragraphs = (part for page in article.pages for part in page.text.split("\n\n"))
    return [squeezed(one) for one in paragraphs if one.strip()]


def _paragraphs(before: list[str], after: list[str]) -> Iterator[tuple[EditClass, str]]:
    for kind, i, j, m, n in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        gone, come = before[i:j], after[m:n]
        yield from ((EditClass.WORDING, f"{reworded(*two)}.") for two in zip(gone, come, strict=False))
        yield from ((EditClass.WORDING, f"new: {quoted(one)}") for one in come[len(gone) :])
        yield from ((EditClass.LOOSER, f"no longer said: {quoted(one)}") for one in gone[len(come) :])


def library_changes(both: Both) -> Iterator[Change]:
    """The chapters, and what a typed text leads to."""
    if LIBRARY not in both.old_nodes or LIBRARY not in both.new_nodes:
        return
    old, new = plain(both.old_nodes[LIBRARY]), plain(both.new_nodes[LIBRARY])
    lost = _listed(old) - _listed(new)
    for leaf in leaves(old, new):
        if leaf.path[0] == "reviewed":
            continue
        what = f"{', '.join(leaf.path).replace('_', ' ')}: {leaf.told()}"
        yield Change(_kind(leaf, lost), ".".join(leaf.path), what, LIBRARY, heading=f"Library ({LIBRARY})")
    if list(old.get("chapters", {})) != list(new.get("chapters", {})):
        what = "Its chapters stand in another order, or others do."
        yield Change(EditClass.STRUCTURAL, "chapters", what, LIBRARY, heading=f"Library ({LIBRARY})")


def _listed(library: Mapping[str, Any]) -> frozenset[str]:
    """The articles that stand in a chapter."""
    return frozenset(one for chapter in library.get("chapters", {}).values() for one in chapter.get("articles", ()))


def _kind(leaf: Leaf, lost: frozenset[str]) -> EditClass:
    if leaf.path[0] == "ask" or leaf.path[-1] == "label":
        words = leaf.gone and leaf.come and not same_words(*leaf.gone, *leaf.come)
        return EditClass.WORDING if words else EditClass.STRUCTURAL
    if leaf.path[0] == "chapters" and leaf.path[-1] == "articles":
        return EditClass.LOOSER if lost & frozenset(leaf.gone) else EditClass.WORDING
    if leaf.path[0] == "danger":
        return EditClass.LOOSER if leaf.gone else EditClass.STRICTER
    return EditClass.STRUCTURAL
