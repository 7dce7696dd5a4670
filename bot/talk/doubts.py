"""A reading that may be a slip, or can be read in two ways: the parent says which."""

from __future__ import annotations

from bot.facts.value import Value, from_json, to_json
from bot.script.model import Question
from bot.talk.again import still_asked
from bot.talk.asked import find_question
from bot.talk.asking import show_question
from bot.talk.effects import Button
from bot.talk.flow import go_on, where_we_were
from bot.talk.giving import give, give_typed
from bot.talk.position import question_key
from bot.talk.session import Pending, Prompt
from bot.talk.turn import Turn
from bot.talk.typed_answer import Doubt
from bot.talk.wording import print_value

SLIP = "temperature_slip"


def _ask_slip(turn: Turn, question: Question, before: Value, value: Value, label: str) -> None:
    """Of two readings the higher one counts; a slip of the finger may be mended."""
    buttons = [turn.button("mistyped"), turn.button("new_reading")]
    key = question_key(question.dialog, question.id)
    first = print_value(turn.script.vocabulary.facts["temperature_c"], before, turn.now.date())
    turn.ask(
        Pending.CONFIRM,
        "confirm",
        turn.phrase(SLIP, before=first, temperature=label),
        buttons,
        about=key,
        meaning=turn.script.meanings[key],
        values={"mistyped": to_json(value), "new_reading": to_json(before)},
        doubt=SLIP,
    )


def take_reading(turn: Turn, question: Question, label: str, value: Value) -> None:
    """Take what was read from a typed text, and go on; ask first where it may be a slip."""
    before = give_typed(turn, question, label, value)
    if before is None:
        go_on(turn)
    else:
        _ask_slip(turn, question, before, value, label)


def show_doubt(turn: Turn, question: Question, doubt: Doubt) -> None:
    """Ask which of several readings is meant."""
    buttons = []
    for option, label, _ in doubt.choices:
        shown = turn.script.phrases.get(label, label) if label.startswith("button.") else label
        buttons.append(Button(option, shown))
    key = question_key(question.dialog, question.id)
    values = {option: to_json(value) for option, _, value in doubt.choices if value is not None}
    if doubt.phrase in ("birth_date_choose", "age_unit"):
        buttons.append(turn.button("back", option="again"))
    turn.ask(
        Pending.CONFIRM,
        "confirm",
        turn.phrase(doubt.phrase, **doubt.fields),
        buttons,
        about=key,
        meaning=turn.script.meanings[key],
        values=values,
        doubt=doubt.phrase,
    )


def confirm(turn: Turn, prompt: Prompt, option: str) -> None:
    """Take the reading that was meant; without one the question is asked again."""
    key = str(prompt.data["about"])
    question = find_question(turn, key)
    value = dict(prompt.data["values"]).get(option)
    if question is None or turn.session.check is None:
        where_we_were(turn)
    elif value is None and still_asked(turn, key):
        show_question(turn, question)
    elif value is None:
        go_on(turn)
    else:
        meant = from_json(value)
        label = print_value(turn.script.vocabulary.facts[question.id], meant, turn.now.date())
        if prompt.data.get("doubt") == SLIP:
            give(turn, key, label, {question.id: meant}, slip=option == "mistyped")
            go_on(turn)
        else:
            take_reading(turn, question, label, meant)
