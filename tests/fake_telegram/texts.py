"""Texts as Telegram takes them: HTML to plain text with entities, and the limits of both."""

from __future__ import annotations

import html
import re
from typing import Any

from tests.fake_telegram.calls import bad

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
MOST_ENTITIES = 100

Entity = dict[str, Any]

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
}
_KINDS = frozenset(
    "mention hashtag cashtag bot_command url email phone_number bold italic underline strikethrough spoiler "
    "blockquote expandable_blockquote code pre text_link text_mention custom_emoji date_time".split()
)
_KEYS = frozenset("type offset length url user language custom_emoji_id unix_time date_time_format".split())
_MARKUP = re.compile(r"<(/?)([^\s>/]*)((?:\s+[^>]*)?)>|&(#\d+|#x[0-9a-fA-F]+|\w+);|<")
_HREF = re.compile(r"""^\s+href=(?:"([^"]*)"|'([^']*)'|(\S+))\s*$""")


def units(text: str) -> int:
    """The length in UTF-16 code units, which is how Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def parse_html(marked: str) -> tuple[str, list[Entity]]:
    """Read the HTML that Telegram knows; refuse any other."""
    out: list[str] = []
    length = 0
    position = 0
    open_: list[tuple[str, int, dict[str, str]]] = []
    entities: list[Entity] = []

    def write(text: str) -> None:
        nonlocal length
        out.append(text)
        length += units(text)

    for found in _MARKUP.finditer(marked):
        write(marked[position : found.start()])
        position = found.end()
        closing, tag, attributes, reference = found.groups()
        if reference is not None:
            write(_character(reference))
        elif tag is None or tag.lower() not in _TAGS:
            at = len(marked[: found.start()].encode())
            raise bad(f'can\'t parse entities: Unsupported start tag "{tag or ""}" at byte offset {at}')
        elif not closing:
            open_.append((tag.lower(), length, _attributes(tag.lower(), attributes)))
        else:
            if not open_ or open_[-1][0] != tag.lower():
                raise bad(f"can't parse entities: Unmatched end tag at byte offset {found.start()}")
            name, start, more = open_.pop()
            if length > start:
                entities.append({"type": _TAGS[name], "offset": start, "length": length - start, **more})
    write(marked[position:])
    if open_:
        raise bad(f"can't parse entities: Can't find end tag corresponding to start tag \"{open_[-1][0]}\"")
    return "".join(out), sorted(entities, key=lambda one: (one["offset"], -one["length"]))


def check_text(text: str, entities: list[Any], *, longest: int, empty: str | None) -> str:
    """The text as it is kept, or a refusal; `empty` is the refusal of one without a letter."""
    if "\x00" in text:
        raise bad("strings must be encoded in UTF-8")
    if units(text) > longest:
        raise bad("message is too long" if longest == LONGEST_TEXT else "message caption is too long")
    if len(entities) > MOST_ENTITIES:
        raise bad("too many entities")
    for one in entities:
        if not (isinstance(one, dict) and set(one) <= _KEYS and {"type", "offset", "length"} <= set(one)):
            raise bad(f"can't parse entities: {one}")
        if one["type"] not in _KINDS:
            raise bad(f"can't parse entities: unknown type {one['type']}")
        if one["offset"] < 0 or one["length"] < 1 or one["offset"] + one["length"] > units(text):
            raise bad(f"can't parse entities: entity outside of the text: {one}")
    if not text.strip() and empty is not None:
        raise bad(empty)
    return text.strip()


def _character(reference: str) -> str:
    if reference.startswith("#") or reference in {"lt", "gt", "amp", "quot"}:
        return html.unescape(f"&{reference};")
    raise bad(f"can't parse entities: unsupported reference &{reference};")


def _attributes(tag: str, given: str) -> dict[str, str]:
    if tag == "a":
        href = _HREF.match(given)
        if href is None:
            raise bad(f"can't parse entities: bad link {given}")
        return {"url": html.unescape(next(part for part in href.groups() if part is not None))}
    if given.strip() and not (tag == "blockquote" and given.strip() == "expandable"):
        raise bad(f"can't parse entities: unexpected attributes {given}")
    return {}
