"""What no chat covers: steps of plans, answers, lines of lists, steps of how-tos, and rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.authoring.chat import Chat, Line
from bot.authoring.conversations import Ran
from bot.authoring.standard_texts import ITEM
from bot.authoring.trail import Way, all_ways
from bot.script.machine import END, START, Position
from bot.script.model import Dialog, Kind, PlanItem
from bot.script.script import Script
from bot.talk.advice import Voice
from bot.talk.effects import CheckEnded, Say
from bot.talk.events import Pressed
from bot.talk.moment import Moment, PlanView
from bot.talk.position import is_due
from bot.talk.session import Check, Pending

NOT_SURE = "not_sure"


@dataclass(frozen=True, slots=True)
class Coverage:
    """Names by kind: of what a script has, of what chats went through, or of the difference."""

    states: frozenset[str]
    options: frozenset[str]
    lines: frozenset[str]
    steps: frozenset[str]
    rules: frozenset[str]
    ways: frozenset[Way]

    def __sub__(self, other: Coverage) -> Coverage:
        """What is here and not there."""
        return Coverage(
            self.states - other.states,
            self.options - other.options,
            self.lines - other.lines,
            self.steps - other.steps,
            self.rules - other.rules,
            self.ways - other.ways,
        )


NOTHING = Coverage(frozenset(), frozenset(), frozenset(), frozenset(), frozenset(), frozenset())


def everything(script: Script) -> Coverage:
    """All that a chat could go through."""
    dialogs = script.dialogs.values()
    questions = [(dialog, question) for dialog in dialogs for question in dialog.questions.values()]
    checklists = [(dialog, checklist) for dialog in dialogs for checklist in dialog.checklists.values()]
    return Coverage(
        frozenset(f"{dialog.id}.{item.id}" for dialog in dialogs for item in dialog.plan),
        frozenset(
            f"{dialog.id}.{question.id}.{option}"
            for dialog, question in questions
            for option in (*(one.id for one in (*question.options, *question.bands)), NOT_SURE)
        ),
        frozenset(
            f"{dialog.id}.{checklist.id}.{item.id}" for dialog, checklist in checklists for item in checklist.items
        ),
        frozenset(f"{howto.id}.{step.id}" for howto in script.howtos.values() for step in howto.steps),
        frozenset(script.book.rules),
        all_ways(script),
    )


def covered(script: Script, chats: Iterable[Ran]) -> Coverage:
    """What these chats go through; a rule counts where the chat claims it and it is raised."""
    states: set[str] = set()
    options: set[str] = set()
    lines: set[str] = set()
    steps: set[str] = set()
    rules: set[str] = set()
    ways: set[Way] = set()
    for ran in chats:
        ways.update(ran.ways)
        states.update(_states(script, ran.chat))
        steps.update(_steps(script, ran.chat))
        for line in ran.chat.lines:
            match line.event:
                case Pressed(_, question, option) if option.startswith(ITEM):
                    lines.add(f"{question}.{option.removeprefix(ITEM)}")
                case Pressed(_, question, option):
                    options.add(f"{question}.{option}")
        rules.update(ran.conversation.expected.rules.keys() & ran.result.rules.keys())
    return Coverage(
        frozenset(states), frozenset(options), frozenset(lines), frozenset(steps), frozenset(rules), frozenset(ways)
    )


def uncovered(script: Script, chats: Iterable[Ran]) -> Coverage:
    """What no chat goes through."""
    return everything(script) - covered(script, chats)


# States.


def _states(script: Script, chat: Chat) -> Iterator[str]:
    before: Line | None = None
    for line in chat.lines:
        check = line.after.check
        if check is not None and not check.ended:
            moment = Moment.of(script, line.after, check, line.at)
            yield from _way(moment, check, moment.dialog)
        yield from _said(script, line, before)
        before = line


def _way(moment: Moment, check: Check, dialog: Dialog) -> tuple[str, ...]:
    """The states on the way to the step that waits for the parent, those of dialogs around it included."""
    machine = moment.script.machines[dialog.id]
    position = Position(START, PlanView(moment))
    while True:
        machine.advance(position)
        if position.state == END or machine.items[position.state].kind is Kind.FINISH:
            return ()
        item = machine.items[position.state]
        name = f"{dialog.id}.{item.id}"
        if item.kind is Kind.DO:
            inner = _way(moment, check, moment.script.dialogs[item.target])
            if inner:
                return (name, *inner)
        elif is_due(moment, check, dialog, item):
            return (name,)


def _said(script: Script, line: Line, before: Line | None) -> Iterator[str]:
    """The states that wait for nobody: texts, closed gates, and the end of a dialog."""
    check = line.after.check or (before.after.check if before is not None else None)
    if check is None:
        return
    voice = Voice(script, "", line.after.nickname, line.at)
    said = [effect.text for effect in line.effects if isinstance(effect, Say)]
    closed = False
    for dialog, item in _with_parts(script, check.dialog):
        if (item.kind is Kind.SAY and _is_said(script, dialog, item, said)) or (
            item.kind is Kind.GATE and any(one.startswith(_closed(script, voice, item.target)) for one in said)
        ):
            closed = closed or item.kind is Kind.GATE
            yield f"{dialog}.{item.id}"
        told = line.after.check is None and any(
            isinstance(effect, CheckEnded) and not effect.cut_short for effect in line.effects
        )
        if item.kind is Kind.FINISH and told and not closed:
            yield f"{dialog}.{item.id}"


def _with_parts(script: Script, dialog: str) -> Iterator[tuple[str, PlanItem]]:
    """The steps of a dialog and of all that it does, with the name of the dialog in which each stands."""
    for item in script.dialogs[dialog].plan:
        if item.kind is Kind.DO:
            yield from _with_parts(script, item.target)
        else:
            yield dialog, item


def _is_said(script: Script, dialog: str, item: PlanItem, said: Iterable[str]) -> bool:
    first = script.dialogs[dialog].texts[item.target].text.strip().partition("{")[0]
    return any(one.startswith(first) for one in said)


def _closed(script: Script, voice: Voice, gate: str) -> str:
    title = next((one.title for one in script.howtos.values() if one.gate == gate), gate)
    return voice.phrase("gate_closed", title=title, reasons="").strip().partition("\n")[0]


def _steps(script: Script, chat: Chat) -> Iterator[str]:
    for line in chat.lines:
        check = line.after.check
        for prompt in line.after.prompts:
            if prompt.pending is not Pending.STEP or check is None:
                continue
            howto = script.howtos[str(prompt.data["howto"])]
            moment = Moment.of(script, line.after, check, line.at)
            steps = howto.steps_for(moment.gate_state(howto.gate).result)
            yield f"{howto.id}.{steps[int(prompt.data['number'])].id}"


def report(missing: Coverage, titles: Mapping[str, str]) -> str:
    """What is missing, for people: a heading and one name a line; nothing where all is covered."""
    kinds = {
        "Steps of plans": missing.states,
        "Answers": missing.options,
        "Lines of lists": missing.lines,
        "Steps of how-tos": missing.steps,
        "Ways from step to step": frozenset(str(way) for way in missing.ways),
        "Rules": frozenset(f"{rule} {titles.get(rule, '')}".strip() for rule in missing.rules),
    }
    parts = [
        f"{kind} that no chat covers:\n" + "\n".join(f"- {one}" for one in sorted(names))
        for kind, names in kinds.items()
        if names
    ]
    return "\n\n".join(parts)
