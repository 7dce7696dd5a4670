"""Commands and the words for them: start, menu, back, help, cancel, start again."""

from __future__ import annotations

from bot.facts.level import Level
from bot.talk import corrections, library
from bot.talk.again import offer_resume, repeat
from bot.talk.check import end_check, start_check
from bot.talk.effects import SendExport
from bot.talk.events import Command
from bot.talk.history import show_history
from bot.talk.list_answers import take_ticks
from bot.talk.menu import show_card, show_menu
from bot.talk.searching import find
from bot.talk.session import Pending, Stage
from bot.talk.start import begin
from bot.talk.turn import Turn
from bot.talk.understand import meant
from bot.talk.visit import show_summary

DEEP_LINK = "read_"
"""What a link to the bot has behind `start=` where it leads to an article."""

GLOBAL_WORDS = frozenset({"menu", "help", "cancel", "start_again", "back"})


def command(turn: Turn, given: Command) -> None:  # noqa: C901 (one line for each command)
    """Do what a command says; an unknown one gets the help text."""
    match given.name:
        case "start" if given.argument.startswith(DEEP_LINK):
            read(turn, given.argument.removeprefix(DEEP_LINK))
        case "start":
            start_or_resume(turn)
        case "read":
            read(turn, given.argument)
        case "menu" | "cancel":
            cancel(turn)
        case "back":
            back(turn)
        case "emergency" | "sos":
            show_card(turn)
        case "help" | "about" | "privacy":
            repeat(turn, turn.phrase(given.name))
        case "again":
            repeat(turn, None)
        case "history":
            show_history(turn)
        case "summary":
            show_summary(turn)
        case "export":
            turn.effects.append(SendExport(turn.voice.test_version))
            repeat(turn, turn.phrase("export_sent"))
        case "delete":
            buttons = [
                turn.button("delete_everything", option="delete"),
                turn.button("keep_everything", option="keep"),
            ]
            turn.ask(Pending.DELETE, "delete", turn.phrase("delete_ask"), buttons)
        case _:
            repeat(turn, turn.phrase("help"))


def read(turn: Turn, wanted: str) -> None:
    """Open the library, or what is named: an article by its name or title, or the words to look for."""
    if wanted.strip():
        find(turn, wanted)
    else:
        library.show_chapters(turn)


def start_or_resume(turn: Turn) -> None:
    """Begin, or offer to go on with a check that is running."""
    new = turn.session.stage is Stage.NEW
    if turn.session.check is None:
        show_menu(turn, before=None if new else turn.phrase("welcome_back"))
    elif new or turn.check.ended:
        # Nothing of a check before consent is kept; one that ended in an emergency needs no resuming.
        _leave(turn, "cancelled" if new else "welcome_back")
    else:
        offer_resume(turn)


def cancel(turn: Turn) -> None:
    """Leave a check; what was serious in it is said once more."""
    if turn.session.check is None:
        show_menu(turn)
    else:
        _leave(turn, "cancelled")


def _leave(turn: Turn, phrase: str) -> None:
    take_ticks(turn)
    level = turn.moment.level
    end_check(turn, cut_short=not turn.check.ended)
    before = turn.phrase(phrase)
    if level is not None and level >= Level.URGENT:
        before = f"{before}\n\n{turn.phrase('still_counts')}"
    show_menu(turn, before=before)


def back(turn: Turn) -> None:
    """Ask the last answered question again."""
    if not corrections.back(turn):
        repeat(turn, turn.phrase("nothing_to_go_back"))


def global_word(turn: Turn, text: str) -> bool:
    """Take a word such as menu or help, unless it names a button that is shown; say whether it was one."""
    prompt = turn.session.prompt
    if prompt is not None and meant(text, prompt.options, None) is not None:
        return False
    meaning = turn.tools.replies.meaning(text)
    if meaning not in GLOBAL_WORDS or (prompt is not None and meaning in prompt.options):
        return False
    match meaning:
        case "back":
            back(turn)
        case "help":
            repeat(turn, turn.phrase("help"))
        case "start_again":
            restart(turn)
        case _:
            cancel(turn)
    return True


def restart(turn: Turn) -> None:
    """Begin the same dialog anew."""
    if turn.session.check is None:
        show_menu(turn)
        return
    take_ticks(turn)
    dialog, entry = turn.check.dialog, turn.check.entry
    chosen = turn.script.menu.find(entry)
    start_check(turn, dialog, {} if chosen is None else chosen.sets, entry)
    begin(turn)
