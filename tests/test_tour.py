"""The tour: what the command prints is what is committed, and it shows what a reader is promised."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from bot.authoring.golden import engine, everyone
from bot.authoring.tour import FILE, tour
from bot.facts.level import Level

CHECKOUT = Path(__file__).parent.parent


@cache
def page() -> str:
    """What `python -m bot.authoring.tour` prints."""
    return tour(engine().script, everyone())


def test_the_tour_is_what_the_command_prints() -> None:
    """After a change for parents: python -m bot.authoring.tour > docs/tour.md."""
    assert (CHECKOUT / "docs" / "tour.md").read_text(encoding="utf-8") == page()


def test_the_tour_says_what_it_is() -> None:
    assert "python -m bot.authoring.tour" in page()
    assert "No clinician has reviewed these texts." in page()


def test_the_tour_goes_through_every_flow_and_four_levels() -> None:
    chats = [one for one in everyone() if one.conversation.place.file == FILE]
    flows = {dialog.title for dialog in engine().script.dialogs.values() if not dialog.part}

    assert {one.result.level for one in chats} >= {Level.EMERGENCY, Level.URGENT, Level.SOON, Level.REASSURE}
    assert {title for title in flows if f"*{title}, " in page()} == flows
    assert "Do you agree" in page()
    assert "Step 14 of 14" in page()


def test_the_tour_counts_the_taps_of_every_flow() -> None:
    rows = re.findall(r"^\| (.+?) \| +(\d+) \| +([\d.]+) \| +(\d+) \|", page(), flags=re.MULTILINE)

    flows = {dialog.title for dialog in engine().script.dialogs.values() if not dialog.part}
    assert {row[0] for row in rows} == flows
    assert all(float(median) <= int(worst) for _, _, median, worst in rows)
