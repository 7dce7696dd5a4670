"""What changes in rules, gates and facts: for which child they come out differently, as the solver says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from bot.authoring.changes.behind import behind
from bot.authoring.changes.both import Both, differing, tellers
from bot.authoring.changes.change import Change
from bot.authoring.changes.table_words import HEADINGS, file_of, in_words_of, name_of, named_in
from bot.authoring.changes.words import listed
from bot.authoring.changes.worlds import Example, Worlds
from bot.authoring.proof.compare import Difference, changed_parts, plain_differences
from bot.facts.level import Level
from bot.script.edit_class import EditClass
from bot.script.rules import Rule
from bot.script.vocabulary import Fact


class TableChanges:
    """Compares the rules, gates and facts of two versions; their texts are compared elsewhere."""

    def __init__(self, both: Both) -> None:
        self._both = both
        self._changed = changed_parts(both.new.vocabulary, both.new.book, both.old)

    def changes(self) -> Iterator[Change]:
        """Every change of a rule, a gate or a fact."""
        for name in sorted(self._changed):
            told = list(self._undecided(name)) if self._both.worlds is None else self._decided(self._both.worlds, name)
            yield from told or [self._same_for_all(name)]
        yield from self._beside_the_rules()

    @cached_property
    def _found(self) -> Mapping[str, Mapping[EditClass, list[Difference]]]:
        """What comes out differently, by what it comes from and which way it goes."""
        found: dict[str, dict[EditClass, list[Difference]]] = {}
        worlds = self._both.worlds
        for one in () if worlds is None else worlds.differences():
            # Another rule loses its say to a graver one, or gains it: that counts where the level of a child changes.
            if one.of not in self._changed and worlds is not None and not worlds.moves_a_level(one):
                continue
            for root in self._sources(one.of):
                found.setdefault(root, {}).setdefault(EditClass(one.kind.value), []).append(one)
        return found

    def _sources(self, of: str) -> list[str]:
        """What a difference comes from: the rule or gate itself, or every change that it looks at through others."""
        if of in self._changed:
            return [of]
        seen: set[str] = set()
        waiting = [of]
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            # What stands behind a change acts through it.
            if name not in self._changed:
                waiting += [*behind(self._both.old, name), *behind(self._both.new, name)]
        # Cautious: where nothing explains it, everything that changed may.
        return sorted(seen & self._changed) or sorted(self._changed)

    def _decided(self, worlds: Worlds, name: str) -> list[Change]:
        """The ways in which a change goes."""
        both, told = self._both, []
        found = self._found.get(name, {})
        for kind, differences in found.items():
            own = [one for one in differences if one.of == name] or differences
            first = next((one for one in own if one.literals), own[0])
            falls = kind is EditClass.LOOSER
            example = worlds.example(first.literals, falls=falls, at=_level(first.what)) if first.literals else None
            whose = "" if first.of == name else f"{listed(name_of(both, one.of) for one in differences)}: "
            told.append(self._change(kind, name, f"{whose}{_effect(first.what)}", example))
        for root, edit in plain_differences(both.new.vocabulary, both.new.book, both.old, self._changed):
            if root == name and EditClass(edit.value) not in found:
                told.append(self._change(EditClass(edit.value), name, "counts or is kept in another way"))
        if name in both.new.vocabulary.facts and name in both.old.vocabulary.facts:
            told += self._asked_of(worlds, name)
        return told

    def _asked_of(self, worlds: Worlds, name: str) -> Iterator[Change]:
        """A fact that is asked of other children, or has other answers: the rules alone do not show that."""
        old, new = self._both.old.vocabulary.facts[name], self._both.new.vocabulary.facts[name]
        fields = differing(old, new)
        if fields.keys() & {"type", "options"}:
            yield self._change(EditClass.STRUCTURAL, name, "has other answers")
        if fields.keys() & {"ages", "ask_if"}:
            ways = worlds.sensible(name)
            if ways.more is not None:
                yield self._change(EditClass.STRICTER, name, f"is asked of more children, such as {ways.more.child}")
            if ways.less is not None:
                kind = EditClass.LOOSER if name in self._both.deciding else EditClass.STRUCTURAL
                yield self._change(kind, name, f"is no longer asked of some children, such as {ways.less.child}")

    def _undecided(self, name: str) -> Iterator[Change]:
        yield self._change(EditClass.STRUCTURAL, name, "no solver is installed to say what it does")

    def _same_for_all(self, name: str) -> Change:
        """What the solver finds the same for every child is wording, but for what it does not look at."""
        both = self._both
        old, new = named_in(both.old, name), named_in(both.new, name)
        known = isinstance(old, Rule) and isinstance(new, Rule) and old.tags == new.tags
        known = known or (old is not None and new is not None and not isinstance(old, Rule | Fact))
        if (old is None or new is None) and not isinstance(old or new, Rule):
            # Whatever a fact does that is new or gone, it does through rules, gates and questions.
            return self._change(EditClass.WORDING, name, "what it does stands with the rules and questions")
        if known:
            return self._change(EditClass.WORDING, name, "comes out the same for every child")
        return self._change(EditClass.STRUCTURAL, name, "no level changes by it, but it may be seen elsewhere")

    def _beside_the_rules(self) -> Iterator[Change]:
        """Facts that no rule and no gate looks at, but for those that a dialog keeps to itself: these are questions."""
        before, after = self._both.old.vocabulary.facts, self._both.new.vocabulary.facts
        local = self._both.old.local | self._both.new.local
        for name in sorted({*before, *after} - self._changed - local):
            old, new = before.get(name), after.get(name)
            if old is None or new is None:
                yield self._change(EditClass.WORDING, name, "no rule looks at it")
            elif differing(old, new).keys() - {"about"}:
                yield self._change(EditClass.STRUCTURAL, name, "no rule looks at it, but it may be seen elsewhere")

    def _change(self, kind: EditClass, name: str, does: str, example: Example | None = None) -> Change:
        both = self._both
        ones = (named_in(both.old, name), named_in(both.new, name))
        story = "" if example is None else f" {example.sentence}."
        what = f"{name_of(both, name)}: {does}. {in_words_of(both, name)}{story}"
        questions = frozenset(key for script in (both.old, both.new) for key in tellers(script, name))
        danger = any(isinstance(one, Rule) and one.highest >= Level.URGENT for one in ones)
        file = file_of(ones[1] if ones[1] is not None else ones[0])
        return Change(kind, name, what, file, questions, HEADINGS[file], danger)


def _level(what: str) -> Level | None:
    """The level that a difference is about."""
    found = _RAISED.fullmatch(what)
    return None if found is None else Level[found[2]]


def _effect(what: str) -> str:
    """What a difference does, as a nurse would say it: "more children get URGENT"."""
    found = _RAISED.fullmatch(what)
    if found is not None:
        return f"{'more' if found[1] == 'newly' else 'fewer'} children get {found[2]}"
    found = _GATE.fullmatch(what)
    if found is not None:
        return f"{found[2].replace('_', ' ')} for {'more' if found[1] == 'newly' else 'fewer'} children"
    return what


_RAISED = re.compile(r"is (newly|no longer) raised as (\w+) or above")
_GATE = re.compile(r"is (newly|no longer) (\w+)")
