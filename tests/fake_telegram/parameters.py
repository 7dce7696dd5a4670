"""The parameters of the methods that a bot may call here; unknown and missing ones are refused.

Telegram forgives unknown parameters. Here they are a mistake: nearly always a misspelt one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tests.fake_telegram.calls import Refusal, bad

_SENDING = (
    "chat_id!:chat message_thread_id:int disable_notification:bool protect_content:bool allow_paid_broadcast:bool "
    "message_effect_id:str reply_parameters:object reply_markup:object parse_mode:str"
)
_EDITING = "chat_id:chat message_id:int inline_message_id:str reply_markup:object"
_CAPTION = "caption:str caption_entities:array"

_METHODS = {
    "getMe": "",
    "logOut": "",
    "close": "",
    "getUpdates": "offset:int limit:int timeout:int allowed_updates:array",
    "setWebhook": (
        "url!:str certificate:file ip_address:str max_connections:int allowed_updates:array drop_pending_updates:bool "
        "secret_token:str"
    ),
    "deleteWebhook": "drop_pending_updates:bool",
    "getWebhookInfo": "",
    "sendMessage": f"{_SENDING} text!:str entities:array link_preview_options:object",
    "sendDocument": f"{_SENDING} {_CAPTION} document!:file thumbnail:file disable_content_type_detection:bool",
    "sendPhoto": f"{_SENDING} {_CAPTION} photo!:file show_caption_above_media:bool has_spoiler:bool",
    "editMessageText": f"{_EDITING} text!:str parse_mode:str entities:array link_preview_options:object",
    "editMessageReplyMarkup": _EDITING,
    "deleteMessage": "chat_id!:chat message_id!:int",
    "deleteMessages": "chat_id!:chat message_ids!:array",
    "answerCallbackQuery": "callback_query_id!:str text:str show_alert:bool url:str cache_time:int",
    "pinChatMessage": "chat_id!:chat message_id!:int disable_notification:bool",
    "unpinChatMessage": "chat_id!:chat message_id:int",
    "unpinAllChatMessages": "chat_id!:chat",
    "sendChatAction": "chat_id!:chat message_thread_id:int action!:str",
    "setMyCommands": "commands!:array scope:object language_code:str",
    "getMyCommands": "scope:object language_code:str",
    "deleteMyCommands": "scope:object language_code:str",
    "setMyName": "name:str language_code:str",
    "getMyName": "language_code:str",
    "setMyDescription": "description:str language_code:str",
    "getMyDescription": "language_code:str",
    "setMyShortDescription": "short_description:str language_code:str",
    "getMyShortDescription": "language_code:str",
    "setChatMenuButton": "chat_id:int menu_button:object",
    "leaveChat": "chat_id!:chat",
    "getChat": "chat_id!:chat",
}


def _declared(text: str) -> dict[str, tuple[str, bool]]:
    pairs = (word.split(":") for word in text.split())
    return {name.rstrip("!"): (kind, name.endswith("!")) for name, kind in pairs}


METHODS: Mapping[str, Mapping[str, tuple[str, bool]]] = {name: _declared(text) for name, text in _METHODS.items()}
"""By method and parameter: the kind, and whether it is required."""


def read_parameters(method: str, raw: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters with their types; anything that Telegram or we would not take is refused."""
    declared = METHODS.get(method)
    if declared is None:
        raise Refusal(404, "Not Found: method not found")
    if unknown := sorted(set(raw) - set(declared)):
        raise bad(f"{method} has no parameter {', '.join(unknown)}")
    if missing := sorted(name for name, (_, required) in declared.items() if required and name not in raw):
        raise bad(f"{method} misses the parameter {', '.join(missing)}")
    return {name: _read(name, declared[name][0], value) for name, value in raw.items()}


def _read(name: str, kind: str, value: Any) -> Any:
    match kind:
        case "int" | "chat":
            return _integer(name, value)
        case "bool":
            if value in (True, "true", "True", "1"):
                return True
            if value in (False, "false", "False", "0"):
                return False
        case "str":
            if isinstance(value, str):
                return value
        case "array" | "object":
            return _structure(name, kind, value)
        case "file":
            return value
    raise bad(f"field {name} must be of type {kind}")


def _integer(name: str, value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        raise bad(f"field {name} must be a number") from None


def _structure(name: str, kind: str, value: Any) -> Any:
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise bad(f"can't parse {name} JSON object") from None
    if not isinstance(value, list if kind == "array" else dict):
        raise bad(f"field {name} must be of type {kind}")
    return value
