"""What the methods do; each refuses what Telegram refuses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.fake_telegram.calls import Call, Refusal, bad
from tests.fake_telegram.chats import Chat, Message
from tests.fake_telegram.keyboards import check_markup
from tests.fake_telegram.texts import LONGEST_CAPTION, LONGEST_TEXT, Entity, check_text, parse_html, units

if TYPE_CHECKING:
    from tests.fake_telegram.server import FakeTelegram

Json = dict[str, Any]

DELETABLE_FOR_S = 48 * 3600
_ACTIONS = frozenset(
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker "
    "find_location record_video_note upload_video_note".split()
)
_NAME_OF_A_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"([a-z]{2})?")
_LONGEST_OF_PROFILE = {"name": 64, "description": 512, "short_description": 120}


def do(telegram: FakeTelegram, call: Call) -> Any:
    """Do a method, and give its result."""
    given = call.given
    profile = re.fullmatch(r"([sg]et)My(Name|Description|ShortDescription)", call.method)
    if profile:
        key = re.sub(r"(?<!^)(?=[A-Z])", "_", profile[2]).lower()
        return _profile(telegram, key, given) if profile[1] == "set" else {key: _profile_of(telegram, key, given)}
    return _DONE[call.method](telegram, call)


def _get_me(telegram: FakeTelegram, call: Call) -> Json:
    return {
        **telegram.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


def _send_message(telegram: FakeTelegram, call: Call) -> Json:
    text, entities = _text(call.given, "text", "entities")
    text = check_text(text, entities, longest=LONGEST_TEXT, empty="message text is empty")
    _check_preview(call.given)
    return _send(telegram, call, text, entities)


def _send_file(telegram: FakeTelegram, call: Call) -> Json:
    name = "document" if call.method == "sendDocument" else "photo"
    if name not in call.files:
        raise bad(f"there is no {name} in the request")
    if not call.files[name][1]:
        raise bad("file must be non-empty")
    text, entities = _text(call.given, "caption", "caption_entities")
    text = check_text(text, entities, longest=LONGEST_CAPTION, empty=None)
    return _send(telegram, call, text, entities, file=call.files[name])


def _send(
    telegram: FakeTelegram, call: Call, text: str, entities: list[Entity], file: tuple[str, bytes] | None = None
) -> Json:
    chat = _chat(telegram, call)
    markup = call.given.get("reply_markup")
    kept = None if markup is None else check_markup(markup, inline_only=False)
    if telegram.rates is not None:
        telegram.rates.take(chat.id, telegram.now())
    message = Message(
        chat.next_id(),
        chat,
        text,
        entities,
        kept,
        telegram.date(),
        file,
        silent=bool(call.given.get("disable_notification")),
    )
    chat.messages.append(message)
    return message.to_json(telegram.bot)


def _edit_text(telegram: FakeTelegram, call: Call) -> Json:
    message = _message(telegram, call, "message to edit not found")
    text, entities = _text(call.given, "text", "entities")
    text = check_text(text, entities, longest=LONGEST_TEXT, empty="message text is empty")
    _check_preview(call.given)
    return _edit(telegram, call, message, text, entities)


def _edit_markup(telegram: FakeTelegram, call: Call) -> Json:
    message = _message(telegram, call, "message to edit not found")
    return _edit(telegram, call, message, message.text, message.entities)


def _edit(telegram: FakeTelegram, call: Call, message: Message, text: str, entities: list[Entity]) -> Json:
    markup = call.given.get("reply_markup")
    kept = None if markup is None else check_markup(markup, inline_only=True)
    if (text, entities, kept) == (message.text, message.entities, message.markup):
        raise bad(
            "message is not modified: specified new message content and reply markup are exactly the same as a "
            "current content and reply markup of the message"
        )
    message.text, message.entities, message.markup = text, entities, kept
    message.edits += 1
    return message.to_json(telegram.bot)


def _delete(telegram: FakeTelegram, call: Call) -> bool:
    message = _message(telegram, call, "message to delete not found")
    if telegram.date() - message.date >= DELETABLE_FOR_S:
        raise bad("message can't be deleted for everyone")
    message.deleted = True
    return True


def _delete_all(telegram: FakeTelegram, call: Call) -> bool:
    chat = _chat(telegram, call)
    for number in call.given["message_ids"]:
        found = chat.find(int(number))
        if found is not None:
            found.deleted = True
    return True


def _answer_query(telegram: FakeTelegram, call: Call) -> bool:
    if units(call.given.get("text", "")) > 200:
        raise bad("MESSAGE_TOO_LONG")
    telegram.close_query(call.given["callback_query_id"])
    return True


def _pin(telegram: FakeTelegram, call: Call) -> bool:
    message = _message(telegram, call, "message to pin not found")
    if message.id in message.chat.pinned:
        message.chat.pinned.remove(message.id)
    message.chat.pinned.append(message.id)
    return True


def _unpin(telegram: FakeTelegram, call: Call) -> bool:
    chat = _chat(telegram, call)
    number = call.given.get("message_id", chat.pinned[-1] if chat.pinned else None)
    if number not in chat.pinned:
        raise bad("message to unpin not found")
    chat.pinned.remove(number)
    return True


def _unpin_all(telegram: FakeTelegram, call: Call) -> bool:
    _chat(telegram, call).pinned.clear()
    return True


def _action(telegram: FakeTelegram, call: Call) -> bool:
    if call.given["action"] not in _ACTIONS:
        raise bad("wrong parameter action in request")
    _chat(telegram, call).actions.append(call.given["action"])
    return True


def _leave(telegram: FakeTelegram, call: Call) -> bool:
    chat = _chat(telegram, call)
    if chat.kind == "private":
        raise bad("chat member status can't be changed in private chats")
    chat.left = True
    return True


def _get_chat(telegram: FakeTelegram, call: Call) -> Json:
    return {**_chat(telegram, call).to_json(), "accent_color_id": 0, "max_reaction_count": 0,
            "accepted_gift_types": {}}  # fmt: skip


def _set_commands(telegram: FakeTelegram, call: Call) -> bool:
    commands = call.given["commands"]
    if len(commands) > 100:
        raise bad("too many commands specified")
    for one in commands:
        if not (isinstance(one, dict) and set(one) == {"command", "description"}):
            raise bad(f"can't parse command: {one}")
        if not _NAME_OF_A_COMMAND.fullmatch(one["command"]):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= units(one["description"]) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    telegram.commands[_commands_key(call.given)] = commands
    return True


def _get_commands(telegram: FakeTelegram, call: Call) -> list[Json]:
    return telegram.commands.get(_commands_key(call.given), [])


def _delete_commands(telegram: FakeTelegram, call: Call) -> bool:
    telegram.commands.pop(_commands_key(call.given), None)
    return True


def _commands_key(given: Json) -> tuple[str, str]:
    return json.dumps(given.get("scope", {"type": "default"}), sort_keys=True), _language(given)


def _profile(telegram: FakeTelegram, key: str, given: Json) -> bool:
    text = given.get(key, "")
    if units(text) > _LONGEST_OF_PROFILE[key]:
        raise bad(f"{key} is too long")
    telegram.profile[key, _language(given)] = text
    return True


def _profile_of(telegram: FakeTelegram, key: str, given: Json) -> str:
    return telegram.profile.get((key, _language(given)), "")


def _language(given: Json) -> str:
    language: str = given.get("language_code", "")
    if not _LANGUAGE.fullmatch(language):
        raise bad("wrong language code specified")
    return language


def _menu_button(telegram: FakeTelegram, call: Call) -> bool:
    return True


def _set_webhook(telegram: FakeTelegram, call: Call) -> bool:
    telegram.webhooks.set(call.given)
    return True


def _delete_webhook(telegram: FakeTelegram, call: Call) -> bool:
    telegram.webhooks.set({"url": "", **call.given})
    return True


def _webhook_info(telegram: FakeTelegram, call: Call) -> Json:
    return telegram.webhooks.info()


def _text(given: Json, words: str, entities: str) -> tuple[str, list[Entity]]:
    text = given.get(words, "")
    match given.get("parse_mode"):
        case None | "":
            return text, given.get(entities, [])
        case mode if mode.lower() == "html":
            if entities in given:
                raise bad("entities and parse_mode exclude each other")
            return parse_html(text)
    raise bad("this server reads HTML only")


def _check_preview(given: Json) -> None:
    known = {"is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text"}
    if unknown := set(given.get("link_preview_options", {})) - known:
        raise bad(f"unknown link preview options: {sorted(unknown)}")


def _chat(telegram: FakeTelegram, call: Call) -> Chat:
    chat = telegram.chats.get(call.given["chat_id"])
    if chat is None:
        raise bad("chat not found")
    if chat.blocked:
        raise Refusal(403, "Forbidden: bot was blocked by the user")
    if chat.left:
        raise Refusal(403, "Forbidden: bot is not a member of the group chat")
    return chat


def _message(telegram: FakeTelegram, call: Call, missing: str) -> Message:
    if "chat_id" not in call.given or "message_id" not in call.given:
        raise bad("message identifier is not specified")
    found = _chat(telegram, call).find(call.given["message_id"])
    if found is None:
        raise bad(missing)
    return found


_DONE: dict[str, Callable[[FakeTelegram, Call], Any]] = {
    "getMe": _get_me,
    "sendMessage": _send_message,
    "sendDocument": _send_file,
    "sendPhoto": _send_file,
    "editMessageText": _edit_text,
    "editMessageReplyMarkup": _edit_markup,
    "deleteMessage": _delete,
    "deleteMessages": _delete_all,
    "answerCallbackQuery": _answer_query,
    "pinChatMessage": _pin,
    "unpinChatMessage": _unpin,
    "unpinAllChatMessages": _unpin_all,
    "sendChatAction": _action,
    "leaveChat": _leave,
    "getChat": _get_chat,
    "setMyCommands": _set_commands,
    "getMyCommands": _get_commands,
    "deleteMyCommands": _delete_commands,
    "setChatMenuButton": _menu_button,
    "setWebhook": _set_webhook,
    "deleteWebhook": _delete_webhook,
    "getWebhookInfo": _webhook_info,
    "logOut": _menu_button,
    "close": _menu_button,
}
