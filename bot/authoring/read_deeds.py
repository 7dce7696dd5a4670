"""What a parent does in a chat by turns."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.authoring.conversation import Deed, Kind
from bot.authoring.read_expected import CLAIMS, read_claims
from bot.authoring.reading import Reading
from bot.script.document import Items, Mapped, Node
from bot.talk.events import Media

KINDS = tuple(kind.value for kind in Kind)
_SPAN = re.compile(r"(\d{1,5}) (minute|hour|day)s?")


def read_deeds(node: Node | None, reading: Reading) -> tuple[Deed, ...]:
    """Read what stands under `turns`."""
    if node is None:
        return ()
    if not isinstance(node, Items):
        reading.problems.add(node.place, "'turns' is no list.", "Begin each turn with '- press: ' or the like.")
        return ()
    deeds = [_deed(part, reading) for part in node.parts]
    return tuple(deed for deed in deeds if deed is not None)


def _deed(node: Node, reading: Reading) -> Deed | None:
    named = [name for name in KINDS if isinstance(node, Mapped) and name in node.entries]
    if not isinstance(node, Mapped) or len(named) != 1:
        what = "this turn does two things." if len(named) > 1 else "this turn does not say what the parent does."
        reading.problems.add(node.place, what, f"Write one of: {', '.join(KINDS)}.")
        return None
    kind = Kind(named[0])
    reading.keys(node, (*KINDS, *CLAIMS, *(["of"] if kind is Kind.PRESS_EARLIER else [])))
    value = node.entries[kind.value]
    return Deed(
        kind,
        (reading.question(value) or "") if kind is Kind.UNTIL else reading.text(value),
        read_claims(node, reading),
        node.place,
        _span(value, reading) if kind is Kind.WAIT else timedelta(),
        _media(value, reading) if kind is Kind.SEND else Media.OTHER,
        reading.question(node.entries.get("of")),
    )


def _span(node: Node, reading: Reading) -> timedelta:
    found = _SPAN.fullmatch(reading.text(node))
    if found is None:
        cure = "Write for example '31 minutes', '25 hours' or '2 days'."
        reading.problems.add(node.place, f"'{reading.text(node)}' is no length of time.", cure)
        return timedelta()
    return timedelta(**{f"{found[2]}s": int(found[1])})


def _media(node: Node, reading: Reading) -> Media:
    kinds = [one.value for one in Media]
    if reading.text(node) not in kinds:
        reading.problems.unknown(node.place, "kind of message", reading.text(node), kinds)
        return Media.OTHER
    return Media(reading.text(node))
