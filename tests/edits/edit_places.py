"""Where a parent can be when the script is edited: one place for each thing that waits, found by playing chats."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.authoring.chat import START, Chat
from bot.authoring.persona import Persona
from bot.facts.level import Level
from bot.facts.value import NOT_SURE, YES, Born, Choice, Number, Value
from bot.script.model import Kind
from bot.talk.around import Around, Entry, ListedDiary
from bot.talk.effects import Button
from bot.talk.engine import Engine
from bot.talk.session import Pending, Session

MOST_ANSWERS = 60
EVERY_PARENT = "new_episode"
BABY: Mapping[str, Value] = {"birth_date": Born(START.date() - timedelta(days=120))}
DIARY = Around(
    diary=ListedDiary(
        tuple(
            Entry(n, START - timedelta(days=n), Level.SOON, ("R-06",), {"tremor": YES}, ("• Both sides: Yes",))
            for n in (1, 2)
        )
    )
)

WELL: Mapping[str, Value] = {**BABY, "temperature_c": Number.of("36.8"), "minutes_since_feed": Number.of(60)}
"""A baby for whom every how-to is open."""

PARENTS: tuple[Mapping[str, Value], ...] = (
    BABY,
    {**BABY, "temperature_c": NOT_SURE, "feels_hot": YES, "feeding": Choice.of("reduced"), "tremor": YES},
    {**BABY, "temperature_c": Number.of("38.6"), "tremor": YES, "tone_concern": YES, "duration_s": Number.of(40)},
    {"birth_date": Born(START.date() - timedelta(days=600)), "tremor": YES, "state": NOT_SURE},
)


@dataclass(frozen=True)
class Spot:
    """A place: the session there, the buttons of earlier messages, and what may be looked up besides."""

    name: str
    session: Session
    buttons: Mapping[tuple[int, str], tuple[Button, ...]]
    around: Around
    parent: Mapping[str, Value]

    @property
    def pending(self) -> Pending:
        """What waits."""
        assert self.session.prompt is not None
        return self.session.prompt.pending

    @property
    def key(self) -> str:
        """The question that waits."""
        assert self.session.prompt is not None
        return self.session.prompt.question

    @property
    def dialog(self) -> str:
        """The dialog of the question that waits, or else of the check."""
        check = self.session.check
        if self.pending in (Pending.POSITION, Pending.CONFIRM):
            assert self.session.prompt is not None
            return str(self.session.prompt.data.get("about", self.key)).partition(".")[0]
        return "danger_check" if check is None else check.dialog

    def chat(self, engine: Engine) -> Chat:
        """A chat that goes on from here with this engine."""
        chat = Chat(engine, START + timedelta(minutes=1), self.session, around=self.around)
        chat.buttons.update(self.buttons)
        return chat


def places(engine: Engine) -> dict[str, Spot]:
    """Every place, by its name: questions, checklists and their stages, how-tos, advice, menus, the diary."""
    found: dict[str, Spot] = {}
    for chat, parent in _checks(engine):
        note(found, chat, parent)
    for chat, parent in _others(engine):
        note(found, chat, parent)
    return found


def note(found: dict[str, Spot], chat: Chat, parent: Mapping[str, Value]) -> None:
    """Remember where a chat stands, unless that was found before."""
    prompt = chat.session.prompt
    assert prompt is not None
    check = chat.session.check
    stage = "" if check is None or prompt.question not in check.lists else f" {check.lists[prompt.question].stage}"
    name = f"{prompt.pending.value} {prompt.question}{stage}"
    found.setdefault(name, Spot(name, chat.session, dict(chat.buttons), chat.around, parent))


def at_menu(engine: Engine) -> Chat:
    """A parent who has agreed, and whose diary holds two events."""
    return Chat(engine, around=DIARY).commands("start").presses("agree").presses("not_sure")


def _checks(engine: Engine) -> Iterator[tuple[Chat, Mapping[str, Value]]]:
    """Every question that comes where each flow is gone through by one parent, and one of them by several."""
    script = engine.script
    staged: set[str | None] = set()
    for number, entry in enumerate(one for one in script.menu.every if one.start is not None):
        calm = any(item.kind is Kind.HOWTO for item in script.dialogs[entry.start or ""].plan)
        one = (WELL,) if calm else (PARENTS[number % len(PARENTS)],)
        for facts in PARENTS if entry.start == EVERY_PARENT else one:
            chat = at_menu(engine)
            for step in script.menu.way_to(entry.text):
                chat.presses(step.id)
            persona = Persona(script, facts, chat.now.date())
            for _ in range(MOST_ANSWERS):
                yield chat, facts
                if chat.session.check is None or chat.session.check.ended:
                    break
                if chat.asked not in staged:
                    staged.add(chat.asked)
                    yield from _stages(chat, facts)
                persona.answer(chat)


def _stages(chat: Chat, facts: Mapping[str, Value]) -> Iterator[tuple[Chat, Mapping[str, Value]]]:
    """The other messages that a question can become: which line, not sure which, a doubt about a typed number."""
    prompt = chat.session.prompt
    assert prompt is not None
    if prompt.data.get("kind") == "checklist" and "yes" in prompt.options:
        for option in ("yes", "not_sure"):
            other = copied(chat).presses(option)
            yield other, facts
            if option == "not_sure" and other.asked == prompt.question and "not_sure" in _shown(other):
                yield other.presses("not_sure"), facts
    elif prompt.question.endswith("temperature_c"):
        yield copied(chat).types("375"), facts


def _shown(chat: Chat) -> Mapping[str, str]:
    return {} if chat.session.prompt is None else chat.session.prompt.options


def copied(chat: Chat) -> Chat:
    """A chat that may go another way."""
    other = Chat(chat.engine, chat.now, chat.session, around=chat.around)
    other.buttons.update(chat.buttons)
    return other


def _others(engine: Engine) -> Iterator[tuple[Chat, Mapping[str, Value]]]:
    """What is asked outside the flows: before consent, in the menus, after advice, in the diary."""
    yield Chat(engine).commands("start"), BABY
    yield Chat(engine).commands("start").presses("agree"), BABY
    yield Chat(engine).commands("start").presses("emergency"), BABY
    yield at_menu(engine), BABY
    for entry in engine.script.menu.entries:
        if entry.start is None:
            yield at_menu(engine).presses(entry.id), BABY
            for below in entry.entries:
                if below.opens is not None:
                    opened = at_menu(engine).presses(entry.id).presses(below.id)
                    yield opened, BABY
                    for option in list(_shown(opened))[:2]:
                        further = copied(opened).presses(option)
                        yield further, BABY
                        yield copied(further).presses(next(iter(_shown(further)))), BABY
    yield at_menu(engine).types("blue"), BABY
    yield at_menu(engine).types("he is not breathing"), BABY
    yield at_menu(engine).types("he is not breathing").presses("change_answer"), BABY
    yield at_menu(engine).types("he is not breathing").presses("to_menu").presses("danger"), BABY
    yield at_menu(engine).types("he is not breathing").waits(minutes=4), BABY
    yield at_menu(engine).commands("delete"), BABY
    yield at_menu(engine).commands("emergency"), BABY
    history = at_menu(engine).commands("history")
    yield history, BABY
    entry_shown = copied(history).presses("entry_1")
    yield entry_shown, BABY
    for option in ("change_entry", "delete_entry"):
        yield copied(entry_shown).presses(option), BABY
    checking = _in_a_check(engine, PARENTS[1])
    yield copied(checking).commands("start"), PARENTS[1]
    yield copied(checking).commands("history"), PARENTS[1]
    yield copied(checking).commands("emergency"), PARENTS[1]
    yield copied(checking).waits(minutes=31).types("hm"), PARENTS[1]
    yield copied(checking).presses("back"), PARENTS[1]
    ended = copied(checking).types("he is not breathing")
    yield ended, PARENTS[1]
    yield copied(ended).presses("change_answer"), PARENTS[1]


def _in_a_check(engine: Engine, facts: Mapping[str, Value]) -> Chat:
    chat = at_menu(engine).presses("over")
    persona = Persona(engine.script, facts, chat.now.date())
    for _ in range(9):
        persona.answer(chat)
    return chat
