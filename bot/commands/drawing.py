"""`steady draw`: options in, pictures out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.authoring.draw_format import Format
from bot.commands.options import Scripts, settings_for
from bot.places import Places, find_places

if TYPE_CHECKING:
    from bot.authoring.draw_walked import Walked
    from bot.script.script import Script


def draw(
    dialogs: Annotated[
        list[str] | None, typer.Argument(help="Which dialogs, such as fever_screen; 'whole' is how they hang together.")
    ] = None,
    *,
    format: Annotated[Format, typer.Option(help="SVG and PNG need the extra 'draw'.")] = Format.MERMAID,  # noqa: A002
    out: Annotated[
        Path | None, typer.Option(help="Write into this folder. One dialog alone is printed, but not as PNG.")
    ] = None,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Run all golden chats, and dash what none of them goes through.")
    ] = False,
    scripts: Scripts = None,
) -> None:
    """Draw what leads where: a dialog, or all of them into the folder pictures/ with a page that shows them."""
    from bot.app import load_script
    from bot.authoring.draw import DrawOptions
    from bot.authoring.draw import draw as draw_pictures

    settings = settings_for(scripts=scripts)
    script = load_script(settings)
    walked = _walked(script, find_places(settings.scripts)) if coverage else None
    typer.echo(draw_pictures(script, DrawOptions(tuple(dialogs or ()), format, out), walked), nl=False)


def _walked(script: Script, places: Places) -> Walked:
    from bot.authoring.draw_walked import conversations_of, walk

    conversations = conversations_of(script, places)
    typer.echo(f"Running {len(conversations)} golden chats; this takes some minutes.", err=True)
    return walk(script, conversations)
