"""What `steady funnel` was asked for, picked out of the counters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.authoring.funnel.funnel import funnels, too_few
from bot.authoring.funnel.report import Report
from bot.errors import SteadyError
from bot.script.problems import did_you_mean
from bot.script.script import Script
from bot.store.rows import StepCount


class NotCountedError(SteadyError):
    """There are no counters of what was asked for."""


def read_report(
    script: Script,
    counts: Sequence[StepCount],
    first: date,
    until: date,
    *,
    dialog: str | None = None,
    version: str | None = None,
) -> Report:
    """The report of one dialog or all, of one version (by the beginning of its hash) or all of them.

    Raises NotCountedError for a dialog that is not there, and a version that nobody was counted in.
    """
    flows = [one.id for one in script.dialogs.values() if not one.part]
    if dialog is not None and dialog not in flows:
        raise NotCountedError(
            f"there is no dialog '{dialog}'.", where="steady funnel", cure=did_you_mean(dialog, flows)
        )
    versions = tuple(dict.fromkeys(one.version for one in counts))
    wanted = tuple(one for one in versions if one.startswith(version or ""))
    if version is not None and not wanted:
        known = ", ".join(one[:12] for one in versions) or "none"
        raise NotCountedError(f"no version begins with '{version}'.", where="--version", cure=f"Counted were: {known}.")
    chosen = [one for one in counts if one.version in wanted and dialog in (None, one.dialog)]
    found = funnels(script, chosen)
    few = too_few(script, found)
    return Report(first, until, wanted, found, few if dialog is None else tuple(one for one in few if one == dialog))
