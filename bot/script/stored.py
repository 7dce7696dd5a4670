"""A version as bytes: what is stored when it is published, and what is talked from afterwards."""

from __future__ import annotations

import json
from typing import Any

from bot.errors import SteadyError
from bot.script.load import Folder

FILES = "files"


class StoredError(SteadyError):
    """The stored bytes are not the version that they should be."""


def pack(folder: Folder) -> bytes:
    """The files as JSON, in an order and with signs that depend on nothing else: equal files are equal bytes.

    Raises ValueError where some files of the folder could not be read: what is talked from is whole.
    """
    if folder.unread:
        raise ValueError(f"{folder.unread[0].place.file} could not be read, so that this is no whole version")
    text = json.dumps({FILES: dict(folder.files)}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def unpack(data: bytes, expected: str | None = None) -> Folder:
    """The files that `pack` was given; raises StoredError where they are not, or their hash is not `expected`."""
    try:
        found: Any = json.loads(data)
    except ValueError:
        raise _broken(expected, "this is no JSON") from None
    files = found.get(FILES) if isinstance(found, dict) else None
    if not isinstance(files, dict) or not all(isinstance(text, str) for text in files.values()):
        raise _broken(expected, "it holds no files")
    folder = Folder(files)
    if expected is not None and folder.hash != expected:
        raise _broken(expected, f"its files are those of {folder.hash[:12]}")
    return folder


def _broken(expected: str | None, why: str) -> StoredError:
    name = "this version" if expected is None else f"version {expected[:12]}"
    return StoredError(
        f"{name} is not stored as it was published: {why}.", cure="Publish it anew, or restore a backup."
    )
