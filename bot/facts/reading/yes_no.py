"""Yes, no or not sure, as typed."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby

from bot.facts.reading.result import Read, Unclear, UnclearBecause
from bot.facts.reading.typed import LONGEST


class YesNo(StrEnum):
    """An answer to a question that can be answered with a button."""

    YES = "yes"
    NO = "no"
    NOT_SURE = "not sure"


@dataclass(frozen=True, slots=True)
class YesNoWords:
    """The words and phrases of one language; `filler` are words that change nothing, such as "erm"."""

    yes: tuple[str, ...]
    no: tuple[str, ...]
    not_sure: tuple[str, ...]
    filler: tuple[str, ...] = field(default=())


def read_yes_no(text: str, words: Mapping[str, YesNoWords]) -> Read[YesNo] | Unclear:
    """The answer, if every word of it is a known phrase or filler; the longest phrase first, no fuzzy match.

    "no idea" is therefore not sure, not no; "no breathing" is nothing. Not sure beside yes or no wins
    ("yes, maybe"); yes beside no is a contradiction, and so is a phrase that means yes in one language and
    no in another. Case, apostrophes and punctuation do not matter, a question mark is no answer. Source:
    rules.md section 3.
    """
    if len(text) > LONGEST:
        return Unclear(UnclearBecause.TOO_LONG)
    typed = _words(text)
    if not typed:
        return Unclear(UnclearBecause.EMPTY)
    meanings = _meanings(words.values())
    longest = max(map(len, meanings), default=1)
    found: set[YesNo] = set()
    at = 0
    while at < len(typed):
        for length in range(min(longest, len(typed) - at), 0, -1):
            if (meaning := meanings.get(typed[at : at + length])) is not None:
                found |= meaning
                at += length
                break
        else:
            return Unclear(UnclearBecause.NOT_UNDERSTOOD)
    if found >= {YesNo.YES, YesNo.NO}:
        return Unclear(UnclearBecause.CONTRADICTION)
    if YesNo.NOT_SURE in found:
        return Read(YesNo.NOT_SURE)
    return Read(found.pop()) if found else Unclear(UnclearBecause.NOT_UNDERSTOOD)


def _meanings(languages: Iterable[YesNoWords]) -> dict[tuple[str, ...], frozenset[YesNo]]:
    """Every phrase, split into words, and what it can mean in any of the languages; filler means nothing."""
    meanings: dict[tuple[str, ...], frozenset[YesNo]] = {}
    for words in languages:
        for phrases, meaning in (
            (words.yes, {YesNo.YES}),
            (words.no, {YesNo.NO}),
            (words.not_sure, {YesNo.NOT_SURE}),
            (words.filler, set()),
        ):
            for phrase in phrases:
                key = _words(phrase)
                meanings[key] = meanings.get(key, frozenset()) | meaning
    meanings.pop((), None)
    return meanings


def _words(text: str) -> tuple[str, ...]:
    """Letters and digits as words, every other sign but punctuation by itself (👍), in lower case."""
    plain = unicodedata.normalize("NFC", text.casefold())
    groups = groupby((c for c in plain if c not in _UNSEEN), key=_kind)
    return tuple(
        word
        for kind, characters in groups
        for word in (["".join(characters)] if kind == "word" else characters if kind == "sign" else [])
    )


_APOSTROPHES = "'’‘ʼ´`"
_SKIN_TONES = "".join(chr(code) for code in range(0x1F3FB, 0x1F400))
_UNSEEN = frozenset(_APOSTROPHES + _SKIN_TONES + "\u200b\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069\ufe0e\ufe0f")
_QUESTION_MARKS = frozenset("?？؟⁇¿")


def _kind(character: str) -> str:
    category = unicodedata.category(character)
    if character in _QUESTION_MARKS or category[0] in "SC":
        return "gap" if category == "Cc" else "sign"
    return "word" if category[0] in "LMN" else "gap"
