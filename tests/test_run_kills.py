"""A process that is killed at any moment of a whole chat loses nothing and counts nothing twice.

`STEADY_KILLS` says how many kills there are for polling and for the webhook each; more of them reach more moments.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.kills import sweep
from tests.steady_process import BY_WEBHOOK, POLLING

KILLS = int(os.environ.get("STEADY_KILLS", "24"))


@pytest.mark.parametrize("way", [POLLING, BY_WEBHOOK])
async def test_a_process_that_is_killed_anywhere_in_a_chat_loses_nothing(way: str, tmp_path: Path) -> None:
    done, _, _ = await sweep(way, KILLS, tmp_path)

    assert done.total() >= KILLS
    assert {"before a commit", "after a commit"} <= set(done)
    assert {what.partition(":")[0] for what in done} >= {"before a call", "after a call"}
