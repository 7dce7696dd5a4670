"""What a parent in the middle of a check sees when the script is edited (research page flow_engines.md, R1 to R18)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest
from edit_kinds import HERE, edited, engine_for, reworded
from edit_places import BABY, at_menu

from bot.authoring.chat import START, Chat
from bot.authoring.claims import HeldEngine
from bot.authoring.persona import Persona
from bot.facts.level import Action, Level
from bot.facts.matcher import OneOf
from bot.facts.value import YES, Choice, Value
from bot.places import find_places
from bot.script.conditions import FactIs
from bot.script.load import load_places
from bot.script.model import Kind, Question
from bot.script.rules import LevelRow, Rule
from bot.script.script import Script
from bot.talk.effects import Ask, Escalate, Say, ScriptChanged
from bot.talk.engine import Engine
from bot.talk.events import Command, Due
from bot.talk.giving import give
from bot.talk.session import Session
from bot.talk.turn import Turn

CHANGED = "Some questions have changed since you began"
LAST_TIME = "Last time you said"
REASSURING = "No danger sign in what you told us."


@cache
def engine() -> Engine:
    found = find_places()
    return HeldEngine(load_places(found.dialogs, found.content))


def script() -> Script:
    return engine().script


def goes_on_with(chat: Chat, changed: Script) -> Chat:
    """The bot takes up an edited script; the next turn of this chat is the first with it."""
    chat.engine = engine_for(engine(), changed)
    return chat


def waits_at(question: str, facts: Mapping[str, Value] = BABY, entry: str = "over") -> Chat:
    """A parent at whom this question waits for an answer."""
    chat = at_menu(engine()).presses(entry)
    persona = Persona(script(), facts, chat.now.date())
    while chat.asked != question:
        persona.answer(chat)
    return chat


def to_the_end(chat: Chat, facts: Mapping[str, Value] = BABY) -> Chat:
    """Answer all that comes, up to the menu or a question that no simulated parent answers by itself."""
    persona = Persona(chat.engine.script, facts, chat.now.date())
    while chat.asked not in ("menu", "review") and not (chat.session.check and chat.session.check.ended):
        persona.answer(chat)
    return chat


def question_of(key: str) -> Question:
    dialog, _, name = key.partition(".")
    return script().dialogs[dialog].questions[name]


def with_question(question: Question) -> Script:
    dialog = script().dialogs[question.dialog]
    changed = replace(dialog, questions={**dialog.questions, question.id: question})
    return edited(script(), dialogs={dialog.id: changed})


def without_option(key: str, option: str) -> Script:
    question = question_of(key)
    return with_question(replace(question, options=tuple(one for one in question.options if one.id != option)))


def with_rule(level: Level, action: Action | None, fact: str, value: str) -> Script:
    """The script with one more rule."""
    row = LevelRow(level, action, FactIs(fact, OneOf(frozenset({value}))))
    rule = Rule("X-99", "New", (row,), "it is new", (), HERE)
    return edited(script(), book=replace(script().book, rules={**script().book.rules, "X-99": rule}))


def without_rule(name: str) -> Script:
    rules = {other: rule for other, rule in script().book.rules.items() if other != name}
    return edited(script(), book=replace(script().book, rules=rules))


def without_dialog(name: str) -> Script:
    entries = tuple(one for one in script().menu.entries if one.start != name)
    return edited(script(), dialogs={name: None}, menu=replace(script().menu, entries=entries))


STATE = "episode.state"


def test_other_words_are_noticed_by_nobody() -> None:
    chat = goes_on_with(waits_at("episode.symmetric"), reworded(script()))

    chat.presses("yes")

    assert CHANGED not in chat.text
    assert LAST_TIME not in chat.text
    assert "~" in chat.text


def test_an_answer_whose_question_means_something_else_is_asked_again_with_what_was_said() -> None:
    first, *_, last = question_of(STATE).options
    chat = waits_at(STATE).presses(first.id)
    asked = chat.asked
    goes_on_with(chat, without_option(STATE, last.id))

    chat.types("hm").asks(STATE).says(CHANGED).says(f"{LAST_TIME}: {first.text}")

    assert "state" not in chat.session.told
    chat.presses(first.id).asks(str(asked))
    assert CHANGED not in chat.text
    assert LAST_TIME not in chat.text


def test_what_was_told_by_other_questions_stays() -> None:
    chat = waits_at("episode.symmetric")
    before = chat.session.told
    goes_on_with(chat, without_option(STATE, question_of(STATE).options[-1].id)).presses("yes")

    lost = question_of(STATE).facts
    assert {name: one for name, one in before.items() if name not in lost}.items() <= chat.session.told.items()


def test_a_private_answer_is_asked_again_without_what_was_said() -> None:
    private = {fact.id for fact in script().vocabulary.facts.values() if fact.private}
    questions = [one for dialog in script().dialogs.values() for one in dialog.questions.values()]
    question = next(one for one in questions if one.facts & private and len(one.options) > 1)
    chat = at_menu(engine()).presses("over")
    key = f"{question.dialog}.{question.id}"
    option = question.options[0]

    turn = Turn(engine().tools, chat.session, chat.now)
    give(turn, key, option.text, option.sets)
    chat.session = replace(turn.session, script=script().hash, structure=script().structure)
    goes_on_with(chat, with_question(replace(question, options=question.options[1:])))

    chat.types("hm")

    assert chat.session.check is not None
    assert chat.session.check.hints == {}
    assert option.text not in chat.text


def test_an_answer_that_came_in_meanwhile_is_taken_where_it_means_the_same() -> None:
    chat = goes_on_with(waits_at("episode.symmetric"), without_option(STATE, question_of(STATE).options[-1].id))

    chat.presses("yes")

    assert chat.session.told["symmetric"].value == YES


def test_an_answer_to_a_question_that_means_something_else_is_asked_again() -> None:
    chat = waits_at("episode.symmetric")
    goes_on_with(chat, without_option("episode.symmetric", question_of("episode.symmetric").options[-1].id))

    chat.presses("yes").asks("episode.symmetric").says(CHANGED)

    assert "symmetric" not in chat.session.told
    assert "older message" not in chat.text


def test_an_emergency_typed_in_that_very_turn_is_answered_at_once() -> None:
    chat = goes_on_with(waits_at("episode.symmetric"), without_option(STATE, question_of(STATE).options[-1].id))

    chat.types("he is not breathing")

    assert chat.effects
    first = next(one for one in chat.effects if isinstance(one, Say | Ask | Escalate))
    assert isinstance(first, Escalate)
    assert CHANGED not in chat.text


# Flags (R5) and stricter rules (R13).


def with_a_flag() -> Chat:
    """A parent to whom URGENT was said for one rule."""
    chat = at_menu(engine()).presses("over")
    persona = Persona(script(), {**BABY, "tremor": YES, "stops_when_held": Choice.of("no")}, chat.now.date())
    while not (chat.session.check and any(one.level >= Level.URGENT for one in chat.session.check.flags.values())):
        persona.answer(chat)
    return chat


def test_a_flag_stays_when_its_rule_is_gone_and_its_reason_can_still_be_told() -> None:
    chat = with_a_flag()
    assert chat.session.check is not None
    rule = next(name for name, one in chat.session.check.flags.items() if one.level >= Level.URGENT)
    level = chat.session.check.flags[rule].level
    goes_on_with(chat, without_rule(rule))

    chat.presses("stop_here")

    assert chat.escalations[-1].level is level
    assert "an answer that you gave us earlier" in chat.escalations[-1].text
    assert chat.session.recent[rule].level is level


def test_a_rule_that_was_lowered_lowers_no_flag() -> None:
    chat = with_a_flag()
    assert chat.session.check is not None
    rule = next(name for name, one in chat.session.check.flags.items() if one.level >= Level.URGENT)
    level = chat.session.check.flags[rule].level
    row = replace(script().book.rules[rule].levels[0], level=Level.ROUTINE, action=None)
    lower = replace(script().book.rules[rule], levels=(row,))
    book = replace(script().book, rules={**script().book.rules, rule: lower})
    goes_on_with(chat, edited(script(), book=book)).presses("stop_here")

    assert chat.escalations[-1].level is level


@pytest.mark.parametrize("does", ["photo", "help", "answer", "history", "nonsense"])
def test_a_stricter_rule_reaches_a_running_check_at_its_next_turn_whatever_the_parent_does(does: str) -> None:
    chat = waits_at("episode.symmetric")
    told = chat.session.told["tremor"].value
    assert told == YES
    goes_on_with(chat, with_rule(Level.EMERGENCY, Action.CALL, "tremor", "yes"))

    if does == "photo":
        from bot.talk.events import Media

        chat.sends(Media.PHOTO)
    elif does == "answer":
        chat.presses("yes")
        assert chat.session.told["symmetric"].value == YES
    elif does == "nonsense":
        chat.types("hm")
    else:
        chat.commands(does)

    assert chat.escalations[-1].level is Level.EMERGENCY
    first = next(one for one in chat.effects if isinstance(one, Say | Ask | Escalate))
    assert isinstance(first, Escalate)


def test_go_becomes_call_by_a_stricter_rule_after_the_emergency_was_told() -> None:
    chat = waits_at("episode.symmetric")
    goes_on_with(chat, with_rule(Level.EMERGENCY, Action.GO, "tremor", "yes")).types("hm")
    assert [one.action for one in chat.escalations] == [Action.GO]
    present = chat.engine.script
    rule = present.book.rules["X-99"]
    call = replace(rule, levels=(replace(rule.levels[0], action=Action.CALL),))
    goes_on_with(chat, edited(present, book=replace(present.book, rules={**present.book.rules, "X-99": call})))

    chat.presses("calling")

    assert [one.action for one in chat.escalations] == [Action.GO, Action.CALL]


# Reassurance (R6).


def test_nothing_reassuring_is_said_before_the_answers_were_read_back() -> None:
    chat = waits_at("worry.parent_very_worried", entry="danger")
    goes_on_with(chat, with_rule(Level.SOON, None, "tremor", "never"))
    first = len(chat.lines)
    to_the_end(chat).asks("review").says("Here is what you told us").says("Is that right?")
    read_back = chat.text

    assert "Temperature: No thermometer" in read_back
    assert not any(text.startswith(REASSURING) for line in chat.lines[first:] for text in line.bot)

    chat.presses("that_is_right").asks("menu")
    assert chat.said[0].startswith(REASSURING)


def test_an_answer_can_be_changed_where_they_are_read_back() -> None:
    chat = waits_at("worry.parent_very_worried", entry="danger")
    to_the_end(goes_on_with(chat, with_rule(Level.SOON, None, "tremor", "never"))).asks("review")

    chat.presses("change_answer")
    chat.presses(next(one for one in chat.labels if one.startswith("Temperature")))
    chat.asks("temperature.temperature_c").types("36.9")

    to_the_end(chat).asks("review").says("Temperature: 36.9")


def test_a_typed_yes_says_that_it_is_right() -> None:
    chat = waits_at("worry.parent_very_worried", entry="danger")
    to_the_end(goes_on_with(chat, with_rule(Level.SOON, None, "tremor", "never"))).asks("review")

    chat.types("yes").asks("menu")


def test_a_question_deleted_under_the_cursor_does_not_reassure() -> None:
    chat = waits_at("worry.parent_very_worried", entry="danger")
    dialog = script().dialogs["danger_check"]
    plan = tuple(item for item in dialog.plan if item.kind is Kind.FINISH)
    goes_on_with(chat, edited(script(), dialogs={dialog.id: replace(dialog, plan=plan)}))

    chat.types("hm")

    assert not any(text.startswith(REASSURING) for text in chat.said)


def test_what_was_read_back_before_a_second_edit_is_read_back_again() -> None:
    chat = waits_at("worry.parent_very_worried", entry="danger")
    to_the_end(goes_on_with(chat, with_rule(Level.SOON, None, "tremor", "never"))).asks("review")
    goes_on_with(chat, with_rule(Level.ROUTINE, None, "tremor", "never"))

    chat.presses("that_is_right").asks("review")


# What is gone (R16).


def test_a_deleted_dialog_takes_nothing_with_it() -> None:
    chat = waits_at("episode.symmetric")
    before = chat.session.told
    goes_on_with(chat, without_dialog("new_episode")).presses("yes")

    assert chat.session.check is not None
    assert chat.session.check.dialog == "danger_check"
    assert before.items() <= chat.session.told.items()
    assert chat.session.prompt is not None


def test_the_event_of_a_deleted_dialog_still_goes_to_the_diary() -> None:
    chat = goes_on_with(waits_at("episode.symmetric"), without_dialog("new_episode")).types("hm")
    to_the_end(chat)
    if chat.asked == "review":
        chat.presses("that_is_right")

    assert "We saved this in your diary." in "\n".join(text for line in chat.lines for text in line.bot)


def test_a_pressed_entry_that_is_no_longer_in_the_menu_is_told_so() -> None:
    chat = goes_on_with(at_menu(engine()), without_dialog("new_episode"))

    chat.presses("over").asks("menu").says("no longer here")


def test_an_old_button_of_a_dialog_that_is_gone_does_no_harm() -> None:
    chat = waits_at("episode.symmetric")
    turn = chat.session.turn
    chat.presses("yes")
    goes_on_with(chat, without_dialog("new_episode"))

    chat.presses_old(turn, "new_episode.gone", "yes")

    assert chat.session.prompt is not None


# Failures (R18) and reminders (R12).


def broken(chat: Chat) -> Chat:
    """A session that cannot be taken over: what it remembers of an answer is no text."""
    chat.session = replace(chat.session, meanings={**chat.session.meanings, "tremor": None})  # type: ignore[dict-item]
    return goes_on_with(chat, with_rule(Level.SOON, None, "tremor", "never"))


def test_a_failure_of_the_take_over_escalates_and_the_next_turn_goes_on() -> None:
    chat = broken(with_a_flag())
    flags, number = chat.session.check.flags if chat.session.check else {}, len(chat.session.told)
    with pytest.raises(AttributeError):
        chat.engine.step(chat.session, Command("help"), chat.now)

    chat.session, effects = chat.engine.failure(chat.session, chat.now)

    said = [one.text for one in effects if isinstance(one, Say | Ask)]
    assert "Something went wrong" in said[0]
    assert "That still counts" in said[1]
    assert chat.session.check is not None
    assert chat.session.check.flags == flags
    assert len(chat.session.told) >= number - 1
    after, more = chat.engine.step(chat.session, Command("again"), chat.now + timedelta(minutes=1))
    assert after.prompts
    assert more


def test_a_failure_elsewhere_leaves_the_take_over_to_the_next_turn() -> None:
    chat = goes_on_with(waits_at("episode.symmetric"), with_rule(Level.SOON, None, "tremor", "never"))

    after, _ = chat.engine.failure(chat.session, chat.now)

    assert (after.script, after.structure) == (script().hash, script().structure)
    assert after.told == chat.session.told


def test_a_reminder_of_a_conversation_that_was_forgotten_says_nothing() -> None:
    after, effects = Engine(script()).step(Session(turn=3), Due("reached", 9), START)

    assert not any(isinstance(one, Say | Ask) for one in effects)
    assert after.turn == 3


# What is recorded (R19).


def test_what_an_edit_did_is_noted_in_numbers() -> None:
    chat = goes_on_with(waits_at("episode.symmetric"), without_option(STATE, question_of(STATE).options[-1].id))
    chat.presses("yes")

    [change] = [one for one in chat.effects if isinstance(one, ScriptChanged)]
    assert (change.old, change.new) == (script().hash, chat.engine.script.hash)
    assert change.asked_again == len(question_of(STATE).facts)
    assert change.kept > 10
    assert change.told


def test_nothing_is_noted_where_only_words_changed() -> None:
    chat = goes_on_with(waits_at("episode.symmetric"), reworded(script())).presses("yes")

    assert not any(isinstance(one, ScriptChanged) for one in chat.effects)


def test_the_next_turn_with_the_same_script_changes_nothing() -> None:
    chat = goes_on_with(waits_at("episode.symmetric"), without_option(STATE, question_of(STATE).options[-1].id))
    chat.presses("yes").types("hm")

    assert CHANGED not in chat.text
    assert not any(isinstance(one, ScriptChanged) for one in chat.effects)
