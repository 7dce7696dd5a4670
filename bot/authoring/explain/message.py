"""The page about a message that was sent, and about the texts of which a message is made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.authoring.check import counted
from bot.authoring.condition_page import rule_lines
from bot.authoring.explain.edition import Edition
from bot.authoring.explain.match import Matcher, Part
from bot.authoring.explain.origin import approval_line, source_lines
from bot.authoring.explain.reason import reason_lines
from bot.authoring.explain.sent import InCheck, Raised, Sent
from bot.authoring.facts_behind import facts_behind
from bot.script.citations import sources_at
from bot.script.rules import Rule

_HIDDEN = "Something in this check is kept from other eyes, so nothing of its reasons is told here."
_GONE = "Its words are gone: they are deleted once the parent goes on, and after 24 hours at the latest."


def message_page(sent: Sent, edition: Edition | None, version: str) -> Iterator[str]:
    """Who spoke, which rules stood, of which texts it is made and where they come from."""
    yield _heading(sent)
    yield version
    if sent.turn is None:
        yield "It was no message of a chat with a parent: an alert, or a note to the people who run the bot."
        return
    if sent.check is not None:
        yield from _check(sent.check)
    if sent.secret:
        yield _HIDDEN
        return
    if sent.text is None:
        yield _GONE
    if edition is None:
        return
    if sent.text is not None:
        yield ""
        yield from _parts(sent, edition)
    for raised in sent.check.raised if sent.check is not None else ():
        yield ""
        yield from _rule(raised, edition, sent.check)


def parts_page(edition: Edition, parts: Sequence[Part]) -> Iterator[str]:
    """Each text of a message: what it is, why it is said, and where it comes from."""
    for number, part in enumerate(parts, 1):
        text = part.text
        yield ""
        yield f"{number}. {text.id} ({text.file})"
        if part.same:
            yield f"   The same words: {', '.join(part.same)}."
        yield from (f"   {line}" for line in reason_lines(edition, text))
        yield from (f"   {line}" for line in source_lines(edition, sources_at(edition.nodes, text.file, text.path)))
        yield f"   {approval_line(edition, text.file, text.path)}"


def _heading(sent: Sent) -> str:
    who = "" if sent.parent is None else f" to parent {sent.parent}"
    turn = "" if sent.turn is None else f", turn {sent.turn}"
    went = "not sent yet" if sent.sent_at is None else f"sent {sent.sent_at:%Y-%m-%d %H:%M} UTC"
    return f"Message {sent.id} ({sent.kind}){who}{turn}, queued {sent.queued_at:%Y-%m-%d %H:%M} UTC, {went}."


def _check(check: InCheck) -> Iterator[str]:
    yield f"Check: {check.dialog}, begun {check.started_at:%Y-%m-%d %H:%M} UTC."
    for when, stood in (
        ("Raised in this turn", [one for one in check.raised if one.new]),
        ("Raised before", [one for one in check.raised if not one.new]),
    ):
        if stood:
            yield f"{when}: {', '.join(_level(one) for one in stood)}."


def _level(one: Raised) -> str:
    return f"{_called(one.rule)} ({one.level}{'' if one.action is None else f', {one.action}'})"


def _called(rule: str) -> str:
    """The flag of a whole list, or of an emergency word, by what it is."""
    kind, colon, name = rule.partition(":")
    return f"the {kind} {name}" if colon else rule


def _parts(sent: Sent, edition: Edition) -> Iterator[str]:
    found = Matcher(edition.texts).find(sent.text or "")
    stood = {one.rule for one in sent.check.raised} if sent.check is not None else set()
    if not found.parts:
        yield "No text of that version says it: it is made of buttons, or of what was filled in."
        return
    yield f"It is made of {counted(len(found.parts), 'text')}:"
    yield from parts_page(edition, [_narrowed(part, stood, edition) for part in found.parts])


def _narrowed(part: Part, stood: set[str], edition: Edition) -> Part:
    """Of several rules with the same reason the one that was raised."""
    for name in (part.text.id, *part.same):
        text = edition.texts[name]
        if text.path[:1] == ("rules",) and str(text.path[1]) in stood:
            return Part(text, part.begins, part.covers)
    return part


def _rule(raised: Raised, edition: Edition, check: InCheck | None) -> Iterator[str]:
    rule = edition.script.book.rules.get(raised.rule)
    if rule is None:
        # Such as a list whose "yes" raised its level before a line was named.
        yield f"{_called(raised.rule)}: it raised the level by itself; no rule of that version is called so."
        return
    yield f"{rule.id}: {rule.title}"
    yield from (f"  {line}" for line in rule_lines(rule, edition.script.vocabulary))
    answered = sorted(_looked_at(rule, edition) & (frozenset() if check is None else check.answered))
    if answered:
        yield f"  It looked at the answers about: {', '.join(answered)}."
    yield from (f"  {line}" for line in source_lines(edition, rule.sources))
    yield f"  {approval_line(edition, rule.place.file, ('rules', rule.id))}"


def _looked_at(rule: Rule, edition: Edition) -> frozenset[str]:
    vocabulary = edition.script.vocabulary
    conditions = [*(row.when for row in rule.levels), *rule.unless]
    return frozenset(name for name in facts_behind(conditions, vocabulary) if not vocabulary.facts[name].private)
