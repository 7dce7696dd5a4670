"""Texts that a chat cannot show: too long, or with a placeholder that nobody fills."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.facts.level import Level
from bot.script.articles import MAX_PAGE
from bot.script.document import Node, find
from bot.script.load_rules import MAX_BECAUSE
from bot.script.model import Checklist, Dialog, Question
from bot.script.phrases import MAX_COMMAND, MAX_DESCRIPTION, MAX_LABEL, MAX_SHORT_DESCRIPTION, OF_A_COMMAND, TEXTS
from bot.script.problems import Place, Problems, did_you_mean
from bot.script.script import Script

MAX_MESSAGE = 4096
"""Characters of a Telegram message."""

MAX_TEXT = 1500
"""Characters of one text of ours: the engine adds reasons, a summary or a list of lines to it."""

MAX_ITEM = 60
MAX_TITLE = 60
MAX_EMERGENCY = 400
"""Characters of an EMERGENCY message with the longest reason that it can have."""

_LONGEST_FILLED = {"baby": "your baby", "emergency_number": "1122", "temperature_c": "40.5"}
"""What may stand in the place of a placeholder of such a message, at its longest."""

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_BRACKETED = re.compile(r"[\[(<]([a-z_]+)[\])>]")
_BRACE = re.compile(r"[{}]")
NOTHING: frozenset[str] = frozenset()
COMMON = frozenset({"baby", "emergency_number"})
FACTS = frozenset({"temperature_c"})
OUTCOME = COMMON | {"reasons"}


@dataclass(frozen=True, slots=True)
class _Written:
    """A text, where it stands, how long it may be, and which placeholders are filled in it."""

    path: tuple[str | int, ...]
    text: str
    limit: int = MAX_TEXT
    filled: frozenset[str] = COMMON


def check_texts(script: Script, nodes: Mapping[str, Node], problems: Problems) -> None:
    """Note texts and labels over their limit and unknown placeholders."""
    for file, written in _all(script):
        if file in nodes:
            _check(written, find(nodes[file], written.path), problems)
    if "content/outcomes.yaml" in nodes:
        _check_emergency(script, problems)


def every_text(script: Script) -> Iterator[tuple[str, tuple[str | int, ...], str]]:
    """Every text that a parent may read: its file, where it stands there, and the text."""
    for file, written in _all(script):
        yield file, written.path, written.text


def _check(written: _Written, place: Place, problems: Problems) -> None:
    text = written.text
    if len(text) > written.limit:
        what = f"'{written.path[-1]}' has {len(text)} characters; {written.limit} is the limit here."
        problems.add(place, what, _shorten(text))
    for name in _PLACEHOLDER.findall(text):
        if name not in written.filled:
            cure = did_you_mean(name, written.filled) if written.filled else "Only whole texts can have one."
            problems.add(place, f"nobody fills '{{{name}}}' here.", cure)
    for name in _BRACKETED.findall(text):
        if name in written.filled:
            problems.add(place, f"'[{name}]' is told to parents as it stands.", f"Write '{{{name}}}'.")
    if _BRACE.search(_PLACEHOLDER.sub("", text)):
        problems.add(place, "a '{' or '}' stands alone in this text.", "Write such as '{baby}', or take it out.")


def _shorten(text: str) -> str:
    lines = text.splitlines()
    if len(lines) < 2:
        return "Shorten it."
    return f"Shorten it. Its longest line begins '{max(lines, key=len)[:40]}'."


def _all(script: Script) -> Iterator[tuple[str, _Written]]:
    for dialog in script.dialogs.values():
        yield from ((dialog.place.file, written) for written in _of_dialog(dialog))
    for howto in script.howtos.values():
        yield howto.place.file, _Written(("title",), howto.title, MAX_TITLE, NOTHING)
        for number, step in enumerate(howto.steps):
            yield howto.place.file, _Written(("steps", number, "text"), step.text)
    for rule in script.book.rules.values():
        yield rule.place.file, _Written(("rules", rule.id, "because"), rule.because, MAX_BECAUSE, COMMON | FACTS)
    for gate in script.book.gates.values():
        for number, row in enumerate(gate.closed):
            yield gate.place.file, _Written(("gates", gate.id, "closed", number, "because"), row.because, MAX_BECAUSE)
    yield "content/withheld.yaml", _Written(("ask",), script.withheld.ask)
    for chapter, label in script.withheld.chapters.items():
        yield "content/withheld.yaml", _Written(("chapters", chapter), label, MAX_LABEL, NOTHING)
    for passage in script.withheld.passages.values():
        yield passage.place.file, _Written(("passages", passage.id, "label"), passage.label or "", MAX_LABEL, NOTHING)
        yield passage.place.file, _Written(("passages", passage.id, "say"), passage.say or "")
    for said in script.book.always_said:
        yield said.place.file, _Written(("always_said", said.id, "say"), said.text)
    yield from (("content/outcomes.yaml", written) for written in _of_outcomes(script))
    yield from (("content/phrases.yaml", written) for written in _of_phrases(script))
    yield "content/menu.yaml", _Written(("ask",), script.menu.ask)
    for entry in script.menu.every:
        yield "content/menu.yaml", _Written((*entry.path, "text"), entry.text, MAX_LABEL, NOTHING)
        yield "content/menu.yaml", _Written((*entry.path, "ask"), entry.ask or "")
    yield from _of_library(script)


def _of_library(script: Script) -> Iterator[tuple[str, _Written]]:
    yield "content/library.yaml", _Written(("ask",), script.library.ask)
    for chapter in script.library.chapters.values():
        yield "content/library.yaml", _Written(("chapters", chapter.id, "label"), chapter.label, MAX_LABEL, NOTHING)
    for article in script.articles.values():
        file = article.place.file
        yield file, _Written(("title",), article.title, MAX_TITLE, NOTHING)
        yield file, _Written(("label",), article.label, MAX_LABEL, NOTHING)
        for number, page in enumerate(article.pages):
            yield file, _Written(("pages", number, "text"), page.text, MAX_PAGE)


def _of_dialog(dialog: Dialog) -> Iterator[_Written]:
    yield _Written(("title",), dialog.title, MAX_TITLE, NOTHING)
    for question in dialog.questions.values():
        yield from _of_question(question, ("questions", question.id))
    for checklist in dialog.checklists.values():
        yield from _of_checklist(checklist, ("checklists", checklist.id))
    for say in dialog.texts.values():
        yield _Written(("texts", say.id, "say"), say.text)


def _of_question(question: Question, path: tuple[str, ...]) -> Iterator[_Written]:
    yield _Written((*path, "ask"), question.ask, filled=COMMON | {"summary"})
    for name, text in (("why", question.why), ("hint", question.hint)):
        yield _Written((*path, name), text or "")
    for name, text in (("short", question.short), ("not_sure", question.not_sure)):
        yield _Written((*path, name), text or "", MAX_LABEL, NOTHING)
    for name, options in (("options", question.options), ("bands", question.bands)):
        for option in options:
            yield _Written((*path, name, option.id), option.text, MAX_LABEL, NOTHING)


def _of_checklist(checklist: Checklist, path: tuple[str, ...]) -> Iterator[_Written]:
    yield _Written((*path, "ask"), checklist.ask)
    yield _Written((*path, "simple_check"), checklist.simple_check or "")
    yield _Written((*path, "because"), checklist.because or "", MAX_BECAUSE)
    yield _Written((*path, "none"), checklist.none or "", MAX_LABEL, NOTHING)
    for number, item in enumerate(checklist.items):
        yield _Written((*path, "items", number, "text"), item.text, MAX_ITEM)


def _of_outcomes(script: Script) -> Iterator[_Written]:
    outcomes = script.outcomes
    sections = {
        "levels": outcomes.levels.values(),
        "instead": outcomes.instead,
        "meanwhile": outcomes.meanwhile,
        "advice": outcomes.advice,
        "safety_net": outcomes.safety_net,
    }
    for name, texts in sections.items():
        for one in texts:
            yield _Written((name, one.id, "say"), one.text, filled=OUTCOME)


def _of_phrases(script: Script) -> Iterator[_Written]:
    for key, text in script.phrases.items():
        kind, _, name = key.partition(".")
        if kind == "button":
            yield _Written(("buttons", name), text, MAX_LABEL, NOTHING)
        else:
            yield _Written(("texts", name), text, _limit(name), _filled(name))


def _limit(phrase: str) -> int:
    if phrase.startswith(OF_A_COMMAND):
        return MAX_COMMAND
    return {"bot_description": MAX_DESCRIPTION, "bot_short_description": MAX_SHORT_DESCRIPTION}.get(
        phrase, MAX_MESSAGE // 2
    )


def _filled(phrase: str) -> frozenset[str]:
    """What may be filled in: nothing in what Telegram shows to everybody."""
    return NOTHING if phrase.startswith((OF_A_COMMAND, "bot_")) else TEXTS[phrase] | COMMON


def _check_emergency(script: Script, problems: Problems) -> None:
    """An EMERGENCY message must stay short with every reason that it may have to give."""
    phrases = (script.phrases.get(f"text.{name}", "{because}") for name in ("reason_first", "reason_open_first"))
    reason = max(phrases, key=len)
    longest = max(
        (len(_filled_up(reason.replace("{because}", because))) for because in _emergency_reasons(script)), default=0
    )
    for name in ("emergency_call", "emergency_go"):
        outcome = script.outcomes.levels.get(name)
        if outcome is None:
            continue
        length = len(_filled_up(outcome.text, "x" * longest))
        if length > MAX_EMERGENCY:
            what = f"with its longest reason '{name}' has {length} characters; {MAX_EMERGENCY} is the limit."
            problems.add(outcome.place, what, _shorten(outcome.text))
    rules = script.book.rules
    for outcome in script.outcomes.instead:
        mine = [rules[one] for one in outcome.rules if one in rules and rules[one].highest is Level.EMERGENCY]
        because = max((_filled_up(one.because) for one in mine), key=len, default="")
        length = len(_filled_up(outcome.text, _filled_up(reason.replace("{because}", because))))
        if mine and length > MAX_EMERGENCY:
            what = f"'{outcome.id}' has {length} characters as a parent reads it; {MAX_EMERGENCY} is the limit."
            problems.add(outcome.place, what, _shorten(outcome.text))


def _filled_up(text: str, reasons: str = "") -> str:
    text = text.strip().replace("{reasons}", reasons)
    for name, longest in _LONGEST_FILLED.items():
        text = text.replace(f"{{{name}}}", longest)
    return text


def _emergency_reasons(script: Script) -> Iterator[str]:
    for rule in script.book.rules.values():
        if rule.highest is Level.EMERGENCY:
            yield rule.because
    for dialog in script.dialogs.values():
        for checklist in dialog.checklists.values():
            if checklist.level is Level.EMERGENCY and checklist.because is not None:
                yield checklist.because
