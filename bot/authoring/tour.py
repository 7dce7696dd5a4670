"""The tour: one whole chat of each flow as a parent sees it, in Markdown.

`python -m bot.authoring.tour > docs/tour.md` writes it anew.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from bot.authoring.chat import Line
from bot.authoring.conversations import Ran
from bot.authoring.golden import engine, everyone
from bot.authoring.not_reviewed import standing
from bot.script.script import Script
from bot.talk.effects import Ask, Button, CheckStarted, Effect, Escalate, Mark, Redraw, Say
from bot.talk.events import Pressed, Typed

FILE = "tour.yaml"
"""The file of golden chats that the tour shows."""

HEAD = """\
# Tour: what a parent sees

This page is generated: `python -m bot.authoring.tour > docs/tour.md`. A test holds it to what the command prints.

{standing}

**Parent** is what the parent presses, as `[label]`, or types. **Steady** is what the chat answers: each quotation is a
message, with its buttons below. What leads where is drawn in [flows.md](flows.md).
"""
TABLE = """\
## How many taps

From the first question to the result, over our own golden chats (`tests/conversations/`) in which a parent answers to
the end. Marking a line of a list and pressing Done are taps, too. "Not in danger" leaves out the chats that end with
EMERGENCY or URGENT, which may come at the first tap.

| Flow | Chats | Median | Worst | Not in danger: median | The longest chat |
|---|---:|---:|---:|---:|---|
"""
_NUMBERED = re.compile(r"\d+\. ")


@dataclass(frozen=True, slots=True)
class _Taps:
    flow: str
    taps: int
    serious: bool
    chat: str


def tour(script: Script, chats: Sequence[Ran]) -> str:
    """The page over these golden chats: the chats of the tour, and how many taps all of them take."""
    shown = [one for one in chats if one.conversation.place.file == FILE]
    head = HEAD.format(standing=standing(script, "these texts"))
    parts = [head, *(_chapter(script, one) for one in shown), TABLE + "\n".join(_rows(script, chats)) + "\n"]
    return "\n".join(parts)


def _chapter(script: Script, ran: Ran) -> str:
    flow = _flow(ran)
    title = script.dialogs[flow].title if flow is not None else ""
    level = "" if ran.result.level is None else f", {ran.result.level.name}"
    blocks = [f"## {ran.conversation.chat}", f"*{title}{level}*"]
    blocks.extend(block for line in ran.chat.lines for block in _turn(line))
    return "\n\n".join(blocks) + "\n"


def _turn(line: Line) -> Iterator[str]:
    match line.event:
        case Pressed():
            yield f"**Parent:** `{line.parent}`"
        case Typed(text):
            yield f"**Parent:** {text}"
        case _ if line.parent.startswith("/"):
            yield f"**Parent:** {line.parent}"
    blocks = [block for effect in line.effects for block in _message(effect)]
    if blocks and not any(isinstance(effect, Redraw) for effect in line.effects):
        yield "**Steady:**"
    yield from blocks


def _message(effect: Effect) -> Iterator[str]:
    match effect:
        case Say(text):
            yield _quoted(text)
        case Ask() | Escalate():
            yield _quoted(effect.text)
            if effect.buttons:
                yield _labels(effect.buttons)
        case Redraw():
            marked = [button for button in effect.buttons if button.mark is not Mark.NONE]
            yield f"*The button changes to* {_labels(marked)}" if marked else "*The button changes back.*"


def _quoted(text: str) -> str:
    """A message as a quotation that keeps its lines."""
    rows = text.splitlines()
    quoted = []
    for row, following in zip(rows, [*rows[1:], ""], strict=True):
        broken = row and following and not _NUMBERED.match(row) and not _NUMBERED.match(following)
        quoted.append(f"> {row}{chr(92) if broken else ''}".rstrip(" "))
    return "\n".join(quoted)


def _labels(buttons: Iterable[Button]) -> str:
    return " ".join(f"`[{button.text}]`" for button in buttons)


# Taps.


def _flow(ran: Ran) -> str | None:
    effects = (effect for line in ran.chat.lines for effect in line.effects)
    return next((effect.dialog for effect in effects if isinstance(effect, CheckStarted)), None)


def _counted(ran: Ran) -> _Taps | None:
    flow = _flow(ran)
    if flow is None or ran.conversation.deeds or ran.result.line is None or ran.result.level is None:
        return None
    asked = [str(line.question).partition(".")[0] for line in ran.chat.lines if isinstance(line.event, Pressed)]
    at_menu = asked.count("menu")
    return _Taps(flow, ran.result.taps(ran.chat) - at_menu, ran.result.level.name in SERIOUS, ran.conversation.chat)


SERIOUS = ("EMERGENCY", "URGENT")


def _rows(script: Script, chats: Iterable[Ran]) -> Iterator[str]:
    counted = [one for one in map(_counted, chats) if one is not None]
    for flow, dialog in sorted(script.dialogs.items(), key=lambda pair: pair[1].title):
        mine = [one for one in counted if one.flow == flow]
        calm = [one.taps for one in mine if not one.serious]
        if mine:
            worst = max(mine, key=lambda one: one.taps)
            usual = f"{median(calm):g}" if calm else "-"
            middle = f"{median(one.taps for one in mine):g}"
            yield f"| {dialog.title} | {len(mine)} | {middle} | {worst.taps} | {usual} | {worst.chat} |"


def main() -> None:
    """Print the page."""
    sys.stdout.write(tour(engine().script, everyone()))


if __name__ == "__main__":
    main()
