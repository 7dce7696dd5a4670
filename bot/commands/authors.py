"""What moderators run: check the dialogs and the content, play files of cases."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot.commands import proving
from bot.commands.options import AsJson, Scripts, settings_for

Documents = Annotated[
    Path | None,
    typer.Option("--documents", metavar="DIR", help="Look up every citation in the documents of this folder."),
]


def check(
    *,
    scripts: Scripts = None,
    json: AsJson = False,
    prove: proving.Prove = False,
    save_counterexample: proving.SaveCounterexample = None,
    mutate: proving.Mutate = False,
    mutants: proving.Mutants = None,
    seal: proving.SealBy = None,
    documents: Documents = None,
) -> None:
    """Look for problems in the dialogs and the content; the exit status is 1 where there is one."""
    from bot.app import script_folder
    from bot.authoring.check import check_folder

    settings = settings_for(scripts=scripts)
    folder = script_folder(settings)
    checked = check_folder(folder)
    coverage = None
    if documents is not None and not checked.problems:
        from bot.authoring.documents.coverage import cover
        from bot.script.load import look_at

        coverage = cover(look_at(folder), documents)
    if json:
        typer.echo(checked.as_json({} if coverage is None else {"documents": coverage.as_data()}))
    else:
        typer.echo(checked.as_text())
        if coverage is not None:
            typer.echo(f"\n{coverage.as_text()}")
    if checked.problems or (coverage is not None and not coverage.good):
        raise typer.Exit(1)
    wishes = proving.Wishes(
        prove or save_counterexample is not None,
        save_counterexample,
        mutate or mutants is not None,
        mutants,
        seal,
    )
    if not proving.done(settings, wishes, as_json=json):
        raise typer.Exit(1)


def simulate(
    cases: Annotated[Path, typer.Argument(help="A file of cases, such as tests/conversations/cases/fever.yaml.")],
    *,
    json: Annotated[Path | None, typer.Option(help="Write the results here, one object a line; - is stdout.")] = None,
    only: Annotated[list[str] | None, typer.Option(help="Play this case alone; may be given several times.")] = None,
    scripts: Scripts = None,
) -> None:
    """Play a file of cases as made-up parents, and say which come out as expected."""
    from bot.app import simulate_cases

    # With the results on stdout, the lines for people are out of their way.
    say = partial(typer.echo, err=json == Path("-"))
    passed = simulate_cases(settings_for(None, scripts), cases, only=only or [], results=json, say=say)
    raise typer.Exit(0 if passed else 1)
