"""A parent who says that they do not know, where a number was asked."""

import re

_UNSURE = re.compile(
    r"\b(?:idk|dunno|unsure|no idea|no clue|not (?:quite |really )?sure|not certain|forgot|"
    r"(?:don't|dont|do not|cannot|can't|cant|can not) (?:really )?(?:know|say|tell|remember))\b"
)


def says_unsure(clean: str) -> bool:
    """Whether a tidied English text says "I don't know"; never decides where a number was typed as well."""
    return _UNSURE.search(clean) is not None
