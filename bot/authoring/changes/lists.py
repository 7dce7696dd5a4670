"""What changes in a checklist: its words, its lines, what they tell, the level that each line has by itself."""

from __future__ import annotations

from collections.abc import Iterator

from bot.authoring.changes.answers import classed, decide, meaning_changes, paired, relabelled
from bot.authoring.changes.both import Both, differing, heading, key, tellers
from bot.authoring.changes.change import Change
from bot.authoring.changes.words import listed, question_name, quoted, reworded, told_in_words
from bot.facts.level import Action, Level
from bot.script.edit_class import EditClass
from bot.script.model import Checklist, Dialog, Item

TEXTS = {
    "ask": "",
    "because": "its reason: ",
    "simple_check": "its simple check: ",
    "none": "its button for “None of these”: ",
}
SILENT = frozenset({"id", "dialog", "place", "sources"})


def checklist_changes(both: Both, dialog: Dialog, old: Checklist, new: Checklist) -> Iterator[Change]:
    """Every change of one checklist."""
    danger = any((one.level or Level.REASSURE) >= Level.URGENT or one.after for one in (old, new))

    def change(kind: EditClass, what: str) -> Change:
        keys = frozenset({key(new)})
        return Change(kind, key(new), f"{question_name(new)}: {what}", dialog.place.file, keys, heading(dialog), danger)

    fields = differing(old, new, apart_from=SILENT)
    if fields.keys() & {"level", "action"}:
        yield change(*_floor(old, new))
    for name, (was, now) in fields.items():
        if name in TEXTS:
            yield change(EditClass.WORDING, f"{TEXTS[name]}{reworded(was, now)}.")
        elif name == "items":
            for kind, what in _lines(both, old, new):
                yield change(kind, f"{what}.")
        elif name == "after":
            yield change(EditClass.STRUCTURAL, f"it is shown after {listed(sorted(now)) or 'no rule'} now.")
        elif name not in ("level", "action"):
            yield change(EditClass.STRUCTURAL, f"'{name}' is different.")


def _floor(old: Checklist, new: Checklist) -> tuple[EditClass, str]:
    was, now = (_level(one.level, one.action) for one in (old, new))
    what = f"a line that is ticked is {now} by itself, and was {was}."
    rises = (new.level or Level.REASSURE) > (old.level or Level.REASSURE)
    return (EditClass.STRICTER if rises else EditClass.LOOSER), what


def _level(level: Level | None, action: Action | None) -> str:
    return "of no level" if level is None else level.name + ("" if action is None else f" ({action.value})")


def _lines(both: Both, old: Checklist, new: Checklist) -> Iterator[tuple[EditClass, str]]:
    pairs = list(paired(old.items, new.items))
    for pair in pairs:
        was, now = pair.old, pair.new
        if isinstance(now, Item) and was is None:
            yield from _new_line(both, old, new, now)
        elif isinstance(was, Item) and now is None:
            yield from _gone(both, old, was)
        elif isinstance(was, Item) and isinstance(now, Item):
            alike = (was.sets, was.then) == (now.sets, now.then)
            if relabelled(pair) and alike:
                yield EditClass.WORDING, f"the line {quoted(was.text)} is now {quoted(now.text)}"
            elif relabelled(pair):
                yield EditClass.STRUCTURAL, f"the line {quoted(now.text)} takes the place of {quoted(was.text)}"
            elif not alike:
                yield from meaning_changes(both, key(new), was, now)
            if was.denied != now.denied:
                yield EditClass.STRUCTURAL, f"“None of these” says something else about the line {quoted(now.text)}"
            rest = differing(was, now).keys() - {"id", "text", "sets", "then", "denied"}
            for name in sorted(rest):
                yield EditClass.STRUCTURAL, f"the line {quoted(now.text)}: '{name}' is different"
    before, after = ([pair.old for pair in pairs if pair.old], [pair.new for pair in pairs if pair.new])
    if len(before) == len(after) == len(pairs):
        places = [(old.items.index(pair.old), new.items.index(pair.new)) for pair in pairs]
        if [now for _, now in sorted(places)] != sorted(now for _, now in places):
            yield EditClass.WORDING, "its lines stand in another order"


def _new_line(both: Both, old: Checklist, new: Checklist, line: Item) -> Iterator[tuple[EditClass, str]]:
    """A sign that is asked besides: stricter where a tick takes nothing away, and “None of these” answers no more."""
    what = f"new line {quoted(line.text)}, which tells “{told_in_words(line.sets, both.new.vocabulary)}”"
    there = {fact for item in old.items for fact in item.sets}
    elsewhere = [fact for fact in line.sets if fact not in there and any(True for _ in tellers(both.old, fact))]
    if elsewhere or line.then is not None or new.pick:
        yield EditClass.STRUCTURAL, f"{what}; “None of these” may now answer what is asked elsewhere"
        return
    ways = decide(both, key(old), {}, line.sets)
    if ways is not None and ways.less is None and (ways.more or new.level is not None):
        told = f". {ways.more.sentence}" if ways.more else ""
        yield EditClass.STRICTER, f"{what}{told}"
    else:
        yield from classed(ways, what)


def _gone(both: Both, old: Checklist, line: Item) -> Iterator[tuple[EditClass, str]]:
    """A sign that is heard no more: looser where it counts for something."""
    what = f"the line {quoted(line.text)} is gone"
    counts = old.level is not None or bool(frozenset(line.sets) & both.deciding)
    if not counts or both.worlds is None:
        yield EditClass.STRUCTURAL, what
        return
    ways = decide(both, key(old), line.sets, {})
    example = f". {ways.less.sentence}" if ways is not None and ways.less is not None else ""
    rules = listed(both.rules_about(frozenset(line.sets)))
    yield (
        EditClass.LOOSER,
        f"{what}, so nobody hears of “{told_in_words(line.sets, both.old.vocabulary)}” here"
        + (f" ({rules})" if rules else "")
        + example,
    )
