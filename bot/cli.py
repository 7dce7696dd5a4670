"""The command `steady`: options in, lines out; all work is done below. Groups of commands stand in `bot.commands`.

Each command imports what it needs when it runs: the quick ones, such as `steady health`, do not wait for the others.
"""

from __future__ import annotations

import io
import sys
from datetime import datetime
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Annotated

import typer

from bot.commands import (
    authors,
    chats,
    comparing,
    counting,
    drawing,
    explaining,
    lookup,
    operators,
    publishing,
    ready,
    reviewing,
    running,
    signing,
)
from bot.commands.options import PLAIN_ERRORS, Database, Scripts, settings_for
from bot.errors import SteadyError

app = typer.Typer(
    help="Steady: a guide for parents of a baby who trembles, twitches, or feels stiff or floppy.",
    no_args_is_help=True,
    add_completion=False,
    **PLAIN_ERRORS,
)
db = typer.Typer(help="Look into the database; nothing can be changed.", no_args_is_help=True, **PLAIN_ERRORS)
app.add_typer(db, name="db")
app.command()(running.run)
app.command()(running.health)
app.command()(authors.check)
app.command()(authors.simulate)
app.command()(drawing.draw)
app.command()(operators.pause)
app.command()(counting.funnel)
app.command("test")(chats.run_chats)
app.command()(lookup.find)
app.command()(lookup.rule)
app.command()(explaining.explain)
app.command()(ready.ready)
app.command()(signing.approve)
app.command("open-questions")(signing.open_questions)
app.command()(comparing.diff)
app.command()(publishing.publish)
app.command()(publishing.versions)
app.command()(reviewing.document)


def read_moment(text: str) -> datetime:
    """A day, which begins at noon here, or a day with a time; in the time zone of this machine."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"'{text}' is no date. Write it like 2026-03-14 or 2026-03-14T21:30.") from None
    return moment if "T" in text else moment.replace(hour=12)


@app.command()
def chat(
    *,
    plain: Annotated[bool, typer.Option("--plain", help="Plain text, as when the chat is piped.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show facts, flags and position after each turn.")] = False,
    date: Annotated[
        datetime | None,
        typer.Option(parser=read_moment, metavar="YYYY-MM-DD[THH:MM]", help="Begin at this moment, or at noon."),
    ] = None,
    language: Annotated[str | None, typer.Option(help="The language of the parent, such as de or pt-BR.")] = None,
    parent: Annotated[str, typer.Option(help="Which of several parents in this terminal.")] = "terminal",
    new: Annotated[bool, typer.Option("--new", help="Delete all about this parent first, and begin anew.")] = False,
    facts: Annotated[
        list[str] | None,
        typer.Option(metavar="FACTS", help="Begin with what is known: 'age=2 months, temperature_c=38.2'."),
    ] = None,
    dialog: Annotated[str | None, typer.Option(help="Begin in this dialog, as if from the menu.")] = None,
    record: Annotated[Path | None, typer.Option(help="Save the chat at the end of this file, as a test.")] = None,
    reload: Annotated[
        bool | None, typer.Option(help="Read the dialogs anew when one is saved; usual where somebody types.")
    ] = None,
    database: Database = None,
    scripts: Scripts = None,
) -> None:
    """Talk to Steady in this terminal, as a parent would."""
    from bot import app as steady
    from bot.authoring.author_chat import AuthorOptions

    author = AuthorOptions(facts or (), dialog, record, reload)
    options = steady.ChatOptions(plain, explain, date, language, parent, new, author)
    steady.chat(settings_for(database, scripts), options)


@app.command()
def version() -> None:
    """Say which version this is."""
    typer.echo(installed_version("steady-bot"))


@db.command("query")
def db_query(sql: Annotated[str, typer.Argument(help="One SELECT.")], *, database: Database = None) -> None:
    """Ask the database; columns are parted by tabs."""
    from bot import app as steady

    result = steady.query(settings_for(database, None), sql)
    for row in (result.columns, *result.rows):
        typer.echo("\t".join(_cell(value) for value in row))
    if not result.complete:
        typer.echo(f"There are more rows than these {len(result.rows)}.", err=True)


@db.command("schema")
def db_schema(*, database: Database = None) -> None:
    """Show the statements that made the tables."""
    from bot import app as steady

    for statement in steady.schema(settings_for(database, None)):
        typer.echo(f"{statement};")


def main() -> None:
    """The console script: errors for people in plain lines, and the exit status that each of them has."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Not every terminal has every letter, and not every pipe sends text.
            stream.reconfigure(errors="replace")
    try:
        app()
    except SteadyError as error:
        typer.echo(str(error), err=True)
        sys.exit(error.exit_status)


def _cell(value: object) -> str:
    """A value on one line of a table."""
    from bot.channels.page import printable

    text = "" if value is None else str(value)
    return printable(text.replace("\t", " ").replace("\n", " "))
