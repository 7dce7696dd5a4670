"""What operators run beside a bot: close a dialog for parents, open it again."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Annotated

import typer

from bot.commands.options import Database, Scripts, settings_for
from bot.commands.user import user
from bot.places import find_places


def pause(
    dialog: Annotated[
        str | None, typer.Argument(help="The dialog, such as massage; without one all are listed.")
    ] = None,
    *,
    off: Annotated[bool, typer.Option("--off", help="Open it again.")] = False,
    by: Annotated[str | None, typer.Option(help="Who does it, for the audit trail; else the user's name.")] = None,
    database: Database = None,
    scripts: Scripts = None,
) -> None:
    """Close a dialog for parents at once, also in a running bot; danger signs and the emergency number stay open."""
    from bot.service import pausing
    from bot.store.key import load_key
    from bot.store.visit import read_once, write_once

    settings = settings_for(database, scripts)
    key = load_key(settings.key_file)
    if dialog is None:
        closed = read_once(settings.database, key, pausing.paused)
        for one in closed:
            typer.echo(f"{one.dialog}: closed since {one.since:%Y-%m-%d %H:%M} UTC by {one.by}")
        if not closed:
            typer.echo("No dialog is closed.")
        return
    who, now = by or user(), datetime.now(UTC)
    if off:
        opened = write_once(settings.database, key, partial(pausing.open_again, dialog=dialog, by=who, at=now))
        typer.echo(f"{dialog}: {'open for parents again' if opened else 'was not closed'}.")
        return
    known = {file.stem for file in find_places(settings.scripts).dialogs.glob("*.yaml")}
    # What parents see may have a dialog that the folder has no more.
    known |= read_once(settings.database, key, pausing.published_dialogs)
    closed_now = write_once(settings.database, key, partial(pausing.pause, dialog=dialog, known=known, by=who, at=now))
    state = "closed for parents now" if closed_now else "was closed before"
    typer.echo(f"{dialog}: {state}. Open it again with: steady pause {dialog} --off")
