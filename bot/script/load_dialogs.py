"""`dialogs/*.yaml` and `content/howto/*.yaml`: flows and how-tos."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bot.facts.level import Level
from bot.facts.value import Choice, Many, Number, Value
from bot.script.conditions import ALWAYS, Condition
from bot.script.document import Items, Mapped, Node, Scalar
from bot.script.model import (
    Checklist,
    Dialog,
    HowTo,
    Input,
    Item,
    Kind,
    Option,
    PlanItem,
    Question,
    Say,
    Step,
)
from bot.script.problems import Place, Problems, did_you_mean
from bot.script.read_condition import ConditionReader
from bot.script.read_level import read_action, read_level
from bot.script.read_value import opposite, read_values
from bot.script.rules import RuleBook
from bot.script.shaped import shaped
from bot.script.shapes import ChecklistShape, DialogShape, HowToShape, OptionShape, QuestionShape
from bot.script.vocabulary import Fact, FactType, Scope, Vocabulary

FORBIDDEN_IDS = frozenset(["yes", "no", "on", "off", "true", "false", "none", "null"])
"""Words that other YAML readers turn into something else."""

MAX_ITEMS = 8
_OPEN_KINDS = {Kind.ASK: "question", Kind.CHECKLIST: "checklist", Kind.SAY: "text"}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What dialogs may refer to."""

    vocabulary: Vocabulary
    book: RuleBook
    dialogs: frozenset[str]
    howtos: frozenset[str]
    problems: Problems

    def reader(self) -> ConditionReader:
        """A reader of plan conditions, which may look at the level and at gates."""
        book = self.book
        return ConditionReader(self.vocabulary, self.problems, book.rules, book.tags, book.gate_results)


def local_facts(node: Node, problems: Problems) -> dict[str, Fact]:
    """The facts that a dialog keeps to itself: questions marked `local: yes`, with their options as values."""
    found: dict[str, Fact] = {}
    questions = node.entries.get("questions") if isinstance(node, Mapped) else None
    if not isinstance(questions, Mapped):
        return found
    for name, entry in questions.entries.items():
        if isinstance(entry, Mapped) and "local" in entry.entries:
            options = entry.entries.get("options")
            values = tuple(options.entries) if isinstance(options, Mapped) else ()
            if len(values) < 2:
                problems.add(questions.keys[name], f"'{name}' has fewer than two options.", "Add 'options:'.")
            found[name] = Fact(name, FactType.CHOICE, Scope.CHECK, questions.keys[name], options=values)
    return found


def load_dialog(node: Node, stem: str, around: Surroundings) -> Dialog | None:
    """Read one dialog; None after a mistake that leaves nothing to use."""
    problems = around.problems
    shape = shaped(DialogShape, node, problems, "the dialog")
    if shape is None or not isinstance(node, Mapped):
        return None
    if shape.dialog != stem:
        problems.add(
            node.keys["dialog"],
            f"the dialog is called '{shape.dialog}', but the file '{stem}.yaml'.",
            "Give both the same name.",
        )
    reader = around.reader()
    sections = {name: _section(node, name) for name in ("questions", "checklists", "texts")}
    for section in sections.values():
        _check_ids(section, problems)
    dialog = Dialog(
        shape.dialog,
        shape.title,
        node.place,
        plan=(),
        part=shape.part == "yes",
        request=shape.request == "yes",
        questions={
            name: _question(name, one, shape.dialog, sections["questions"], reader)
            for name, one in shape.questions.items()
        },
        checklists={
            name: _checklist(name, one, shape.dialog, sections["checklists"], reader)
            for name, one in shape.checklists.items()
        },
        texts={
            name: Say(name, shape.dialog, one.say, sections["texts"].keys[name], tuple(one.sources))
            for name, one in shape.texts.items()
        },
    )
    return replace(dialog, plan=_plan(dialog, node.entries["plan"], around, reader))


def _section(node: Mapped, name: str) -> Mapped:
    section = node.entries.get(name)
    return section if isinstance(section, Mapped) else Mapped({}, {}, node.place)


def _check_ids(section: Mapped, problems: Problems) -> None:
    for name, place in section.keys.items():
        if name in FORBIDDEN_IDS:
            problems.add(place, f"'{name}' cannot be a name here.", "Take a name that says what is asked.")


def _entry(section: Mapped, *path: str | int) -> Node:
    node: Node = section
    for step in path:
        if isinstance(node, Mapped):
            node = node.entries[str(step)]
        elif isinstance(node, Items) and isinstance(step, int):
            node = node.parts[step]
    return node


def _question(name: str, shape: QuestionShape, dialog: str, section: Mapped, reader: ConditionReader) -> Question:
    place, problems, vocabulary = section.keys[name], reader.problems, reader.vocabulary
    fact = vocabulary.facts.get(name)
    if fact is None:
        asked = "computed and never asked" if name in vocabulary.derived else None
        if asked:
            problems.add(place, f"'{name}' is {asked}.", "Ask for the facts that it is made of.")
        else:
            near = did_you_mean(name, vocabulary.facts)
            problems.add(place, f"there is no fact '{name}' to ask for.", f"{near} (Or add 'local: yes'.)")
    if shape.input is None and not shape.options:
        problems.add(place, f"'{name}' has no answers.", "Add 'options:' or 'input:'.")
    options = _options(name, shape.options or {}, section, "options", reader) if fact is not None else ()
    bands = _options(name, shape.bands or {}, section, "bands", reader) if fact is not None else ()
    return Question(
        name,
        dialog,
        shape.ask,
        place,
        short=shape.short,
        why=shape.why,
        hint=shape.hint,
        not_sure=shape.not_sure,
        input=Input(shape.input) if shape.input else None,
        options=options,
        bands=bands,
        sources=tuple(shape.sources),
    )


def _options(
    question: str, shapes: Mapping[str, OptionShape], section: Mapped, key: str, reader: ConditionReader
) -> tuple[Option, ...]:
    found = []
    for name, shape in shapes.items():
        if shape.sets is not None:
            sets = read_values(reader, _entry(section, question, key, name, "sets"))
        else:
            written = _entry(section, question, key)
            place = written.keys[name] if isinstance(written, Mapped) else written.place
            values = reader.vocabulary.options_of(question)
            if name not in values:
                reader.problems.unknown(place, f"value of {question}", name, values)
                continue
            many = reader.vocabulary.type_of(question) is FactType.MANY
            sets = {question: Many.of(name) if many else Choice.of(name)}
        found.append(Option(name, shape.text, sets))
    return tuple(found)


def _checklist(name: str, shape: ChecklistShape, dialog: str, section: Mapped, reader: ConditionReader) -> Checklist:
    place, problems = section.keys[name], reader.problems
    level: Level | None = None
    action = None
    entry = _entry(section, name)
    if isinstance(entry, Mapped) and "level" in entry.entries:
        level = read_level(entry.entries["level"], problems)
        if level is not None:
            action = read_action(entry.entries.get("action"), level, problems)
        if shape.because is None:
            problems.add(place, f"'{name}' has a level, but no reason for it.", "Add 'because: ...'.")
    if len(shape.items) > MAX_ITEMS:
        problems.add(place, f"'{name}' has {len(shape.items)} lines; {MAX_ITEMS} is the limit.", "Make two checklists.")
    items: list[Item] = []
    used: dict[str, int] = {}
    for number, one in enumerate(shape.items):
        node = _entry(section, name, "items", number)
        sets = read_values(reader, _entry(section, name, "items", number, "sets"))
        denied = {}
        if one.denied is not None:
            denied = read_values(reader, _entry(section, name, "items", number, "denied"))
        _check_can_be_denied({k: v for k, v in sets.items() if k not in denied}, node.place, reader)
        _check_rule(one.rule, sets, level, node.place, reader)
        identity = next(iter(sets), "item")
        used[identity] = used.get(identity, 0) + 1
        items.append(
            Item(
                identity if used[identity] == 1 else f"{identity}_{used[identity]}",
                one.text,
                sets,
                one.then,
                denied,
            )
        )
    return Checklist(
        name,
        dialog,
        shape.ask,
        place,
        tuple(items),
        level=level,
        action=action,
        because=shape.because,
        simple_check=shape.simple_check,
        none=shape.none,
        sources=tuple(shape.sources),
    )


def _check_can_be_denied(sets: Mapping[str, Value], place: Place, reader: ConditionReader) -> None:
    """ "None of these" must mean something for every fact of a line."""
    for name, value in sets.items():
        try:
            opposite(reader.vocabulary.facts[name], value, None)
        except (TypeError, ValueError):
            reader.problems.add(
                place,
                f"'{name}' cannot stand in a checklist with this value: 'None of these' would say nothing.",
                "Ask for it in a question of its own.",
            )


def _check_rule(
    rule: str | None, sets: Mapping[str, Value], level: Level | None, place: Place, reader: ConditionReader
) -> None:
    if rule is not None and rule not in reader.rules:
        reader.problems.unknown(place, "rule", rule, reader.rules)


def _plan(dialog: Dialog, node: Node, around: Surroundings, reader: ConditionReader) -> tuple[PlanItem, ...]:
    if not isinstance(node, Items):
        return ()
    plan: list[PlanItem] = []
    names: dict[str, int] = {}
    for part in node.parts:
        item = _plan_item(part, dialog, around, reader)
        if item is None:
            continue
        names[item.id] = names.get(item.id, 0) + 1
        if names[item.id] > 1:
            item = replace(item, id=f"{item.id}#{names[item.id]}")
        plan.append(item)
    return tuple(plan)


def _plan_item(node: Node, dialog: Dialog, around: Surroundings, reader: ConditionReader) -> PlanItem | None:
    problems = around.problems
    kinds = [kind.value for kind in Kind]
    if isinstance(node, Scalar):
        if node.text == Kind.FINISH:
            return PlanItem(Kind.FINISH.value, Kind.FINISH, "", node.place)
        if node.text in kinds:
            problems.add(node.place, f"'{node.text}' of what?", f"Write '{node.text}: ...'.")
            return None
        problems.add(node.place, f"'{node.text}' is no step of a plan.", did_you_mean(node.text, kinds))
        return None
    if not isinstance(node, Mapped):
        problems.add(node.place, "a step is expected here.", "Write for example '- ask: temperature_c'.")
        return None
    present = [name for name in node.entries if name in kinds]
    if not present:
        strange = next((name for name in node.entries if name != "when"), None)
        if strange is None:
            problems.add(node.place, "'when' stands alone.", "Add what to do then, for example 'ask: ...'.")
        else:
            problems.unknown(node.keys[strange], "step", strange, (*kinds, "when"))
        return None
    if len(present) > 1:
        problems.add(
            node.keys[present[1]],
            f"one step has both '{present[0]}' and '{present[1]}'.",
            "Begin a new line with '- ' for the second.",
        )
        return None
    extra = next((name for name in node.entries if name not in (*kinds, "when")), None)
    if extra is not None:
        problems.unknown(node.keys[extra], "entry of a step", extra, (*kinds, "when"))
        return None
    kind = Kind(present[0])
    when: Condition = reader.read(node.entries["when"]) if "when" in node.entries else ALWAYS
    if kind is Kind.FINISH:
        return PlanItem(Kind.FINISH.value, kind, "", node.place, when, _saves(node.entries[kind], problems))
    return _targeted(kind, node, dialog, around, when)


def _saves(node: Node, problems: Problems) -> str | None:
    if isinstance(node, Mapped) and set(node.entries) == {"saves"}:
        saved = node.entries["saves"]
        if isinstance(saved, Scalar) and saved.text == "episode":
            return "episode"
    if isinstance(node, Scalar) and not node.text:
        return None
    problems.add(node.place, "'finish' can only save an episode.", "Write 'finish' or 'finish: {saves: episode}'.")
    return None


def _targeted(kind: Kind, node: Mapped, dialog: Dialog, around: Surroundings, when: Condition) -> PlanItem | None:
    target = node.entries[kind]
    place = node.keys[kind]
    if not isinstance(target, Scalar) or not target.text:
        around.problems.add(place, f"'{kind.value}' names nothing.", f"Write '{kind.value}: name'.")
        return None
    known: Iterable[str] = {
        Kind.ASK: dialog.questions,
        Kind.CHECKLIST: dialog.checklists,
        Kind.SAY: dialog.texts,
        Kind.DO: around.dialogs,
        Kind.HOWTO: around.howtos,
        Kind.GATE: around.book.gates,
    }[kind]
    if target.text not in known:
        what = _OPEN_KINDS.get(kind, "dialog" if kind is Kind.DO else kind.value)
        around.problems.unknown(place, what, target.text, known)
        return None
    return PlanItem(f"{kind.value}_{target.text}", kind, target.text, place, when)


def load_howto(node: Node, stem: str, book: RuleBook, problems: Problems) -> HowTo | None:
    """Read one how-to; None after a mistake."""
    shape = shaped(HowToShape, node, problems, "the how-to")
    if shape is None or not isinstance(node, Mapped):
        return None
    if shape.howto != stem:
        problems.add(
            node.keys["howto"],
            f"the how-to is called '{shape.howto}', but the file '{stem}.yaml'.",
            "Give both the same name.",
        )
    if shape.gate not in book.gates:
        problems.unknown(node.keys["gate"], "gate", shape.gate, book.gates)
        return None
    results = book.gates[shape.gate].results
    seen: set[str] = set()
    for number, step in enumerate(shape.steps):
        place = _entry(node, "steps", number).place
        if step.id in seen:
            problems.add(place, f"two steps are called '{step.id}'.", "Rename one of them.")
        seen.add(step.id)
        for result in step.only or ():
            if result not in results:
                problems.unknown(place, f"result of gate {shape.gate}", result, results)
    return HowTo(
        shape.howto,
        shape.title,
        shape.gate,
        tuple(Step(s.id, s.text, frozenset(s.only or ()), tuple(s.sources)) for s in shape.steps),
        node.place,
    )


def numbers_set(questions: Iterable[Question]) -> Iterable[tuple[Question, Option, str, Number]]:
    """Every stretch of numbers that an option of a question stands for."""
    for question in questions:
        for option in (*question.options, *question.bands):
            for name, value in option.sets.items():
                if isinstance(value, Number):
                    yield question, option, name, value
