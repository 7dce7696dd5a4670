"""Edits of the real scripts, each made for the place where a parent is: a question before, at or after the cursor, ...

They change the script that was read, not its files, since reading takes a second; what is renamed in many places at
once is changed in the files (`test_renames.py`).
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from edit_places import Spot

from bot.facts.level import Action, Level
from bot.facts.matcher import OneOf
from bot.facts.value import NO, YES, Choice
from bot.script.conditions import ALWAYS, Condition, FactIs, facts_of
from bot.script.machine import compile_dialog
from bot.script.meaning import meanings
from bot.script.model import Checklist, Dialog, Item, Kind, Option, PlanItem, Question, Say, Step
from bot.script.problems import Place
from bot.script.renames import find_renames
from bot.script.rules import LevelRow, Rule
from bot.script.script import Script
from bot.script.vocabulary import Fact, FactType, Scope
from bot.talk.engine import Engine
from bot.talk.session import Pending

HERE = Place("dialogs/edited.yaml", 1)
NEW = "edited_new"
NEW_LINE = "a line that is new"
_numbers = count(1)


@dataclass(frozen=True)
class Edit:
    """An edited script: the facts that it may ask again, and whether only words were changed."""

    name: str
    script: Script
    may_ask_again: frozenset[str] = frozenset()
    wording: bool = False


Maker = Callable[[Script, Spot], Iterator[Edit]]


def edited(script: Script, *, dialogs: Mapping[str, Dialog | None] | None = None, **changes: Any) -> Script:
    """The script with some dialogs or other parts changed, and its fingerprints made anew where they may differ."""
    changed = dict(dialogs or {})
    kept = {name: one for name, one in script.dialogs.items() if name not in changed}
    present = {name: one for name, one in changed.items() if one is not None}
    vocabulary = changes.get("vocabulary", script.vocabulary)
    meant = {
        key: one
        for key, one in script.meanings.items()
        if key.partition(".")[0] not in changed and key.partition("/")[0] not in changed
    }
    meant = {key: one for key, one in meant.items() if "." in key or key in vocabulary.facts}
    number = next(_numbers)
    every = {**kept, **present}
    return replace(
        script,
        hash=f"{script.hash}-{number}",
        structure=f"{script.structure}-{number}",
        dialogs=every,
        machines={
            **{name: script.machines[name] for name in kept},
            **{name: compile_dialog(one) for name, one in present.items()},
        },
        meanings={**meant, **meanings(vocabulary, present.values())},
        renames=find_renames(vocabulary, changes.get("book", script.book).rules.values(), every.values()),
        **changes,
    )


def engine_for(engine: Engine, script: Script) -> Engine:
    """An engine over an edited script; what hears and reads words is shared, which the edit leaves as it is."""
    other = copy.copy(engine)
    other.script = script
    other.tools = replace(engine.tools, script=script)
    return other


# The wording.


def reworded(script: Script, mark: str = "~") -> Script:
    """The same script in other words: each text, label and reason bears a mark."""

    def words(text: str | None) -> str | None:
        return None if text is None else f"{text.rstrip()}{mark}"

    def option(one: Option) -> Option:
        return replace(one, text=f"{one.text}{mark}")

    def question(one: Question) -> Question:
        return replace(
            one,
            ask=f"{one.ask.rstrip()}{mark}",
            short=words(one.short),
            why=words(one.why),
            hint=words(one.hint),
            not_sure=words(one.not_sure),
            options=tuple(map(option, one.options)),
            bands=tuple(map(option, one.bands)),
        )

    def checklist(one: Checklist) -> Checklist:
        return replace(
            one,
            ask=f"{one.ask.rstrip()}{mark}",
            because=words(one.because),
            simple_check=words(one.simple_check),
            none=words(one.none),
            items=tuple(replace(line, text=f"{line.text}{mark}") for line in one.items),
        )

    def dialog(one: Dialog) -> Dialog:
        return replace(
            one,
            title=f"{one.title}{mark}",
            questions={name: question(asked) for name, asked in one.questions.items()},
            checklists={name: checklist(asked) for name, asked in one.checklists.items()},
            texts={name: replace(said, text=f"{said.text.rstrip()}{mark}") for name, said in one.texts.items()},
        )

    dialogs = {name: dialog(one) for name, one in script.dialogs.items()}
    rules = {name: replace(rule, because=f"{rule.because}{mark}") for name, rule in script.book.rules.items()}
    return replace(
        script,
        hash=f"{script.hash}{mark}",
        dialogs=dialogs,
        machines={name: compile_dialog(one) for name, one in dialogs.items()},
        book=replace(script.book, rules=rules),
    )


# Where the cursor is.


def _cursor(script: Script, spot: Spot) -> tuple[Dialog, int] | None:
    """The dialog and the step of its plan that waits."""
    prompt = spot.session.prompt
    assert prompt is not None
    if spot.pending is Pending.STEP:
        dialog, _, step = str(prompt.data["key"]).partition(".")
    elif spot.pending in (Pending.POSITION, Pending.CONFIRM):
        dialog, _, name = str(prompt.data.get("about", prompt.question)).partition(".")
        found = script.dialogs.get(dialog)
        steps = () if found is None else found.plan
        step = next((item.id for item in steps if item.target == name), "")
    else:
        return None
    plan = script.dialogs[dialog].plan
    return next(((script.dialogs[dialog], n) for n, item in enumerate(plan) if item.id == step), None)


def _answered(script: Script, spot: Spot) -> Iterator[tuple[Dialog, Question | Checklist]]:
    """The first question and the first checklist that were answered."""
    check = spot.session.check
    seen: set[type] = set()
    for given in () if check is None else check.given:
        dialog, _, name = given.question.partition(".")
        if dialog not in script.dialogs:
            continue
        one = script.dialogs[dialog].questions.get(name) or script.dialogs[dialog].checklists.get(name)
        if one is not None and type(one) not in seen:
            seen.add(type(one))
            yield script.dialogs[dialog], one


def _waiting(script: Script, spot: Spot) -> tuple[Dialog, Question | Checklist] | None:
    found = _cursor(script, spot)
    if found is None:
        return None
    dialog, number = found
    item = dialog.plan[number]
    if item.kind is Kind.ASK:
        return dialog, dialog.questions[item.target]
    return (dialog, dialog.checklists[item.target]) if item.kind is Kind.CHECKLIST else None


def _with_question(dialog: Dialog, question: Question) -> Dialog:
    return replace(dialog, questions={**dialog.questions, question.id: question})


def _with_list(dialog: Dialog, checklist: Checklist) -> Dialog:
    return replace(dialog, checklists={**dialog.checklists, checklist.id: checklist})


# New questions.


def new_questions(script: Script, spot: Spot) -> Iterator[Edit]:
    """A question of its own before, at and after the one that waits."""
    found = _cursor(script, spot)
    if found is None:
        return
    dialog, number = found
    options = (Option("here", "Here", {NEW: Choice.of("here")}), Option("there", "There", {NEW: Choice.of("there")}))
    question = Question(NEW, dialog.id, "Where is it?", HERE, options=options)
    fact = Fact(NEW, FactType.CHOICE, Scope.CHECK, HERE, options=("here", "there"))
    item = PlanItem(f"ask_{NEW}", Kind.ASK, NEW, HERE)
    vocabulary = replace(script.vocabulary, facts={**script.vocabulary.facts, NEW: fact})
    for name, at in (("before", 0), ("at", number), ("after", number + 1)):
        plan = (*dialog.plan[:at], item, *dialog.plan[at:])
        if dialog.plan[max(at - 1, 0)].kind is Kind.FINISH:
            continue
        changed = replace(_with_question(dialog, question), plan=plan)
        yield Edit(
            f"new question {name} the cursor",
            edited(script, dialogs={dialog.id: changed}, vocabulary=vocabulary, local=script.local | {NEW}),
        )


# Options and lines.


def options(script: Script, spot: Spot) -> Iterator[Edit]:
    """An answer added, taken out, renamed with and without saying so; at the question that waits and at an earlier."""
    waiting = _waiting(script, spot)
    for where, one in (
        *(("waiting", one) for one in [waiting] if one),
        *(("answered", x) for x in _answered(script, spot)),
    ):
        dialog, asked = one
        if not isinstance(asked, Question) or len(asked.options) < 2:
            continue
        touched = asked.facts
        first, *rest = asked.options
        added = replace(first, id="edited_option", text="Something else")
        renamed = replace(first, id="edited_option")
        makes = {
            "option added": (replace(asked, options=(*asked.options, added)), touched),
            "option removed": (replace(asked, options=tuple(rest)), touched),
            "option renamed": (
                replace(asked, options=(replace(renamed, renamed_from=(first.id,)), *rest)),
                frozenset[str](),
            ),
            "option replaced": (replace(asked, options=(renamed, *rest)), touched),
        }
        for name, (question, again) in makes.items():
            changed = edited(script, dialogs={dialog.id: _with_question(dialog, question)})
            yield Edit(f"{name} ({where})", changed, again)


def lines(script: Script, spot: Spot) -> Iterator[Edit]:
    """A line of a checklist added and taken out."""
    waiting = _waiting(script, spot)
    for where, one in (
        *(("waiting", one) for one in [waiting] if one),
        *(("answered", x) for x in _answered(script, spot)),
    ):
        dialog, asked = one
        if not isinstance(asked, Checklist) or len(asked.items) < 2:
            continue
        first, *rest = asked.items
        unused = [
            fact
            for fact in script.vocabulary.facts.values()
            if fact.type is FactType.YES_NO and fact.id not in asked.facts and not fact.private
        ]
        added = Item(unused[0].id, NEW_LINE, {unused[0].id: YES}, denied={unused[0].id: NO})
        facts = frozenset(first.sets) if not asked.pick else asked.facts
        new = replace(asked, items=(*asked.items, added)), frozenset({unused[0].id})
        fewer = replace(asked, items=tuple(rest)), facts
        for name, (checklist, again) in {"line added": new, "line removed": fewer}.items():
            changed = edited(script, dialogs={dialog.id: _with_list(dialog, checklist)})
            yield Edit(f"{name} ({where})", changed, again)


# Deletions and moves.


def deletions(script: Script, spot: Spot) -> Iterator[Edit]:
    """A question, the dialog of the check, or a part of it taken out; a question moved to another dialog."""
    found = _cursor(script, spot)
    if found is not None:
        dialog, number = found
        item = dialog.plan[number]
        yield Edit("question deleted under the cursor", edited(script, dialogs={dialog.id: _without(dialog, item)}))
        yield from _moved(script, dialog, item)
        if dialog.part and dialog.id != "danger_signs":
            yield Edit("part deleted", edited(script, dialogs=_without_part(script, dialog.id)))
    for dialog, asked in _answered(script, spot):
        step = next((one for one in dialog.plan if one.target == asked.id), None)
        if step is not None:
            kind = type(asked).__name__.lower()
            yield Edit(
                f"answered {kind} deleted",
                edited(script, dialogs={dialog.id: _without(dialog, step)}),
                asked.facts if _elsewhere(script, dialog, asked) else frozenset(),
            )
    check = spot.session.check
    if check is not None and check.dialog != "danger_check":
        entries = tuple(one for one in script.menu.entries if one.start != check.dialog)
        entries = tuple(
            replace(one, entries=tuple(low for low in one.entries if low.start != check.dialog)) for one in entries
        )
        menu = replace(script.menu, entries=entries)
        yield Edit("dialog deleted", edited(script, dialogs={check.dialog: None}, menu=menu))
        part = replace(script.dialogs[check.dialog], part=True, plan=script.dialogs[check.dialog].plan[:1])
        yield Edit("dialog made a part", edited(script, dialogs={check.dialog: part}, menu=menu))


def _elsewhere(script: Script, dialog: Dialog, asked: Question | Checklist) -> bool:
    others = (one for one in script.dialogs.values() if one.id != dialog.id)
    return any(asked.id in one.questions or asked.id in one.checklists for one in others)


def _asked(script: Script, spot: Spot) -> Iterator[tuple[str, Dialog, Question | Checklist]]:
    waiting = _waiting(script, spot)
    if waiting is not None:
        yield "waiting", *waiting
    for dialog, asked in _answered(script, spot):
        yield "answered", dialog, asked


def _without(dialog: Dialog, item: PlanItem) -> Dialog:
    plan = tuple(one for one in dialog.plan if (one.kind, one.target) != (item.kind, item.target)) or (
        PlanItem("say_edited", Kind.SAY, "edited", HERE, when=dialog.plan[0].when),
    )
    texts = dict(dialog.texts)
    if plan[0].target == "edited":
        texts["edited"] = Say("edited", dialog.id, "Nothing is asked here any more.", HERE)
    return replace(
        dialog,
        plan=plan,
        texts=texts,
        questions={name: one for name, one in dialog.questions.items() if name != item.target},
        checklists={name: one for name, one in dialog.checklists.items() if name != item.target},
    )


def _without_part(script: Script, part: str) -> dict[str, Dialog | None]:
    changed: dict[str, Dialog | None] = {part: None}
    for dialog in script.dialogs.values():
        plan = tuple(item for item in dialog.plan if not (item.kind is Kind.DO and item.target == part))
        if plan != dialog.plan:
            changed[dialog.id] = replace(dialog, plan=plan)
    return changed


def _moved(script: Script, dialog: Dialog, item: PlanItem) -> Iterator[Edit]:
    """The question that waits stands in a part of its own, at the same place of the plan."""
    asked = dialog.questions.get(item.target) or dialog.checklists.get(item.target)
    if asked is None:
        return
    moved = replace(asked, dialog="edited_part")
    part = Dialog("edited_part", "Moved", HERE, (PlanItem(item.id, item.kind, item.target, HERE),), part=True)
    part = _with_question(part, moved) if isinstance(moved, Question) else _with_list(part, moved)
    plan = tuple(
        PlanItem(f"do_edited_part#{number}", Kind.DO, "edited_part", HERE, when=one.when)
        if (one.kind, one.target) == (item.kind, item.target)
        else one
        for number, one in enumerate(dialog.plan)
    )
    rest = replace(_without(dialog, item), plan=plan)
    yield Edit("question moved", edited(script, dialogs={dialog.id: rest, "edited_part": part}))


# How-tos and gates.


def howtos(script: Script, spot: Spot) -> Iterator[Edit]:
    """A step added and taken out, the how-to and its gate taken out, the gate closed."""
    found = _cursor(script, spot)
    if found is None or spot.pending is not Pending.STEP:
        return
    dialog, number = found
    item = dialog.plan[number]
    howto = script.howtos[item.target]
    steps = (Step("edited", "Wash your hands.", frozenset(), ()), *howto.steps)
    for name, changed in (
        ("step added", steps),
        ("step removed", howto.steps[1:]),
        ("last step removed", howto.steps[:-1]),
    ):
        yield Edit(name, edited(script, howtos={**script.howtos, howto.id: replace(howto, steps=changed)}))
    rest = {name: one for name, one in script.howtos.items() if name != howto.id}
    yield Edit("how-to deleted", edited(script, dialogs={dialog.id: _without(dialog, item)}, howtos=rest))
    plan = tuple(one for one in dialog.plan if one.kind not in (Kind.GATE, Kind.HOWTO))
    yield Edit("gate deleted", edited(script, dialogs={dialog.id: replace(dialog, plan=plan)}, howtos=rest))
    gate = script.book.gates[howto.gate]
    closed = tuple(replace(one, when=ALWAYS) for one in gate.closed[:1])
    book = replace(script.book, gates={**script.book.gates, gate.id: replace(gate, closed=closed)})
    yield Edit("gate closed", edited(script, book=book))


# Rules.


def rules(script: Script, spot: Spot) -> Iterator[Edit]:
    """Rules added, taken out, stricter and looser."""
    told = spot.session.told
    check = spot.session.check
    fact = next((name for name, one in told.items() if isinstance(one.value, Choice) and one.value.exact), None)
    if fact is not None and check is not None:
        value = told[fact].value
        assert isinstance(value, Choice)
        assert value.exact is not None
        when = FactIs(fact, OneOf(frozenset({value.exact})))
        for level, action in ((Level.EMERGENCY, Action.GO), (Level.URGENT, Action.DOCTOR), (Level.SOON, None)):
            rule = Rule("X-99", "New", (LevelRow(level, action, when),), "it is new", (), HERE)
            book = replace(script.book, rules={**script.book.rules, "X-99": rule})
            yield Edit(f"rule added ({level.name})", edited(script, book=book))
    flags = () if check is None else tuple(rule for rule in check.flags if rule in script.book.rules)
    for name in flags[:2]:
        without = {other: rule for other, rule in script.book.rules.items() if not _looks_at(rule, name)}
        del without[name]
        gone = replace(script.book, rules=without)
        yield Edit("rule removed", edited(script, dialogs=_without_flag(script, name), book=gone))
        rule = script.book.rules[name]
        lower = tuple(replace(row, level=Level.REASSURE, action=None) for row in rule.levels)
        looser = replace(script.book, rules={**script.book.rules, name: replace(rule, levels=lower)})
        yield Edit("rule looser", edited(script, book=looser))
        row = replace(rule.levels[0], level=Level.EMERGENCY, action=Action.CALL)
        stricter = replace(script.book, rules={**script.book.rules, name: replace(rule, levels=(row,))})
        yield Edit("rule stricter", edited(script, book=stricter))


def _looks_at(rule: Rule, name: str) -> bool:
    return any(name in repr(condition) for condition in (*(row.when for row in rule.levels), *rule.unless))


def _without_flag(script: Script, rule: str) -> dict[str, Dialog | None]:
    """The dialogs whose plans look at a rule, without those conditions."""
    changed: dict[str, Dialog | None] = {}
    for dialog in script.dialogs.values():
        if any(f"'{rule}'" in repr(item.when) for item in dialog.plan):
            plan = tuple(replace(one, when=ALWAYS) if f"'{rule}'" in repr(one.when) else one for one in dialog.plan)
            changed[dialog.id] = replace(dialog, plan=plan)
    return changed


def plan_conditions(script: Script, spot: Spot) -> Iterator[Edit]:
    """A condition of the plan around the cursor dropped, and one that never holds put there."""
    found = _cursor(script, spot)
    if found is None:
        return
    dialog, number = found
    free = tuple(
        replace(item, when=ALWAYS) if item.kind in (Kind.ASK, Kind.CHECKLIST, Kind.DO) else item for item in dialog.plan
    )
    yield Edit("condition of the plan looser", edited(script, dialogs={dialog.id: replace(dialog, plan=free)}))
    never = FactIs("birth_date", OneOf(frozenset({"never"})))
    item = dialog.plan[number]
    shut = tuple(replace(one, when=never) if one is item else one for one in dialog.plan)
    if item.kind is not Kind.HOWTO:
        yield Edit("condition of the plan stricter", edited(script, dialogs={dialog.id: replace(dialog, plan=shut)}))


# Facts, menu, articles.


def facts(script: Script, spot: Spot) -> Iterator[Edit]:
    """A fact taken out that a question alone knows, and one whose options were changed."""
    for dialog, asked in _answered(script, spot):
        if isinstance(asked, Question) and not _used_elsewhere(script, asked):
            item = next((one for one in dialog.plan if one.target == asked.id), None)
            if item is None:
                continue
            rest = {name: fact for name, fact in script.vocabulary.facts.items() if name != asked.id}
            vocabulary = replace(script.vocabulary, facts=rest)
            changed = edited(script, dialogs={dialog.id: _without(dialog, item)}, vocabulary=vocabulary)
            yield Edit("fact removed", changed, frozenset({asked.id}))
    told = next((name for name in spot.session.told if script.vocabulary.facts[name].type is FactType.CHOICE), None)
    if told is not None:
        fact = script.vocabulary.facts[told]
        more = replace(fact, options=(*fact.options, "edited"))
        vocabulary = replace(script.vocabulary, facts={**script.vocabulary.facts, told: more})
        every: dict[str, Dialog | None] = dict(script.dialogs)
        yield Edit("fact changed", edited(script, dialogs=every, vocabulary=vocabulary), _with(script, told))


def _with(script: Script, fact: str) -> frozenset[str]:
    """The facts that some answer tells together with this one."""
    found = {fact}
    for dialog in script.dialogs.values():
        for question in dialog.questions.values():
            if fact in question.facts:
                found |= question.facts
        for checklist in dialog.checklists.values():
            found |= {name for line in checklist.items if fact in line.sets for name in line.sets}
    return frozenset(found)


def _used_elsewhere(script: Script, question: Question) -> bool:
    name = question.id
    conditions: list[Condition] = [row.when for rule in script.book.rules.values() for row in rule.levels]
    conditions += [item.when for dialog in script.dialogs.values() for item in dialog.plan]
    for gate in script.book.gates.values():
        conditions += [*(one.when for one in gate.closed), *(one.when for one in gate.otherwise)]
    conditions += [fact.ask_if for fact in script.vocabulary.facts.values() if fact.ask_if is not None]
    used = any(name in facts_of(condition) for condition in conditions)
    derived = any(f"'{name}'" in repr(one) for one in script.vocabulary.derived.values())
    asked: list[Question | Checklist] = []
    for dialog in script.dialogs.values():
        asked += [*dialog.questions.values(), *dialog.checklists.values()]
    others = any(name in one.facts for one in asked if one is not question)
    return used or derived or others


def around(script: Script, spot: Spot) -> Iterator[Edit]:
    """Entries of the menu, articles, and questions of "May I ...?" taken out."""
    menu = replace(script.menu, entries=script.menu.entries[:2])
    yield Edit("menu entries removed", edited(script, menu=menu))
    if spot.pending is Pending.LIBRARY:
        library = replace(script.library, chapters=dict(list(script.library.chapters.items())[1:]))
        yield Edit("articles removed", edited(script, articles={}, library=library))
    if spot.pending is Pending.MAY_I:
        chapters = dict(list(script.withheld.chapters.items())[1:])
        left = {name: one for name, one in script.withheld.passages.items() if one.chapter in chapters}
        yield Edit(
            "passages removed", edited(script, withheld=replace(script.withheld, chapters=chapters, passages=left))
        )
    if spot.pending is Pending.EPISODE:
        every: dict[str, Dialog | None] = {
            dialog.id: replace(
                dialog, questions={n: replace(q, options=q.options[1:]) for n, q in dialog.questions.items()}
            )
            for dialog in script.dialogs.values()
        }
        yield Edit(
            "answers of every question removed", edited(script, dialogs=every), frozenset(script.vocabulary.facts)
        )


MAKERS: tuple[Maker, ...] = (
    new_questions, options, lines, deletions, howtos, rules, plan_conditions, facts, around,
)  # fmt: skip


def every_edit(script: Script, spot: Spot) -> Iterator[Edit]:
    """All edits that make sense where this parent is."""
    for make in MAKERS:
        yield from make(script, spot)
