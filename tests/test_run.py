"""`steady run`, the real process against the fake Telegram: whole chats, by polling and by webhook."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.answering import Answering
from tests.fake_telegram import FakeTelegram
from tests.steady_process import BY_WEBHOOK, POLLING, Steady


@pytest_asyncio.fixture(params=[POLLING, BY_WEBHOOK])
async def steady(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Steady]:
    async with FakeTelegram() as telegram, Steady(telegram, tmp_path, way=request.param) as running:
        yield running


FLOWS = {
    "over": {"child.birth_date": "5 months"},
}


@pytest.mark.parametrize("entry", FLOWS)
async def test_a_whole_chat_ends_at_the_menu_and_nothing_was_refused(steady: Steady, entry: str) -> None:
    family = Answering(steady, typed=FLOWS[entry])

    await family.chats(entry)

    assert steady.telegram.refused == []
    assert await steady.stop() == 0
