"""`dialogs/*.yaml`: flows of questions, checklists and texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.facts.value import Choice, Many
from bot.script.document import Mapped, Node, plain
from bot.script.load_checklists import read_checklist
from bot.script.load_plan import Targets, read_plan
from bot.script.model import Dialog, Input, Kind, Option, Question, Say
from bot.script.problems import Place, Problems, did_you_mean
from bot.script.read_condition import ConditionReader
from bot.script.read_value import read_values
from bot.script.rules import RuleBook
from bot.script.shaped import shaped
from bot.script.shapes import DialogShape, OptionShape, QuestionShape, old_names
from bot.script.vocabulary import Fact, FactType, Scope, Vocabulary, may_be_name, refuse_name

_TYPED = {Input.BIRTH_DATE: FactType.DATE}
"""The type of fact for which each input is; a number where nothing is said."""


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
    for name, entry in questions.entries.items() if isinstance(questions, Mapped) else ():
        if not isinstance(questions, Mapped) or not isinstance(entry, Mapped) or "local" not in entry.entries:
            continue
        place = questions.keys[name]
        options = entry.entries.get("options")
        values = tuple(options.entries) if isinstance(options, Mapped) else ()
        if refuse_name(name, place, problems) and len(values) < 2:
            problems.add(place, f"'{name}' has fewer than two options.", "Add 'options:'.")
        written = entry.entries.get("renamed_from")
        old = old_names(plain(written)) if written is not None else ()
        found[name] = Fact(name, FactType.CHOICE, Scope.CHECK, place, options=values, renamed_from=old)
    return found


def load_dialog(node: Node, stem: str, around: Surroundings) -> Dialog | None:
    """Read one dialog; None after a mistake that leaves nothing to use."""
    problems = around.problems
    shape = shaped(DialogShape, node, problems, "the dialog")
    if shape is None or not isinstance(node, Mapped):
        return None
    if refuse_name(shape.dialog, node.keys["dialog"], problems) and shape.dialog != stem:
        what = f"the dialog is called '{shape.dialog}', but the file '{stem}.yaml'."
        problems.add(node.keys["dialog"], what, "Give both the same name.")
    reader = around.reader()
    sections = {name: _section(node, name) for name in ("questions", "checklists", "texts")}
    for name in ("checklists", "texts"):
        for key, place in sections[name].keys.items():
            refuse_name(key, place, problems)
    dialog = Dialog(
        shape.dialog,
        shape.title,
        node.place,
        plan=(),
        part=shape.part == "yes",
        request=shape.request == "yes",
        renamed_from=old_names(shape.renamed_from),
        questions={
            name: _question(name, one, shape.dialog, sections["questions"], reader)
            for name, one in shape.questions.items()
        },
        checklists={
            name: read_checklist(name, one, shape.dialog, sections["checklists"], around.book, reader)
            for name, one in shape.checklists.items()
        },
        texts={
            name: Say(name, shape.dialog, one.say, sections["texts"].keys[name], tuple(one.sources))
            for name, one in shape.texts.items()
        },
    )
    return replace(dialog, plan=read_plan(node.entries["plan"], _targets(dialog, around), reader))


def _targets(dialog: Dialog, around: Surroundings) -> Targets:
    """What the plan may name; where the name of a question is wrong, the plan names it as it should be."""
    wrong = {
        Kind.ASK: any(name not in around.vocabulary.facts for name in dialog.questions),
        Kind.CHECKLIST: any(not may_be_name(name) for name in dialog.checklists),
        Kind.SAY: any(not may_be_name(name) for name in dialog.texts),
    }
    names = {
        Kind.ASK: dialog.questions,
        Kind.CHECKLIST: dialog.checklists,
        Kind.SAY: dialog.texts,
        Kind.DO: around.dialogs,
        Kind.HOWTO: around.howtos,
        Kind.GATE: around.book.gates,
    }
    return Targets(names, frozenset(kind for kind, is_wrong in wrong.items() if is_wrong))


def _section(node: Mapped, name: str) -> Mapped:
    section = node.entries.get(name)
    return section if isinstance(section, Mapped) else Mapped({}, {}, node.place)


def _question(name: str, shape: QuestionShape, dialog: str, section: Mapped, reader: ConditionReader) -> Question:
    place, problems, vocabulary = section.keys[name], reader.problems, reader.vocabulary
    fact = vocabulary.facts.get(name)
    entry = section.entries[name]
    if shape.renamed_from is not None and shape.local is None:
        what = f"'{name}' has the name of its fact, so it is the fact that was renamed."
        problems.add(place, what, "Move 'renamed_from' to the fact in content/facts.yaml.")
    if fact is None:
        _no_fact(name, place, reader)
    elif isinstance(entry, Mapped):
        _check_answers(fact, shape, entry, place, problems)
    written = entry if fact is not None and isinstance(entry, Mapped) else Mapped({}, {}, place)
    options = _options(name, shape.options or {}, written.entries.get("options"), reader)
    if shape.input is None and len(options) == len(shape.options or {}):
        _check_complete(name, options, written, reader)
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
        bands=_options(name, shape.bands or {}, written.entries.get("bands"), reader),
        sources=tuple(shape.sources),
    )


def _no_fact(name: str, place: Place, reader: ConditionReader) -> None:
    problems, vocabulary = reader.problems, reader.vocabulary
    if name in vocabulary.derived:
        problems.add(place, f"'{name}' is computed and never asked.", "Ask for the facts that it is made of.")
    elif refuse_name(name, place, problems):
        cure = did_you_mean(name, vocabulary.facts, listed_in="content/facts.yaml")
        what = f"there is no fact '{name}' to ask for."
        problems.add(place, what, f"{cure} (Or add 'local: yes'.)", about=("fact", name))


def _check_answers(fact: Fact, shape: QuestionShape, entry: Mapped, place: Place, problems: Problems) -> None:
    if shape.input is None and not shape.options:
        problems.add(place, f"'{fact.id}' has no answers.", "Add 'options:' or 'input:'.")
    if shape.input is not None and fact.type is not _TYPED.get(Input(shape.input), FactType.NUMBER):
        what = f"'{fact.id}' cannot be typed as '{shape.input}'."
        problems.add(entry.keys["input"], what, "Take 'input:' out, or see what content/facts.yaml says of it.")


def _check_complete(name: str, options: tuple[Option, ...], entry: Mapped, reader: ConditionReader) -> None:
    """See that every value of a fact can be answered; a checklist fact may have values that no button names."""
    told = [option.sets.get(name) for option in options]
    if not told or not all(isinstance(value, Choice) for value in told):
        return
    said = frozenset().union(*(value.possible for value in told if isinstance(value, Choice)))
    for value in reader.vocabulary.options_of(name):
        if value not in said:
            what = f"no answer of '{name}' says '{value}'."
            reader.problems.add(entry.keys["options"], what, "Add one, or let another answer set it as well.")


def _options(
    question: str, shapes: Mapping[str, OptionShape], written: Node | None, reader: ConditionReader
) -> tuple[Option, ...]:
    if not isinstance(written, Mapped):
        return ()
    many = reader.vocabulary.type_of(question) is FactType.MANY
    values = reader.vocabulary.options_of(question)
    found: list[Option] = []
    for name, shape in shapes.items():
        entry, place = written.entries[name], written.keys[name]
        if isinstance(entry, Mapped) and "sets" in entry.entries:
            sets = read_values(reader, entry.entries["sets"])
            if sets and question not in sets and shape.then is None:
                what = f"'{shape.text}' says nothing about '{question}', so the question would come again."
                reader.problems.add(place, what, f"Add '{question}: ...' under 'sets'.")
        elif shape.then is not None:
            sets = {}
        elif name in values:
            sets = {question: Many.of(name) if many else Choice.of(name)}
        else:
            cure = did_you_mean(name, values) if values else f"Write '{name}: {{text: ..., sets: {{...}}}}'."
            reader.problems.add(place, f"'{question}' cannot be '{name}'.", cure, about=("value", question))
            continue
        if same := next((one.id for one in found if one.text == shape.text), None):
            reader.problems.add(place, f"'{same}' and '{name}' have the same text.", "Give each its own.")
        found.append(Option(name, shape.text, sets, shape.then, old_names(shape.renamed_from)))
    return tuple(found)
