"""Which ways golden chats go: the arrows of a picture that none of them walks are marked.

The chats are run once more on machines that note each move. So what counts is what the engine really did.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.authoring.conversation import Conversation
from bot.authoring.conversations import Ran, run
from bot.authoring.coverage import covered
from bot.authoring.draw_dialog import tries
from bot.authoring.draw_picture import Arrow, Box, Picture, Shape, Way
from bot.authoring.read_conversations import read_conversations
from bot.authoring.suite import find_chats
from bot.authoring.trail import Way as Step
from bot.authoring.trail import is_followed, traced
from bot.facts.level import Level
from bot.places import Places
from bot.script.machine import DialogMachine, Edge
from bot.script.model import Kind
from bot.script.script import Script
from bot.talk.effects import FlagRaised
from bot.talk.engine import Engine

LEGEND = "Dashed: no golden chat goes this way, or stops at this box."


@dataclass(frozen=True, slots=True)
class Walked:
    """What chats went through.

    `ways` are the edges of the machines, `stops` the steps ("dialog.step") at which a chat waited or was told
    something, `raised` the levels that were raised by the answer to a question ("dialog.question").
    """

    ways: frozenset[Step]
    stops: frozenset[str]
    raised: frozenset[tuple[str, Level]]

    def marks(self, picture: Picture, machine: DialogMachine) -> Picture:
        """The picture with what no chat walks marked."""
        name = picture.name
        walked = _walked_arrows(machine, self.ways)
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
        return [
            edge
            for edge in machine.edges()
            if not _finishes(machine, edge.source)
            and Step(machine.dialog.id, edge.source, edge.target) not in self.ways
        ]


def conversations_of(script: Script, places: Places) -> list[Conversation]:
    """The golden chats beside the dialogs; raises SuiteError for none, ScriptError with the mistakes in them."""
    files = find_chats(places)
    return [one for path in files for one in read_conversations(path.read_text("utf-8"), path.name, script)]


def walk(script: Script, conversations: Iterable[Conversation]) -> Walked:
    """Run the chats and note what they go through."""
    noting, trail = traced(script)
    engine = Engine(noting)
    ran = [run(engine, one, trail) for one in conversations]
    found = covered(script, ran)
    return Walked(found.ways, found.states, frozenset(raised_by(ran)))


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


def _walked_arrows(machine: DialogMachine, ways: frozenset[Step]) -> frozenset[tuple[str, str]]:
    """The arrows between steps and conditions that these ways take."""
    found: set[tuple[str, str]] = set()
    reached = {way.target for way in ways if way.dialog == machine.dialog.id}
    for source, edges in tries(machine).items():
        for number, edge in enumerate(edges):
            ended = _finishes(machine, source) and source in reached
            if ended or Step(machine.dialog.id, source, edge.target) in ways:
                entries = [_entry(one) for one in edges[: number + 1]]
                found.update(zip([source, *entries], [*entries, edge.target], strict=True))
    return frozenset(found)


def _entry(edge: Edge) -> str:
    return f"if {edge.target}" if edge.guarded else edge.target


def _finishes(machine: DialogMachine, state: str) -> bool:
    """The engine ends at this `finish` and takes no further move: no texts follow the result."""
    return state in machine.items and machine.items[state].kind is Kind.FINISH and not is_followed(machine, state)
