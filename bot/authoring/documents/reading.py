"""The documents themselves: the files of a folder that is no part of this project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.errors import SteadyError
from bot.script.citations import DocumentPlace


class DocumentsError(SteadyError):
    """The documents cannot be read."""


@dataclass(frozen=True, slots=True)
class Document:
    """One document, line by line, as they are counted from 1."""

    name: str
    file: str
    lines: tuple[str, ...]

    def what_is_wrong(self, line: DocumentPlace) -> str | None:
        """Why nobody can look up this line here; None where it has something to read."""
        if not 1 <= line.line <= len(self.lines):
            return f"{self.file} ends with line {len(self.lines)}"
        return None if self.has_text(line.line) else f"line {line.line} of {self.file} is blank"

    def has_text(self, number: int) -> bool:
        """Whether there is something to read on this line."""
        return bool(self.lines[number - 1].strip())

    @property
    def with_text(self) -> tuple[int, ...]:
        """The lines with something to read."""
        return tuple(number for number in range(1, len(self.lines) + 1) if self.has_text(number))


def read_documents(folder: Path, files: Mapping[str, str]) -> Mapping[str, Document]:
    """Read each document by its name from its file in the folder; raises DocumentsError where one is not there."""
    if not folder.is_dir():
        raise DocumentsError("there is no such folder.", where=str(folder), cure="Name the folder with the documents.")
    return {name: _read(name, folder, file) for name, file in files.items()}


def _read(name: str, folder: Path, file: str) -> Document:
    try:
        text = (folder / file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise DocumentsError(
            f"the document '{name}' cannot be read.",
            where=str(folder / file),
            cure="Put it there as a text file in UTF-8; content/sources.yaml names it.",
        ) from None
    # As an editor counts them: other signs that part lines belong to the text.
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    return Document(name, file, tuple(lines))
