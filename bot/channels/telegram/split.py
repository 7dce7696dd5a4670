"""Texts that are too long for one message, cut where it hurts least."""

from __future__ import annotations

import unicodedata

from bot.channels.telegram.html import MAX_UNITS, units

_JOINER = "\N{ZERO WIDTH JOINER}"
_SKIN = range(0x1F3FB, 0x1F400)
_FLAGS = range(0x1F1E6, 0x1F200)


def split(text: str, limit: int = MAX_UNITS) -> list[str]:
    """The text in parts of at most `limit` UTF-16 units (at least 2); only white space at the cuts is left out.

    Cut between paragraphs, else between lines, sentences, words, and in a word only where it is longer than a
    message. What is drawn as one character stays whole where that is possible at all.
    """
    parts = []
    rest = text.strip()
    while units(rest) > limit:
        cut = _cut(rest, limit)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*parts, rest] if rest or not parts else parts


def _cut(text: str, limit: int) -> int:
    """Where the first part ends; there is white space around it or not."""
    most = _fits(text, limit)
    # The next character decides, too: a space just behind the limit is a good place.
    head = text[: most + 1]
    for mark in ("\n\n", "\n", ". ", " "):
        place = head.rfind(mark)
        if place > 0:
            return min(place + len(mark.rstrip()), most) if mark.strip() else min(place, most)
    return _whole(text, most)


def _fits(text: str, limit: int) -> int:
    """How many characters fit into so many units."""
    count = used = 0
    for one in text:
        used += 2 if ord(one) > 0xFFFF else 1
        if used > limit:
            break
        count += 1
    return count


def _whole(text: str, cut: int) -> int:
    """A place at or before the cut that tears no drawn character; the cut itself where there is none."""
    place = cut
    while 0 < place < len(text) and _clings(text, place):
        place -= 1
    return place or cut


def _clings(text: str, place: int) -> bool:
    """Whether the character at a place belongs to the one before it."""
    before, here = text[place - 1], text[place]
    return (
        unicodedata.category(here)[0] == "M"
        or here == _JOINER
        or before == _JOINER
        or ord(here) in _SKIN
        or (ord(here) in _FLAGS and ord(before) in _FLAGS)
    )
