"""What a button carries: the turn that showed it, its question and its option, in 64 bytes; never its label.

The data comes back from the network: anybody can send anything, so that reading it promises no more than its shape.
Whether such a button was ever shown is for the conversation to say.
"""

from __future__ import annotations

import hashlib
import re

from bot.talk.events import Pressed

MAX_BYTES = 64
"""Telegram takes no more in a button."""

MAX_TURN = 999_999_999_999
"""Twelve digits leave 50 bytes for the names; a parent who taps each second gets there in 30,000 years."""

_SEPARATOR = "|"
_HASHED = "#"
_NAME = r"[A-Za-z0-9_.:#-]{1,62}"
_DATA = re.compile(rf"([0-9]{{1,12}})\|({_NAME})\|({_NAME})", re.ASCII)


def encode(turn: int, question: str, option: str) -> str:
    """The data of a button.

    Names that do not fit are replaced by their hash. The check of the scripts refuses such long ids
    (bot/script/check_ids.py), so that this is no more than a way not to lose a message with its emergency number:
    the conversation takes a hashed name for a button that it does not know, and asks again.
    """
    data = _SEPARATOR.join((str(turn), question, option))
    if _DATA.fullmatch(data) and len(data.encode()) <= MAX_BYTES:
        return data
    return _SEPARATOR.join((str(turn % (MAX_TURN + 1)), _hashed(question), _hashed(option)))


def decode(data: str) -> Pressed | None:
    """The button that some data names; None where no button of ours can have sent it."""
    found = _DATA.fullmatch(data)
    if found is None or len(data.encode()) > MAX_BYTES:
        return None
    turn, question, option = found.groups()
    return Pressed(int(turn), question, option)


def _hashed(name: str) -> str:
    return _HASHED + hashlib.sha256(name.encode()).hexdigest()[:20]
