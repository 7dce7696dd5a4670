"""The buttons that can be pressed now, under the names by which a line can press them."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_lowercase

from bot.service.message_json import Shown
from bot.talk.effects import Button, Document, Say
from bot.talk.events import Pressed


@dataclass(frozen=True, slots=True)
class NamedButtons:
    """The buttons of one message and their names, which are numbers, or letters where a number is an answer."""

    turn: int
    question: str
    buttons: tuple[Button, ...]
    names: tuple[str, ...]

    @property
    def lettered(self) -> bool:
        """Whether a typed number means something else here."""
        return self.names[0] == ascii_lowercase[0]

    def rows(self) -> tuple[tuple[str, Button], ...]:
        """Each button with its name."""
        return tuple(zip(self.names, self.buttons, strict=True))


class LiveButtons:
    """The buttons of all messages of the latest turn."""

    def __init__(self) -> None:
        self._shown: list[NamedButtons] = []

    def show(self, message: Shown, *, lettered: bool = False) -> NamedButtons | None:
        """Take up the buttons of a message that is being shown; None where it has none."""
        if isinstance(message, Say | Document) or not message.buttons:
            return None
        if self._shown and self._shown[-1].turn != message.turn:
            self._shown = []
        others = [one for one in self._shown if one.question != message.question]
        before = next((one.names for one in self._shown if one.question == message.question), ())
        if len(before) == len(message.buttons):
            names = before
        elif lettered:
            names = tuple(ascii_lowercase[: len(message.buttons)])
        else:
            free = 1 + max((int(name) for one in others for name in one.names if name.isdecimal()), default=0)
            names = tuple(str(free + place) for place in range(len(message.buttons)))
        new = NamedButtons(message.turn, message.question, message.buttons, names)
        self._shown = [*others, new]
        return new

    def pressed(self, line: str) -> Pressed | None:
        """The button that a line names, where the conversation could not tell.

        Where one message is numbered, the line stays a text: what a typed number or label means is for the
        conversation to say.
        """
        lettered = [one for one in self._shown if one.lettered]
        if len(self._shown) < 2 and not lettered:
            return None
        said = line.strip().casefold()
        for one in self._shown:
            for name, button in one.rows():
                named = said == name and (one.lettered or not lettered)
                if named or (len(self._shown) > 1 and said == button.text.casefold()):
                    return Pressed(one.turn, one.question, button.option)
        return None
