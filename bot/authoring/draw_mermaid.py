"""A picture as Mermaid text, which GitHub and many editors show as a diagram."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.authoring.draw_picture import Arrow, Box, Picture, Shape, Way
from bot.facts.level import Level

FORMS = {
    Shape.START: ("([", "])"),
    Shape.END: ("([", "])"),
    Shape.ASK: ("[", "]"),
    Shape.CHECKLIST: ("[", "]"),
    Shape.DO: ("[[", "]]"),
    Shape.SAY: ("(", ")"),
    Shape.HOWTO: ("[/", "\\]"),
    Shape.GATE: ("{", "}"),
    Shape.FINISH: ("([", "])"),
    Shape.CONDITION: ("{{", "}}"),
    Shape.ALARM: (">", "]"),
    Shape.MENU: ("([", "])"),
}
LINES = {Way.ON: "-->", Way.YES: "-->", Way.NO: "-->", Way.CLOSED: "-->", Way.ALARM: "==>", Way.USES: "-->"}
BARE = {"-->": "-.->", "==>": "-.->"}
CLASSES = {
    "emergency": "fill:#fff,stroke:#b00020,stroke-width:4px,color:#8c0019",
    "urgent": "fill:#fff,stroke:#b00020,stroke-width:2px,color:#8c0019",
    "floor": "stroke-width:4px",
    "bare": "stroke-dasharray:6 4",
}
RED = "stroke:#b00020,stroke-width:{width}px"
_ODD = re.compile(r"\W")


def mermaid(picture: Picture) -> str:
    """The whole diagram, without the fence that Markdown puts around it."""
    return "\n".join(_lines(picture)) + "\n"


def _lines(picture: Picture) -> Iterator[str]:
    yield f"flowchart {picture.direction}"
    yield f"  accTitle: {picture.title}"
    yield f"  accDescr: {picture.about}"
    yield from (f"  %% {line}" for line in picture.legend)
    inside = {key for group in picture.groups for key in group.boxes}
    boxes = {box.key: box for box in picture.boxes}
    for group in picture.groups:
        yield f'  subgraph {_id(group.key)}["{_text(group.title)}"]'
        yield from (f"    {_box(boxes[key])}" for key in group.boxes)
        yield "  end"
    yield from (f"  {_box(box)}" for box in picture.boxes if box.key not in inside)
    for arrow in picture.arrows:
        yield f"  {_arrow(arrow)}"
    for name, style in CLASSES.items():
        mine = [_id(box.key) for box in picture.boxes if name in _classes(box)]
        if mine:
            yield f"  classDef {name} {style}"
            yield f"  class {','.join(mine)} {name}"
    for level, width in ((Level.EMERGENCY, 4), (Level.URGENT, 2)):
        numbers = [
            str(number)
            for number, arrow in enumerate(picture.arrows)
            if arrow.way is Way.ALARM and arrow.level is level
        ]
        if numbers:
            yield f"  linkStyle {','.join(numbers)} {RED.format(width=width)}"


def _box(box: Box) -> str:
    opens, closes = FORMS[box.shape]
    return f'{_id(box.key)}{opens}"{"<br/>".join(_text(line) for line in box.lines)}"{closes}'


def _arrow(arrow: Arrow) -> str:
    line = LINES[arrow.way]
    if arrow.bare:
        line = BARE[line]
    label = f'|"{_text(arrow.label)}"|' if arrow.label else ""
    return f"{_id(arrow.source)} {line}{label} {_id(arrow.target)}"


def _classes(box: Box) -> Iterator[str]:
    if box.shape is Shape.ALARM and box.level is not None:
        yield box.level.name.lower()
    elif box.level is not None:
        yield "floor"
    if box.bare:
        yield "bare"


def _id(key: str) -> str:
    """A name that Mermaid takes: its words, such as "end", never stand alone."""
    return f"n_{_ODD.sub('_', key)}"


def _text(text: str) -> str:
    """A text that means nothing to Mermaid: its quotes, brackets and entities written out."""
    return "".join(f"#{ord(letter)};" if letter in '"<>#&`\\' else letter for letter in text)
