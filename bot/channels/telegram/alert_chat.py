"""Whether the chat that is told of emergencies can be written to: else nobody would learn that nobody is told."""

from __future__ import annotations

import structlog
from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.channels.telegram.refusals import meaning, nobody_there


async def can_be_told(bot: Bot, chat: int) -> bool:
    """Whether Telegram lets us write there; while it cannot be asked, that is taken to be so."""
    try:
        await bot.send_chat_action(chat, ChatAction.TYPING)
    except TelegramError as error:
        if nobody_there(error):
            structlog.get_logger().error("alert_chat_unreachable", reason=meaning(error).value)
            return False
    return True
