"""`steady explain`: which version is meant, and the page about a name, a message or a pasted text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from bot.authoring.changes.versions import Library, Version
from bot.authoring.check import counted
from bot.authoring.explain.edition import Edition, EditionError, read_edition
from bot.authoring.explain.match import Matched, Matcher
from bot.authoring.explain.message import message_page, parts_page
from bot.authoring.explain.sent import Sent, find_sent, is_message
from bot.authoring.explain.subject import NothingToExplainError, explain
from bot.errors import SteadyError
from bot.script.stored import unpack
from bot.store.key import load_key
from bot.store.rows import Publication
from bot.store.visit import read_once

WELL_KNOWN = 0.98
"""Of a pasted text: then no other version is looked into."""

MOST_VERSIONS = 5
"""How many published versions are looked into for a pasted text, newest first."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Answers; the versions are those of the folder, of the store and of git."""

    library: Library

    def name(self, name: str, version: str | None) -> Iterator[str]:
        """The page about a name or the number of a message; raises NothingToExplainError where there is none."""
        if is_message(name):
            yield from self._messages(name)
            return
        edition = self._edition(self.library.edited if version is None else self.library.find(version))
        if version is not None:
            yield f"As {edition.name} says it:"
        yield from explain(edition, name)

    def text(self, pasted: str, version: str | None) -> Iterator[str]:
        """Of which texts a pasted message is made, and why each is said."""
        best: tuple[Edition, Matched] | None = None
        for one in self._candidates(version):
            try:
                edition = self._edition(one)
            except EditionError:
                continue
            found = Matcher(edition.texts).find(pasted)
            if best is None or found.share > best[1].share:
                best = (edition, found)
            if found.share >= WELL_KNOWN:
                break
        if best is None or not best[1].parts:
            raise NothingToExplainError(
                "no text of the guide says this.",
                cure="Paste whole sentences of the bot; steady find looks for a few words. "
                "What a parent wrote is not kept, and not looked for.",
            )
        edition, found = best
        name = f"{edition.name[:1].upper()}{edition.name[1:]}"
        yield f"{name} says {found.share:.0%} of these words, in {counted(len(found.parts), 'text')}:"
        yield from parts_page(edition, found.parts)

    def _messages(self, name: str) -> Iterator[str]:
        sent = read_once(self.library.database, load_key(self.library.key_file), partial(find_sent, name=name))
        if not sent:
            raise NothingToExplainError(
                f"there is no message '{name}'.",
                cure="Messages are kept for 30 days, and those of a parent who has deleted everything are gone. "
                "With its words: steady explain --text '...'",
            )
        for number, one in enumerate(sent):
            if number:
                yield ""
            edition, note = self._spoken(one)
            yield from message_page(one, edition, note)

    def _spoken(self, sent: Sent) -> tuple[Edition | None, str]:
        """The version that said a message, and how it is told; None where it is kept no longer or cannot be read."""
        if sent.version is None:
            return None, "It says no words of the scripts, or it was sent before messages knew their version."
        key = load_key(self.library.key_file)
        hash_ = sent.version
        kept = read_once(self.library.database, key, lambda records: records.scripts.get(hash_))
        published = read_once(self.library.database, key, lambda records: records.scripts.publications())
        first = next((one for one in reversed(published) if one.hash == hash_), None)
        told = f"Said by version {hash_[:12]}{_publication(first)}."
        edited = self.library.edited
        if (kept is None or kept.content is None) and edited.folder.hash == hash_:
            # Such as what `steady chat` said, which talks from the folder.
            return self._edition(edited), f"Said by version {hash_[:12]}: this folder as it is now."
        if kept is None or kept.content is None:
            return None, f"{told} That version is kept no longer, so its texts cannot be shown."
        try:
            return read_edition(f"version {hash_[:12]}", unpack(kept.content, hash_)), told
        except SteadyError:
            return None, f"{told} This program cannot read that version any more, so its texts cannot be shown."

    def _candidates(self, version: str | None) -> Iterator[Version]:
        """What parents see now, then what they saw before, then the folder; or the one that is named."""
        if version is not None:
            yield self.library.find(version)
            return
        hashes = self._published()[:MOST_VERSIONS]
        for hash_ in hashes:
            try:
                yield self.library.find(hash_)
            except SteadyError:
                continue
        edited = self.library.edited
        if edited.folder.hash not in hashes:
            yield edited

    def _published(self) -> tuple[str, ...]:
        """The published versions, newest first; none where there is no database that can be read."""
        try:
            key = load_key(self.library.key_file)
            found = read_once(self.library.database, key, lambda records: records.scripts.publications())
        except SteadyError:
            # Whoever edits dialogs on another computer than the bot's has no database, and may ask all the same.
            return ()
        return tuple(dict.fromkeys(one.hash for one in found))

    def _edition(self, version: Version) -> Edition:
        return read_edition(version.name, version.folder)


def _publication(one: Publication | None) -> str:
    return "" if one is None else f", published {one.at:%Y-%m-%d %H:%M} UTC by {one.by}"
