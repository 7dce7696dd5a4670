"""Numbers in a typed text: figures, number words and halves."""

import re
from decimal import Decimal

from bot.facts.reading.result import Read, Unclear, UnclearBecause
from bot.facts.reading.typed import tidy

_TOKEN = re.compile(r"[.,]?\d+(?:[.,]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*|\S")
_FIGURES = re.compile(r"\d{1,4}(?:[.,]\d{1,2})?")

NEUTRAL = frozenset(',.;:!()[]"“”«»…')
"""Punctuation that says nothing."""

_ONES = {
    word: Decimal(number) for number, word in enumerate("one two three four five six seven eight nine".split(), start=1)
}
_TEENS = {
    word: Decimal(number)
    for number, word in enumerate(
        "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(), start=10
    )
}
_TENS = {
    word: Decimal(10 * number)
    for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_SMALL = {"zero": Decimal(0), **_ONES, **_TEENS}
_GLYPHS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_WRITTEN = {("1", "/", "2"): "½", ("1", "/", "4"): "¼", ("3", "/", "4"): "¾"}
HALF = _GLYPHS["½"]


def read_number(text: str) -> Read[Decimal] | Unclear:
    """The one number that was typed, with no other word beside it.

    Figures with point or comma and at most two decimals, words up to ninety-nine, "1 1/2", "1½", "one and a
    half". Not read: thousands separators, ".5", a bare "1/2" (half, or one to two?), minus. Source:
    rules.md section 3.
    """
    clean = tidy(text)
    parts = clean if isinstance(clean, Unclear) else numbers_in(clean)
    if isinstance(parts, Unclear):
        return parts
    parts = tuple(part for part in parts if part not in NEUTRAL)
    found = [part for part in parts if isinstance(part, Decimal)]
    match parts:
        case (Decimal() as number,):
            return Read(number)
        case ("-", Decimal()):
            return Unclear(UnclearBecause.NEGATIVE)
    if not found:
        return Unclear(UnclearBecause.NO_NUMBER)
    return Unclear(UnclearBecause.TWO_NUMBERS if len(found) > 1 else UnclearBecause.NOT_UNDERSTOOD)


def numbers_in(clean: str) -> tuple[Decimal | str, ...] | Unclear:
    """The words and marks of a tidied text in order, its numbers as Decimals; Unclear if one is malformed."""
    tokens = tuple(_TOKEN.findall(clean.replace("minus ", "-")))
    parts: list[Decimal | str] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if any(character.isdecimal() for character in token):
            number = _figures(token)
            if isinstance(number, Unclear):
                return number
            at += 1
        elif token in _GLYPHS:
            number, at = _GLYPHS[token], at + 1
        elif token == "half":
            number, at = HALF, at + (2 if tokens[at + 1 : at + 2] in (("a",), ("an",)) else 1)
        elif token in _TENS:
            number, at = _tens(tokens, at)
        elif token in _SMALL and not (token == "one" and tokens[max(at - 1, 0)] == "little"):
            number, at = _SMALL[token], at + 1
        else:
            parts.append(token)
            at += 1
            continue
        if number == number.to_integral_value():
            more, at = _fraction(tokens, at)
            number += more
        parts.append(number)
    return tuple(parts)


def _figures(token: str) -> Decimal | Unclear:
    if _FIGURES.fullmatch(token):
        return Decimal(token.replace(",", "."))
    whole, *decimals = re.split("[.,]", token)
    if whole and len(decimals) == 1 and len(decimals[0]) > 2:
        return Unclear(UnclearBecause.TOO_PRECISE)
    return Unclear(UnclearBecause.NOT_UNDERSTOOD if decimals else UnclearBecause.IMPLAUSIBLE)


def _tens(tokens: tuple[str, ...], at: int) -> tuple[Decimal, int]:
    """Twenty, twenty one, twenty-one."""
    behind = at + 2 if tokens[at + 1 : at + 2] == ("-",) else at + 1
    one = _ONES.get(tokens[behind]) if behind < len(tokens) else None
    return (_TENS[tokens[at]], at + 1) if one is None else (_TENS[tokens[at]] + one, behind + 1)


def _fraction(tokens: tuple[str, ...], at: int) -> tuple[Decimal, int]:
    """What follows a whole number: ½, 1/2, "and a half"; zero where none of them does."""
    if tokens[at : at + 1] and tokens[at] in _GLYPHS:
        return _GLYPHS[tokens[at]], at + 1
    written = tokens[at : at + 3]
    if len(written) == 3 and (glyph := _WRITTEN.get((written[0], written[1], written[2]))):
        return _GLYPHS[glyph], at + 3
    for words in (("and", "a", "half"), ("and", "half")):
        if tokens[at : at + len(words)] == words:
            return HALF, at + len(words)
    return Decimal(0), at
