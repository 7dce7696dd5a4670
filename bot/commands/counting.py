"""`steady funnel`: where parents leave, from counters that lead to nobody."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.options import AsJson, Database, Scripts, settings_for
from bot.errors import SteadyError

if TYPE_CHECKING:
    from bot.authoring.funnel.report import Report


class FunnelError(SteadyError):
    """What was asked for cannot be shown."""


def funnel(
    dialog: Annotated[str | None, typer.Argument(help="One dialog, such as fever_screen; else all of them.")] = None,
    *,
    since: Annotated[str | None, typer.Option(help="The first day, such as 2026-11-01; else 90 days ago.")] = None,
    version: Annotated[str | None, typer.Option(help="One version, by the beginning of its name.")] = None,
    as_json: AsJson = False,
    chart: Annotated[
        Path | None, typer.Option(help="Draw one dialog into this file, as .svg or .png (extra 'draw').")
    ] = None,
    database: Database = None,
    scripts: Scripts = None,
) -> None:
    """Show where parents leave: for each question how many reached it, and how many left there."""
    from bot.app import load_script
    from bot.authoring.funnel.read import read_report
    from bot.authoring.funnel.report import as_json as print_json
    from bot.authoring.funnel.report import table
    from bot.store.key import load_key
    from bot.store.visit import read_once

    settings = settings_for(database, scripts)
    script = load_script(settings)
    today = datetime.now(UTC).date()
    first = _day(since, today)
    key = load_key(settings.key_file)
    counts = read_once(settings.database, key, lambda records: records.step_counts.between(first, today))
    report = read_report(script, counts, first, today, dialog=dialog, version=version)
    if chart is not None:
        _draw(report, chart)
    typer.echo(print_json(report) if as_json else table(report))


def _day(since: str | None, today: date) -> date:
    from bot.service.counting import COUNTED_FOR

    oldest = today - COUNTED_FOR
    if since is None:
        return oldest
    try:
        day = date.fromisoformat(since)
    except ValueError:
        raise FunnelError(f"'{since}' is no day.", where="--since", cure="Write such as 2026-11-01.") from None
    if day >= today:
        yesterday = today - timedelta(days=1)
        what = "only days that are over are counted."
        raise FunnelError(what, where="--since", cure=f"Take {yesterday} or an earlier day.")
    return max(day, oldest)


def _draw(report: Report, file: Path) -> None:
    from bot.authoring.funnel.chart import chart, chart_png

    if len(report.funnels) != 1:
        cure = "Name one: steady funnel DIALOG --chart FILE." if report.funnels else "Wait for more parents."
        raise FunnelError("a chart shows one dialog that at least 10 parents began.", where="--chart", cure=cure)
    [one] = report.funnels
    if file.suffix == ".png":
        file.write_bytes(chart_png(one, report.days))
    elif file.suffix == ".svg":
        file.write_text(chart(one, report.days), encoding="utf-8")
    else:
        raise FunnelError(f"'{file.name}' is neither .svg nor .png.", where="--chart", cure="Take one of both endings.")
    typer.echo(f"Drawn: {file}", err=True)
