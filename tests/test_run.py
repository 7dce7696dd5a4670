"""`steady run`, the real process against the fake Telegram, by polling and by webhook."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from pydantic import SecretStr

from bot.channels.telegram.errors import CrashError
from bot.channels.telegram.pick_up import Spoken
from bot.channels.telegram.run import Desk, Runner
from bot.places import find_places
from bot.script.load import load_places
from bot.settings import Settings
from bot.store.key import load_key
from bot.store.visit import read_once
from tests.answering import Answering, status
from tests.fake_telegram import TOKEN, FakeTelegram, drop, garbage, late, refuse
from tests.ingest import ingesting
from tests.kills import kept
from tests.steady_process import BY_WEBHOOK, POLLING, WEBHOOK, Steady, eventually, free_port

WAYS = [POLLING, BY_WEBHOOK]
FLOWS = {
    "over": {"child.birth_date": "5 months", "temperature.temperature_c": "36.9"},
    "fever": {"child.birth_date": "14 months", "temperature.temperature_c": "38.4"},
    "more/age": {"child.birth_date": "4 months"},
    "at_home/massage": {"child.birth_date": "5 months"},
    "tone": {"child.birth_date": "8 months"},
    "danger": {"child.birth_date": "8 months"},
}


@pytest_asyncio.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest_asyncio.fixture
async def steady(telegram: FakeTelegram, way: str, tmp_path: Path) -> AsyncIterator[Steady]:
    async with Steady(telegram, tmp_path, way=way, settings={"STEADY_LOG_LEVEL": "DEBUG"}) as running:
        yield running


def told_by(steady: Steady) -> str:
    """All that the process printed, without the times, in which any number may stand."""
    return re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+Z", "", steady.said)


async def test_families_in_all_flows_at_once_reach_their_end(steady: Steady) -> None:
    families = {
        entry: Answering(steady, 7_000_001 + number, typed=typed) for number, (entry, typed) in enumerate(FLOWS.items())
    }

    await asyncio.gather(*(family.chats(entry) for entry, family in families.items()))

    for entry, family in families.items():
        assert family.asked[:3] == ["consent", "country", "menu"], entry
        assert family.asked[-1] == "menu", entry
        assert len(family.asked) > 6, entry
        # Each question comes once, in its order: nobody has got a message of somebody else.
        turns = [one for one in family.asked if "." in one]
        assert len(turns) == len(set(turns)), entry
    assert steady.telegram.refused == []
    assert await steady.stop() == 0
    told = told_by(steady)
    assert steady.logged("started") == 1
    typed = {text for one in FLOWS.values() for text in one.values()}
    people = {str(family.parent.id) for family in families.values()}
    for secret in (*typed, *people, "Kenya", "Wanjiru", TOKEN, TOKEN.partition(":")[2]):
        assert secret not in told, secret
    for family in families.values():
        assert not any(text[:40] in told for text in family.parent.texts if len(text) > 20)


async def test_a_fever_of_38_2_at_2_months_is_one_message_with_the_number_to_call(steady: Steady) -> None:
    family = Answering(
        steady, typed={"child.birth_date": "2 months"}, chosen={"vaccination.temperature_method": "rectal"}
    )
    await family.starts("fever")
    await family.answers(until="temperature.temperature_c")
    before = len(family.parent.messages)
    family.parent.writes("38.2")
    await family.is_asked()

    first = family.parent.messages[before]
    assert first.text.startswith("Go to the hospital emergency department now.")
    assert "Call 999" in first.text
    assert len(first.text) <= 400
    assert not first.silent


async def test_what_comes_twice_and_what_is_old_or_made_up_gets_one_kind_answer(steady: Steady) -> None:
    telegram = steady.telegram
    family, other = (Answering(steady, 7_000_001 + number, typed=FLOWS["over"]) for number in range(2))
    await family.starts("over")
    old = family.shown[-1]
    data = old.rows[-1][0]["callback_data"]
    family.answer()
    await family.is_asked()

    # A double tap: the same button twice, and one of these updates comes again.
    question, shown = family.question, len(family.parent.messages)
    first = family.press("none")
    second = family.press("none")
    await family.is_asked()
    await telegram.until_confirmed(second)
    telegram.updates.offer_again(first)
    await telegram.until_confirmed(first)
    await family.parent.sees("That button belongs to an older message")
    assert family.question != question

    for made_up in ("999999|danger_signs.danger_signs|none", "'; DROP TABLE parents; --", "0||", "ü" * 30):
        number = family.parent.presses(message=old, data=made_up)
        await telegram.until_confirmed(number)
        await family.parent.sees("That button belongs to an older message")
    await other.starts("over")
    for _ in range(2):
        other.answer()
        await other.is_asked()
    telegram.pass_time(7 * 24 * 3600)
    number = family.parent.presses(message=old, data=data)
    await telegram.until_confirmed(number)

    assert await steady.stop() == 0
    texts = family.parent.texts[shown:]
    # One for the second tap, four for what was made up, one for last week's button; none for what came again.
    assert sum("That button belongs to an older message" in text for text in texts) in (5, 6)
    data, config = (Path(steady.env[name]) for name in ("STEADY_DATA_DIR", "STEADY_CONFIG_DIR"))
    look = partial(read_once, data / "steady.db", load_key(config / "steady.key"))
    stored = look(partial(kept, person=family.parent.id))
    # As of a parent who has pressed each button once.
    assert stored == look(partial(kept, person=other.parent.id))
    assert stored[1] > 0


async def test_a_stop_lets_what_is_due_leave_first(steady: Steady) -> None:
    telegram = steady.telegram
    parent = telegram.parent()
    held = asyncio.Event()
    telegram.meddle("sendMessage", late(held))
    parent.writes("/start")
    await telegram.until(lambda: telegram.calls_of("sendMessage"))
    steady.signal(signal.SIGTERM)
    await steady.until_logged("stopping")
    held.set()

    assert await steady.wait() == 0
    assert parent.messages[-1].text.startswith("Hello.")
    assert steady.logged("stopped") == 1


async def test_what_was_not_sent_before_a_kill_is_sent_after_the_next_start(steady: Steady) -> None:
    telegram = steady.telegram
    parent = telegram.parent()
    telegram.meddle("sendMessage", late(asyncio.Event()))
    parent.writes("/start")
    await telegram.until(lambda: telegram.calls_of("sendMessage"))
    await steady.kill()
    await steady.start()
    await parent.sees("Hello.")


async def test_health_and_metrics_are_told_on_an_address_of_their_own(steady: Steady, way: str) -> None:
    steady.telegram.parent().writes("/start")
    await steady.telegram.until(lambda: steady.telegram.calls_of("sendMessage"))
    told = await status(steady)
    assert told is not None
    assert (told["status"], told["telegram"]) == ("ok", "reached")
    async with aiohttp.ClientSession() as session:
        async with session.get(f"http://127.0.0.1:{steady.status_port}/metrics") as answer:
            text = await answer.text()
        assert "steady_up 1\n" in text
        assert 'steady_updates_total{what="done"} 1\n' in text
        if way == BY_WEBHOOK:
            for path in ("/health", "/metrics"):
                async with session.get(f"{steady.telegram.webhooks.proxy}{path}") as answer:
                    assert answer.status == 404
    assert await asyncio.to_thread(steady.command, "health") == (0, "ok, Telegram reached, 0 messages waiting\n", "")
    await steady.stop()
    code, _, error = await asyncio.to_thread(steady.command, "health")
    assert code == 1
    assert "no bot answers here" in error


async def test_the_webhook_takes_nothing_without_the_secret(telegram: FakeTelegram, tmp_path: Path) -> None:
    settings = {"STEADY_WEBHOOK_SECRET": "a-secret-of-16-letters"}
    async with Steady(telegram, tmp_path, way=BY_WEBHOOK, settings=settings) as steady:
        assert telegram.webhooks.secret == "a-secret-of-16-letters"
        hooks = telegram.webhooks
        update = {"update_id": 5, "message": telegram.parent().message(telegram.parent().chat, text="Hi")}
        assert await hooks.post(update, **{"X-Telegram-Bot-Api-Secret-Token": "a-secret-of-16-letterS"}) == 403
        assert await hooks.post(update, **{"X-Telegram-Bot-Api-Secret-Token": ""}) == 403
        assert await hooks.post({**update, "more": "x" * 1_100_000}) == 413
        assert await hooks.post({"no": "update"}) == 200
        assert hooks.proxy is not None
        async with aiohttp.ClientSession(headers={"X-Telegram-Bot-Api-Secret-Token": str(hooks.secret)}) as session:
            async with session.post(f"{hooks.proxy}/telegram", data=b"{") as answer:
                assert answer.status == 200
            async with session.post(f"{hooks.proxy}/", json=update) as answer:
                assert answer.status == 404
            async with session.get(f"{hooks.proxy}/telegram") as answer:
                assert answer.status == 405
        assert telegram.calls_of("sendMessage") == []
        assert await hooks.post(update) == 200
        await telegram.until(lambda: telegram.calls_of("sendMessage"))
        assert "a-secret-of-16-letters" not in steady.said


async def test_the_start_says_how_the_bot_runs_and_what_is_not_set(steady: Steady, way: str) -> None:
    first = steady.stdout[0]
    assert "@steady_test_bot" in first
    assert ("by polling" if way == POLLING else f"by webhook {WEBHOOK}") in first
    assert "a test version that no doctor has checked" in steady.said
    assert "STEADY_ALERT_CHAT is not set" in steady.said
    assert TOKEN not in steady.said
    for line in steady.logs:
        assert json.dumps(line).isascii()


async def test_an_alert_chat_without_the_bot_is_told_at_the_start(telegram: FakeTelegram, tmp_path: Path) -> None:
    async with Steady(telegram, tmp_path, settings={"STEADY_ALERT_CHAT": "-5"}) as steady:
        assert "CANNOT be sent: the bot is not in the chat of STEADY_ALERT_CHAT" in steady.said
        assert steady.logged("alert_chat_unreachable") == 1
        await steady.stop()
        telegram.group(-5)
        await steady.start()
        assert "Alerts:  go to the chat of STEADY_ALERT_CHAT." in steady.stdout
        assert steady.logged("alert_chat_unreachable") == 1


async def fails_to_start(
    telegram: FakeTelegram, folder: Path, *, cold: bool = False, **settings: str
) -> tuple[int, str]:
    """The exit status and the last line of a bot that cannot start."""
    steady = Steady(telegram, folder, cold=cold, settings=settings)
    await steady.start(ready=False)
    code = await steady.wait()
    assert not any("Traceback" in line for line in steady.stderr)
    return code, steady.stderr[-1]


async def test_without_a_token_one_line_says_what_to_do(telegram: FakeTelegram, tmp_path: Path) -> None:
    code, line = await fails_to_start(telegram, tmp_path, cold=True, STEADY_TELEGRAM_TOKEN="")
    assert code == 78
    assert line.startswith("STEADY_TELEGRAM_TOKEN: there is no token")
    assert "@BotFather" in line


async def test_a_revoked_token_ends_the_start(telegram: FakeTelegram, tmp_path: Path) -> None:
    telegram.revoked = True
    code, line = await fails_to_start(telegram, tmp_path)
    assert code == 78
    assert line.startswith("STEADY_TELEGRAM_TOKEN: Telegram does not take this token")
    assert TOKEN not in line


async def test_an_address_that_is_taken_ends_the_start(telegram: FakeTelegram, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        address = f"127.0.0.1:{other.getsockname()[1]}"
        code, line = await fails_to_start(telegram, tmp_path, STEADY_STATUS_LISTEN=address)
    assert code == 78
    assert line.startswith(f"STEADY_STATUS_LISTEN: nothing can listen on {address}")


async def test_a_webhook_that_telegram_refuses_ends_the_start(telegram: FakeTelegram, tmp_path: Path) -> None:
    code, line = await fails_to_start(telegram, tmp_path, STEADY_WEBHOOK_URL="https://steady.example:5000/telegram",
                                      STEADY_WEBHOOK_LISTEN=f"127.0.0.1:{free_port()}")  # fmt: skip
    assert code == 78
    assert line.startswith("STEADY_WEBHOOK_URL: Telegram does not take this address: ")


async def test_a_mistake_of_our_own_is_told_without_its_words(
    telegram: FakeTelegram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with ingesting(tmp_path) as ingest:
        settings = Settings(telegram_token=SecretStr(TOKEN), telegram_api=telegram.url)
        script = load_places(find_places().dialogs, find_places().content)
        spoken = Spoken(script, "")
        desk = Desk(
            settings, spoken, lambda: None, ingest.service, ingest.writer, lambda: datetime.now(UTC), lambda *_: None
        )
        runner = Runner(desk)

        async def breaks(*_: object) -> None:
            raise ValueError("what a parent wrote")

        monkeypatch.setattr(runner._sender, "run", breaks)
        with pytest.raises(CrashError) as caught:
            await runner.run()
    assert "parent wrote" not in str(caught.value)


async def test_of_two_readers_of_the_same_bot_one_ends_with_one_line(telegram: FakeTelegram, tmp_path: Path) -> None:
    two = [Steady(telegram, tmp_path / name) for name in ("one", "other")]
    for one in two:
        one.folder.mkdir()
        await one.start()
    await eventually(lambda: any(one.status is not None for one in two), why=lambda: two[0].said + two[1].said)
    ended, stays = sorted(two, key=lambda one: one.status is None)
    assert ended.status == 75
    assert ended.stderr[-1].startswith("another program is reading the updates of this bot")
    telegram.parent().writes("/start")
    await telegram.parent().sees("Hello.")
    assert await stays.stop() == 0


async def test_without_a_network_it_says_so_once_and_goes_on_when_there_is_one(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram:
        telegram.meddle("getMe", refuse(502, "Bad Gateway"), drop(), garbage())
        async with Steady(telegram, tmp_path, cold=True) as steady:
            telegram.parent().writes("/start")
            await telegram.until(lambda: telegram.calls_of("sendMessage"))
            assert steady.logged("telegram_unreachable") == 1
            assert steady.logged("telegram_reached") == 1
