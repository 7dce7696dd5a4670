"""The buttons under a message, held to Telegram's limits."""

from __future__ import annotations

from typing import Any

from tests.fake_telegram.calls import bad

MOST_BUTTONS = 100
MOST_IN_A_ROW = 8
MOST_BYTES_OF_DATA = 64

_DOES = frozenset(
    "url callback_data web_app login_url switch_inline_query switch_inline_query_current_chat "
    "switch_inline_query_chosen_chat copy_text callback_game pay".split()
)
_LOOKS = frozenset({"text", "icon_custom_emoji_id", "style"})
_STYLES = frozenset({"danger", "success", "primary"})
_OTHER_MARKUPS = {
    "keyboard": {
        "keyboard", "is_persistent", "resize_keyboard", "one_time_keyboard", "input_field_placeholder", "selective",
    },
    "remove_keyboard": {"remove_keyboard", "selective"},
    "force_reply": {"force_reply", "input_field_placeholder", "selective"},
}  # fmt: skip


def check_markup(markup: dict[str, Any], *, inline_only: bool) -> dict[str, Any] | None:
    """The markup that the message keeps: an inline keyboard with a button, or none."""
    if "inline_keyboard" not in markup:
        kind = next((name for name in _OTHER_MARKUPS if name in markup), None)
        if kind is None or inline_only:
            raise bad("inline keyboard expected" if inline_only else "object expected as reply markup")
        if unknown := set(markup) - _OTHER_MARKUPS[kind]:
            raise bad(f"unknown fields in the reply markup: {sorted(unknown)}")
        return None
    if set(markup) != {"inline_keyboard"}:
        raise bad(f"unknown fields in the reply markup: {sorted(markup)}")
    rows = markup["inline_keyboard"]
    if not (isinstance(rows, list) and all(isinstance(row, list) for row in rows)):
        raise bad('field "inline_keyboard" must be an Array of Arrays')
    for row in rows:
        if len(row) > MOST_IN_A_ROW:
            raise bad("reply markup is too wide")
        for button in row:
            _check_button(button)
    if sum(len(row) for row in rows) > MOST_BUTTONS:
        raise bad("reply markup is too long")
    kept = [row for row in rows if row]
    return {"inline_keyboard": kept} if kept else None


def _check_button(button: Any) -> None:
    if not (isinstance(button, dict) and isinstance(button.get("text"), str) and button["text"].strip()):
        raise bad("text buttons are unallowed in the inline keyboard without a text")
    does = _DOES & set(button)
    if unknown := set(button) - _DOES - _LOOKS:
        raise bad(f"unknown fields of a button: {sorted(unknown)}")
    if len(does) != 1:
        raise bad("inline keyboard button must have exactly one thing to do")
    if "style" in button and button["style"] not in _STYLES:
        raise bad(f"unknown style of a button: {button['style']}")
    data = button.get("callback_data")
    if data is not None and not (isinstance(data, str) and 1 <= len(data.encode()) <= MOST_BYTES_OF_DATA):
        raise bad("BUTTON_DATA_INVALID")
