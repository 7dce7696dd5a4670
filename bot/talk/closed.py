"""Dialogs that were closed for a check: no new one begins, a running one ends, and danger signs stay open.

What was answered keeps counting: answers and flags go over to the check for danger signs, which every script has. A
check that was closed never ends with something reassuring, since what was wrong with it is not known.
"""

from __future__ import annotations

from bot.facts.level import Level
from bot.script.model import Kind
from bot.script.script import Script
from bot.talk.check import DANGER_DIALOG, save_episode
from bot.talk.session import Pending
from bot.talk.turn import Turn

DANGER_SIGNS = "danger_signs"
"""The list of emergencies, which is part of every dialog that checks a child."""

NEVER_CLOSED = frozenset({DANGER_DIALOG, DANGER_SIGNS})
"""What no operator can close."""

CLOSED = "closed"
"""Remembered in `said`: the check was in a dialog that was closed, and so it never ends reassuringly."""

UNTOLD, SAVES = "closed untold", "closed saves"
"""Remembered in `said`: the parent is still to be told; the dialog would have saved the event in the diary."""


def is_closed(script: Script, dialog: str, closed: frozenset[str]) -> bool:
    """Whether a dialog or one of its parts is closed."""
    if dialog in closed and dialog not in NEVER_CLOSED:
        return True
    parts = (item.target for item in script.dialogs[dialog].plan if item.kind is Kind.DO)
    return any(is_closed(script, part, closed) for part in parts)


def leave_closed(turn: Turn) -> None:
    """Take a running check out of a dialog that was closed; its answers and flags stay with it."""
    closed, check = turn.around.closed, turn.session.check
    if not closed or check is None or check.ended or check.dialog == DANGER_DIALOG:
        return
    if is_closed(turn.script, check.dialog, closed):
        saves = any(item.saves for item in turn.script.dialogs[check.dialog].plan)
        said = check.said | {CLOSED, UNTOLD} | ({SAVES} if saves and check.given else set())
        turn.update_check(dialog=DANGER_DIALOG, said=said)


def tell_closed(turn: Turn) -> bool:
    """Tell a parent whose check was closed, once, and offer the danger signs; say whether that was due."""
    check = turn.session.check
    if check is None or UNTOLD not in check.said:
        return False
    if SAVES in check.said:
        save_episode(turn)
    turn.update_check(said=check.said - {UNTOLD, SAVES})
    show_closed(turn)
    return True


def show_closed(turn: Turn, entry: str | None = None) -> None:
    """Say that this part is closed; danger signs and the emergency number are one press away.

    `entry` is the menu entry that was pressed: what it says about the child counts in the check for danger signs.
    """
    buttons = [
        turn.button("check_danger_signs", danger=True),
        turn.button("emergency", danger=True),
        turn.button("to_menu"),
    ]
    turn.ask(Pending.CLOSED, "closed", turn.phrase("closed"), buttons, entry=entry)


def part_closed(turn: Turn, dialog: str) -> bool:
    """Whether the next question is in a part that was closed."""
    return dialog in turn.around.closed and dialog not in NEVER_CLOSED


def ends_unreassured(turn: Turn) -> bool:
    """Whether this check must not end with anything that reassures: a part of it could not be asked."""
    return (
        turn.session.check is not None
        and CLOSED in turn.check.said
        and (turn.moment.level or Level.REASSURE) < (Level.ROUTINE)
    )
