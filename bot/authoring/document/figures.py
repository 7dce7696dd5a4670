"""The picture of a dialog, in pieces that pages can break between: never through a box or a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from bot.authoring.document.blocks import Figure, Piece
from bot.authoring.document.dialogs import Draw
from bot.authoring.draw_alarms import Alarms
from bot.authoring.draw_dialog import draw_dialog
from bot.authoring.draw_image import svg
from bot.script.script import Script

PIECE = 320
"""How long a piece may be, in units of the picture, where there is a gap to cut at."""

_SIZE = re.compile(r'width="(\d+)" height="(\d+)"')
_VIEW = re.compile(r'viewBox="[\d.]+ [\d.]+ ([\d.]+) ([\d.]+)"')
_FRAME = re.compile(r'width="\d+" height="\d+"\s+viewBox="[^"]*"')
_DESCRIBED = re.compile(r"<(title|desc) id[^>]*>.*?</\1>\n?", re.DOTALL)
_MOVED = re.compile(r"translate\([\d.-]+[ ,]([\d.-]+)\)")
_PART = re.compile(r'<g id="[^"]*" class="(node|edge)">(.*?)</g>', re.DOTALL)
_FORM = re.compile(r'(?:points| d)="([^"]*)"')
_TEXT = re.compile(r'<text[^>]* y="([\d.-]+)"')
_POINT = re.compile(r"-?[\d.]+,(-?[\d.]+)")
_ABOVE, _BELOW = 12.0, 5.0
"""How far letters reach above and below their line, and more than a frame is thick."""


def draw_with(script: Script) -> Draw:
    """Give what draws the dialogs of this script; raises DrawError without the extra `draw`."""
    alarms = Alarms(script)

    def draw(name: str) -> Figure:
        picture = draw_dialog(script, alarms, name)
        return figure(picture.title, svg(picture))

    return draw


def figure(title: str, drawn: str) -> Figure:
    """A picture in pieces; raises ValueError where the SVG does not say how large it is."""
    size, view = _SIZE.search(drawn), _VIEW.search(drawn)
    if size is None or view is None:
        raise ValueError(f"the picture {title!r} has no size.")
    width, height = int(size[1]), int(size[2])
    parts = list(_parts(drawn, height))
    cuts = list(_cuts([(one.low, one.high) for one in parts if one.whole], height))
    head = _DESCRIBED.sub("", drawn[: _PART.search(drawn).start()])  # type: ignore[union-attr]
    points = float(view[1]) / width
    pieces = []
    for low, high in pairwise([0, *cuts, height]):
        box = f"0 {low * points:.2f} {view[1]} {(high - low) * points:.2f}"
        seen = f'width="{width}" height="{high - low}" viewBox="{box}"'
        shown = "\n".join(one.svg for one in parts if one.low < high and one.high > low)
        pieces.append(Piece(f"{_FRAME.sub(seen, head, count=1)}{shown}\n</g>\n</svg>", high - low))
    return Figure(title, width, tuple(pieces))


def _cuts(parts: list[tuple[float, float]], height: int) -> Iterator[int]:
    """The last gap before a piece gets too long, else the first one after that."""

    def free(end: int) -> bool:
        return not any(low < end < high for low, high in parts)

    start = 0
    while height - start > PIECE:
        before = (end for end in range(start + PIECE, start, -1) if free(end))
        after = (end for end in range(start + PIECE, height) if free(end))
        end = next(before, next(after, height))
        if end >= height:
            return
        yield end
        start = end


@dataclass(frozen=True, slots=True)
class _Part:
    """A box or an arrow, and from where to where it reaches in units of the picture; a box stays `whole`."""

    svg: str
    low: float
    high: float
    whole: bool


def _parts(drawn: str, height: int) -> Iterator[_Part]:
    """All boxes and arrows; the words on an arrow stay whole as well."""
    view, moved = _VIEW.search(drawn), _MOVED.search(drawn)
    scale = height / float(view[2]) if view else 1.0
    shift = float(moved[1]) if moved else 0.0
    for found in _PART.finditer(drawn):
        lines = [float(one) for one in _TEXT.findall(found[0])]
        words = [*(line - _ABOVE for line in lines), *(line + _BELOW for line in lines)]
        forms = [float(one) for form in _FORM.findall(found[0]) for one in _POINT.findall(form)]
        around = [*(one - _BELOW for one in forms), *(one + _BELOW for one in forms)]
        if around or words:
            reach = [*around, *words]
            yield _Part(found[0], (min(reach) + shift) * scale, (max(reach) + shift) * scale, found[1] == "node")
        if found[1] == "edge" and words:
            yield _Part("", (min(words) + shift) * scale, (max(words) + shift) * scale, whole=True)
