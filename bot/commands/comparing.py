"""`steady diff`: what changes for a parent."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from bot.commands.options import AsJson, Database, Scripts, settings_for
from bot.places import find_places

Old = Annotated[
    str | None,
    typer.Argument(help="A folder, a published version, or a git revision; without it, what parents see now."),
]
New = Annotated[str | None, typer.Argument(help="The same; without it, the folder with the dialogs.")]
NoChats = Annotated[bool, typer.Option("--no-chats", help="Play no chats and cases; it takes seconds then.")]


def diff(
    old: Old = None,
    new: New = None,
    *,
    json: AsJson = False,
    no_chats: NoChats = False,
    database: Database = None,
    scripts: Scripts = None,
) -> None:
    """Say in words what changes for a parent, and whether it is wording, stricter, looser or structural.

    The exit status is 0 wherever both versions could be read, whatever differs. Where more than words differs, every
    chat and case beside the dialogs is played with both, which takes some minutes.
    """
    from bot.authoring.changes.levels import Played, with_levels
    from bot.authoring.changes.report import as_json, as_lines, level_lines
    from bot.authoring.changes.versions import Library, compared

    settings = settings_for(database, scripts)
    places = find_places(settings.scripts)
    library = Library(places, settings.database, settings.key_file)
    note = ""
    if old is None:
        before, note = library.current()
    else:
        before = library.find(old)
    after = library.edited if new is None else library.find(new)
    changes = compared(before, after)
    if not json:
        for line in (*([note] if note else []), f"From {before.name} to {after.name}.", *as_lines(changes)):
            typer.echo(line)
    played = Played()
    if not no_chats:
        changes, played = with_levels(changes, before.folder, after.folder, places, _progress)
    if json:
        typer.echo(as_json(changes, before.name, after.name))
        return
    for line in level_lines(changes, played) if not no_chats else ():
        typer.echo(line)


def _progress(done: int, of: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done} of {of} made-up parents {'' if done < of else chr(10)}")
        sys.stderr.flush()
