"""What a YAML parser complains about, said in plain words and at the line that has to be changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import yaml

from bot.script.problems import Place, Problem

BELOW = "Put '|' after the colon and the text on the lines below"
_BELOW_OR_QUOTES = "Put the text in \"double quotes\", or under '|' on the lines below."
_CLOSE = "Close it, or put '|' after the colon and the text on the lines below."
_INDENT = "Move it under the line that it belongs to: two spaces for each step."
_UNSEEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OPENED = re.compile(r"""(?:: |- |\[|, |\{)(["'])[^"']*$""")
_NO_SPACE = re.compile(r"^\s*(?:- )?\w+:\S")
_NAMED = re.compile(r":(\s|$)")


def unseen_sign(text: str, file: str) -> Problem | None:
    """The first sign that no text can hold, such as one left behind by a word processor."""
    found = _UNSEEN.search(text)
    if found is None:
        return None
    line = text[: found.start()].count("\n") + 1
    return Problem(Place(file, line), "there is a sign here that cannot be seen.", "Type the line anew.")


def cannot_begin(place: Place, sign: str) -> Problem:
    """Such as a text that begins with '*'."""
    return Problem(place, f"a text cannot begin with '{sign}'.", _BELOW_OR_QUOTES)


def explain(error: yaml.YAMLError, text: str, file: str) -> Problem:
    """Turn a parser's complaint into a problem."""
    return _Complaint.of(error, text, file).problem()


@dataclass(frozen=True, slots=True)
class _Complaint:
    """What the parser said, where it noticed it (line and column from 0), and where the part began."""

    said: str
    doing: str
    line: int
    column: int
    began: int
    lines: Sequence[str]
    file: str

    @classmethod
    def of(cls, error: yaml.YAMLError, text: str, file: str) -> _Complaint:
        mark = getattr(error, "problem_mark", None)
        began = getattr(error, "context_mark", None)
        return cls(
            str(getattr(error, "problem", None) or error),
            str(getattr(error, "context", None) or ""),
            mark.line if mark is not None else 0,
            mark.column if mark is not None else 0,
            began.line if began is not None else mark.line if mark is not None else 0,
            text.splitlines(),
            file,
        )

    def at(self, line: int) -> Place:
        return Place(self.file, line + 1)

    def text(self, line: int) -> str:
        return self.lines[line] if 0 <= line < len(self.lines) else ""

    @property
    def sign(self) -> str:
        """The sign at which the parser stopped."""
        return self.text(self.line)[self.column : self.column + 1]

    def problem(self) -> Problem:
        for line in (self.line, self.line - 1):
            if "\t" in re.match(r"\s*", self.text(line))[0]:  # type: ignore[index]
                cure = "Use spaces: two for each step to the right."
                return Problem(self.at(line), "the line begins with a tab.", cure)
        return self._in_a_text() or self._between_brackets() or self._of_a_line() or self._unclear()

    def _in_a_text(self) -> Problem | None:
        """A sign that means something else in this language."""
        place = self.at(self.line)
        if "alias" in self.doing or "anchor" in self.doing:
            return cannot_begin(place, "*" if "alias" in self.doing else "&")
        if "block scalar" in self.doing:
            return Problem(place, "a text stands behind '|' or '>' in the same line.", "Begin it on the next line.")
        if "tag" in self.doing or "tag" in self.said:
            return cannot_begin(place, "!")
        if "escape" in self.said:
            return Problem(place, "a '\\' cannot stand in double quotes.", f"{BELOW}.")
        if "quoted scalar" in self.doing:
            return Problem(self.at(self.began), "a quotation mark is not closed.", _CLOSE)
        if "node content" in self.said and not self.sign:
            return None
        if "any token" in self.said or "node content" in self.said or "not allowed in this context" in self.said:
            return None if "mapping values" in self.said else cannot_begin(place, self.sign)
        return cannot_begin(place, "%") if "directive" in self.doing else None

    def _between_brackets(self) -> Problem | None:
        """A list or a mapping in one line."""
        if "',' or" not in self.said and "node content" not in self.said:
            return None
        if self.sign == ":" and self.line == self.began:
            what = "a ':' stands inside a text here, or a comma is missing before it."
            return Problem(self.at(self.line), what, 'Put the text in "double quotes".')
        what = "a '{' or '[' is not closed, or a comma is missing."
        line = self.began if self.text(self.began).strip() else self._written_above()
        return Problem(self.at(line), what, "Close it in the same line.")

    def _of_a_line(self) -> Problem | None:
        if "mapping values" in self.said:
            if _NAMED.search(self.text(self.line)[: self.column]):
                return Problem(self.at(self.line), "there are two colons in this line.", _BELOW_OR_QUOTES)
            above = self._written_above()
            if not _NAMED.search(self.text(above)):
                return self._unnamed(above)
            return Problem(self.at(self.line), "this line stands too far to the right.", _INDENT)
        if "expected ':'" in self.said:
            return self._unnamed(self.began)
        if "did not find expected key" in self.said or "'-' indicator" in self.said:
            return self._misplaced()
        if "document start" in self.said:
            return Problem(self.at(self.line), "a line '...' ends the file here.", "Take the line '...' out.")
        return None

    def _written_above(self) -> int:
        line = self.line - 1
        while line > 0 and not self.text(line).split("#")[0].strip():
            line -= 1
        return line

    def _unnamed(self, line: int) -> Problem:
        """A line without 'name: value'."""
        written = self.text(line)
        if _NO_SPACE.match(written):
            return Problem(self.at(line), "a space is missing after the ':'.", "Write 'name: value'.")
        if re.match(r"\s*-\S", written):
            return Problem(self.at(line), "a space is missing after the '-'.", "Write '- ' and then the rest.")
        if self._below_a_block(line):
            what = "this line belongs to the text above, but stands too far to the left."
            return Problem(self.at(line), what, "Move it under the other lines of the text.")
        return Problem(self.at(line), "a ':' is missing in this line.", "Write 'name: value'.")

    def _below_a_block(self, line: int) -> bool:
        """Whether the lines above, further to the right, are a text under '|'."""
        depth = _depth(self.text(line))
        above = line - 1
        while above > 0 and (not self.text(above).strip() or _depth(self.text(above)) > depth):
            above -= 1
        return re.search(r"[|>][-+]?\s*$", self.text(above)) is not None

    def _misplaced(self) -> Problem:
        before = self.text(self.line)[: self.column].rstrip()
        if re.match(r"\s*-[^\s-]", self.text(self.line)):
            return self._unnamed(self.line)
        if not before.strip(" -"):
            if self.sign == ":":
                return Problem(self.at(self.line), "the name before the ':' is missing.", "Write 'name: value'.")
            return Problem(self.at(self.line), "this line stands too far to the left or to the right.", _INDENT)
        opened = next((n for n in range(self.line - 1, -1, -1) if _OPENED.search(self.text(n))), None)
        if before[-1] in "\"'":
            if opened is not None:
                return Problem(self.at(opened), "a quotation mark is not closed.", _CLOSE)
            what = "the text goes on behind its closing quotation mark."
            return Problem(self.at(self.line), what, f"{BELOW}, or all of it in the quotes.")
        if before[-1] in "}]":
            return cannot_begin(self.at(self.line), "{" if before[-1] == "}" else "[")
        return self._unclear()

    def _unclear(self) -> Problem:
        cure = "Compare it with the lines around it, or undo the last change."
        return Problem(self.at(self.line), "this line cannot be read.", cure)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
