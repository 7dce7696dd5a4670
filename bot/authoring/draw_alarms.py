"""The red arrows of a picture: from each question and checklist to the levels that its answers can raise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.authoring.draw_alone import raised_alone
from bot.authoring.draw_answers import Asks, answers_to
from bot.authoring.draw_boxes import wrapped
from bot.authoring.draw_picture import Arrow, Box, Shape, Way
from bot.authoring.draw_raises import Raises
from bot.facts.level import Level
from bot.script.model import Checklist, Dialog, Kind, PlanItem
from bot.script.script import Script

RED = (Level.EMERGENCY, Level.URGENT)


@dataclass(frozen=True, slots=True)
class Alarm:
    """What the answers to one question or checklist can raise to one level.

    `alone` are the rules that an answer raises where only the age is known besides, `together` those that need more,
    `added` those that count or look at flags, to which an answer adds one.
    """

    level: Level
    alone: tuple[str, ...]
    together: tuple[str, ...]
    added: tuple[str, ...] = ()
    floor: bool = False

    @property
    def rules(self) -> tuple[str, ...]:
        """All rules."""
        return (*self.alone, *self.together, *self.added)


@dataclass(slots=True)
class Alarms:
    """The alarms of a script; each question is looked at once."""

    script: Script
    found: dict[tuple[str, str], tuple[Alarm, ...]] = field(default_factory=dict)

    def of(self, asks: Asks) -> tuple[Alarm, ...]:
        """What answers to this question or checklist can raise; a rule stands at its highest level."""
        key = (asks.dialog, asks.id)
        if key not in self.found:
            self.found[key] = tuple(self._look(asks))
        return self.found[key]

    def _look(self, asks: Asks) -> Iterator[Alarm]:
        answers = answers_to(self.script.vocabulary, asks)
        raises, directly = Raises.of(self.script, answers), Raises.of(self.script, answers, flags=False)
        tried = raised_alone(self.script, asks)
        floor = asks.level if isinstance(asks, Checklist) else None
        for level in RED:
            rules = raises.rules(level)
            if rules or floor is level:
                alone = tuple(rule for rule in rules if (rule, level) in tried)
                added = tuple(
                    rule for rule in rules if level not in directly.levels.get(rule, ()) and rule not in alone
                )
                together = tuple(rule for rule in rules if rule not in (*alone, *added))
                yield Alarm(level, alone, together, added, floor is level)

    def at(self, dialog: Dialog, item: PlanItem) -> Iterator[tuple[Box, Arrow]]:
        """The boxes and red arrows beside one step."""
        if item.kind is Kind.ASK:
            alarms = self.of(dialog.questions[item.target])
        elif item.kind is Kind.CHECKLIST:
            alarms = self.of(dialog.checklists[item.target])
        elif item.kind is Kind.DO:
            for level, rules in self.inside(self.script.dialogs[item.target]).items():
                yield _beside(
                    item, level, (level.name, f"{len(rules)} rule{'s' if len(rules) > 1 else ''}: see its picture")
                )
            return
        else:
            return
        for alarm in alarms:
            yield _beside(item, alarm.level, tuple(_lines(alarm)))

    def inside(self, dialog: Dialog) -> dict[Level, frozenset[str]]:
        """The rules that answers in a dialog and its parts can raise, each at its highest level."""
        found: dict[str, Level] = {}
        for one in _with_parts(self.script, dialog):
            everything: tuple[Asks, ...] = (*one.questions.values(), *one.checklists.values())
            for asks in everything:
                for alarm in self.of(asks):
                    found |= {rule: max(alarm.level, found.get(rule, alarm.level)) for rule in alarm.rules}
        by_level = {level: frozenset(rule for rule, highest in found.items() if highest is level) for level in RED}
        return {level: rules for level, rules in by_level.items() if rules}


def _with_parts(script: Script, dialog: Dialog) -> Iterator[Dialog]:
    yield dialog
    for target in dict.fromkeys(item.target for item in dialog.plan if item.kind is Kind.DO):
        yield from _with_parts(script, script.dialogs[target])


def _beside(item: PlanItem, level: Level, lines: tuple[str, ...]) -> tuple[Box, Arrow]:
    key = alarm_key(level, item.id)
    return Box(key, Shape.ALARM, lines, level), Arrow(item.id, key, Way.ALARM, level=level)


def alarm_key(level: Level, item: str) -> str:
    """The key of the red box beside a step."""
    return f"{level.name} {item}"


def _lines(alarm: Alarm) -> Iterator[str]:
    yield alarm.level.name
    if alarm.floor:
        yield "Yes to any of these signs"
    if alarm.alone:
        yield from wrapped(f"alone: {', '.join(alarm.alone)}")
    if alarm.together:
        yield from wrapped(f"with other answers: {', '.join(alarm.together)}")
    if alarm.added:
        yield from wrapped(f"as one more flag: {', '.join(alarm.added)}")
