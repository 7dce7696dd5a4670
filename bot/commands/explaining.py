"""`steady explain`: where a sentence comes from, and why it was said."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from bot.commands.options import Database, Scripts, settings_for
from bot.places import find_places

Name = Annotated[
    str | None,
    typer.Argument(
        metavar="ID",
        help="A rule (F-01), a text (outcomes.levels.soon), a passage (U-12), an article, a place (S-012, tremor:12), "
        "or a message by its number (1234).",
    ),
]
TextOption = Annotated[
    str | None, typer.Option("--text", help="What a parent read, pasted; - reads it from the keyboard or a file.")
]
VersionOption = Annotated[
    str | None, typer.Option("--version", help="Explain from a published version, a folder or a git revision.")
]


def explain(
    name: Name = None,
    *,
    text: TextOption = None,
    version: VersionOption = None,
    database: Database = None,
    scripts: Scripts = None,
) -> None:
    """Say where a sentence comes from and why it is said; the exit status is 1 where nobody knows it."""
    from bot.authoring.changes.versions import Library
    from bot.authoring.explain.desk import Desk

    settings = settings_for(database, scripts)
    desk = Desk(Library(find_places(settings.scripts), settings.database, settings.key_file))
    if name is None and text is None:
        text = "-"
    pasted = sys.stdin.read() if text == "-" else text
    for line in desk.text(pasted, version) if pasted is not None else desk.name(name or "", version):
        typer.echo(line)
