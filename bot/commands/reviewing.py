"""`steady document`: everything that parents read and every rule, for a clinician to read and sign."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.options import Database, Scripts, settings_for
from bot.errors import SteadyError
from bot.places import find_places

if TYPE_CHECKING:
    from bot.authoring.document.build import Since
    from bot.settings import Settings

Pdf = Annotated[bool, typer.Option("--pdf", help="As pages with the diagrams; needs the extras 'document' and 'draw'.")]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Write here; without it Markdown is printed, and a PDF gets a name."),
]
From = Annotated[
    str | None,
    typer.Option("--since", help="What changed since this folder, version or git revision; else since the published."),
]
Day = Annotated[
    datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="The day on the first page; else today.")
]


def document(
    *,
    pdf: Pdf = False,
    output: Output = None,
    since: From = None,
    day: Day = None,
    database: Database = None,
    scripts: Scripts = None,
) -> None:
    """Write the one document that a clinician can sign: rules, questions, texts with numbers, sources."""
    from bot.authoring.document.as_pdf import DocumentError
    from bot.authoring.document.write import written

    settings = settings_for(database, scripts)
    today = date.today() if day is None else day.date()  # noqa: DTZ011 - the day of whoever prints it
    content, name = written(find_places(settings.scripts), today=today, pdf=pdf, since=_since(settings, since))
    target = output or (Path(name) if pdf else None)
    if target is None:
        typer.echo(content.decode(), nl=False)
        return
    try:
        target.write_bytes(content)
    except OSError as error:
        what = f"nothing can be written here: {error.strerror}."
        raise DocumentError(what, where=str(target), cure="Name another file in --output.") from None
    typer.echo(f"Written: {target}")


def _since(settings: Settings, name: str | None) -> Since | None:
    """What is different from the named version, or from the one that parents see now; None before the first."""
    from bot.authoring.changes.versions import Library, compared
    from bot.authoring.document.build import Since

    library = Library(find_places(settings.scripts), settings.database, settings.key_file)
    if name is None:
        if not settings.database.is_file():
            return None
        try:
            before, note = library.current()
        except SteadyError as error:
            # Nobody asked for the comparison, so its lack holds up nothing.
            typer.echo(f"Not compared with what parents see now: {error}", err=True)
            return None
        if note:
            return None
    else:
        before = library.find(name)
    return Since(before.name, compared(before, library.edited))
