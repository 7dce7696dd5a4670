"""What a parent may ask by buttons ("May I ...?"): chapters, the questions in each, and the warning that answers one.

It is no check: no level is told, and nothing is kept.
"""

from __future__ import annotations

from bot.script.menu import MAY_I
from bot.script.withheld import Passage
from bot.talk.effects import Button
from bot.talk.menu import show_menu, show_second_level
from bot.talk.session import Pending, Prompt
from bot.talk.turn import Turn


def show_chapters(turn: Turn) -> None:
    """Ask what it is about."""
    withheld = turn.script.withheld
    buttons = [Button(name, label) for name, label in withheld.chapters.items()]
    turn.ask(Pending.MAY_I, MAY_I, turn.voice.say(withheld.ask), [*buttons, *_ways_out(turn)])


def show_questions(turn: Turn, chapter: str) -> None:
    """Show the questions of a chapter; the danger signs are one press away, since a warning may speak of them."""
    withheld = turn.script.withheld
    if chapter not in withheld.chapters:
        show_chapters(turn)
        return
    buttons = [Button(one.id, one.label or one.title) for one in withheld.chapter(chapter)]
    text = f"{withheld.chapters[chapter]}\n\n{turn.voice.say(withheld.ask)}"
    danger = turn.button("check_danger_signs", danger=True)
    turn.ask(Pending.MAY_I, f"{MAY_I}.{chapter}", text, [*buttons, danger, *_ways_out(turn)])


def show_again(turn: Turn, question: str) -> None:
    """The list that a parent has reached: `question` is the key of what was asked."""
    show_questions(turn, question.removeprefix(MAY_I).removeprefix("."))


def press_may_i(turn: Turn, prompt: Prompt, option: str) -> None:
    """Take a button of either list: say the warning, and show the list again."""
    passage = turn.script.withheld.passages.get(option)
    if option == "to_menu":
        show_menu(turn)
    elif option == "step_back":
        _step_back(turn, prompt)
    elif option in turn.script.withheld.chapters:
        show_questions(turn, option)
    elif passage is None or passage.silent:
        # It was taken out of the script since.
        turn.say(turn.phrase("no_longer_here"))
        show_again(turn, prompt.question)
    else:
        turn.say(warning(turn, passage))
        show_again(turn, prompt.question)


def warning(turn: Turn, passage: Passage) -> str:
    """The warning about a withheld passage, after what is always said about its topic."""
    always = [one.text for one in turn.script.book.always_said if passage.topic in one.topics]
    return "\n\n".join(turn.voice.say(text) for text in (*always, passage.say or ""))


def _step_back(turn: Turn, prompt: Prompt) -> None:
    """From the questions to the chapters, and from there to the level of the menu with the button that led here."""
    above = next((one for one in turn.script.menu.entries if any(below.opens for below in one.entries)), None)
    if prompt.question != MAY_I:
        show_chapters(turn)
    elif above is not None:
        show_second_level(turn, above)
    else:
        show_menu(turn)


def _ways_out(turn: Turn) -> list[Button]:
    return [turn.button("back", option="step_back"), turn.button("to_menu")]
