"""What somebody is about to sign, in words: what a parent reads, when, how urgent, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.authoring.condition_words import fact_in_words, in_words
from bot.authoring.rule_card import condition_lines
from bot.facts.reading.limits import typed_limits
from bot.script.approval import Kind, Signable
from bot.script.conditions import ALWAYS
from bot.script.document import Node, plain
from bot.script.foundation import GATES
from bot.script.load import Loaded
from bot.script.model import Checklist, Question
from bot.script.outcomes import OutcomeText
from bot.script.script import Script
from bot.script.signables import holder
from bot.script.vocabulary import Vocabulary


def shown(loaded: Loaded, script: Script, one: Signable) -> Iterator[str]:
    """The lines that tell what a signature covers."""
    content = _content(loaded, one)
    title = f": {content['title']}" if isinstance(content, Mapping) and "title" in content else ""
    yield f"{one.id}{title} ({one.kind}, {one.place})"
    yield from (f"  {line}" if line else "" for line in _told(script, one, content))
    yield from (f"  {line}" for line in _behind(script, one))
    sources = content.get("sources") if isinstance(content, Mapping) else _sources_of_phrase(loaded, one)
    if sources:
        yield f"  Sources: {', '.join(sources)}."
    if isinstance(content, Mapping) and content.get("open_question"):
        yield f"  Open question: {' '.join(content['open_question'].split())}"


def _content(loaded: Loaded, one: Signable) -> Any:
    node: Node | None = holder(loaded.nodes[one.place.file], one.path)
    return None if node is None else plain(node)


def _sources_of_phrase(loaded: Loaded, one: Signable) -> list[str]:
    node = holder(loaded.nodes[one.place.file], ("sources", one.path[-1]))
    return [] if node is None else list(plain(node))


def _told(script: Script, one: Signable, content: Any) -> Iterator[str]:
    match one.kind:
        case Kind.RULE:
            rule = script.book.rules[one.id]
            yield f"Parents read: {rule.because}"
            yield from condition_lines(script.vocabulary, rule)
            if rule.private:
                yield "Its reason is private."
        case Kind.GATE:
            gate = script.book.gates[str(one.path[-1])]
            for closing in gate.closed:
                yield f"Closed, when {in_words(closing.when, script.vocabulary)}. Parents read: {closing.because}"
            for opening in gate.otherwise:
                yield f"Else {opening.result.replace('_', ' ')}, when {in_words(opening.when, script.vocabulary)}."
        case Kind.LIST:
            yield from _list(script.dialogs[_stem(one)].checklists[str(one.path[-1])], content)
        case Kind.QUESTION:
            yield from _question(script.dialogs[_stem(one)].questions[str(one.path[-1])], content)
        case Kind.WORDS:
            yield from _words(content)
        case Kind.LIMIT if one.id == "facts.typing":
            yield from (f"{what}: {limit}" for what, limit in typed_limits().items())
        case Kind.LIMIT:
            yield from _facts(content, script.vocabulary)
        case Kind.TEXT:
            yield from _text(script, one, content)


def _stem(one: Signable) -> str:
    return one.place.file.rsplit("/", 1)[-1].removesuffix(".yaml")


def _text(script: Script, one: Signable, content: Any) -> Iterator[str]:
    said = content if isinstance(content, str) else content["say"]
    yield from said.strip().splitlines()
    outcomes = script.outcomes
    texts = (*outcomes.levels.values(), *outcomes.instead, *outcomes.meanwhile, *outcomes.advice, *outcomes.safety_net)
    found: OutcomeText | None = next((text for text in texts if text.place == one.place), None)
    if found is not None and found.rules:
        yield f"Said when one of these is raised: {', '.join(sorted(found.rules))}."
    if found is not None and found.when != ALWAYS:
        yield f"Said when {in_words(found.when, script.vocabulary)}."
    if isinstance(content, Mapping) and one.place.file == GATES:
        when = content["when"]
        yield f"Said with: {when if isinstance(when, str) else ', '.join(when)}."


def _list(one: Checklist, content: Any) -> Iterator[str]:
    yield from one.ask.strip().splitlines()
    if one.level is not None:
        yield f"Every line is {one.level.name}{'' if one.action is None else f', {one.action.value}'} or above."
    for item in content["items"]:
        then = f", then {item['then']}" if "then" in item else ""
        denied = f" (none of these: {_sets(item['denied'])})" if "denied" in item else ""
        yield f"• {item['text']} -> {_sets(item['sets'])}{then}{denied}"
    if one.because is not None:
        yield f"Parents read: {one.because}"
    yield from (one.simple_check or "").strip().splitlines()


def _question(one: Question, content: Any) -> Iterator[str]:
    yield from one.ask.strip().splitlines()
    yield from (one.hint or "").strip().splitlines()
    if one.input is not None:
        yield f"Typed: {one.input.value.replace('_', ' ')}"
    for part in ("options", "bands"):
        for name, option in content.get(part, {}).items():
            told = option if isinstance(option, dict) else {"text": option}
            then = f", then {told['then']}" if "then" in told else ""
            yield f"• {told['text']} -> {_sets(told.get('sets', {one.id: name}))}{then}"


def _sets(sets: Mapping[str, Any]) -> str:
    return ", ".join(f"{name.replace('_', ' ')}: {_value(value)}" for name, value in sets.items())


def _value(value: Any) -> str:
    match value:
        case list():
            return " / ".join(map(_value, value))
        case dict():
            return ", ".join(f"{key} {_value(part)}" for key, part in value.items())
        case _:
            return str(value).replace("_", " ")


def _words(content: Any) -> Iterator[str]:
    for sign, kinds in content.get("signs", {}).items():
        for kind, phrases in kinds.items() if isinstance(kinds, Mapping) else ():
            yield f"{sign.replace('_', ' ')}, {kind}: {'; '.join(map(str, phrases))}"


def _facts(content: Any, vocabulary: Vocabulary) -> Iterator[str]:
    for fact in vocabulary.facts.values():
        written = content.get(fact.id, {})
        limits = [
            *([f"at ages {fact.ages}"] if fact.ages is not None else []),
            *([f"when {in_words(fact.ask_if, vocabulary)}"] if fact.ask_if is not None else []),
        ]
        rest = [
            *([f"asked {', '.join(limits)}"] if limits else []),
            *([f"else counts as {_value(written['usual'])}"] if limits and "usual" in written else []),
            *([f"an answer counts for {written['valid_for']}"] if fact.valid_for is not None else []),
            *(
                ["'not sure' is harmless" + ("" if fact.harmless is True else f" {fact.harmless}")]
                * bool(fact.harmless)
            ),
        ]
        if rest:
            yield f"{fact_in_words(fact.id, vocabulary)}: {'; '.join(rest)}"


def _behind(script: Script, one: Signable) -> Iterator[str]:
    """What the names in a condition mean, which is signed with it: computed facts, limits of age, other rules."""
    vocabulary = script.vocabulary
    for key in one.looks_at:
        kind, name = key.split(" ", 1)
        derived, fact = vocabulary.derived.get(name), vocabulary.facts.get(name)
        if kind == "fact" and derived is not None and derived.condition is not None:
            yield f"'{fact_in_words(name, vocabulary)}' means {in_words(derived.condition, vocabulary)}."
        elif kind == "fact" and derived is not None and derived.count_of:
            parts = "; ".join(in_words(part, vocabulary) for part in derived.count_of)
            yield f"'{fact_in_words(name, vocabulary)}' is the number of: {parts}."
        elif kind == "fact" and fact is not None and fact.ages is not None:
            yield f"'{fact_in_words(name, vocabulary)}' is asked at ages {fact.ages}."
        elif kind == "rule" and name in script.book.rules and name != one.id:
            yield f"It looks at {name}: the signature is void when the condition of {name} changes."
        elif kind == "tag":
            rules = [rule.id for rule in script.book.rules.values() if name in rule.tags]
            yield f"The tag {name} is carried by {', '.join(rules)}."
