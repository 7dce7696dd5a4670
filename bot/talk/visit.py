"""The summary for the doctor: the notes as a message to send on, and the parent's own questions.

It is no check: no level is told anew, but serious advice of the last day comes before it.
"""

from __future__ import annotations

import unicodedata

from bot.talk.doctor_note import doctor_note
from bot.talk.effects import Button, CancelReminder, Document, QuestionDeleted, QuestionKept
from bot.talk.emergency_words import Heard
from bot.talk.flow import where_we_were
from bot.talk.menu import ask_seen
from bot.talk.session import Pending
from bot.talk.standing import standing, standing_words
from bot.talk.turn import REACHED, STICKY_FOR, Turn

SUMMARY, QUESTIONS, WHICH = "summary", "own_questions", "own_question_gone"
"""The keys of what is asked here."""

MOST_QUESTIONS = 5
MAX_QUESTION = 200
MAX_LABEL = 40
MAX_HEARD = 1000
"""Emergency words in a question are looked for in so many letters: a longer one is not kept."""

SUGGESTED = ("ask_what", "ask_tests", "ask_vitamin_d", "ask_at_home", "ask_come_back")
"""Questions that can be kept with one press: names of buttons in content/phrases.yaml."""

_FORMAT_KEPT = frozenset("\u200c\u200d")
"""Marks without a width that some scripts and emoji need; others could turn the text round."""


def show_summary(turn: Turn, *, again: bool = False) -> None:
    """Show the notes for the doctor, ready to be sent on; serious advice of the last day is asked about first.

    `again`: the parent has just been asked; then it is said once more, and nothing asked.
    """
    if not turn.session.consent:
        turn.say(turn.phrase("summary_not_kept"))
        where_we_were(turn)
        return
    found = standing(turn)
    if found is not None and found.to_ask and not again:
        recent = {rule: flag for rule, flag in turn.session.recent.items() if turn.now - flag.at <= STICKY_FOR}
        turn.update(recent=recent)
        ask_seen(turn, then=SUMMARY)
        return
    advice = standing_words(turn)
    if advice is not None:
        turn.say(advice)
    _show_notes(turn)


def answer_seen_first(turn: Turn, option: str) -> None:
    """Whether the child was seen is known: now the notes."""
    if option == "yes":
        turn.update(recent={})
        turn.effects.append(CancelReminder(REACHED))
        turn.say(turn.phrase("seen_yes"))
    else:
        turn.say(turn.phrase("seen_no"))
    _show_notes(turn)


def show_controls(turn: Turn) -> None:
    """What can be done with the notes."""
    buttons = [turn.button("my_questions"), turn.button("check_danger_signs"), _on(turn)]
    turn.ask(Pending.SUMMARY, SUMMARY, turn.phrase("summary_then"), buttons)


def press_summary(turn: Turn, option: str) -> None:
    """Take a button below the notes."""
    if option == "my_questions":
        show_questions(turn)
    else:
        where_we_were(turn)


def show_questions(turn: Turn, *, before: str | None = None, kept: tuple[str, ...] | None = None) -> None:
    """The parent's questions, and how to add one; `kept` are those after a change in this very turn."""
    mine = tuple(one.text for one in turn.around.past.questions()) if kept is None else kept
    parts = [] if before is None else [before]
    if mine:
        # Filled by hand: what a parent typed is no text of ours, whatever stands in it.
        lines = "\n".join(f"{number}. {text}" for number, text in enumerate(mine, 1))
        parts.append(f"{turn.phrase('questions_title')}\n{lines}")
    full = len(mine) >= MOST_QUESTIONS
    parts.append(turn.phrase("questions_full" if full else "questions_ask", most=str(MAX_QUESTION)))
    suggested = [turn.button(name) for name in SUGGESTED if turn.script.button(name) not in mine]
    buttons = [] if full else suggested
    if mine:
        buttons.append(turn.button("delete_question"))
    turn.ask(Pending.OWN_QUESTION, QUESTIONS, "\n\n".join(parts), [*buttons, turn.button("summary"), _on(turn)])


def press_question(turn: Turn, option: str) -> None:
    """Take a button beside the questions."""
    if option == "summary":
        show_summary(turn, again=True)
    elif option in SUGGESTED:
        keep_question(turn, turn.script.button(option))
    elif option == "delete_question":
        _ask_which(turn)
    elif option.startswith("gone_"):
        _delete(turn, int(option.removeprefix("gone_")))
    elif option == "keep_questions":
        show_questions(turn)
    else:
        where_we_were(turn)


def keep_question(turn: Turn, text: str) -> None:
    """Keep a question, typed or chosen, or say kindly why it cannot be kept."""
    question = tidied(text)
    mine = tuple(one.text for one in turn.around.past.questions())
    if not any(one.isalpha() for one in question):
        # A lone "1" is meant for a button, or is a slip; it would stand among the questions for the doctor.
        show_questions(turn, before=turn.phrase("unclear_options"))
    elif question in mine:
        show_questions(turn)
    elif len(question) > MAX_QUESTION:
        show_questions(turn, before=turn.phrase("question_long", most=str(MAX_QUESTION)))
    elif len(mine) >= MOST_QUESTIONS:
        show_questions(turn)
    else:
        turn.effects.append(QuestionKept(question, turn.now))
        show_questions(turn, before=turn.phrase("question_kept"), kept=(*mine, question))


def keep_unheard(turn: Turn, text: str, heard: Heard) -> None:
    """Before emergency words in a question are answered: keep it, where they may be no emergency at all.

    "Could it be a fit?" is asked about first, as everywhere; the question must not be lost over that. What says for
    sure that something is happening is no question, and what may be about harm is never kept (Always 10).
    """
    prompt = turn.session.prompt
    if prompt is None or prompt.question != QUESTIONS or heard.certain:
        return
    facts, every = turn.script.vocabulary.facts, turn.tools.words.hear_all(text[:MAX_HEARD])
    if any(facts[name].private for one in every for name in one.sets if name in facts):
        return
    question, mine = tidied(text), [one.text for one in turn.around.past.questions()]
    if question and len(question) <= MAX_QUESTION and question not in mine and len(mine) < MOST_QUESTIONS:
        turn.effects.append(QuestionKept(question, turn.now))


def tidied(text: str) -> str:
    """A typed question on one line, without signs that cannot be seen."""
    shown = (one if one.isspace() or one in _FORMAT_KEPT or _is_shown(one) else "" for one in text)
    return " ".join("".join(shown).split())


def _is_shown(one: str) -> bool:
    return unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Co", "Cn")


def _show_notes(turn: Turn) -> None:
    note = doctor_note(turn)
    if note is None:
        show_questions(turn, before=turn.phrase("summary_empty"))
        return
    turn.say(note.message)
    if note.cut:
        turn.say(turn.phrase("summary_file"))
        turn.effects.append(Document(f"notes-{turn.now.date().isoformat()}.txt", f"{note.whole}\n"))
    show_controls(turn)


def _ask_which(turn: Turn) -> None:
    mine = turn.around.past.questions()
    buttons = [Button(f"gone_{one.id}", one.text[:MAX_LABEL]) for one in mine]
    back = turn.button("back", option="keep_questions")
    turn.ask(Pending.OWN_QUESTION, WHICH, turn.phrase("question_which"), [*buttons, back])


def _delete(turn: Turn, number: int) -> None:
    mine = turn.around.past.questions()
    if all(one.id != number for one in mine):
        show_questions(turn)
        return
    turn.effects.append(QuestionDeleted(number))
    left = tuple(one.text for one in mine if one.id != number)
    show_questions(turn, before=turn.phrase("question_deleted"), kept=left)


def _on(turn: Turn) -> Button:
    """The button that leaves the summary."""
    running = turn.session.check is not None and not turn.check.ended
    return turn.button("continue") if running else turn.button("to_menu")
