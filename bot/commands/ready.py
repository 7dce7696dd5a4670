"""`steady ready`: the one command of the day."""

from __future__ import annotations

import typer

from bot.commands.options import Scripts, settings_for
from bot.places import find_places


def ready(*, scripts: Scripts = None) -> None:
    """Check and prove the dialogs, run all chats and cases; ends with "Ready", or with what is to be mended."""
    from bot.authoring.ready import look, verdict

    to_mend: list[str] = []
    for stage, found in look(find_places(settings_for(scripts=scripts).scripts)):
        typer.echo(f"{stage.name}: {f'{len(found)} to mend' if found else 'good'}")
        to_mend += found
    for one in to_mend:
        typer.echo(f"\n{one}")
    typer.echo(f"\n{verdict(to_mend)}")
    if to_mend:
        raise typer.Exit(1)
