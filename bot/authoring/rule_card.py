"""`steady rule`: all about one rule on one page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.authoring.chat_index import Listed
from bot.authoring.check import counted
from bot.authoring.condition_page import rule_lines
from bot.authoring.condition_words import in_words
from bot.authoring.facts_behind import facts_behind
from bot.authoring.find_text import chat_lines
from bot.facts.level import Level
from bot.script.conditions import ALWAYS, Condition, FlagRaised, walk
from bot.script.model import Dialog
from bot.script.problems import Place
from bot.script.rules import Rule
from bot.script.script import Script
from bot.script.vocabulary import Vocabulary


def rule_card(script: Script, rule: Rule, chats: list[Listed]) -> Iterator[str]:
    """The text of a rule, its condition in words, who is asked, what is said with it, and which chats show it."""
    yield f"{rule.id}: {rule.title} ({rule.place})"
    yield f"Parents read: {rule.because}"
    yield ""
    yield from rule_lines(rule, script.vocabulary)
    yield ""
    yield from _asked(script, rule)
    yield from _said(script, rule)
    yield ""
    yield f"Sources: {', '.join(rule.sources)}."
    yield f"Approved by a clinician: {'not yet' if rule.id in script.unapproved else 'yes'}."
    yield (
        f"{counted(len(rule.fires_for), 'example')} of children for whom it is raised, "
        f"{len(rule.quiet_for)} for whom it stays quiet."
    )
    shown = [one for one in chats if rule.id in one.conversation.expected.rules]
    yield from chat_lines("Chats that show it:", shown)
    if not shown:
        yield "No chat shows it."


def condition_lines(vocabulary: Vocabulary, rule: Rule) -> Iterator[str]:
    """When a rule is raised and as what, in a sentence each."""
    if not rule.levels:
        yield "It informs, and has no level."
    for row in rule.levels:
        action = "" if row.action is None else f", {row.action.value}"
        yield f"{row.level.name}{action}, when {in_words(row.when, vocabulary)}."
    for unless in rule.unless:
        yield f"Not when {in_words(unless, vocabulary)}."
    if rule.not_sure is None and rule.highest > Level.REASSURE:
        yield f"Where answers leave that open it counts one level lower: {rule.highest.lower.name}."
    for number, one in enumerate(rule.not_sure or ()):
        counts = "does not count" if one.level is None else f"counts as {one.level.name}"
        if one.when == ALWAYS:
            yield f"Where answers leave that open it {counts}." if number == 0 else f"Else it {counts}."
        else:
            yield f"Where answers leave that open it {counts}, when {in_words(one.when, vocabulary)}."


def _asked(script: Script, rule: Rule) -> Iterator[str]:
    """Which questions and lines of lists tell its facts, and to which other rules it looks."""
    facts = facts_behind(_conditions(rule), script.vocabulary)
    yield "It is decided by:"
    for name in sorted(facts):
        places = list(_places(script.dialogs, name))
        yield f"  {name}: {'; '.join(places) if places else 'nobody is asked'}"
    flags = {part.rule for one in _conditions(rule) for part in walk(one) if isinstance(part, FlagRaised)}
    if flags:
        yield f"It looks at: {', '.join(sorted(flags))}."


def _conditions(rule: Rule) -> list[Condition]:
    return [*(row.when for row in rule.levels), *rule.unless, *(row.when for row in rule.not_sure or ())]


def _places(dialogs: Mapping[str, Dialog], fact: str) -> Iterator[str]:
    for dialog in dialogs.values():
        for question in dialog.questions.values():
            if fact in question.facts:
                yield _place(question.place, f"question '{question.id}'")
        for checklist in dialog.checklists.values():
            if fact in checklist.facts:
                yield _place(checklist.place, f"list '{checklist.id}'")


def _place(place: Place, what: str) -> str:
    return f"{what} ({place})"


def _said(script: Script, rule: Rule) -> Iterator[str]:
    outcomes = script.outcomes
    texts = [one for part in (outcomes.instead, outcomes.meanwhile, outcomes.advice) for one in part]
    named = [one for one in texts if rule.id in one.rules]
    if named:
        yield f"Said with it: {', '.join(f'{one.id} ({one.place})' for one in named)}."
