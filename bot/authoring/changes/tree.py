"""Where two plain trees of names, lists and texts differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.authoring.changes.words import quoted, same_words, squeezed


@dataclass(frozen=True, slots=True)
class Leaf:
    """A place where two trees differ: what is gone there, and what has come."""

    path: tuple[str, ...]
    gone: tuple[str, ...]
    come: tuple[str, ...]
    is_list: bool

    def told(self) -> str:
        """What is different, in words."""
        if not self.is_list:
            was, now = (quoted(one[0]) if one else "nothing" for one in (self.gone, self.come))
            return f"was {was}, is now {now}."
        parts = [f"no longer {_every(self.gone)}"] if self.gone else []
        parts += [f"new {_every(self.come)}"] if self.come else []
        return f"{'; '.join(parts) or 'in another order'}."


def leaves(old: Any, new: Any, path: tuple[str, ...] = ()) -> Iterator[Leaf]:
    """Every difference of two trees; a list is one place, but for one of named values in which as many stand."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for name in dict.fromkeys([*old, *new]):
            yield from leaves(old.get(name), new.get(name), (*path, str(name)))
    elif isinstance(old, Mapping) or isinstance(new, Mapping):
        empty: Mapping[str, Any] = {}
        yield from leaves(old if isinstance(old, Mapping) else empty, new if isinstance(new, Mapping) else empty, path)
    elif _rows(old) and _rows(new) and len(old) == len(new):
        for number, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from leaves(one, other, (*path, str(number)))
    elif isinstance(old, list) or isinstance(new, list):
        was, now = _entries(old), _entries(new)
        if was != now:
            gone = tuple(one for one in was if one not in now)
            yield Leaf(path, gone, tuple(one for one in now if one not in was), is_list=True)
    elif not same_words(old, new):
        yield Leaf(path, () if old is None else (str(old),), () if new is None else (str(new),), is_list=False)


def _rows(value: Any) -> bool:
    """Whether it is a list of which each entry has names of its own."""
    return isinstance(value, list) and all(isinstance(one, Mapping) for one in value)


def _entries(value: Any) -> list[str]:
    if value is None:
        return []
    return [squeezed(str(one)) for one in (value if isinstance(value, list) else [value])]


def _every(entries: tuple[str, ...]) -> str:
    """All of them: what is heard no more is never cut."""
    return ", ".join(map(quoted, entries))
