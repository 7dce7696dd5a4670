"""The fake server is as strict as Telegram: seen through python-telegram-bot, which real bots speak with."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError, TimedOut
from telegram.request import HTTPXRequest

from tests.fake_telegram import (
    TOKEN,
    FakeTelegram,
    Parent,
    Rates,
    drop,
    garbage,
    late,
    lost_answer,
    server_error,
    too_many,
)


@pytest_asyncio.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@pytest_asyncio.fixture
async def bot(telegram: FakeTelegram) -> AsyncIterator[Bot]:
    async with Bot(TOKEN, base_url=f"{telegram.url}/bot", request=HTTPXRequest(read_timeout=10)) as started:
        yield started


@pytest.fixture(autouse=True)
def _spans_are_spans(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it python-telegram-bot warns whenever somebody reads how long to wait."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
def parent(telegram: FakeTelegram) -> Parent:
    return telegram.parent()


def keyboard(*labels: str, data: str = "x") -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=data)] for label in labels])


async def call(telegram: FakeTelegram, method: str, **given: object) -> dict[str, object]:
    """A call without a library that knows what is right."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{telegram.url}/bot{TOKEN}/{method}", json=given) as answer,
    ):
        body: dict[str, object] = await answer.json()
        return body


async def test_a_message_reaches_the_parent_with_its_buttons(telegram: FakeTelegram, bot: Bot, parent: Parent) -> None:
    sent = await bot.send_message(parent.id, "<b>Call</b> &lt;112&gt;", parse_mode="HTML", reply_markup=keyboard("Yes"))

    [seen] = parent.messages
    assert seen.text == "Call <112>"
    assert seen.entities == [{"type": "bold", "offset": 0, "length": 4}]
    assert seen.buttons == ["Yes"]
    assert sent.message_id == seen.id
    assert sent.text == "Call <112>"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "message text is empty"),
        (" \n", "message text is empty"),
        ("x" * 4097, "message is too long"),
        ("<b>open", "Can't find end tag"),
        ("<br>", "Unsupported start tag"),
        ("1 < 2", "Unsupported start tag"),
        ("<i>a</b>", "Unmatched end tag"),
        ("&nbsp;", "unsupported reference"),
    ],
)
async def test_a_text_that_telegram_would_refuse_is_refused(
    telegram: FakeTelegram, bot: Bot, parent: Parent, text: str, why: str
) -> None:
    with pytest.raises(BadRequest, match=f"(?i){why}"):
        await bot.send_message(parent.id, text or " ", parse_mode="HTML")
    assert parent.messages == []
    assert len(telegram.refused) == 1


async def test_entities_outside_of_the_text_are_refused(bot: Bot, parent: Parent) -> None:
    with pytest.raises(BadRequest, match="outside"):
        await bot.send_message(parent.id, "Hi", entities=[MessageEntity("bold", 0, 3)])


@pytest.mark.parametrize(
    "rows",
    [
        [[InlineKeyboardButton("A", callback_data="ä" * 33)]],
        [[InlineKeyboardButton(" ", callback_data="a")]],
        [[InlineKeyboardButton("A")]],
        [[InlineKeyboardButton("A", callback_data="a")] * 9],
        [[InlineKeyboardButton("A", callback_data="a")]] * 101,
        [[InlineKeyboardButton("A", callback_data="a", style="purple")]],
    ],
)
async def test_a_keyboard_over_the_limits_is_refused(
    bot: Bot, parent: Parent, rows: list[list[InlineKeyboardButton]]
) -> None:
    with pytest.raises(BadRequest):
        await bot.send_message(parent.id, "Hi", reply_markup=InlineKeyboardMarkup(rows))


async def test_unknown_and_missing_parameters_and_methods_are_refused(telegram: FakeTelegram, parent: Parent) -> None:
    unknown = await call(telegram, "sendMessage", chat_id=parent.id, text="Hi", markup={})
    missing = await call(telegram, "sendMessage", chat_id=parent.id)
    method = await call(telegram, "sendMassage", chat_id=parent.id)

    assert unknown["description"] == "Bad Request: sendMessage has no parameter markup"
    assert missing["description"] == "Bad Request: sendMessage misses the parameter text"
    assert method["error_code"] == 404


async def test_an_edit_that_changes_nothing_is_refused(bot: Bot, parent: Parent) -> None:
    sent = await bot.send_message(parent.id, "Hi", reply_markup=keyboard("Yes"))
    with pytest.raises(BadRequest, match=r"(?i)message is not modified"):
        await bot.edit_message_text("Hi", parent.id, sent.message_id, reply_markup=keyboard("Yes"))
    await bot.edit_message_reply_markup(parent.id, sent.message_id)
    assert parent.messages[0].buttons == []
    with pytest.raises(BadRequest, match=r"(?i)message to edit not found"):
        await bot.edit_message_text("Hi", parent.id, sent.message_id + 5)


async def test_a_pressed_button_can_be_answered_for_some_seconds(
    telegram: FakeTelegram, bot: Bot, parent: Parent
) -> None:
    await bot.send_message(parent.id, "Hi", reply_markup=keyboard("Yes", data="7:q:yes"))
    parent.presses("Yes")
    parent.presses("Yes")
    first, second = await bot.get_updates()
    assert first.callback_query is not None
    assert second.callback_query is not None
    assert first.callback_query.data == "7:q:yes"

    await first.callback_query.answer()
    telegram.pass_time(16)
    with pytest.raises(BadRequest, match=r"(?i)query is too old"):
        await second.callback_query.answer()


async def test_an_update_comes_again_until_a_higher_offset_confirms_it(
    telegram: FakeTelegram, bot: Bot, parent: Parent
) -> None:
    first, second = parent.writes("one"), parent.writes("two")
    assert [one.update_id for one in await bot.get_updates()] == [first, second]
    assert [one.update_id for one in await bot.get_updates(offset=second)] == [second]
    assert telegram.updates.confirmed == {first}
    assert await bot.get_updates(offset=second + 1) == ()
    telegram.updates.offer_again(first)
    assert [one.update_id for one in await bot.get_updates()] == [first]


async def test_a_long_poll_ends_as_soon_as_something_comes(telegram: FakeTelegram, bot: Bot, parent: Parent) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=40))
    await telegram.until(lambda: telegram.calls_of("getUpdates"))
    parent.writes("/start")
    [update] = await poll
    assert update.message is not None
    assert update.message.text == "/start"


async def test_a_second_poller_ends_the_first_one(telegram: FakeTelegram, bot: Bot, parent: Parent) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=40))
    await telegram.until(lambda: telegram.calls_of("getUpdates"))
    async with Bot(TOKEN, base_url=f"{telegram.url}/bot") as other:
        second = asyncio.create_task(other.get_updates(timeout=40))
        with pytest.raises(Conflict, match="terminated by other getUpdates"):
            await first
        parent.writes("Hi")
        assert len(await second) == 1


async def test_kinds_that_were_not_asked_for_do_not_come(bot: Bot, parent: Parent) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    parent.writes("Hi")
    assert await bot.get_updates() == ()


async def test_polling_and_webhook_exclude_each_other(telegram: FakeTelegram, bot: Bot) -> None:
    await bot.set_webhook("https://steady.example/telegram")
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()
    with pytest.raises(BadRequest, match=r"(?i)https"):
        await bot.set_webhook("http://steady.example/telegram")
    with pytest.raises(BadRequest, match=r"(?i)only on ports"):
        await bot.set_webhook("https://steady.example:5000/telegram")


async def test_a_revoked_token_and_a_parent_who_blocked_the_bot(
    telegram: FakeTelegram, bot: Bot, parent: Parent
) -> None:
    parent.blocks()
    with pytest.raises(Forbidden, match="blocked by the user"):
        await bot.send_message(parent.id, "Hi")
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await bot.send_message(99, "Hi")
    telegram.revoked = True
    with pytest.raises(InvalidToken):
        await bot.get_me()


async def test_faults_come_in_their_order_and_only_where_they_should(
    telegram: FakeTelegram, bot: Bot, parent: Parent
) -> None:
    other = telegram.parent(8)
    telegram.meddle("sendMessage", too_many(3), server_error(), garbage(), drop(), lost_answer(), chat=parent.id)
    await bot.send_message(other.id, "Hi")
    with pytest.raises(RetryAfter):
        await bot.send_message(parent.id, "1")
    for number in range(2, 6):
        with pytest.raises(TelegramError):
            await bot.send_message(parent.id, str(number))
    await bot.send_message(parent.id, "6")
    assert parent.texts == ["5", "6"]
    assert other.texts == ["Hi"]


async def test_an_answer_can_be_late(telegram: FakeTelegram, bot: Bot, parent: Parent) -> None:
    go_on = asyncio.Event()
    telegram.meddle("sendMessage", late(go_on))
    with pytest.raises(TimedOut):
        await bot.send_message(parent.id, "Hi", read_timeout=0.05)
    go_on.set()
    await parent.sees("Hi")


async def test_rates_are_held(bot: Bot, telegram: FakeTelegram, parent: Parent) -> None:
    telegram.rates = Rates(chat_burst=2)
    await bot.send_message(parent.id, "1")
    await bot.send_message(parent.id, "2")
    with pytest.raises(RetryAfter):
        await bot.send_message(parent.id, "3")
    telegram.pass_time(1)
    await bot.send_message(parent.id, "3")


async def test_files_arrive_whole(bot: Bot, parent: Parent) -> None:
    await bot.send_document(parent.id, b"%PDF-", filename="diary.pdf", caption="<b>Diary</b>", parse_mode="HTML")
    assert parent.messages[0].file == ("diary.pdf", b"%PDF-")
    assert parent.messages[0].text == "Diary"


async def test_groups_can_be_joined_and_left(telegram: FakeTelegram, bot: Bot, parent: Parent) -> None:
    group = telegram.group()
    group.adds_the_bot(parent)
    joined, shown = await bot.get_updates()
    assert joined.my_chat_member is not None
    assert shown.message is not None
    await bot.leave_chat(group.chat.id)
    with pytest.raises(Forbidden):
        await bot.send_message(group.chat.id, "Hi")


async def test_commands_and_descriptions_are_kept_by_language(telegram: FakeTelegram, bot: Bot) -> None:
    await bot.set_my_commands([("start", "Begin")], language_code="en")
    await bot.set_my_description("What it does")
    assert [one.command for one in await bot.get_my_commands(language_code="en")] == ["start"]
    assert (await bot.get_my_description()).description == "What it does"
    with pytest.raises(BadRequest):
        await bot.set_my_commands([("Start", "Begin")])


async def test_a_body_of_json_is_as_good_as_a_form(telegram: FakeTelegram, parent: Parent) -> None:
    markup = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
    assert (await call(telegram, "sendMessage", chat_id=parent.id, text="Hi", reply_markup=markup))["ok"]
    assert (await call(telegram, "sendMessage", chat_id=parent.id, text="Hi", reply_markup=json.dumps(markup)))["ok"]
