"""What changes in the plan of a dialog: what is asked, shown and said, in which order, and of whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from bot.authoring.changes.both import Both, heading, key, tellers
from bot.authoring.changes.change import Change
from bot.authoring.changes.words import listed, named, question_name, quoted, reworded
from bot.authoring.condition_words import in_words
from bot.script.conditions import Condition
from bot.script.edit_class import EditClass
from bot.script.model import Checklist, Dialog, Kind, PlanItem, Question
from bot.script.script import Script

Step = tuple[Kind, str, int]
"""What a step does, with what, and the how-manieth of its kind it is."""

ASKS = frozenset({Kind.ASK, Kind.CHECKLIST, Kind.DO})


class PlanChanges:
    """Compares the plans of one dialog."""

    def __init__(self, both: Both, old: Dialog, new: Dialog) -> None:
        self._both = both
        self._old, self._new = old, new
        self._before, self._after = _steps(old.plan), _steps(new.plan)

    def changes(self) -> Iterator[Change]:
        """Every step that is new, gone, elsewhere, or comes to others."""
        for step in self._before:
            if step not in self._after:
                yield from self._gone(step)
        for step, item in self._after.items():
            if step not in self._before:
                yield from self._added(step, item)
        yield from self._moved()
        for step, item in self._after.items():
            if step in self._before:
                yield from self._same_step(step, self._before[step], item)

    def _change(self, kind: EditClass, step: Step, what: str) -> Change:
        asked = {f"{self._new.id}.{step[1]}"} if step[0] in (Kind.ASK, Kind.CHECKLIST) else set()
        of = f"{self._new.id}.{step[1] or step[0].value}"
        return Change(kind, of, what, self._new.place.file, frozenset(asked), heading(self._new))

    def _gone(self, step: Step) -> Iterator[Change]:
        name = self._name(self._both.old, self._old, step)
        if step[0] in (Kind.ASK, Kind.CHECKLIST):
            renamed = self._renamed(step)
            if renamed is not None:
                new = f"[{renamed.id}]"
                yield self._change(EditClass.STRUCTURAL, step, f"{name} is called {new} now, and is asked once more.")
                return
            one = _asked(self._old, step)
            moved = self._moved_away(step)
            rules = listed(self._both.rules_about(one.facts))
            count = f" The rules that look at it: {rules}." if rules else ""
            what = f"{name} is asked in {moved} now." if moved else f"{name} is no longer asked here.{count}"
            yield self._change(EditClass.STRUCTURAL, step, what)
        elif step[0] is Kind.SAY:
            text = self._old.texts[step[1]].text
            yield self._change(EditClass.LOOSER, step, f"no longer said: {quoted(text)}.")
        else:
            yield self._change(EditClass.STRUCTURAL, step, f"{name} is gone.")

    def _renamed(self, step: Step) -> Question | Checklist | None:
        """A question that came in at the same time with the same words."""
        one = _asked(self._old, step)
        new = (_asked(self._new, other) for other in self._after if other not in self._before and other[0] is step[0])
        return next((other for other in new if other.ask == one.ask), None)

    def _moved_away(self, step: Step) -> str | None:
        for name, dialog in self._both.new.dialogs.items():
            there = {**dialog.questions, **dialog.checklists}
            before = self._both.old.dialogs.get(name)
            had = {} if before is None else {**before.questions, **before.checklists}
            if name != self._new.id and step[1] in there and step[1] not in had:
                return named(dialog.title)
        return None

    def _added(self, step: Step, item: PlanItem) -> Iterator[Change]:
        name = self._name(self._both.new, self._new, step)
        who = self._who(item.when)
        if step[0] in (Kind.ASK, Kind.CHECKLIST):
            one = _asked(self._new, step)
            if any(other.ask == one.ask for other in _all_asked(self._old)) and step[1] not in self._all_old():
                return
            counts = bool(one.facts & self._both.deciding)
            before = [fact for fact in one.facts if any(other != key(one) for other in tellers(self._both.old, fact))]
            if counts and not before and self._both.worlds is not None:
                yield self._change(EditClass.STRICTER, step, f"new question {name}{who}.")
            else:
                why = "" if not before else ", about something that is asked elsewhere as well"
                yield self._change(EditClass.STRUCTURAL, step, f"new question {name}{who}{why}.")
        elif step[0] is Kind.SAY:
            text = self._new.texts[step[1]].text
            yield self._change(EditClass.WORDING, step, f"newly said{who}: {quoted(text)}.")
        else:
            yield self._change(EditClass.STRUCTURAL, step, f"{name} is new here{who}.")

    def _all_old(self) -> set[str]:
        return {one.id for one in _all_asked(self._old)}

    def _who(self, when: Condition) -> str:
        words = in_words(when, self._both.new.vocabulary)
        return "" if words == "always" else f" when {words}"

    def _moved(self) -> Iterator[Change]:
        """The steps that stand elsewhere: as few as explain the new order."""
        old = [step for step in self._before if step in self._after]
        new = [step for step in self._after if step in self._before]
        kept = {old[i] for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
                for i in range(block.a, block.a + block.size)}  # fmt: skip
        for index, step in enumerate(new):
            if step in kept:
                continue
            place = "first" if index == 0 else f"after {self._name(self._both.new, self._new, new[index - 1])}"
            name = self._name(self._both.new, self._new, step)
            yield self._change(EditClass.STRUCTURAL, step, f"{name} comes {place} now.")

    def _same_step(self, step: Step, old: PlanItem, new: PlanItem) -> Iterator[Change]:
        name = self._name(self._both.new, self._new, step)
        if (old.saves, old.instead_of_reassure) != (new.saves, new.instead_of_reassure):
            yield self._change(EditClass.STRUCTURAL, step, f"{name}: what comes with it is different.")
        if old.when == new.when:
            return
        was, now = in_words(old.when, self._both.old.vocabulary), in_words(new.when, self._both.new.vocabulary)
        what = f"{name} comes when {reworded(was, now)}"
        worlds, kind = self._both.worlds, step[0]
        ways = None
        if worlds is not None and (kind in ASKS or kind is Kind.SAY):
            ways = worlds.passes(old.when, new.when) if kind in ASKS else worlds.holds(old.when, new.when)
        if ways is None:
            yield self._change(EditClass.STRUCTURAL, step, f"{what}.")
            return
        if ways.more is not None:
            more = EditClass.STRICTER if kind in ASKS else EditClass.WORDING
            yield self._change(more, step, f"{what}. It is new for a child of {ways.more.child}.")
        if ways.less is not None:
            yield self._change(EditClass.LOOSER, step, f"{what}. It is lost for a child of {ways.less.child}.")
        if ways.more is None and ways.less is None:
            yield self._change(EditClass.WORDING, step, f"{what}, which is the same for every child.")

    def _name(self, script: Script, dialog: Dialog, step: Step) -> str:
        kind, target, _ = step
        match kind:
            case Kind.ASK | Kind.CHECKLIST:
                return question_name(_asked(dialog, step))
            case Kind.SAY:
                return named(dialog.texts[target].text)
            case Kind.DO:
                return f"the part {named(script.dialogs[target].title)}"
            case Kind.HOWTO:
                return f"the how-to {named(script.howtos[target].title)}"
            case Kind.GATE:
                return f"the gate [{target}]"
            case Kind.FINISH:
                return "the end with the result"


def _steps(plan: Sequence[PlanItem]) -> dict[Step, PlanItem]:
    seen: Counter[tuple[Kind, str]] = Counter()
    found: dict[Step, PlanItem] = {}
    for item in plan:
        seen[item.kind, item.target] += 1
        found[item.kind, item.target, seen[item.kind, item.target]] = item
    return found


def _asked(dialog: Dialog, step: Step) -> Question | Checklist:
    return dialog.questions[step[1]] if step[0] is Kind.ASK else dialog.checklists[step[1]]


def _all_asked(dialog: Dialog) -> tuple[Question | Checklist, ...]:
    return (*dialog.questions.values(), *dialog.checklists.values())
