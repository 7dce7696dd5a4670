"""What changes in the texts at the end of a check: their words, and who hears them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.authoring.changes.both import Both, differing
from bot.authoring.changes.change import Change
from bot.authoring.changes.words import listed, named, quoted, reworded
from bot.authoring.condition_words import in_words
from bot.facts.level import Level
from bot.script.edit_class import EditClass
from bot.script.outcomes import OutcomeText
from bot.script.script import Script

FILE = "content/outcomes.yaml"
HEADING = f"What is said at the end ({FILE})"
SECTIONS = ("levels", "instead", "meanwhile", "advice", "safety_net")
FIRST_FEW = {"meanwhile": "three", "advice": "five"}
"""Sections of which only the first texts that apply are said, so that the order counts."""


def outcome_changes(both: Both) -> Iterator[Change]:
    """Every change of a text at the end of a check."""
    for section in SECTIONS:
        old, new = _texts(both.old, section), _texts(both.new, section)
        yield from _section(both, section, old, new)


def _texts(script: Script, section: str) -> tuple[OutcomeText, ...]:
    found = getattr(script.outcomes, section)
    return tuple(found.values()) if section == "levels" else tuple(found)


def _section(both: Both, section: str, old: Sequence[OutcomeText], new: Sequence[OutcomeText]) -> Iterator[Change]:
    before, after = {one.id: one for one in old}, {one.id: one for one in new}

    def change(kind: EditClass, one: OutcomeText, what: str) -> Change:
        danger = _in_danger(both.new if one.id in after else both.old, section, one)
        return Change(kind, f"{section}.{one.id}", f"{what} [{one.id}]", FILE, heading=HEADING, danger=danger)

    for one in old:
        if one.id not in after:
            kind = EditClass.STRUCTURAL if section in ("levels", "instead") else EditClass.LOOSER
            yield change(kind, one, f"No longer said{_who(both.old, one)}: {quoted(one.text)}")
    for index, one in enumerate(new):
        if one.id not in before:
            yield change(*_added(both, section, one, last=all(later.id not in before for later in new[index:])))
        else:
            for kind, what in _same(both, section, before[one.id], one):
                yield change(kind, one, what)
    stayed, still = ([one.id for one in part if one.id in before and one.id in after] for part in (old, new))
    if stayed != still and section != "levels":
        first = next(name for name, other in zip(still, stayed, strict=True) if name != other)
        yield change(EditClass.STRUCTURAL, after[first], f"Comes earlier or later now: {named(after[first].text)}")


def _added(both: Both, section: str, one: OutcomeText, *, last: bool) -> tuple[EditClass, OutcomeText, str]:
    what = f"Newly said{_who(both.new, one)}: {quoted(one.text)}"
    if section in ("levels", "instead"):
        return EditClass.STRUCTURAL, one, f"{what}. It takes the place of the usual message"
    if section in FIRST_FEW and not last:
        pushes = f"Only the first {FIRST_FEW[section]} that apply are said, so it may push out a later one"
        return EditClass.STRUCTURAL, one, f"{what}. {pushes}"
    return EditClass.WORDING, one, what


def _same(both: Both, section: str, old: OutcomeText, new: OutcomeText) -> Iterator[tuple[EditClass, str]]:
    for name, (was, now) in differing(old, new).items():
        if name == "text":
            yield EditClass.WORDING, reworded(was, now)
        elif name == "rules" and section != "instead":
            yield from _rules(new, was, now)
        elif name == "when":
            yield from _when(both, old, new)
        elif name != "sources":
            yield EditClass.STRUCTURAL, f"{named(new.text)}: '{name}' is different"


def _rules(new: OutcomeText, was: frozenset[str], now: frozenset[str]) -> Iterator[tuple[EditClass, str]]:
    """No rule named means with any rule."""
    gone, come = was - now, now - was
    if (not now and was) or (come and was):
        more = listed(sorted(come)) if now else "any rule"
        yield EditClass.WORDING, f"{named(new.text)} is also said with {more}"
    if (now and not was) or (gone and now):
        less = listed(sorted(gone)) if was else f"any rule but {listed(sorted(now))}"
        yield EditClass.LOOSER, f"{named(new.text)} is no longer said with {less}"


def _when(both: Both, old: OutcomeText, new: OutcomeText) -> Iterator[tuple[EditClass, str]]:
    was, now = in_words(old.when, both.old.vocabulary), in_words(new.when, both.new.vocabulary)
    what = f"{named(new.text)} is said when {reworded(was, now)}"
    ways = None if both.worlds is None else both.worlds.holds(old.when, new.when)
    if ways is None:
        yield EditClass.STRUCTURAL, what
        return
    if ways.more is not None:
        yield EditClass.WORDING, f"{what}. It is new for a child of {ways.more.child}"
    if ways.less is not None:
        yield EditClass.LOOSER, f"{what}. It is lost for a child of {ways.less.child}"
    if ways.more is None and ways.less is None:
        yield EditClass.WORDING, f"{what}, which is the same for every child"


def _who(script: Script, one: OutcomeText) -> str:
    when = in_words(one.when, script.vocabulary)
    rules = f" with {listed(sorted(one.rules))}" if one.rules else ""
    return f"{rules}{'' if when == 'always' else f' when {when}'}"


def _in_danger(script: Script, section: str, one: OutcomeText) -> bool:
    """Whether it is read in an EMERGENCY or an URGENT."""
    rules = (script.book.rules[name] for name in one.rules if name in script.book.rules)
    if section == "levels":
        return one.id.startswith(("emergency", "urgent"))
    return section == "meanwhile" or (section == "instead" and any(one.highest >= Level.URGENT for one in rules))
