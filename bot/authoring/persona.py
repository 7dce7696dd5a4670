"""A simulated parent: facts in, answers out, whatever is asked and in whatever order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.authoring.chat import Chat
from bot.facts.interval import Interval
from bot.facts.value import (
    NOT_SURE,
    NOT_SURE_TOO,
    YES,
    Born,
    Choice,
    DaysOld,
    Many,
    NoSuch,
    NotSure,
    Number,
    Value,
    from_json,
)
from bot.script.conditions import facts_of
from bot.script.model import Input, Item, Option, Question
from bot.script.script import Script
from bot.talk.check import LIST_A_FACTS
from bot.talk.effects import Mark
from bot.talk.session import ListState, Pending, Prompt

MAX_TURNS = 150
CONCERN = "tone_concern"
"""The fact that opens the questions about a stiff or floppy child."""


@dataclass(frozen=True, slots=True)
class Raw:
    """What a persona types instead of an answer: at which input, and how many times."""

    field: Input | None
    text: str
    times: int = 1


@dataclass(slots=True)
class Persona:
    """A parent who knows these facts.

    A fact that is not listed has its usual value; `all_unknown` makes everything unlisted "not sure", `danger_unknown`
    the signs of list A. Facts that are `not_yet` true have their usual value until that is emptied.
    """

    script: Script
    facts: Mapping[str, Value]
    today: date
    all_unknown: bool = False
    danger_unknown: bool = False
    raw: Raw | None = None
    typed_raw: int = field(default=0)
    not_yet: frozenset[str] = frozenset()

    def value(self, fact: str) -> Value:
        """What this parent would say about a fact."""
        if fact in self.facts and fact not in self.not_yet:
            return self.facts[fact]
        if fact == CONCERN and fact not in self.facts and self._has_a_concern():
            return YES
        if self.danger_unknown and fact in LIST_A_FACTS:
            return NOT_SURE
        usual = self.script.vocabulary.facts[fact].usual
        return NOT_SURE if usual is None or self.all_unknown else usual

    def _has_a_concern(self) -> bool:
        """Whether this parent, who tells of no shaking, has seen what is only asked about a stiff or floppy child."""
        if self.facts.get("tremor") == YES:
            return False
        facts = self.script.vocabulary.facts
        return any(
            name in self.facts and self.facts[name] not in (facts[name].usual, NOT_SURE)
            for name, fact in facts.items()
            if fact.ask_if is not None and CONCERN in facts_of(fact.ask_if)
        )

    # Answering.

    def answer(self, chat: Chat) -> None:
        """Answer what is asked now."""
        prompt = chat.session.prompts[0] if chat.session.prompts else None
        if prompt is None:
            raise RuntimeError("nothing is asked")
        prompt = chat.session.prompt or prompt
        match prompt.pending:
            case Pending.POSITION if prompt.data.get("kind") == "checklist":
                self._checklist(chat, prompt)
            case Pending.POSITION:
                self._question(chat, prompt)
            case Pending.CONFIRM:
                self._confirm(chat, prompt)
            case Pending.URGENT:
                chat.presses("continue")
            case Pending.STEP:
                chat.presses("next")
            case Pending.WORD:
                self._word(chat, prompt)
            case Pending.SEEN:
                chat.presses("not_sure")
            case _:
                chat.presses(next(iter(prompt.options)))

    def _word(self, chat: Chat, prompt: Prompt) -> None:
        """A word that may mean an emergency: it does where this parent knows of the sign."""
        sets = dict(prompt.data["sets"])
        signs = self.script.vocabulary.facts.keys() & sets.keys()
        happening = any(_within(self.value(name), Choice.of(sets[name]), self.today) for name in signs)
        chat.presses("yes" if happening else "no")

    def _question(self, chat: Chat, prompt: Prompt) -> None:
        dialog, _, name = prompt.question.partition(".")
        question = self.script.dialogs[dialog].questions[name]
        value = self.value(name)
        if self._types_raw(chat, question):
            return
        bands = bool(prompt.data.get("bands"))
        options = question.bands if bands else question.options
        chosen = self._option(options, chat)
        if chosen is None and not isinstance(value, NotSure):
            chosen = next((option for option in options if option.then is not None), None)
        if chosen is not None:
            chat.presses(chosen.id)
        elif isinstance(value, NotSure) or question.input is None or bands:
            chat.presses("not_sure")
        else:
            chat.types(self._typed(value))

    def _types_raw(self, chat: Chat, question: Question) -> bool:
        raw = self.raw
        if raw is None or self.typed_raw >= raw.times or raw.field is not question.input:
            return False
        self.typed_raw += 1
        chat.types(raw.text)
        return True

    def _typed(self, value: Value) -> str:
        match value:
            case Born(on):
                return on.isoformat()
            case DaysOld(_, high, asof):
                return f"{high + (self.today - asof).days} days"
            case Number(interval) if interval.exact is not None:
                return f"{interval.exact:f}"
            case _:
                return "not sure"

    def _option(self, options: tuple[Option, ...], chat: Chat) -> Option | None:
        """The option that fits best: everything it says is true, and it says the most."""
        fitting = [option for option in options if self._fits(option.sets, chat)]
        return min(fitting, key=lambda option: _width(option.sets), default=None)

    def _fits(self, sets: Mapping[str, Value], chat: Chat) -> bool:
        moment = chat.moment
        return bool(sets) and all(
            self._says(fact, value)
            for fact, value in sets.items()
            if moment is None or moment.knowledge.askable(fact) or fact in self.facts
        )

    def _says(self, fact: str, told: Value) -> bool:
        """Whether this parent would say that of a fact."""
        return _within(self.value(fact), told, self.today)

    def _confirm(self, chat: Chat, prompt: Prompt) -> None:
        about = str(prompt.data["about"]).partition(".")[2]
        mine = self.value(about)
        values = dict(prompt.data["values"])
        for option, value in values.items():
            if _within(mine, from_json(value), self.today):
                chat.presses(option)
                return
        if isinstance(mine, NotSure) and values:
            chat.presses(next(iter(values)))
            return
        others = [option for option in prompt.options if option not in values]
        if others:
            chat.presses(others[0])
        else:
            chat.presses(next(iter(values)))

    # Checklists.

    def _checklist(self, chat: Chat, prompt: Prompt) -> None:
        dialog, _, name = prompt.question.partition(".")
        checklist = self.script.dialogs[dialog].checklists[name]
        shown = [str(line) for line in prompt.data["lines"]]
        lines = [line for line in checklist.items if line.id in shown]
        marks = {line.id: self._mark(line, chat) for line in lines}
        if checklist.pick:
            marks = {line.id: self._picks(line) for line in lines}
        if "done" in prompt.options and (not checklist.pick or Mark.YES in marks.values()):
            self._mark_lines(chat, prompt.question, marks)
            return
        if checklist.pick:
            chat.presses("not_sure")
        elif Mark.YES in marks.values():
            chat.presses("yes")
        elif Mark.NOT_SURE in marks.values():
            chat.presses("not_sure")
        else:
            chat.presses("none")

    def _mark_lines(self, chat: Chat, question: str, marks: Mapping[str, Mark]) -> None:
        """Tap each line until it shows the mark, then Done; one tap a call would be a turn each."""
        for line, wanted in marks.items():
            for _ in range(3):
                check = chat.session.check
                if check is None or chat.asked != question or "done" not in _options(chat, question):
                    return
                state = check.lists.get(question, ListState())
                if state.marks.get(line, Mark.NONE) is wanted:
                    break
                chat.presses(f"item_{line}")
        if chat.asked == question and "done" in _options(chat, question):
            chat.presses("done")

    def _picks(self, line: Item) -> Mark:
        """Whether a part belongs to what this parent saw."""
        for fact, told in line.sets.items():
            mine = self.value(fact)
            if isinstance(mine, Many) and isinstance(told, Many) and told.certain <= mine.certain:
                return Mark.YES
        return Mark.NONE

    def _mark(self, line: Item, chat: Chat) -> Mark:
        moment = chat.moment
        unsure = False
        for fact, told in line.sets.items():
            if moment is not None and not moment.knowledge.askable(fact) and fact not in self.facts:
                continue
            value = self.value(fact)
            if isinstance(value, NotSure):
                denied = line.denied.get(fact)
                # "None of these" covers a test that nobody tried.
                unsure = unsure or not (isinstance(denied, Choice) and NOT_SURE_TOO in denied.possible)
            elif _within(value, told, self.today):
                return Mark.YES
        return Mark.NOT_SURE if unsure else Mark.NONE


def _options(chat: Chat, question: str) -> Mapping[str, str]:
    return next((one.options for one in chat.session.prompts if one.question == question), {})


def _within(mine: Value, told: Value, today: date) -> bool:
    """Whether what a parent knows lies inside what an answer says."""
    match mine, told:
        case Choice(possible), Choice(wanted):
            return possible <= wanted
        case Many(certain, _), Many(sure, perhaps):
            return sure <= certain <= perhaps
        case Number(interval), Number(wanted_interval):
            return interval.inside(wanted_interval)
        case NoSuch(), NoSuch():
            return True
        case Born() | DaysOld(), DaysOld(low, high, asof):
            days = (today - mine.on).days if isinstance(mine, Born) else mine.high + (today - mine.asof).days
            passed = (today - asof).days
            return low + passed <= days <= high + passed
        case Born(on), Born(other):
            return on == other
        case _:
            return False


def _width(sets: Mapping[str, Value]) -> int:
    """How little an option says: fewer possibilities are more."""
    width = 0
    for value in sets.values():
        match value:
            case Choice(possible):
                width += len(possible)
            case Many(certain, possible):
                width += 2 * len(possible) - len(certain)
            case Number(interval):
                width += 1 if interval.exact is not None else 5 + (interval == Interval())
            case _:
                width += 1
    return width
