"""`steady ready`: the one command of the day."""

from __future__ import annotations

import typer

from bot.commands.options import Scripts, settings_for
from bot.places import find_places


def ready(*, scripts: Scripts = None) -> None:
    """Check and prove the dialogs, run all chats and cases; ends with "Ready", or with what is to be mended.

    What changes for parents is told as well, and is nothing to mend. See all of it: steady diff
    """
    from bot.authoring.changes.against_now import against_now
    from bot.authoring.changes.versions import Library
    from bot.authoring.ready import look, verdict

    settings = settings_for(scripts=scripts)
    places = find_places(settings.scripts)
    to_mend: list[str] = []
    for stage, found in look(places):
        typer.echo(f"{stage.name}: {f'{len(found)} to mend' if found else 'good'}")
        to_mend += found
        if stage.needed and not found:
            typer.echo(f"Changes for parents: {against_now(Library(places, settings.database, settings.key_file))}")
    for one in to_mend:
        typer.echo(f"\n{one}")
    typer.echo(f"\n{verdict(to_mend)}")
    if to_mend:
        raise typer.Exit(1)
