"""Typed texts that are no command: an answer, a doubt to be cleared, or another try."""

from __future__ import annotations

from bot.facts.level import Level
from bot.facts.value import NOT_SURE
from bot.script.model import Question
from bot.script.withheld import Passage
from bot.talk.again import repeat, still_asked
from bot.talk.asked import find_question
from bot.talk.asking import show_question
from bot.talk.buttons import press
from bot.talk.check import end_check
from bot.talk.doubts import show_doubt, take_reading
from bot.talk.flow import conclude, go_on, where_we_were
from bot.talk.giving import answer_option
from bot.talk.list_answers import name_lines
from bot.talk.may_i import warning
from bot.talk.menu import show_menu
from bot.talk.outcome import TWO_CHILDREN
from bot.talk.position import question_key
from bot.talk.searching import find
from bot.talk.session import Pending, Prompt
from bot.talk.start import type_country
from bot.talk.turn import Turn
from bot.talk.typed_answer import Again, Doubt, Taken, TooOld, understand_typed
from bot.talk.understand import meant
from bot.talk.visit import QUESTIONS, keep_question

SEARCHED = frozenset({Pending.MENU, Pending.MAY_I, Pending.LIBRARY})
"""Where no question about the child waits, so that a text may be looked for in the library."""

MAX_TYPED = 1000
TRIES = 3
"""Unclear answers after which an easier form of the question is offered (source: rules.md section 3)."""


def take_text(turn: Turn, text: str) -> None:
    """Take a text as the answer to what was asked last."""
    prompt = turn.session.prompt
    if prompt is None:
        where_we_were(turn)
    elif len(text) > MAX_TYPED:
        repeat(turn, turn.phrase("too_long"))
    elif prompt.question == QUESTIONS:
        _take_question(turn, prompt, text)
    elif turn.tools.words.speaks_of_two_children(text):
        if turn.session.check is not None:
            turn.update_check(said=turn.check.said | {TWO_CHILDREN})
        repeat(turn, turn.phrase("two_children"))
    elif not (
        _take_option(turn, prompt, text)
        or _take_request(turn, prompt, text)
        or _take_input(turn, prompt, text)
        or _take_search(turn, prompt, text)
    ):
        _not_understood(turn, prompt)


def _take_question(turn: Turn, prompt: Prompt, text: str) -> None:
    """Keep what was typed as a question for the doctor; where it asks about something withheld, warn as everywhere."""
    option = meant(text, prompt.options, None, numbered=False)
    if option is not None:
        press(turn, prompt, option)
        return
    passage = turn.tools.withheld.about(text)
    if passage is not None:
        turn.say(warning(turn, passage))
    keep_question(turn, text)


def _take_request(turn: Turn, prompt: Prompt, text: str) -> bool:
    """Answer a question about something withheld, unless the text is what the waiting question asks for.

    "38.2, can I give her ...?" may be an answer or not: the warning is said, and the reading is asked to be confirmed.
    """
    passage = turn.tools.withheld.about(text)
    if passage is None:
        return False
    if prompt.pending is Pending.COUNTRY and turn.tools.numbers.find_country(text).country is not None:
        return False
    question = _question_of(turn, prompt)
    read = None
    if question is not None:
        read = understand_typed(question, text, turn.now.date(), turn.check.odd_reading)
    if isinstance(read, Taken | TooOld):
        return False
    if question is not None and isinstance(read, Doubt):
        turn.say(warning(turn, passage))
        show_doubt(turn, question, read)
    else:
        say_withheld(turn, passage)
    return True


def _take_search(turn: Turn, prompt: Prompt, text: str) -> bool:
    """Look for a text where nothing else waits for an answer."""
    if prompt.pending not in SEARCHED:
        return False
    find(turn, text)
    return True


def say_withheld(turn: Turn, passage: Passage) -> None:
    """Say the warning, and ask again what was waiting."""
    repeat(turn, warning(turn, passage))


def _take_option(turn: Turn, prompt: Prompt, text: str) -> bool:
    """Take a text that names a button or a numbered line; say whether it did."""
    meaning = turn.tools.replies.meaning(text)
    if prompt.pending is Pending.REACHED:
        meaning = {"yes": "calling", "no": "cannot_reach"}.get(meaning or "", meaning)
    if prompt.pending is Pending.REVIEW:
        meaning = {"yes": "that_is_right", "no": "change_answer"}.get(meaning or "", meaning)
    main_list = prompt.data.get("kind") == "checklist" and "done" not in prompt.options
    if main_list and (named := _numbers(text, len(prompt.data["lines"]))):
        name_lines(turn, prompt, [str(prompt.data["lines"][number - 1]) for number in named])
        return True
    # Where a number is the answer, it is never the number of a button.
    numbered = not main_list and _question_of(turn, prompt) is None
    option = meant(text, prompt.options, meaning, guess=prompt.pending is Pending.MENU, numbered=numbered)
    if option is None and prompt.pending is Pending.MENU:
        # Typed "bath" is understood on the first level too.
        labels = {entry.id: entry.text for entry in turn.script.menu.every}
        option = meant(text, labels, None, guess=True, numbered=False)
    if option is not None:
        press(turn, prompt, option)
        return True
    for other in turn.session.prompts[:-1]:
        option = meant(text, other.options, None, numbered=False)
        if option is not None:
            press(turn, other, option)
            return True
    return False


def _question_of(turn: Turn, prompt: Prompt) -> Question | None:
    """The question that takes typing and waits for an answer, itself or to have a doubt about it cleared."""
    if prompt.pending not in (Pending.POSITION, Pending.CONFIRM) or prompt.data.get("bands"):
        return None
    question = find_question(turn, str(prompt.data.get("about", prompt.question)))
    return question if question is not None and question.input is not None else None


def _not_understood(turn: Turn, prompt: Prompt) -> None:
    turn.update(tries=turn.session.tries + 1)
    question = find_question(turn, prompt.question) if prompt.pending is Pending.POSITION else None
    if question is not None and not turn.paused and still_asked(turn, prompt.question):
        before = turn.phrase("unclear_options")
        show_question(turn, question, before=before, bands=bool(prompt.data.get("bands")), hint=True)
        return
    checklist = prompt.data.get("kind") == "checklist"
    repeat(turn, turn.phrase("unclear_checklist" if checklist else "unclear_options"))


def _numbers(text: str, most: int) -> list[int]:
    """The lines that a typed "2" or "1, 3" names: in a checklist the lines bear the numbers, not the buttons."""
    parts = text.replace(",", " ").replace(".", " ").split()
    if not all(part.isascii() and part.isdecimal() for part in parts):
        return []
    numbers = [int(part) for part in parts]
    return numbers if all(0 < number <= most for number in numbers) else []


def _take_input(turn: Turn, prompt: Prompt, text: str) -> bool:
    """Read a text where typing is the answer; say whether it is."""
    if prompt.pending is Pending.COUNTRY:
        type_country(turn, text)
        return True
    question = _question_of(turn, prompt)
    if question is None:
        return False
    read = understand_typed(question, text, turn.now.date(), turn.check.odd_reading)
    match read:
        case Taken(value, label):
            if value == NOT_SURE:
                answer_option(turn, question, "not_sure", bands=False)
                go_on(turn)
            else:
                shown = turn.script.phrases.get(label, label) if label.startswith("button.") else label
                take_reading(turn, question, shown, value)
        case Doubt():
            show_doubt(turn, question, read)
        case Again():
            _try_again(turn, question, read)
        case TooOld(adult, _):
            if adult:
                _try_again(turn, question, Again("age_adult", {}))
            else:
                _too_old(turn)
    return True


def _try_again(turn: Turn, question: Question, again: Again) -> None:
    tries = turn.session.tries + 1
    turn.update(tries=tries)
    turn.update_check(odd_reading=again.odd or turn.check.odd_reading)
    if not still_asked(turn, question_key(question.dialog, question.id)):
        go_on(turn)
    elif tries >= TRIES and question.bands:
        name = "age_bands" if question.id == "birth_date" else "bands"
        show_question(turn, question, before=turn.phrase(name), bands=True)
    else:
        before = turn.phrase(again.phrase, **again.fields)
        show_question(turn, question, before=before, hint=again.phrase == "unclear_number")


def _too_old(turn: Turn) -> None:
    """A child over 36 months: the danger signs were asked first; no reassurance is given."""
    turn.say(turn.phrase("age_out_of_scope"))
    level = turn.moment.level
    if level is not None and level >= Level.ROUTINE:
        conclude(turn, saves=False, cut_short=True)
    else:
        end_check(turn, cut_short=True)
        show_menu(turn)
