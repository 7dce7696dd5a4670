"""`steady test`: the moderators' chats and cases."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.options import Scripts, settings_for
from bot.places import Places, find_places

if TYPE_CHECKING:
    from bot.authoring.suite import Suite


def run_chats(
    files: Annotated[list[str] | None, typer.Argument(help="Only files whose names hold this word.")] = None,
    *,
    update: Annotated[bool, typer.Option("--update", help="Record anew what parents see; claims stay.")] = False,
    uncovered: Annotated[
        bool, typer.Option("--uncovered", help="Show what no chat goes through, and chats for it to copy.")
    ] = False,
    scripts: Scripts = None,
) -> None:
    """Run the chats in tests/conversations/ and say which do not come out as they claim or show something else."""
    from bot.app import script_folder
    from bot.authoring.check import check_folder
    from bot.authoring.searches import searches_to_mend
    from bot.authoring.suite import record, run_suite
    from bot.authoring.suite_report import covered_in_a_line, summary

    settings = settings_for(scripts=scripts)
    checked = check_folder(script_folder(settings))
    if checked.problems:
        typer.echo(checked.as_text())
        raise typer.Exit(1)
    places = find_places(settings.scripts)
    suite = run_suite(places, files or ())
    if update:
        typer.echo(f"Recorded anew: {record(places, suite)}. Read the changes: git diff tests/conversations")
        suite = run_suite(places, files or ())
    to_mend = [*suite.to_mend(), *(() if files else [*cases_to_mend(places), *searches_to_mend(places)])]
    for one in to_mend:
        typer.echo(f"{one}\n")
    typer.echo(summary(suite))
    if any(chat.difference for chat in suite.failed):
        typer.echo("Is what is shown now (+) meant? Then record it: steady test --update")
    if suite.whole:
        typer.echo(covered_in_a_line(suite))
    if uncovered:
        _show_uncovered(places, suite)
    if to_mend:
        raise typer.Exit(1)


def cases_to_mend(places: Places) -> list[str]:
    """The files of cases that do not come out as expected, with what `steady simulate` says of them."""
    from bot.authoring.suite import find_cases, run_cases

    found: list[str] = []
    for path in find_cases(places):
        passed, lines = run_cases(places, path)
        typer.echo(f"{_shown(path)}: {'as expected' if passed else 'not as expected'}")
        if not passed:
            found.append("\n".join(lines))
    return found


def _shown(path: Path) -> str:
    return "/".join(path.parts[-2:])


def _show_uncovered(places: Places, suite: Suite) -> None:
    from bot.authoring.suite import suggestions
    from bot.authoring.suite_report import suggested, uncovered_lines

    typer.echo("")
    for line in (*uncovered_lines(suite.uncovered), *suggested(suggestions(places, suite))):
        typer.echo(line)
