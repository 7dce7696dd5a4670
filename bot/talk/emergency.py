"""Emergency words in any text, and what follows an emergency advice."""

from __future__ import annotations

from bot.facts.level import Action, Level
from bot.facts.value import Choice, Value
from bot.talk.check import DANGER_DIALOG, LIST_A_FACTS, start_check
from bot.talk.corrections import take_back
from bot.talk.effects import Button, CancelReminder
from bot.talk.emergency_words import Heard
from bot.talk.flow import go_on
from bot.talk.giving import fallen, give
from bot.talk.moment import WORD_FLAG
from bot.talk.outcome import emergency_buttons
from bot.talk.session import Flag, Pending
from bot.talk.turn import REACHED, Turn

REQUEST = "emergency_request"
"""The sign of words.yaml that asks for help and says nothing about the child: it opens the emergency card."""

REPLIES = {"calling": "calling_reply", "cannot_reach": "cannot_reach_reply"}
"""What is said to a parent who tells whether help was reached."""

WORDS = "words"
"""The history's name for what emergency words told."""


def hear(turn: Turn, heard: Heard) -> None:
    """Answer emergency words: a phrase counts at once, a single word is asked about once."""
    if heard.certain:
        happening(turn, heard.sign, dict(heard.sets))
    else:
        ask_word(turn, heard.sign, heard.matched, dict(heard.sets))


def ask_word(turn: Turn, sign: str, word: str, sets: dict[str, str]) -> None:
    """Ask whether it is happening now, with the number on the first line."""
    text = turn.phrase("word_heard_private") if _private(turn, sets) else turn.phrase("word_heard", word=word)
    buttons = [
        turn.button("happening", option="yes", danger=True),
        turn.button("happened_before", option="before"),
        turn.button("no"),
    ]
    turn.ask(Pending.WORD, "word", text, buttons, sign=sign, word=word, sets=sets)


def _private(turn: Turn, sets: dict[str, str]) -> bool:
    facts = turn.script.vocabulary.facts
    return any(facts[name].private for name in sets if name in facts)


def happening(turn: Turn, sign: str, sets: dict[str, str]) -> None:
    """Raise the emergency that a parent has written about, whatever was being asked."""
    if turn.session.check is None:
        start_check(turn, DANGER_DIALOG, {})
    values: dict[str, Value] = {
        name: Choice.of(value) for name, value in sets.items() if name in turn.script.vocabulary.facts
    }
    if "suspected_fit" in values:
        values["ongoing_now"] = Choice.of("yes")
    private = _private(turn, sets)
    give(turn, WORDS, "", values)
    flag = Flag(Level.EMERGENCY, Action.CALL, sure=True, at=turn.now, private=private)
    turn.raise_flag(f"{WORD_FLAG}{sign}", flag)
    go_on(turn)


def not_happening(turn: Turn) -> None:
    """The parent says that the words were meant otherwise: what they raised goes, the rest stays."""
    was = turn.session.told
    for index in reversed(range(len(turn.check.given))):
        if turn.check.given[index].question == WORDS:
            take_back(turn, index)
    rules = [rule for rule in turn.check.flags if rule.startswith(WORD_FLAG)]
    turn.update_check(ended=False)
    turn.lower_flags([*rules, *fallen(turn, was, turn.session.told, WORDS)])
    turn.say(turn.phrase("not_happening_reply"))
    go_on(turn)


def danger_signs_again(turn: Turn) -> None:
    """Ask list A anew, in the running check or in one of its own."""
    if turn.session.check is None or turn.check.ended:
        start_check(turn, DANGER_DIALOG, {})
    turn.forget_answers(LIST_A_FACTS)
    lists = {key: state for key, state in turn.check.lists.items() if not key.startswith("danger_signs.")}
    turn.update_check(lists=lists)
    go_on(turn)


def ask_reached(turn: Turn) -> None:
    """Ask whether help was reached; it comes once, when an emergency advice got no answer."""
    buttons = [turn.button("calling"), turn.button("cannot_reach", danger=True)]
    turn.ask_beside(Pending.REACHED, REACHED, turn.phrase("reached_ask"), buttons)


def answer_emergency(turn: Turn, option: str) -> bool:
    """Take what a parent presses after an emergency advice; False when it is no such button."""
    if option in REPLIES:
        turn.effects.append(CancelReminder(REACHED))
        if turn.session.check is not None and not turn.check.ended:
            # Asked later, in the middle of another check: that one goes on.
            turn.say(turn.phrase(REPLIES[option]))
            go_on(turn)
            return True
        buttons: list[Button] = [one for one in emergency_buttons(turn) if one.option != option]
        turn.ask(Pending.EMERGENCY, "emergency", turn.phrase(REPLIES[option]), buttons)
        return True
    if option == "not_happening":
        not_happening(turn)
        return True
    return False
