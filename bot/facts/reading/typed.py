"""The text as typed, made comparable: case, spaces, digits, dashes. Nothing visible is thrown away."""

import re
import unicodedata

from bot.facts.reading.result import Unclear, UnclearBecause

LONGEST = 200

# Marks that keyboards and copied text leave behind and nobody sees. Direction overrides (U+202D, U+202E) are
# not among them: they turn 83 into 38 on the screen, so a text that holds one is not read.
_UNSEEN = dict.fromkeys(
    map(
        ord,
        "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2060\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff",
    )
)
_OVERRIDES = frozenset("\u202d\u202e")
_KEYCAP = "\u20e3"
_SAME = str.maketrans({
    **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
    **dict.fromkeys("’‘ʼ´`′＇", "'"),
    **dict.fromkeys("．٫·", "."),  # full width, Arabic decimal separator, the British 38·2
    **dict.fromkeys("，،", ","),
    **dict.fromkeys("／⁄", "/"),
    **dict.fromkeys("：", ":"),
    **dict.fromkeys("º˚", "°"),
    "℃": "°c", "℉": "°f", "ı": "i", "\u0130": "i",
})  # fmt: skip
_FRACTIONS = frozenset("½¼¾")
_SPACES = re.compile(r"\s+")


def tidy(text: str) -> str | Unclear:
    """Lower case, single spaces, plain digits and dashes; Unclear where that would be a guess.

    Decimal digits of every script are read (٣٨ is 38), but only of one script at a time. Superscripts,
    circled and Roman figures, keycaps and direction overrides are refused. Longer than 200 characters: not
    read at all, so that a number at the end of a long story is not mistaken for the answer. Source:
    rules.md section 3.
    """
    if len(text) > LONGEST:
        return Unclear(UnclearBecause.TOO_LONG)
    plain = unicodedata.normalize("NFC", text).translate(_UNSEEN).translate(_SAME)
    letters: list[str] = []
    zeros: set[int] = set()
    for character in plain:
        digit = unicodedata.decimal(character, None)
        if digit is not None:
            zeros.add(ord(character) - digit)
            letters.append(str(digit))
        elif character in _OVERRIDES or character == _KEYCAP or _is_odd_number(character):
            return Unclear(UnclearBecause.NOT_UNDERSTOOD)
        elif letters and letters[-1].isdecimal() and unicodedata.category(character)[0] == "M":
            return Unclear(UnclearBecause.NOT_UNDERSTOOD)  # a digit struck through
        else:
            letters.append(character)
    if len(zeros) > 1:
        return Unclear(UnclearBecause.NOT_UNDERSTOOD)
    result = _SPACES.sub(" ", "".join(letters)).strip().casefold()
    return result or Unclear(UnclearBecause.EMPTY)


def without_accents(text: str) -> str:
    """Letters without their accents, to compare the names of months: März is marz."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn")


def _is_odd_number(character: str) -> bool:
    return character not in _FRACTIONS and unicodedata.numeric(character, None) is not None
