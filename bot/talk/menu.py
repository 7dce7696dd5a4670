"""What stands between checks: the first message, the country, the emergency card, the menu."""

from __future__ import annotations

from bot.script.menu import MenuEntry
from bot.talk.effects import Button
from bot.talk.session import Pending, Stage
from bot.talk.standing import LEVEL_PHRASES, when_words
from bot.talk.turn import Turn


def show_start(turn: Turn) -> None:
    """Say what this is and ask for consent; the emergency button works before it."""
    buttons = [
        turn.button("agree"),
        turn.button("emergency", danger=True),
        turn.button("disagree"),
    ]
    turn.ask(Pending.CONSENT, "consent", turn.phrase("start"), buttons)


def ask_country(turn: Turn, *, before: str | None = None) -> None:
    """Ask for the country once, for the emergency number."""
    text = turn.phrase("ask_country") if before is None else before
    turn.ask(Pending.COUNTRY, "country", text, [turn.button("not_sure"), turn.button("emergency", danger=True)])


def show_card(turn: Turn) -> None:
    """The emergency card: the number, when to call, and the danger signs one press away."""
    buttons = [turn.button("check_danger_signs", danger=True)]
    if turn.session.check is not None and not turn.check.ended:
        buttons.append(turn.button("continue"))
    elif turn.session.stage is Stage.READY:
        buttons.append(turn.button("to_menu"))
    else:
        buttons.append(turn.button("back", option="to_start"))
    turn.ask(Pending.CARD, "card", turn.phrase("card"), buttons)


def ask_seen(turn: Turn, *, then: str | None = None) -> None:
    """Ask whether the child was seen since the last EMERGENCY or URGENT advice; `then` is what the parent came for."""
    level = max(flag.level for flag in turn.session.recent.values())
    at = max(flag.at for flag in turn.session.recent.values() if flag.level is level)
    text = turn.phrase("seen_ask", when=when_words(turn, at), level=turn.phrase(LEVEL_PHRASES[level]))
    buttons = [turn.button("yes"), turn.button("no", danger=True), turn.button("not_sure")]
    turn.ask(Pending.SEEN, "seen", text, buttons, then=then)


def show_menu(turn: Turn, *, before: str | None = None, summary: bool = False) -> None:
    """The menu begins with whether it is happening right now; it may end with the summary for the doctor."""
    if turn.session.stage is not Stage.READY:
        if before is not None:
            turn.say(before)
        if turn.session.stage is Stage.NEW:
            show_start(turn)
        else:
            ask_country(turn)
        return
    menu = turn.script.menu
    buttons = [Button(entry.id, entry.text, danger=number == 0) for number, entry in enumerate(menu.entries)]
    if summary:
        buttons.append(turn.button("summary"))
    text = turn.voice.say(menu.ask)
    if before is not None:
        text = f"{before}\n\n{text}"
    turn.ask(Pending.MENU, "menu", text, buttons)


def show_menu_again(turn: Turn, question: str) -> None:
    """The menu on the level that a parent has reached: `question` is the key of what was asked."""
    entry = turn.script.menu.find(question.removeprefix("menu."))
    if entry is not None and entry.entries:
        show_second_level(turn, entry)
    else:
        show_menu(turn)


def show_second_level(turn: Turn, entry: MenuEntry) -> None:
    """What is below an entry of the menu, and the way back to it."""
    buttons = [Button(one.id, one.text) for one in entry.entries]
    text = turn.voice.say(entry.ask or "")
    turn.ask(Pending.MENU, f"menu.{entry.id}", text, [*buttons, turn.button("back", option="step_back")])
