"""A raw update becomes an event of a parent, or something with a name of its own. Nothing here raises.

Everything in an update comes from outside. It is read by the types of python-telegram-bot, one update at a time, so
that one that cannot be read holds nobody else up.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram import CallbackQuery, Chat, ChatMember, ChatMemberUpdated, Message, Update

from bot.channels.telegram.callback_data import decode
from bot.channels.telegram.incoming import (
    Blocked,
    FromAlertChat,
    FromGroup,
    FromParent,
    Ignored,
    Incoming,
    Reason,
)
from bot.channels.telegram.message_kinds import is_service, media_of
from bot.channels.typed_line import read_command
from bot.talk.events import Edited, Event, Media, Pressed, Sent, Typed

KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of updates that Telegram is asked for."""

UNKNOWN_BUTTON = Pressed(0, "?", "?")
"""Data that no button of ours has sent: turns begin at 1, so that it is answered like any old button."""

_GROUPS = frozenset({Chat.GROUP, Chat.SUPERGROUP})
_IN = frozenset({ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.OWNER, ChatMember.RESTRICTED})


def read_update(raw: object, *, alert_chat: int | None = None) -> Incoming:
    """Say what an update is; the buttons of the alert chat are nobody's event."""
    if not isinstance(raw, Mapping) or not _is_id(raw.get("update_id")):
        return Ignored(None, Reason.UNPARSABLE)
    number: int = raw["update_id"]
    try:
        return _read(Update.de_json(dict(raw), None), alert_chat)
    except Exception:  # noqa: BLE001 (what a malformed update raises in the library is not for us to list)
        return _rescued(number, raw, alert_chat)


def _read(update: Update, alert_chat: int | None) -> Incoming:
    if update.callback_query is not None:
        return _read_query(update.update_id, update.callback_query, alert_chat)
    if update.my_chat_member is not None:
        return _read_membership(update.update_id, update.my_chat_member, alert_chat)
    message = update.message or update.edited_message
    if message is None:
        return Ignored(update.update_id, Reason.KIND)
    return _read_message(update.update_id, message, alert_chat, edited=update.message is None)


def _read_message(number: int, message: Message, alert_chat: int | None, *, edited: bool) -> Incoming:
    if message.chat.id == alert_chat:
        return Ignored(number, Reason.ALERT_CHAT)
    if message.chat.type in _GROUPS:
        # The message that we were thrown out comes when we are out.
        gone = message.left_chat_member is not None or message.migrate_to_chat_id is not None
        return Ignored(number, Reason.SERVICE_MESSAGE) if gone or edited else FromGroup(number, message.chat.id)
    person = message.from_user
    if message.chat.type != Chat.PRIVATE or person is None:
        return Ignored(number, Reason.NO_SENDER)
    if person.is_bot:
        return Ignored(number, Reason.FROM_BOT)
    if message.text is None and is_service(message):
        return Ignored(number, Reason.SERVICE_MESSAGE)
    return FromParent(number, str(message.chat.id), _event(message, edited=edited), person.language_code)


def _event(message: Message, *, edited: bool) -> Event:
    text = message.text
    if message.forward_origin is not None:
        return Sent(Media.FORWARDED, text or message.caption or "")
    if text is None:
        return Sent(media_of(message), message.caption or "")
    if edited:
        return Edited(text, str(message.message_id))
    return read_command(text) or Typed(text, str(message.message_id))


def _read_query(number: int, query: CallbackQuery, alert_chat: int | None) -> Incoming:
    chat = None if query.message is None else query.message.chat
    if chat is not None and chat.id == alert_chat:
        return FromAlertChat(number, query.id, query.data or "", query.from_user.id)
    if chat is not None and chat.type in _GROUPS:
        return FromGroup(number, chat.id, query.id)
    if query.from_user.is_bot:
        return Ignored(number, Reason.FROM_BOT, query.id)
    event = decode(query.data or "") or UNKNOWN_BUTTON
    return FromParent(number, str(query.from_user.id), event, query.from_user.language_code, query.id)


def _read_membership(number: int, change: ChatMemberUpdated, alert_chat: int | None) -> Incoming:
    now = change.new_chat_member.status
    if change.chat.id == alert_chat:
        return Ignored(number, Reason.ALERT_CHAT)
    if change.chat.type in _GROUPS and now in _IN:
        return FromGroup(number, change.chat.id)
    if change.chat.type == Chat.PRIVATE and now == ChatMember.BANNED:
        return Blocked(number, str(change.chat.id))
    return Ignored(number, Reason.MEMBERSHIP)


def _rescued(number: int, raw: Mapping[str, Any], alert_chat: int | None) -> Incoming:
    """Of a private message that cannot be read as a whole at least its text is heard: somebody waits for an answer."""
    message = raw.get("message")
    chat = message.get("chat") if isinstance(message, Mapping) else None
    if not (isinstance(message, Mapping) and isinstance(chat, Mapping) and chat.get("type") == Chat.PRIVATE):
        return Ignored(number, Reason.UNPARSABLE)
    person = chat.get("id")
    if not _is_id(person) or person == alert_chat:
        return Ignored(number, Reason.UNPARSABLE)
    words = message.get("text") or message.get("caption")
    return FromParent(number, str(person), Sent(Media.OTHER, words if isinstance(words, str) else ""))


def _is_id(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**63
