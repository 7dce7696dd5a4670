"""Answers before and between checks: consent, country, menu, and whether the child was seen."""

from __future__ import annotations

from bot.script.articles import LIBRARY
from bot.talk import library
from bot.talk.check import DANGER_DIALOG, end_check, start_check
from bot.talk.closed import is_closed, show_closed
from bot.talk.effects import Button, CancelReminder, ConsentGiven, CountryChosen
from bot.talk.flow import go_on
from bot.talk.may_i import show_chapters
from bot.talk.menu import ask_country, show_card, show_menu, show_second_level, show_start
from bot.talk.session import Pending, Stage
from bot.talk.turn import REACHED, STICKY_FOR, Turn
from bot.talk.visit import SUMMARY, show_summary

__all__ = [
    "DANGER_DIALOG",
    "answer_consent",
    "answer_country",
    "answer_seen",
    "begin",
    "choose_from_menu",
    "show_menu",
    "start_danger_check",
    "type_country",
]


def answer_consent(turn: Turn, option: str) -> None:
    """Take the answer about consent."""
    if option == "agree":
        if turn.session.check is not None:
            # Begun before consent: nothing of it may be kept now.
            end_check(turn, cut_short=not turn.check.ended)
        turn.update(consent=True, stage=Stage.COUNTRY)
        turn.effects.append(ConsentGiven(turn.now))
        ask_country(turn)
    elif option == "emergency":
        show_card(turn)
    else:
        turn.say(turn.phrase("declined"))
        show_start(turn)


def answer_country(turn: Turn, option: str) -> None:
    """Take a button at the question for the country."""
    if option == "emergency":
        show_card(turn)
    elif option == "not_sure":
        _country_known(turn, None)
    else:
        _country_known(turn, option.removeprefix("country_"))


def type_country(turn: Turn, text: str) -> None:
    """Take a typed country; a close name is only ever offered, never taken."""
    found = turn.tools.numbers.find_country(text)
    if found.country is not None:
        _country_known(turn, found.country)
        return
    if turn.session.tries >= 2:
        _country_known(turn, None)
        return
    turn.update(tries=turn.session.tries + 1)
    if found.suggestions:
        names = [(code, turn.tools.numbers.name(code)) for code in found.suggestions]
        text = turn.phrase("country_suggestions", countries=", ".join(name for _, name in names))
        buttons = [Button(f"country_{code}", name) for code, name in names]
        buttons += [turn.button("not_sure"), turn.button("emergency", danger=True)]
        turn.ask(Pending.COUNTRY, "country", text, buttons)
        return
    ask_country(turn, before=turn.phrase("country_unclear"))


def _country_known(turn: Turn, country: str | None) -> None:
    turn.update(country=country, stage=Stage.READY, tries=0)
    turn.effects.append(CountryChosen(country))
    if country is None:
        turn.say(turn.phrase("country_unknown"))
    else:
        turn.say(turn.phrase("country_found", country=turn.tools.numbers.name(country)))
    show_menu(turn)


def choose_from_menu(turn: Turn, option: str) -> bool:
    """Start or open what a menu entry names, or show what is below it; False when there is no such entry."""
    entry = turn.script.menu.find(option)
    if option == SUMMARY or (entry is not None and entry.opens == SUMMARY):
        show_summary(turn)
        return True
    if entry is None:
        return False
    if entry.opens == LIBRARY:
        library.show_chapters(turn)
        return True
    if entry.opens is not None:
        show_chapters(turn)
        return True
    if entry.start is None:
        show_second_level(turn, entry)
        return True
    if entry.start != DANGER_DIALOG and is_closed(turn.script, entry.start, turn.around.closed):
        show_closed(turn, entry.id)
        return True
    start_check(turn, entry.start, entry.sets, entry.id)
    begin(turn)
    return True


def start_danger_check(turn: Turn, entry: str | None) -> None:
    """Check for danger signs instead of a menu entry that is closed; what the entry says still counts."""
    chosen = turn.script.menu.find(entry)
    start_check(turn, DANGER_DIALOG, {} if chosen is None else chosen.sets)
    begin(turn)


def begin(turn: Turn) -> None:
    """The first message of a check; serious advice of the last day is asked about before all else."""
    go_on(turn)


def answer_seen(turn: Turn, option: str) -> None:
    """Advice that was not followed still counts; the questions go on, since something new may have come."""
    turn.update_check(seen_due=False)
    if option == "yes":
        turn.update(recent={})
        turn.effects.append(CancelReminder(REACHED))
        turn.say(f"{turn.phrase('seen_yes')}\n\n{turn.phrase('check_from_start')}")
        go_on(turn)
        return
    recent = turn.session.recent
    turn.update_check(carried={rule: flag for rule, flag in recent.items() if turn.now - flag.at <= STICKY_FOR})
    turn.say(turn.phrase("seen_no"))
    go_on(turn)
