"""`steady explain ID`: a rule, a text, a gate, a withheld passage, an article, or a place of the articles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bot.authoring.condition_page import rule_lines
from bot.authoring.documents.inventory import Item
from bot.authoring.explain.edition import Edition
from bot.authoring.explain.origin import approval_line, source_lines
from bot.authoring.explain.reason import gate_lines, reason_lines
from bot.errors import SteadyError
from bot.script.citations import DocumentPlace, document_place, sources_at
from bot.script.problems import did_you_mean
from bot.script.rules import Gate, Rule
from bot.script.text_ids import Text
from bot.script.withheld import Passage

_ITEM = re.compile(r"S-\d{3}", re.IGNORECASE)
_GATES = "gates."
_ARTICLES = "articles."


class NothingToExplainError(SteadyError):
    """Nothing has this name."""


def explain(edition: Edition, name: str) -> Iterator[str]:
    """The page about one thing of a version; raises NothingToExplainError where nothing is called so."""
    script = edition.script
    line = document_place(name)
    rules = {one.casefold(): rule for one, rule in script.book.rules.items()}
    passages = {one.casefold(): passage for one, passage in script.withheld.passages.items()}
    key = name.casefold()
    if _ITEM.fullmatch(name) and name.upper() in edition.inventory.items:
        yield from _item(edition, edition.inventory.items[name.upper()])
    elif line is not None:
        yield from _line(edition, line)
    elif key in rules:
        yield from _rule(edition, rules[key])
    elif key in passages:
        yield from _passage(edition, passages[key])
    elif name.startswith(_GATES) and name.removeprefix(_GATES) in script.book.gates:
        yield from _gate(edition, script.book.gates[name.removeprefix(_GATES)])
    elif name in edition.texts:
        yield from text_page(edition, edition.texts[name])
    else:
        yield from _group(edition, name)


def text_page(edition: Edition, text: Text) -> Iterator[str]:
    """All about one text for parents."""
    place = f"{text.file}, in {'.'.join(map(str, text.path))}"
    yield f"{text.id} ({place})"
    yield "Parents read:"
    yield from (f"  {row}" for row in text.text.strip().splitlines())
    yield ""
    yield from reason_lines(edition, text)
    yield ""
    yield from source_lines(edition, sources_at(edition.nodes, text.file, text.path))
    yield approval_line(edition, text.file, text.path)


def _rule(edition: Edition, rule: Rule) -> Iterator[str]:
    yield f"{rule.id}: {rule.title} ({rule.place})"
    yield f"Parents read: {rule.because}"
    if rule.private:
        yield "Kept from other eyes: the reason is never named in a message."
    yield ""
    yield from rule_lines(rule, edition.script.vocabulary)
    yield ""
    yield from source_lines(edition, rule.sources)
    yield approval_line(edition, rule.place.file, ("rules", rule.id))
    yield f"Who is asked, and which chats show it: steady rule {rule.id}"


def _passage(edition: Edition, passage: Passage) -> Iterator[str]:
    yield f"{passage.id}: {passage.title} ({passage.place})"
    if passage.say is None:
        yield "The guide is silent about it, whatever is asked."
    else:
        yield "Whoever asks about it reads:"
        yield from (f"  {row}" for row in passage.say.strip().splitlines())
    if passage.instead:
        yield f"In its place: {', '.join(passage.instead)}."
    yield ""
    yield from source_lines(edition, passage.sources)
    yield approval_line(edition, passage.place.file, ("passages", passage.id))


def _gate(edition: Edition, gate: Gate) -> Iterator[str]:
    yield f"The gate of {gate.id} ({gate.place})"
    yield from gate_lines(edition, gate)
    cited = [one.source for one in edition.cited if one.place.file == gate.place.file and one.home in _rows(gate)]
    yield ""
    yield from source_lines(edition, tuple(dict.fromkeys(cited)))
    yield approval_line(edition, gate.place.file, ("gates", gate.id))


def _rows(gate: Gate) -> frozenset[str]:
    return frozenset({gate.id, *(one.id for one in gate.closed), *(one.id for one in gate.otherwise)})


def _item(edition: Edition, item: Item) -> Iterator[str]:
    shape = edition.catalogue.get(item.line.document)
    document = item.line.document if shape is None else shape.file
    yield f"{item.id}: line {item.line.line} of {document}. It is {item.state.value}."
    if item.used_by:
        yield "The guide says it here:"
        yield from (f"  {line}" for name in item.used_by for line in _home(edition, name))
    for name in item.withheld_by:
        reason = edition.inventory.reasons.get(name)
        if reason is not None:
            yield f"Left out ({name}): {reason.why}"
            if reason.instead:
                yield f"  In its place: {', '.join(reason.instead)}."
        elif (passage := edition.script.withheld.passages.get(name)) is not None:
            yield f"Withheld by {name}: {passage.title}. {_withheld(passage)}"


def _withheld(passage: Passage) -> str:
    if not passage.silent:
        return "Whoever asks is warned."
    return f"In its place: {', '.join(passage.instead)}." if passage.instead else "Nothing is said about it."


def _line(edition: Edition, line: DocumentPlace) -> Iterator[str]:
    items = edition.inventory.on(line)
    homes = tuple(dict.fromkeys(one.home for one in edition.cited if one.source == str(line)))
    if not items and not homes:
        raise NothingToExplainError(
            f"nothing is listed on {line}, and nothing cites it.",
            cure="`steady check --documents DIR` shows which lines have something on them.",
        )
    for number, item in enumerate(items):
        if number:
            yield ""
        yield from _item(edition, item)
    listed = {name for item in items for name in (*item.used_by, *item.withheld_by)}
    others = [name for name in homes if name not in listed]
    if others:
        yield ""
        yield f"{line} is cited here as well: {', '.join(others)}."


def _home(edition: Edition, name: str) -> Iterator[str]:
    """A home in a line or two: what it is called, where it stands, and how its text begins."""
    places = [one.place for one in edition.cited if one.home == name]
    where = f" ({places[0].file}, line {places[0].line})" if places else ""
    rule = edition.script.book.rules.get(name)
    if rule is not None:
        yield f"{name}: {rule.title} ({rule.place})"
        return
    texts = list(texts_of(edition, name).values())
    begins = " ".join(texts[0].text.split()) if texts else ""
    shown = begins if len(begins) <= 70 else f"{begins[:70].rsplit(' ', 1)[0]} ..."
    yield f"{name}{where}{f': “{shown}”' if shown else ''}"


def texts_of(edition: Edition, home: str) -> Mapping[str, Text]:
    """The texts that belong to a home, or that stand below a name such as `episode.questions.state`."""
    found = {name: text for name, text in edition.texts.items() if name.startswith(f"{home}.")}
    if found:
        return found
    stem, _, name = home.rpartition(".")
    parts = ("questions", "checklists", "texts") if f"{stem}.title" in edition.texts else ()
    for part in parts:
        found |= {one: text for one, text in edition.texts.items() if one.startswith(f"{stem}.{part}.{name}.")}
    if home in {one.home for one in edition.cited} and stem.startswith("howto."):
        howto = edition.script.howtos.get(stem.removeprefix("howto."))
        steps = [] if howto is None else [number for number, step in enumerate(howto.steps) if step.id == name]
        found |= {
            one: text for number in steps for one, text in edition.texts.items() if one == f"{stem}.steps.{number}.text"
        }
    always = [text for text in edition.texts.values() if text.path[:2] == ("always_said", home)]
    found |= {text.id: text for text in always}
    if home in {row for gate in edition.script.book.gates.values() for row in _rows(gate)}:
        for gate in edition.script.book.gates.values():
            for number, closing in enumerate(gate.closed):
                text = edition.texts.get(f"gates.gates.{gate.id}.closed.{number}.because")
                if closing.id == home and text is not None:
                    found[text.id] = text
    return found


def _group(edition: Edition, name: str) -> Iterator[str]:
    """Several texts below one name: each with its reason, then what they all cite."""
    wanted = f"{_ARTICLES}{name}" if name in edition.script.articles else name
    texts = texts_of(edition, wanted)
    if not texts:
        known = {
            *edition.texts, *edition.script.book.rules, *edition.script.withheld.passages, *edition.inventory.items,
            *(one.home for one in edition.cited), *(f"{_GATES}{one}" for one in edition.script.book.gates),
        }  # fmt: skip
        cure = f"{did_you_mean(name, known)} A sentence that a parent read: steady explain --text '...'"
        raise NothingToExplainError(f"nothing is called '{name}'.", cure=cure)
    first = next(iter(texts.values()))
    yield f"{wanted} ({first.file})"
    for text in texts.values():
        shown = " ".join(text.text.split())
        yield f"  {text.id}: {shown if len(shown) <= 90 else f'{shown[:90].rsplit(chr(32), 1)[0]} ...'}"
    yield ""
    yield from dict.fromkeys(line for text in texts.values() for line in reason_lines(edition, text))
    yield ""
    cited = dict.fromkeys(
        source for text in texts.values() for source in sources_at(edition.nodes, text.file, text.path)
    )
    yield from source_lines(edition, tuple(cited))
    yield from dict.fromkeys(approval_line(edition, text.file, text.path) for text in texts.values())
    gate = edition.script.book.gates.get(name)
    if gate is not None:
        yield f"Its gate: steady explain {_GATES}{name}"
