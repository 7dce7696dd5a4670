"""What a dialog can be told of a fact: by the options of its questions, by typing, by the lines of its lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.facts.value import Value
from bot.script.conditions import ALWAYS, Condition
from bot.script.model import Checklist, Dialog, Item, Kind, Option, Question
from bot.script.script import Script


@dataclass(frozen=True, slots=True)
class Asked:
    """A question or a list, and the conditions of the plan on the ways to it; asked where one of them lets it pass."""

    one: Question | Checklist
    ways: tuple[tuple[Condition, ...], ...]

    @property
    def key(self) -> str:
        """Its name across dialogs."""
        return f"{self.one.dialog}.{self.one.id}"


def asked_in(script: Script, dialog: Dialog) -> tuple[Asked, ...]:
    """Everything that a dialog asks before a gate ends it, each with all its ways."""
    found: dict[str, tuple[Question | Checklist, list[tuple[Condition, ...]]]] = {}
    for one, way in _walk(script, dialog, ()):
        found.setdefault(f"{one.dialog}.{one.id}", (one, []))[1].append(way)
    return tuple(Asked(one, _shortest(ways)) for one, ways in found.values())


def signature(script: Script, dialog: Dialog) -> frozenset[tuple[str, frozenset[tuple[Condition, ...]], str]]:
    """What a dialog asks under which conditions and with which answers, whatever the order."""
    return frozenset((one.key, frozenset(one.ways), _answers(one.one)) for one in asked_in(script, dialog))


def _answers(one: Question | Checklist) -> str:
    if isinstance(one, Question):
        return repr([(option.id, option.sets, option.then) for option in one.options])
    return repr((one.level, [(item.id, item.sets, item.then, item.denied) for item in one.items]))


def _shortest(ways: Sequence[tuple[Condition, ...]]) -> tuple[tuple[Condition, ...], ...]:
    """The ways without those that another one makes needless."""
    if () in ways:
        return ((),)
    return tuple(dict.fromkeys(ways))


def _walk(
    script: Script, dialog: Dialog, way: tuple[Condition, ...]
) -> Iterator[tuple[Question | Checklist, tuple[Condition, ...]]]:
    for item in dialog.plan:
        here = way if item.when == ALWAYS else (*way, item.when)
        match item.kind:
            case Kind.ASK:
                yield dialog.questions[item.target], here
            case Kind.CHECKLIST:
                yield dialog.checklists[item.target], here
            case Kind.DO:
                yield from _walk(script, script.dialogs[item.target], here)
            case Kind.GATE:
                # Behind a gate nothing is asked of those for whom it is closed.
                return
            case _:
                pass


def options_with_sets(question: Question) -> Sequence[Option]:
    """The options that tell something by themselves."""
    return [option for option in question.options if option.then is None and option.sets]


def lines_about(asked: Sequence[Asked], fact: str) -> Iterator[tuple[Asked, Item]]:
    """The lines that say something about a fact; lists whose lines are parts of one answer are no such lists."""
    for one in asked:
        if isinstance(one.one, Checklist) and not one.one.pick:
            yield from ((one, item) for item in one.one.items if fact in item.sets)


def questions_about(asked: Sequence[Asked], fact: str) -> Iterator[tuple[Asked, Question]]:
    """The questions that ask for a fact, or whose options tell it besides."""
    for one in asked:
        if isinstance(one.one, Question) and fact in one.one.facts:
            yield one, one.one


def picked_in(asked: Sequence[Asked], fact: str) -> Iterator[Asked]:
    """The lists of parts that tell a fact of several options at once."""
    for one in asked:
        if isinstance(one.one, Checklist) and one.one.pick and fact in one.one.facts:
            yield one


def denied_value(item: Item, fact: str) -> Value | None:
    """What "no" to a line says about a fact, where it is not simply the opposite."""
    denied: Mapping[str, Value] = item.denied
    return denied.get(fact)
