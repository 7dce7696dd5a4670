"""`steady open-questions`: everything that stands between this script and "a doctor has checked it"."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.authoring.check import counted
from bot.authoring.signing.questions import FILE, GROUPS, OpenQuestion, read_questions, sealed_by
from bot.places import Places
from bot.script.approval import NOBODY, Kind, Signable
from bot.script.check_sources import GENERAL
from bot.script.document import Items, Mapped, Node, plain
from bot.script.foundation import SOURCES
from bot.script.load import Loaded
from bot.script.problems import Problems

_KINDS = {
    Kind.RULE: "Rules",
    Kind.GATE: "Gates",
    Kind.LIMIT: "Limits",
    Kind.TEXT: "Texts",
    Kind.LIST: "Lists",
    Kind.QUESTION: "Questions to parents",
    Kind.WORDS: "Emergency words",
}


@dataclass(frozen=True, slots=True)
class StillOpen:
    """What is still open: questions, signatures, reviews, sources that nobody has seen, numbers and words."""

    questions: tuple[OpenQuestion, ...]
    to_sign: int
    unsigned: Mapping[str, tuple[str, ...]]
    void: tuple[Signable, ...]
    unreviewed: tuple[str, ...]
    unseen: Mapping[str, int]
    sealed_by: str | None
    numbers: tuple[int, int]
    languages: tuple[int, int]

    def as_text(self) -> str:
        """For people, in groups."""
        return "\n".join(_lines(self))

    def as_json(self) -> str:
        """The same for programs."""
        return json.dumps(
            {
                "questions": [
                    {"id": one.id, "about": one.about, "ask": one.ask, "touches": one.touches, "now": one.now,
                     "noted_in": one.noted_in}
                    for one in self.questions
                ],
                "to_sign": self.to_sign,
                "unsigned": self.unsigned,
                "void": [one.id for one in self.void],
                "unreviewed": self.unreviewed,
                "general_knowledge": self.unseen,
                "sealed_by": self.sealed_by,
                "emergency_numbers": {"of": self.numbers[1], "checked": self.numbers[0]},
                "languages": {"of": self.languages[1], "reviewed": self.languages[0]},
            },
            indent=2,
            ensure_ascii=False,
        )  # fmt: skip


def still_open(loaded: Loaded, places: Places) -> StillOpen:
    """Look through a script without a mistake."""
    script = loaded.script
    if script is None:
        raise ValueError("no script")
    approvals = script.approvals
    unsigned: dict[str, list[str]] = defaultdict(list)
    for name in approvals.unapproved:
        unsigned[_KINDS[approvals.signables[name].kind]].append(name)
    unseen: dict[str, int] = defaultdict(int)
    for file, node in loaded.nodes.items():
        for cited in _cited(node) if file != SOURCES else ():
            if cited.startswith(GENERAL):
                unseen[cited.removeprefix(GENERAL).removeprefix(": ") or "not named"] += 1
    questions = read_questions(loaded.nodes[FILE], Problems()) if FILE in loaded.nodes else ()
    sealed = places.content / "sealed" / "table.yaml"
    return StillOpen(
        tuple(sorted(questions, key=lambda one: GROUPS.index(one.about))),
        len(approvals.signables),
        {kind: tuple(names) for kind, names in unsigned.items()},
        tuple(one for one in approvals.signables.values() if one.void),
        approvals.unreviewed,
        dict(sorted(unseen.items())),
        sealed_by(sealed.read_text(encoding="utf-8")) if sealed.is_file() else None,
        _marked(loaded, "content/emergency_numbers.yaml", "countries", "checked"),
        _marked(loaded, "content/words.yaml", "languages", "reviewed"),
    )


def _cited(node: Node, *, listed: bool = False) -> Iterator[str]:
    """Every citation: the lists under `sources`, and those of phrases, which stand there by name."""
    if isinstance(node, Items):
        for part in node.parts:
            yield from _cited(part, listed=listed)
    elif isinstance(node, Mapped):
        for name, part in node.entries.items():
            yield from _cited(part, listed=listed or name == "sources")
    elif listed:
        yield node.text


def _marked(loaded: Loaded, file: str, part: str, mark: str) -> tuple[int, int]:
    """How many entries carry the mark "yes", and how many there are."""
    entries = plain(loaded.nodes[file]).get(part, {})
    return sum(entry.get(mark) == "yes" for entry in entries.values()), len(entries)


def _lines(found: StillOpen) -> Iterator[str]:
    yield f"{counted(len(found.questions), 'open question')} for a clinician"
    group = None
    for one in found.questions:
        if one.about != group:
            group = one.about
            yield from ("", group.capitalize())
        yield f"  {one.id} {one.ask}"
        yield f"       Now: {one.now}"
        yield f"       Touches: {', '.join(one.touches)}. Noted in {one.noted_in}."
    yield ""
    left = sum(map(len, found.unsigned.values()))
    yield f"Not signed: {left} of {found.to_sign}" if left else f"Signed: all {found.to_sign}"
    for kind, names in found.unsigned.items():
        yield f"  {kind}, {len(names)}: {', '.join(names)}"
    for void in found.void:
        by = "" if void.approval is None else f" by {void.approval.by}"
        yield f"  The approval of {void.id}{by} is void since its content has changed ({void.place})."
    yield ""
    yield f"Not reviewed: {counted(len(found.unreviewed), 'file')} with texts for parents"
    if found.unreviewed:
        yield f"  {', '.join(found.unreviewed)}"
    yield ""
    places = sum(found.unseen.values())
    yield f"General knowledge, which nobody here has seen in writing: {len(found.unseen)} sources in {places} places"
    if found.unseen:
        yield f"  {'; '.join(f'{name} ({number})' for name, number in found.unseen.items())}"
    yield ""
    yield f"The sealed table of the proof: sealed by {found.sealed_by or NOBODY}"
    yield f"Emergency numbers: {found.numbers[0]} of {found.numbers[1]} countries checked by a person"
    yield f"Emergency words: {found.languages[0]} of {counted(found.languages[1], 'language')} read by a native speaker"
