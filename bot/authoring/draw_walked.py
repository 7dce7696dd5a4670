"""Which ways golden chats go: the arrows of a picture that none of them walks are marked.

The chats are run once more, with machines that note each move. So what counts is what the engine really did.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.authoring.conversation import Conversation
from bot.authoring.conversations import Ran, run
from bot.authoring.coverage import covered
from bot.authoring.draw_dialog import tries
from bot.authoring.draw_picture import Arrow, Box, Picture, Shape, Way
from bot.authoring.read_conversations import read_conversations
from bot.facts.level import Level
from bot.script.machine import DialogMachine, Edge, Position
from bot.script.model import Kind
from bot.script.script import Script
from bot.talk.effects import FlagRaised
from bot.talk.engine import Engine

CHATS = Path("tests") / "conversations"
LEGEND = "Dashed: no golden chat goes this way, or stops at this box."


@dataclass(frozen=True, slots=True)
class NotingMachine(DialogMachine):
    """A machine that notes from which state to which it moved."""

    moves: set[tuple[str, str]] = field(default_factory=set)

    def advance(self, position: Position) -> None:
        """Move on and note it."""
        before = position.state
        DialogMachine.advance(self, position)
        self.moves.add((before, position.state))


@dataclass(frozen=True, slots=True)
class Walked:
    """What chats went through.

    `moves` are those of each dialog's machine, `stops` the steps ("dialog.step") at which a chat waited or was told
    something, `raised` the levels that were raised by the answer to a question ("dialog.question").
    """

    moves: dict[str, frozenset[tuple[str, str]]]
    stops: frozenset[str]
    raised: frozenset[tuple[str, Level]]

    def marks(self, picture: Picture, machine: DialogMachine) -> Picture:
        """The picture with what no chat walks marked."""
        name = picture.name
        walked = _walked_arrows(machine, self.moves.get(name, frozenset()))
        items = machine.items
        keys = {key: (item.kind, f"{name}.{item.target}") for key, item in items.items()}

        def arrow_of(arrow: Arrow) -> Arrow:
            if arrow.way is Way.ALARM:
                kind, asked = keys[arrow.source]
                bare = kind is not Kind.DO and (asked, arrow.level) not in self.raised
            elif arrow.way is Way.CLOSED:
                bare = f"{name}.{arrow.source}" not in self.stops
            else:
                bare = (arrow.source, arrow.target) not in walked
            return replace(arrow, bare=bare)

        def box_of(box: Box) -> Box:
            waits = box.key in items and box.shape in (Shape.ASK, Shape.CHECKLIST, Shape.DO)
            return replace(box, bare=waits and f"{name}.{box.key}" not in self.stops)

        return replace(
            picture,
            boxes=tuple(box_of(box) for box in picture.boxes),
            arrows=tuple(arrow_of(arrow) for arrow in picture.arrows),
            legend=(*picture.legend, LEGEND),
        )

    def missing(self, machine: DialogMachine) -> list[Edge]:
        """The ways of the machine, from step to step, that no chat goes."""
        moves = self.moves.get(machine.dialog.id, frozenset())
        return [
            edge
            for edge in machine.edges()
            if (edge.source, edge.target) not in moves and not _finishes(machine, edge.source)
        ]


def conversations_of(script: Script, folder: Path) -> list[Conversation]:
    """The golden chats beside the dialogs in this folder; raises ScriptError with the mistakes in them."""
    files = sorted(path for path in (folder / CHATS).rglob("*.yaml") if path.parent.name != "cases")
    return [one for path in files for one in read_conversations(path.read_text("utf-8"), path.name, script)]


def walk(script: Script, conversations: Iterable[Conversation]) -> Walked:
    """Run the chats and note what they go through."""
    machines = {name: NotingMachine(one.dialog, one.machine, one.items) for name, one in script.machines.items()}
    engine = Engine(replace(script, machines=machines))
    ran = [run(engine, one) for one in conversations]
    # The coverage looks at machines as well, and must not be taken for a parent.
    moves = {name: frozenset(one.moves) for name, one in machines.items()}
    return Walked(moves, covered(script, ran).states, frozenset(raised_by(ran)))


def raised_by(chats: Iterable[Ran]) -> Iterator[tuple[str, Level]]:
    """Each question and the levels of the flags that appeared with the answer to it."""
    return ((question, level) for question, _, level in flags_by(chats))


def flags_by(chats: Iterable[Ran]) -> Iterator[tuple[str, str, Level]]:
    """Each flag that was raised with the answer to a question: the question, the rule, its level."""
    for ran in chats:
        for line in ran.chat.lines:
            for effect in line.effects:
                if isinstance(effect, FlagRaised) and line.question is not None:
                    yield line.question, effect.rule, effect.level


def _walked_arrows(machine: DialogMachine, moves: frozenset[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """The arrows between steps and conditions that these moves take."""
    found: set[tuple[str, str]] = set()
    for source, edges in tries(machine).items():
        for number, edge in enumerate(edges):
            if (source, edge.target) in moves or (_finishes(machine, source) and _reached(source, moves)):
                entries = [_entry(one) for one in edges[: number + 1]]
                found.update(zip([source, *entries], [*entries, edge.target], strict=True))
    return frozenset(found)


def _entry(edge: Edge) -> str:
    return f"if {edge.target}" if edge.guarded else edge.target


def _finishes(machine: DialogMachine, state: str) -> bool:
    """The engine ends at a `finish` and takes no further move."""
    return state in machine.items and machine.items[state].kind is Kind.FINISH


def _reached(state: str, moves: frozenset[tuple[str, str]]) -> bool:
    return any(target == state for _, target in moves)
