"""Every question, list, step, card and outcome of the scripts that are shipped, as Telegram would get it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from html.parser import HTMLParser

import pytest
from telegram import InlineKeyboardMarkup

from bot.channels.telegram.callback_data import MAX_BYTES, decode
from bot.channels.telegram.html import MAX_UNITS, units
from bot.channels.telegram.keyboard import LONGEST, SHORT
from bot.channels.telegram.render import Rendered, redrawn, render, settled
from bot.channels.telegram.surface import Surface
from bot.channels.telegram.words import Words
from bot.facts.level import Level
from bot.places import find_places
from bot.script.load import load_places
from bot.script.script import Script
from bot.service.screen import Settle
from bot.talk import checklist as lists
from bot.talk.asking import list_lines, show_checklist, show_question
from bot.talk.commands import command
from bot.talk.corrections import show_choices
from bot.talk.effects import Ask, Button, Escalate, Mark, Message, Redraw, Say
from bot.talk.engine import Engine
from bot.talk.events import Command
from bot.talk.menu import show_card, show_menu, show_start
from bot.talk.outcome import emergency_buttons
from bot.talk.position import question_key
from bot.talk.session import Check, Given, ListState, Session, Stage
from bot.talk.turn import Turn

NOW = datetime(2026, 11, 22, 23, 15, tzinfo=UTC)
LONG_TURN = 999_999_999_998
"""A turn that no parent will ever reach: its number is as long as a button can carry."""

MOST_BUTTONS, MOST_IN_A_ROW, MOST_LINES_OF_A_LIST = 100, 8, 8


@cache
def script() -> Script:
    places = find_places(None)
    return load_places(places.dialogs, places.content)


@cache
def engine() -> Engine:
    return Engine(script())


@cache
def words() -> Words:
    return Words.of(script())


def turn_in(dialog: str = "danger_signs", **check: object) -> Turn:
    """A turn in the middle of a check, of a parent who has come a long way."""
    given = (Given("danger_signs.danger_signs", "No", (), {}),)
    fields: dict[str, object] = {"given": given, **check}
    session = Session(
        turn=LONG_TURN,
        stage=Stage.READY,
        consent=True,
        check=Check(1, dialog, NOW, **fields),  # type: ignore[arg-type]
    )
    return Turn(engine().tools, session, NOW)


def questions() -> Iterator[tuple[str, list[Message]]]:
    for dialog in script().dialogs.values():
        for question in dialog.questions.values():
            turn = turn_in(dialog.id)
            show_question(turn, question, before=turn.phrase("questions_changed"), hint=True)
            if question.bands:
                show_question(turn, question, bands=True)
            yield question_key(dialog.id, question.id), messages(turn)
        for checklist in dialog.checklists.values():
            key = question_key(dialog.id, checklist.id)
            for stage in (lists.MAIN, lists.WHICH, lists.UNSURE):
                turn = turn_in(dialog.id)
                lines = list_lines(turn, checklist)
                marks = {one.id: Mark.NOT_SURE for one in lines[::2]}
                turn.update_check(lists={key: ListState(stage, marks)})
                show_checklist(turn, checklist, before=turn.phrase("unclear_checklist"))
                yield f"{key} {stage}", messages(turn)


def others() -> Iterator[tuple[str, list[Message]]]:
    turn = turn_in()
    for show in (show_start, show_card, show_menu, show_choices):
        show(turn)
    for name in ("help", "about", "privacy", "delete", "start"):
        command(turn, Command(name))
    yield "cards", messages(turn)
    outcomes = script().outcomes
    reasons = "\n".join(
        turn.phrase("reason_more", because=one.because) for one in list(script().book.rules.values())[:3]
    )
    advice = [*outcomes.levels.values(), *outcomes.instead, *outcomes.meanwhile, *outcomes.advice, *outcomes.safety_net]
    for one in advice:
        text = turn.voice.say(one.text, reasons=reasons, temperature_c="40.5 °C")
        buttons = tuple(emergency_buttons(turn))
        private = Escalate(text, Level.EMERGENCY, None, LONG_TURN, "emergency", buttons, private=True)
        yield (
            f"outcome {one.id}",
            [Say(text), Escalate(text, Level.EMERGENCY, None, LONG_TURN, "emergency", buttons), private],
        )
    for howto in script().howtos.values():
        for number, step in enumerate(howto.steps):
            yield f"{howto.id} {number}", [Say(turn.voice.say(step.text))]


def messages(turn: Turn) -> list[Message]:
    return [one for one in turn.effects if isinstance(one, Say | Ask | Escalate)]


@cache
def everything() -> tuple[tuple[str, Say | Ask | Escalate], ...]:
    found = ((name, one) for name, some in (*questions(), *others()) for one in some)
    return tuple((name, one) for name, one in found if isinstance(one, Say | Ask | Escalate))


class Reader(HTMLParser):
    """What Telegram makes of our HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.open.append(tag)
        self.seen.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def read(part: str) -> str:
    reader = Reader()
    reader.feed(part)
    reader.close()
    assert reader.open == []
    assert reader.seen <= {"i", "b", "tg-spoiler"}
    return reader.text


def meant(message: Say | Ask | Escalate) -> Rendered:
    return render(message, words())[0]


def rows(markup: InlineKeyboardMarkup | None) -> list[list[str]]:
    return [] if markup is None else [[one.text for one in row] for row in markup.inline_keyboard]


def test_there_is_something_of_every_dialog_to_look_at() -> None:
    names = " ".join(name for name, _ in everything())
    asking = [one.id for one in script().dialogs.values() if one.questions or one.checklists]
    assert all(f"{dialog}." in names for dialog in asking)
    assert len(everything()) > 200


def test_each_message_is_one_message_and_says_what_the_script_says() -> None:
    for name, message in everything():
        form = meant(message)
        assert len(form.parts) == 1, name
        shown = read(form.parts[0])
        assert 1 <= units(shown) <= MAX_UNITS, name
        bare = re.sub(r"\s", "", shown)
        # Of a covered text the words are all there, with a line on how to read it between them.
        bare = bare.replace(re.sub(r"\s", "", words().covered), "")
        assert re.sub(r"\s", "", message.text) in bare, name


def test_each_message_is_the_same_without_marks() -> None:
    for name, message in everything():
        first, second, _ = render(message, words())
        if not (isinstance(message, Escalate) and message.private):
            assert re.sub(r"\s", "", read(first.parts[0])) == re.sub(r"\s", "", second.parts[0]), name


def test_each_button_fits_and_comes_back_as_what_it_was() -> None:
    for name, message in everything():
        if isinstance(message, Say):
            continue
        markup = meant(message).buttons
        sent = [] if markup is None else [one for row in markup.inline_keyboard for one in row]
        assert len(sent) == len(message.buttons) <= MOST_BUTTONS, name
        for button, one in zip(message.buttons, sent, strict=True):
            data = str(one.callback_data)
            assert len(data.encode()) <= MAX_BYTES, name
            pressed = decode(data)
            assert pressed is not None
            assert (pressed.question, pressed.option) == (message.question, button.option), name
            assert pressed.turn == message.turn
            assert one.style == ("danger" if button.danger else None)


def test_no_label_is_cut_by_a_phone() -> None:
    for name, message in everything():
        for row in rows(meant(message).buttons):
            assert 1 <= len(row) <= MOST_IN_A_ROW, name
            assert all(len(label) <= (LONGEST + 1 if len(row) == 1 else SHORT) for label in row), (name, row)


def test_what_is_cut_on_a_button_stands_whole_in_the_message_under_the_same_number() -> None:
    found = 0
    for name, message in everything():
        if isinstance(message, Say):
            continue
        form = meant(message)
        for label in (label for row in rows(form.buttons) for label in row if "…" in label):
            number, rest = label.split(". ", 1)
            lines = [line for line in read(form.parts[0]).splitlines() if line.startswith(f"{number}. ")]
            [line] = lines
            begins = rest.removesuffix("…")
            for mark in words().marks:
                begins = begins.removeprefix(f"{mark} ")
            assert line.removeprefix(f"{number}. ").startswith(begins), name
            found += 1
    assert found > 20


def test_a_list_of_signs_has_at_most_eight_lines() -> None:
    for name, message in everything():
        dialog, _, key = name.split(" ")[0].partition(".")
        checklists = script().dialogs[dialog].checklists if dialog in script().dialogs else {}
        # Where all lines are parts of one answer, such as the parts of the body, there may be more.
        if isinstance(message, Ask) and key in checklists and not checklists[key].pick:
            lines = [one for one in message.buttons if one.option.startswith("item_")]
            assert len(lines) <= MOST_LINES_OF_A_LIST, name


def test_a_tick_changes_nothing_but_its_own_label() -> None:
    for name, message in everything():
        ticked = [one for one in message.buttons if one.option.startswith("item_")] if isinstance(message, Ask) else []
        if not isinstance(message, Ask) or not ticked:
            continue
        mark = words().marks[0]
        plain = tuple(Button(one.option, _bare(one.text)) for one in message.buttons)
        marked = tuple(
            Button(one.option, f"{mark} {one.text}", Mark.YES) if one.option == ticked[0].option else one
            for one in plain
        )
        before = rows(redrawn(Redraw(1, message.question, plain), words()))
        after = rows(redrawn(Redraw(1, message.question, marked), words()))
        flat_before = [label for row in before for label in row]
        flat_after = [label for row in after for label in row]
        assert flat_after[1:] == flat_before[1:], name
        assert flat_after[0].replace(f"{mark} ", "") == flat_before[0], name


def _bare(text: str) -> str:
    for mark in words().marks:
        text = text.removeprefix(f"{mark} ")
    return text


def test_each_answered_question_can_show_its_answer() -> None:
    for name, message in everything():
        if isinstance(message, Ask):
            for button in message.buttons:
                text = settled(Settle("1", message.text, message.progress, button.text), words())
                assert text is not None, name
                assert button.text in read(text)


def test_a_private_advice_shows_what_to_do_and_covers_the_rest() -> None:
    for name, message in everything():
        if isinstance(message, Escalate) and message.private:
            open_part = re.sub(r"<tg-spoiler>.*</tg-spoiler>", "", meant(message).parts[0], flags=re.DOTALL)
            first = message.text.split("\n", 1)[0]
            assert open_part.split("\n", 1)[0] in (first, first.split(". ")[0] + "."), name
            assert "tell us" not in open_part


def test_progress_is_shown_quietly_before_the_question() -> None:
    [form, *_] = render(Ask("Is it?", 1, "q", (), (3, 7)), words())
    assert form.parts == ("<i>Question 3 of about 7</i>\n\nIs it?",)


COMMANDS = Surface.of(script()).commands


def test_what_is_shown_around_the_chat_fits() -> None:
    surface = Surface.of(script())
    assert 1 <= units(surface.description) <= 512
    assert 1 <= units(surface.short_description) <= 120
    assert all(1 <= units(line) <= 256 for _, line in surface.commands)
    assert all(re.fullmatch("[a-z0-9_]{1,32}", name) for name, _ in surface.commands)
    assert surface.commands[0][0] == "emergency"


@pytest.mark.parametrize("name", [name for name, _ in COMMANDS if name != "help"])
def test_each_command_that_is_offered_does_something_of_its_own(name: str) -> None:
    turn, other = turn_in(), turn_in()
    command(turn, Command(name))
    command(other, Command("no_such_command"))
    assert messages(turn) != messages(other)
