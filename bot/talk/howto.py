"""The step of a how-to that the parent has reached."""

from __future__ import annotations

from bot.talk.session import Pending
from bot.talk.turn import Turn
from bot.talk.waiting import steps_meaning


def say_always(turn: Turn, topic: str) -> None:
    """Say what goes with every showing of a how-to and with every answer to such a request (rules.md section 5)."""
    lines = [turn.voice.say(one.text) for one in turn.script.book.always_said if topic in one.topics]
    if lines:
        turn.say("\n\n".join(lines))


def show_step(turn: Turn, key: str, howto: str) -> None:
    """Show the step of a how-to that the parent has reached."""
    one = turn.script.howtos[howto]
    before = turn.session.prompt
    if before is None or before.pending is not Pending.STEP or before.data.get("howto") != howto:
        say_always(turn, one.gate)
    steps = one.steps_for(turn.moment.gate_state(one.gate).result)
    number = min(turn.check.steps.get(key, 0), len(steps) - 1)
    title = turn.phrase("step", number=str(number + 1), total=str(len(steps)))
    buttons = [turn.button("done" if number + 1 == len(steps) else "next", option="next")]
    if number > 0:
        buttons.append(turn.button("back", option="step_back"))
    buttons += [turn.button("stop"), turn.button("something_wrong", danger=True)]
    turn.ask(
        Pending.STEP,
        f"howto.{howto}",
        f"{one.title}. {title}\n\n{turn.voice.say(steps[number].text)}",
        buttons,
        key=key,
        howto=howto,
        meaning=steps_meaning(one),
        last=number + 1 == len(steps),
        number=number,
    )
