"""Our texts as Telegram's HTML: escaped, and without what Telegram refuses."""

from __future__ import annotations

import html
import unicodedata

MAX_UNITS = 4096
"""A message may have this many UTF-16 units; Telegram counts what is shown, not the marks."""

_KEPT = frozenset("\n\t")
_REFUSED = frozenset({"Cc", "Cs"})


def clean(text: str) -> str:
    """The text without control characters and halves of characters; never empty, which Telegram refuses."""
    kept = "".join(
        one if one in _KEPT or unicodedata.category(one) not in _REFUSED else "\N{REPLACEMENT CHARACTER}"
        for one in text.replace("\r\n", "\n").replace("\r", "\n")
    ).strip()
    return kept if _is_visible(kept) else "–"


def escape(text: str) -> str:
    """The text as HTML that shows exactly this text."""
    return html.escape(text, quote=False)


def quiet(text: str) -> str:
    """The text as HTML, set off from what it stands beside."""
    return f"<i>{escape(text)}</i>"


def units(text: str) -> int:
    """How long Telegram counts the text: in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _is_visible(text: str) -> bool:
    """Whether anything is to be seen; joiners and other marks of format alone are nothing."""
    return any(unicodedata.category(one)[0] not in "ZCM" for one in text)
