"""Which button a typed text means."""

from __future__ import annotations

from collections.abc import Mapping

from rapidfuzz import fuzz, process

from bot.facts.normalise import normalise

CLOSE_ENOUGH = 88
"""Out of 100; only where a wrong guess costs a tap and nothing else."""


def meant(
    text: str, options: Mapping[str, str], meaning: str | None, *, guess: bool = False, numbered: bool = True
) -> str | None:
    """The option that a text names: by its label, its number, or a word such as yes or no.

    `meaning` is what the reply words of any language make of the text. A near miss is taken only where `guess` allows
    it: never for a question about the child. Where the message itself numbers something else than its buttons,
    `numbered` is False.
    """
    said = _flat(text)
    labels = {option: _flat(label) for option, label in options.items()}
    for option, label in labels.items():
        if said and said == label:
            return option
    number = text.strip().rstrip(".)")
    if numbered and number.isascii() and number.isdecimal() and 1 <= int(number) <= len(options):
        return list(options)[int(number) - 1]
    if meaning in options:
        return meaning
    if meaning == "no" and "none" in options:
        return "none"
    if guess and said:
        found = process.extractOne(said, labels, scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH)
        if found is not None:
            return str(found[2])
    return None


def _flat(text: str) -> str:
    return " ".join(normalise(text).split())
