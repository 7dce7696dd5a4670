"""A reading that may be a slip, or can be read in two ways: the parent says which."""

from __future__ import annotations

from bot.facts.value import Value, from_json, to_json
from bot.talk.again import where_we_were
from bot.talk.asked import find_question
from bot.talk.asking import show_question
from bot.talk.commands import back
from bot.talk.effects import Button
from bot.talk.flow import go_on
from bot.talk.giving import give, highest_reading
from bot.talk.session import Pending, Prompt
from bot.talk.turn import Turn
from bot.talk.typed_answer import Doubt
from bot.talk.wording import print_value


def ask_slip(turn: Turn, prompt: Prompt, before: Value, value: Value, label: str) -> None:
    """A lower reading never lowers F-01, F-03 or F-08; a slip of the finger may be mended."""
    buttons = [turn.button("mistyped"), turn.button("new_reading")]
    first = print_value(turn.script.vocabulary.facts["temperature_c"], before, turn.now.date())
    turn.ask(
        Pending.CONFIRM,
        "confirm",
        turn.phrase("temperature_slip", before=first, temperature=label),
        buttons,
        about=prompt.question,
        values={"mistyped": to_json(value), "new_reading": to_json(before)},
        doubt="temperature_slip",
    )


def show_doubt(turn: Turn, prompt: Prompt, doubt: Doubt) -> None:
    """Ask which of several readings is meant."""
    buttons = []
    for option, label, _ in doubt.choices:
        shown = turn.script.phrases.get(label, label) if label.startswith("button.") else label
        buttons.append(Button(option, shown))
    values = {option: to_json(value) for option, _, value in doubt.choices if value is not None}
    if doubt.phrase in ("birth_date_choose", "age_unit"):
        buttons.append(turn.button("back", option="again"))
    turn.ask(
        Pending.CONFIRM,
        "confirm",
        turn.phrase(doubt.phrase, **doubt.fields),
        buttons,
        about=prompt.question,
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
    elif option == "back":
        back(turn)
    elif value is None:
        show_question(turn, question)
    else:
        told = highest_reading(turn, question.id, from_json(value))
        give(turn, key, prompt.options[option], {question.id: told})
        go_on(turn)
