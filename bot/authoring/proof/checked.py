"""A parent who goes through a whole dialog: what is told at its end, given what is true of the child.

A question of a plan asks itself while its fact is wanted, so a dialog ends only when every wanted fact was asked
wherever the plan lets it be. Facts that were not wanted any more cannot change a rule. Hence the end of a dialog is
described by: whatever can be asked is told as its buttons and lines tell it, and the rest is not told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.authoring.proof.answers import Answers, BirthTold, Told, free_answers
from bot.authoring.proof.cells import NONE, Limits, covers
from bot.authoring.proof.circuit import FALSE, TRUE, Circuit
from bot.authoring.proof.reading import FactReader, Pair, read_condition
from bot.authoring.proof.tellers import (
    Asked,
    asked_in,
    denied_value,
    lines_about,
    options_with_sets,
    picked_in,
    questions_about,
)
from bot.authoring.proof.verdict import VerdictReader
from bot.authoring.proof.world import World, make_world, usual_literal
from bot.facts.level import Level
from bot.facts.value import NOT_SURE_TOO, Choice, Many, NoSuch, Number, Value
from bot.script.conditions import Condition, FactIs
from bot.script.model import Checklist, Dialog, Item, Question
from bot.script.script import Script


@dataclass(frozen=True, slots=True)
class Telling:
    """One way in which a fact is told: whether it is, whether as "not sure", and which values it leaves possible."""

    says: int
    not_sure: int
    leaves: Mapping[str, int]
    certain: Mapping[str, int] | None = None
    firm: bool = True


class Checked:
    """The child as it is (`true`), and what is told of it when a dialog ends (`told`)."""

    def __init__(self, circuit: Circuit, script: Script, dialog: Dialog, limits: Limits) -> None:
        self.circuit = circuit
        self.script = script
        self.asked = asked_in(script, dialog)
        vocabulary = script.vocabulary
        real = free_answers(circuit, vocabulary, limits)
        for fact in real.facts.values():
            circuit.require(-fact.nothing)
        circuit.require(-real.birth.nothing)
        facts = FactReader(circuit, vocabulary, real, as_asked=True)
        self.true = World(script.book, real, facts, VerdictReader(script.book, facts).read())
        self._told = Answers({name: self._free(one) for name, one in real.facts.items()}, self._birth(real.birth))
        self._open = FactReader(circuit, vocabulary, self._told, closing=False)
        self._chosen: dict[str, dict[str, int]] = {}
        self._active = {one.key: self._passes(one) for one in self.asked}
        for one in self.asked:
            if isinstance(one.one, Question):
                self._chosen[one.key] = self._choose(one.one)
        for name, told in self._told.facts.items():
            self._settle(name, told)
            self._no_gaps(name)
        self.told = make_world(circuit, vocabulary, script.book, self._told)

    def falls_below(self, level: Level) -> tuple[int, int]:
        """The child has a level, and the dialog ends below it: by the rules, and by lists that have a level."""
        floors = [
            self.circuit.all([self._active[one.key], self._line(item)[0]])
            for one in self.asked
            if isinstance(one.one, Checklist) and one.one.level is not None and one.one.level >= level
            for item in one.one.items
        ]
        reached = self.circuit.any([self.told.verdict.level[level], *floors])
        return self.true.verdict.level[level], -reached

    def _free(self, real: Told) -> Told:
        circuit = self.circuit
        cells = {cell: circuit.var() for cell in real.cells}
        if any(isinstance(value, Choice) for value in real.values.values()):
            cells[NOT_SURE_TOO] = circuit.var()
        certain = real.certain and {cell: circuit.var() for cell in real.cells}
        return Told(circuit.var(), circuit.var(), cells, real.values, certain, circuit.var())

    def _birth(self, real: BirthTold) -> BirthTold:
        asked = any(isinstance(one.one, Question) and one.one.id == "birth_date" for one in self.asked)
        if asked:
            return real
        return BirthTold(TRUE, FALSE, dict.fromkeys(real.from_day, FALSE))

    def _passes(self, one: Asked) -> int:
        """Whether the plan comes to it: what cannot be said is asked."""
        return self.circuit.any(self.circuit.all(-self._when(when).no for when in way) for way in one.ways)

    def _when(self, condition: Condition) -> Pair:
        def leaf(part: Condition) -> Pair:
            if isinstance(part, FactIs):
                return self._open.fact(part.fact, part.matcher)
            # Of levels and flags nothing is assumed: such a step may be left out.
            return Pair(FALSE, TRUE)

        return read_condition(self.circuit, condition, leaf)

    # Questions.

    def _choose(self, question: Question) -> dict[str, int]:
        """The option that the parent takes: one that is true in all that it tells, else "not sure"."""
        circuit = self.circuit
        if question.id == "birth_date":
            return {}
        fits: dict[str, int] = {}
        for option in options_with_sets(question):
            fits[option.id] = circuit.all(self._is(fact, value) for fact, value in option.sets.items())
        real = self.true.answers.facts[question.id]
        leaves_it = any(option.then is not None for option in question.options)
        if question.input is not None or leaves_it:
            fits[EXACT] = -real.not_sure
        fits[UNSURE] = circuit.any([real.not_sure, circuit.all(-fit for fit in fits.values())])
        chosen = {name: circuit.var() for name in fits}
        circuit.exactly_one(list(chosen.values()))
        for name, fit in fits.items():
            circuit.require(-chosen[name], fit)
        besides = {name for option in options_with_sets(question) for name in option.sets} - {question.id}
        if besides:
            # What an option tells besides is told together: a parent who is sure of it finds an option that fits.
            circuit.require(-chosen[UNSURE], real.not_sure)
        for name in besides:
            if not self._has_own(name):
                told = self.true.answers.facts[name]
                usual = usual_literal(told, self.script.vocabulary.facts[name])
                circuit.require(-chosen[UNSURE], told.not_sure, usual)
        return chosen

    def _no_gaps(self, name: str) -> None:
        """Leave out numbers between two buttons, such as 29.5 between "10 to 29" and "30 to 299": nobody counts so."""
        real = self.true.answers.facts[name]
        questions = [question for _, question in questions_about(self.asked, name) if question.id == name]
        if not questions or any(question.input is not None for question in questions):
            return
        offered = [option.sets[name] for one in questions for option in options_with_sets(one) if name in option.sets]
        numbers = [(cell, value.exact) for cell, value in real.values.items() if isinstance(value, Number)]
        for (_, before), (cell, _), (_, after) in zip(numbers, numbers[1:], numbers[2:], strict=False):
            narrow = before is not None and after is not None and after - before <= 1
            if narrow and not any(_among(cell, value, real) for value in offered):
                self.circuit.require(-real.cells[cell])

    def _has_own(self, name: str) -> bool:
        """Whether a question or line of its own tells a fact."""
        own = any(question.id == name for _, question in questions_about(self.asked, name))
        return own or any(True for _ in lines_about(self.asked, name))

    def _is(self, fact: str, value: Value) -> int:
        """Whether what an option tells is true of the child."""
        real = self.true.answers.facts[fact]
        if real.certain is not None:
            if not isinstance(value, Many):
                return FALSE
            missing = [real.cells[option] for option in value.certain]
            stray = [-literal for option, literal in real.cells.items() if option not in value.possible]
            return self.circuit.all([-real.not_sure, *missing, *stray])
        return self.circuit.any(literal for cell, literal in real.cells.items() if _among(cell, value, real))

    # What is told of a fact in the end.

    def _settle(self, name: str, told: Told) -> None:
        """Bind the answers to what the questions and lines tell."""
        circuit = self.circuit
        tellings = [*self._by_lines(name), *self._by_questions(name)]
        known = [circuit.all([one.says, -one.not_sure]) for one in tellings]
        # "Not sure" to the question itself takes the place of "yes, or not tried" from a line.
        doubt = [
            circuit.any([-one, way.leaves.get(NOT_SURE_TOO, FALSE)]) for one, way in zip(known, tellings, strict=True)
        ]
        asked = circuit.any(circuit.all([one.says, one.not_sure]) for one in tellings if one.firm)
        some = circuit.all([circuit.any(known), -circuit.all([asked, *doubt])])
        self._equal(told.nothing, -circuit.any(one.says for one in tellings))
        self._equal(told.not_sure, circuit.all([-some, -told.nothing]))
        for cell, literal in told.cells.items():
            left = [circuit.any([-one, way.leaves.get(cell, FALSE)]) for one, way in zip(known, tellings, strict=True)]
            self._equal(literal, circuit.all([some, *left]))
            if told.certain is not None and cell in told.certain:
                sure = [
                    circuit.all([one, (way.certain or {}).get(cell, FALSE)])
                    for one, way in zip(known, tellings, strict=True)
                ]
                self._equal(told.certain[cell], circuit.any(sure))
        firm = circuit.any(one for one, way in zip(known, tellings, strict=True) if way.firm)
        several = circuit.at_least(2, list(told.cells.values())) if told.certain is None else FALSE
        self._equal(told.loose, circuit.all([some, -firm, several]))

    def _equal(self, one: int, other: int) -> None:
        self.circuit.require(-one, other)
        self.circuit.require(one, -other)

    def _by_questions(self, name: str) -> list[Telling]:
        circuit, real = self.circuit, self.true.answers.facts[name]
        found: list[Telling] = []
        sensible = self._open.sensible(name)
        for one, question in questions_about(self.asked, name):
            chosen = self._chosen[one.key]
            own = question.id == name
            here = circuit.all([self._active[one.key], self._open.sensible(question.id), -self._overridden(name)])
            options = {option.id: option.sets[name] for option in options_with_sets(question) if name in option.sets}
            exact = chosen.get(EXACT, FALSE) if own else FALSE
            if own and question.input is None:
                exact = circuit.all(
                    [exact, circuit.any(self._active[list_.key] for list_ in picked_in(self.asked, name))]
                )
            says = [chosen[option] for option in options]
            unsure = chosen[UNSURE] if own else FALSE
            told = circuit.all([here, circuit.any([*says, exact, unsure]), sensible if own else TRUE])
            leaves = {
                cell: circuit.any(
                    [
                        circuit.all([exact, literal]),
                        *(chosen[option] for option, value in options.items() if _among(cell, value, real)),
                    ]
                )
                for cell, literal in real.cells.items()
            }
            certain = None
            if real.certain is not None:
                certain = {
                    cell: circuit.any(
                        [
                            circuit.all([exact, literal]),
                            *(
                                chosen[option]
                                for option, value in options.items()
                                if isinstance(value, Many) and cell in value.certain
                            ),
                        ]
                    )
                    for cell, literal in real.cells.items()
                }
            found.append(Telling(told, unsure, leaves, certain))
        return found

    def _by_lines(self, name: str) -> list[Telling]:
        circuit, real = self.circuit, self.true.answers.facts[name]
        found: list[Telling] = []
        for one, item in lines_about(self.asked, name):
            yes, no = self._line(item)
            shown = circuit.all([self._active[one.key], circuit.any(self._open.sensible(fact) for fact in item.sets)])
            ticked = FALSE if item.then is not None else yes
            unsure = FALSE if item.then is not None else circuit.all([-yes, -no])
            value, denied = item.sets[name], denied_value(item, name)
            leaves = {}
            for cell in (*real.cells, NOT_SURE_TOO):
                inside = _among(cell, value, real)
                on_no = (_among(cell, denied, real)) if denied is not None else cell != NOT_SURE_TOO and not inside
                leaves[cell] = circuit.any([ticked if inside else FALSE, no if on_no else FALSE])
            says = circuit.all([shown, circuit.any([ticked, no, unsure])])
            found.append(Telling(says, unsure, leaves, firm=False))
        return found

    def _line(self, item: Item) -> tuple[int, int]:
        """Whether a line is true of the child, and whether it is surely not; without facts that make no sense."""
        circuit = self.circuit
        holds: list[int] = []
        unsure: list[int] = []
        for fact, value in item.sets.items():
            sensible, real = self._open.sensible(fact), self.true.answers.facts[fact]
            holds.append(circuit.all([sensible, self._is(fact, value)]))
            denied = item.denied.get(fact)
            # "None of these" covers a test that nobody tried.
            covers_unsure = isinstance(denied, Choice) and NOT_SURE_TOO in denied.possible
            unsure.append(FALSE if covers_unsure else circuit.all([sensible, real.not_sure]))
        yes = circuit.any(holds)
        return yes, circuit.all([-yes, *(-one for one in unsure)])

    def _overridden(self, name: str) -> int:
        """Whether a line that was ticked for another of its signs has told this fact already."""
        found: list[int] = []
        for one, item in lines_about(self.asked, name):
            if item.then is None and len(item.sets) > 1:
                yes, _ = self._line(item)
                found.append(self.circuit.all([self._active[one.key], yes, -self._is(name, item.sets[name])]))
        return self.circuit.any(found)


EXACT, UNSURE = "*", "?"


def _among(cell: str, value: Value, real: Told) -> bool:
    """Whether what is told includes a value."""
    match value:
        case Choice(possible) | Many(_, possible):
            return cell in possible
        case Number(interval):
            return cell in real.values and covers(interval, real.values[cell])
        case NoSuch():
            return cell == NONE and isinstance(real.values.get(cell), NoSuch)
        case _:
            return False
