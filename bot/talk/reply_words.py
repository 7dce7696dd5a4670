"""Reads a typed answer that is nothing but yes, no, not sure, back, menu and the like, in any language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.facts.normalise import normalise, spell_out
from bot.talk.plain_data import mapping_at, only, texts_at

MEANINGS = (
    "yes", "no", "not_sure", "back", "menu", "cancel", "help", "stop", "next", "continue", "start_again",
)  # fmt: skip


class ReplyWords:
    """The words for typed answers, from the same file as the emergency words."""

    def __init__(self, meanings: Mapping[str, str]) -> None:
        self._meanings = meanings

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any]) -> ReplyWords:
        """Read the data of content/words.yaml; a word that would mean two things is a ValueError."""
        meanings: dict[str, str] = {}
        languages = mapping_at(data, "languages", "")
        for language in languages:
            where = f"languages.{language}.replies"
            replies = mapping_at(mapping_at(languages, language, "languages"), "replies", f"languages.{language}")
            only(replies, MEANINGS, where)
            for meaning in replies:
                for reply in texts_at(replies, meaning, where):
                    for spelling in (reply, spell_out(reply)):
                        known = meanings.setdefault(normalise(spelling), meaning)
                        if known != meaning:
                            raise ValueError(f"{where}.{meaning}: '{reply}' already means '{known}'.")
        return cls(meanings)

    def meaning(self, text: str) -> str | None:
        """Return what a message means that is nothing but one of these answers."""
        return self._meanings.get(normalise(text))
