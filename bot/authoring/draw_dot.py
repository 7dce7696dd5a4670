"""A picture as Graphviz text, which is laid out better than Mermaid lays it out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.authoring.draw_picture import Arrow, Box, Picture, Shape, Way
from bot.facts.level import Level

FONT = "Verdana"
"""Its widths are known to Graphviz; `bot.authoring.draw_image` puts more fonts of about this width behind it."""

RED, DARK_RED, INK = "#b00020", "#8c0019", "#1b1b1b"
THICK = {Level.EMERGENCY: "3", Level.URGENT: "1.5"}
ROUND = {"shape": "box", "style": "rounded"}
FORMS: Mapping[Shape, Mapping[str, str]] = {
    Shape.START: {**ROUND, "penwidth": "2"},
    Shape.END: {**ROUND, "penwidth": "2"},
    Shape.ASK: {"shape": "box"},
    Shape.CHECKLIST: {"shape": "box"},
    Shape.DO: {"shape": "box", "peripheries": "2"},
    Shape.SAY: {"shape": "note"},
    Shape.HOWTO: {"shape": "folder"},
    Shape.GATE: {"shape": "octagon"},
    Shape.FINISH: {**ROUND, "penwidth": "2"},
    Shape.CONDITION: {"shape": "hexagon", "margin": "0.02,0.06"},
    # Not "record", of which Graphviz cannot draw arrows from the side.
    Shape.ALARM: {"shape": "box", "color": RED, "fontcolor": DARK_RED},
    Shape.MENU: {**ROUND},
}
BETWEEN_LEVELS = "\n\n"


def dot(picture: Picture) -> str:
    """The whole diagram; the alarms of one step become one box with a part for each level."""
    return "\n".join(_lines(picture)) + "\n"


def _lines(picture: Picture) -> Iterator[str]:
    yield f"digraph {_quoted(picture.name)} {{"
    yield f"  graph [rankdir={picture.direction}, compound=true, nodesep=0.3, ranksep=0.3, pad=0.2, labelloc=t,"
    yield f'    fontname={FONT}, fontsize=18, fontcolor="{INK}", label={_quoted(picture.title)}]'
    yield f'  node [fontname={FONT}, fontsize=11, color="{INK}", fontcolor="{INK}", margin="0.14,0.08"]'
    yield f'  edge [fontname={FONT}, fontsize=10, color="{INK}", fontcolor="{INK}", arrowsize=0.8]'
    inside = {key for group in picture.groups for key in group.boxes}
    boxes = {box.key: box for box in picture.boxes}
    for group in picture.groups:
        yield f"  subgraph {_quoted(f'cluster {group.key}')} {{"
        yield f"    graph [label={_quoted(group.title)}, fontsize=11, style=rounded]"
        yield from (f"    {_box(boxes[key])}" for key in group.boxes)
        yield "  }"
    yield from (f"  {_box(box)}" for box in picture.boxes if box.key not in inside and box.shape is not Shape.ALARM)
    yield from _alarms(picture, boxes)
    for arrow in picture.arrows:
        if arrow.way is not Way.ALARM:
            yield f"  {_arrow(arrow, {group.key: group.boxes for group in picture.groups})}"
    for arrow in picture.arrows:
        if arrow.way is Way.CLOSED:
            yield f"  {{rank=same; {_quoted(arrow.source)}; {_quoted(arrow.target)}}}"
    yield from _legend(picture)
    yield "}"


def _box(box: Box) -> str:
    found = {"label": "\n".join(box.lines), **FORMS[box.shape]}
    if box.level is not None:
        found["penwidth"] = "3"
    if box.bare:
        found["style"] = ",".join(filter(None, (found.get("style"), "dashed")))
    return f"{_quoted(box.key)} {_attributes(found)}"


def _alarms(picture: Picture, boxes: Mapping[str, Box]) -> Iterator[str]:
    """One box beside each step that can raise something, and a red arrow to each level in it."""
    by_source: dict[str, list[Arrow]] = {}
    for arrow in picture.arrows:
        if arrow.way is Way.ALARM:
            by_source.setdefault(arrow.source, []).append(arrow)
    for source, arrows in by_source.items():
        key = f"alarms {source}"
        label = BETWEEN_LEVELS.join("\n".join(boxes[arrow.target].lines) for arrow in arrows)
        worst = max(arrow.level or Level.URGENT for arrow in arrows)
        yield f"  {_quoted(key)} {_attributes({'label': label, **FORMS[Shape.ALARM], 'penwidth': THICK[worst]})}"
        yield f"  {{rank=same; {_quoted(source)}; {_quoted(key)}}}"
        # Graphviz stacks arrows between the same two boxes from below.
        for arrow in reversed(arrows):
            found = {"color": RED, "penwidth": THICK[arrow.level or Level.URGENT]}
            if arrow.bare:
                found["style"] = "dashed"
            yield f"  {_quoted(source)} -> {_quoted(key)} {_attributes(found)}"


def _arrow(arrow: Arrow, groups: Mapping[str, Sequence[str]]) -> str:
    found: dict[str, str] = {}
    source, target = arrow.source, arrow.target
    # An arrow from or to a group goes by a box in it and is cut off at the border.
    if source in groups:
        found["ltail"] = f"cluster {source}"
        source = groups[source][len(groups[source]) // 2]
    if target in groups:
        found["lhead"] = f"cluster {target}"
        target = groups[target][len(groups[target]) // 2]
    if arrow.label:
        found["label"] = f" {arrow.label} "
    if arrow.way in (Way.ON, Way.YES):
        found["weight"] = "10"
    if arrow.bare:
        found["style"] = "dashed"
    return f"{_quoted(source)} -> {_quoted(target)} {_attributes(found)}"


def _legend(picture: Picture) -> Iterator[str]:
    if picture.legend and picture.boxes:
        label = "".join(f"{line}\\l" for line in picture.legend)
        first = _quoted(picture.boxes[0].key)
        yield f"  legend [shape=plaintext, fontsize=9, label={_quoted(label, keep=True)}]"
        yield f"  {{rank=same; {first}; legend}}"
        yield f"  {first} -> legend [style=invis]"


def _attributes(found: Mapping[str, str]) -> str:
    return f"[{', '.join(f'{name}={_quoted(value)}' for name, value in found.items())}]"


def _quoted(text: str, *, keep: bool = False) -> str:
    """A text of Graphviz; `keep` leaves backslashes as they are."""
    escaped = text if keep else text.replace("\\", "\\\\")
    return '"' + escaped.replace('"', '\\"').replace("\n", "\\n") + '"'
