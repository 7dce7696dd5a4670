"""Typed texts that are no command: an answer, a doubt to be cleared, or another try."""

from __future__ import annotations

from datetime import timedelta

from bot.facts.level import Level
from bot.facts.value import NOT_SURE
from bot.talk.again import offer_resume, repeat, still_asked, where_we_were
from bot.talk.asked import find_question
from bot.talk.asking import show_question
from bot.talk.buttons import press
from bot.talk.check import end_check
from bot.talk.doubts import ask_slip, show_doubt
from bot.talk.flow import conclude, go_on
from bot.talk.giving import answer_option, give, highest_reading, lowers_a_reading
from bot.talk.list_answers import name_lines
from bot.talk.menu import show_menu
from bot.talk.outcome import TWO_CHILDREN
from bot.talk.session import Pending, Prompt
from bot.talk.start import type_country
from bot.talk.turn import Turn
from bot.talk.typed_answer import Again, Doubt, Taken, TooOld, understand_typed
from bot.talk.understand import meant

PAUSE = timedelta(minutes=30)
"""After a pause of this length the danger signs are asked again (source: rules.md C-12)."""

MAX_TYPED = 1000
TRIES = 3
"""Unclear answers after which an easier form of the question is offered (source: rules.md section 3)."""


def take_text(turn: Turn, text: str) -> None:
    """Take a text as the answer to what was asked last."""
    prompt = turn.session.prompt
    if prompt is None:
        show_menu(turn)
        return
    if len(text) > MAX_TYPED:
        repeat(turn, turn.phrase("too_long"))
        return
    if turn.tools.words.speaks_of_two_children(text):
        if turn.session.check is not None:
            turn.update_check(said=turn.check.said | {TWO_CHILDREN})
        repeat(turn, turn.phrase("two_children"))
        return
    meaning = turn.tools.replies.meaning(text)
    question = find_question(turn, prompt.question) if prompt.pending is Pending.POSITION else None
    if question is not None and question.input is not None and not prompt.data.get("bands"):
        _type_input(turn, prompt, text, meaning)
        return
    if prompt.pending is Pending.COUNTRY:
        option = meant(text, prompt.options, meaning)
        if option is None:
            type_country(turn, text)
            return
        press(turn, prompt, option)
        return
    main_list = prompt.data.get("kind") == "checklist" and "done" not in prompt.options
    if main_list and (named := _numbers(text, len(prompt.data["lines"]))):
        name_lines(turn, prompt, [str(prompt.data["lines"][number - 1]) for number in named])
        return
    guess = prompt.pending is Pending.MENU
    option = meant(text, prompt.options, meaning, guess=guess, numbered=not main_list)
    if option is not None:
        press(turn, prompt, option)
        return
    turn.update(tries=turn.session.tries + 1)
    checklist = prompt.data.get("kind") == "checklist"
    if _paused(turn):
        offer_resume(turn)
        return
    repeat(turn, turn.phrase("unclear_checklist" if checklist else "unclear_options"))


def _numbers(text: str, most: int) -> list[int]:
    """The lines that a typed "2" or "1, 3" names: in a checklist the lines bear the numbers, not the buttons."""
    parts = text.replace(",", " ").replace(".", " ").split()
    if not all(part.isascii() and part.isdecimal() for part in parts):
        return []
    numbers = [int(part) for part in parts]
    return numbers if all(0 < number <= most for number in numbers) else []


def _paused(turn: Turn) -> bool:
    session = turn.session
    return (
        session.check is not None
        and not session.check.ended
        and session.seen_at is not None
        and turn.now - session.seen_at >= PAUSE
    )


def _type_input(turn: Turn, prompt: Prompt, text: str, meaning: str | None) -> None:
    question = find_question(turn, prompt.question)
    if question is None:
        where_we_were(turn)
        return
    option = meant(text, prompt.options, meaning) if not text.strip().isdecimal() else None
    if option is not None:
        press(turn, prompt, option)
        return
    read = understand_typed(question, text, turn.now.date(), turn.check.odd_reading)
    match read:
        case Taken(value, label):
            value = highest_reading(turn, question.id, value)
            shown = turn.script.phrases.get(label, label) if label.startswith("button.") else label
            slip = lowers_a_reading(turn, value) if question.id == "temperature_c" else None
            if value == NOT_SURE:
                answer_option(turn, question, "not_sure", bands=False)
            elif slip is not None and slip.exact is not None:
                ask_slip(turn, prompt, slip, value, label)
                return
            else:
                give(turn, prompt.question, shown, {question.id: value})
            go_on(turn)
        case Doubt():
            show_doubt(turn, prompt, read)
        case Again(phrase, fields, odd):
            _try_again(turn, prompt, turn.phrase(phrase, **fields), odd)
        case TooOld(adult, _):
            if adult:
                _try_again(turn, prompt, turn.phrase("age_adult"), None)
            else:
                _too_old(turn)


def _try_again(turn: Turn, prompt: Prompt, text: str, odd: str | None) -> None:
    tries = turn.session.tries + 1
    turn.update(tries=tries)
    turn.update_check(odd_reading=odd or turn.check.odd_reading)
    question = find_question(turn, prompt.question)
    if question is None:
        where_we_were(turn)
        return
    if not still_asked(turn, prompt.question):
        go_on(turn)
        return
    if tries >= TRIES and question.bands:
        name = "age_bands" if question.id == "birth_date" else "bands"
        show_question(turn, question, before=turn.phrase(name), bands=True)
        return
    show_question(turn, question, before=text)


def _too_old(turn: Turn) -> None:
    """A child over 36 months: the danger signs were asked first; no reassurance is given."""
    turn.say(turn.phrase("age_out_of_scope"))
    level = turn.moment.level
    if level is not None and level >= Level.ROUTINE:
        conclude(turn, saves=False, cut_short=True)
    else:
        end_check(turn, cut_short=True)
        show_menu(turn)
