"""The last chapters: whatever has no other place, open questions, changes, and the page to sign."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from bot.authoring.changes.change import Changes
from bot.authoring.condition_words import fact_in_words
from bot.authoring.document.blocks import Block, Bullets, Fields, Heading, Labels, Para, Table
from bot.authoring.document.material import Material
from bot.authoring.signing.questions import FILE, GROUPS, read_questions
from bot.facts.reading.limits import typed_limits
from bot.script.problems import Problems


def others(material: Material) -> Iterator[Block]:
    """Texts of files that no chapter knows, file by file."""
    left = material.left()
    if not left:
        return
    yield Heading(1, "Other texts")
    files = dict.fromkeys(text.file for text in left)
    for file in files:
        mine = [text for text in left if text.file == file]
        title = next((one.text for one in mine if one.path == ("title",)), file)
        yield Heading(2, title)
        yield Fields((("File", file),))
        for text in mine:
            if text.path == ("title",):
                yield Labels(tuple(material.label(file, text.path, "title")))
            else:
                yield from material.told(file, text.path, " ".join(map(str, text.path)).replace("_", " "))


def open_questions(material: Material) -> Iterator[Block]:
    """What only a clinician can decide, by what it is about."""
    yield Heading(1, "Open questions for a clinician")
    node = material.nodes.get(FILE)
    asked = () if node is None else read_questions(node, Problems())
    if not asked:
        yield Para("None are written down in this version.")
        return
    yield Para("Until somebody decides, the more cautious answer is built in. Please write yours beside the question.")
    for group in GROUPS:
        mine = [one for one in asked if one.about == group]
        if mine:
            yield Heading(2, group.capitalize())
            rows = tuple((one.id, one.ask, one.now, ", ".join(one.touches), "") for one in mine)
            head = ("", "Question", "Built in now", "Touches", "Your answer")
            yield Table(head, rows, (2, 6, 5, 4, 5), room=True)


def changed(changes: Changes | None, since: str) -> Iterator[Block]:
    """What is different for a parent since another version."""
    yield Heading(1, "What changed")
    if changes is None:
        yield Para("Not compared with another version. With --since a folder, a version or a git revision it is.")
        return
    if not changes.changes:
        yield Para(f"Nothing is different from {since}.")
        return
    count = Counter(one.kind.value for one in changes.changes)
    told = ", ".join(f"{number} {kind}" for kind, number in sorted(count.items()))
    yield Para(f"Since {since}: {told}. The gravest change is {changes.edit_class.value}.")
    rows = tuple((one.kind.value, one.of, one.what) for one in changes.changes)
    yield Table(("Class", "Of", "What is different for a parent"), rows, (2, 4, 9))
    if changes.levels:
        rows = tuple((one.name, _level(one.old), _level(one.new)) for one in changes.levels)
        yield Table(("Made-up parent whose level changes", "Before", "Now"), rows, (8, 2, 2))


def _level(level: Any) -> str:
    return "none" if level is None else str(level.name)


def to_sign(material: Material) -> Iterator[Block]:
    """How far the signatures are, and the page for the whole."""
    yield Heading(1, "Signatures")
    signables = material.script.approvals.signables.values()
    done = Counter(one.kind.value for one in signables if one.approved)
    asked = Counter(one.kind.value for one in signables)
    rows = tuple((kind.capitalize(), str(number), str(done[kind])) for kind, number in asked.items())
    yield Table(("What has to be signed", "How many", "Signed as it stands"), rows, (6, 3, 3))
    yield Para(
        "A signature covers exactly the text, the condition and the level that stand here. Any edit voids it: then the "
        "fingerprint beside the name no longer fits. With steady approve the operator enters what is signed here."
    )
    yield from _limits(material)
    yield Heading(2, "For the whole document")
    yield Bullets(("I have read chapters: ______________________", "I agree with what I have not marked: yes / no"))
    yield Table(("Name", "Role", "Date", "Signature"), (("", "", "", ""),) * 3, (4, 4, 2, 4), room=True)


def _limits(material: Material) -> Iterator[Block]:
    """What is signed as a whole: the limits of what may be typed, and for whom each question makes sense."""
    vocabulary = material.script.vocabulary
    yield Heading(2, "Limits of what may be typed")
    typed = tuple((str(name), str(limit)) for name, limit in typed_limits().items())
    yield Table(("What", "Limit"), typed, (5, 8))
    yield from material.sign("facts.typing")
    yield Heading(2, "For whom each question makes sense, and for how long an answer counts")
    rows = []
    for name, fact in vocabulary.facts.items():
        asked = "" if fact.ask_if is None else material.words(fact.ask_if)
        lasts = "" if fact.valid_for is None else _span(fact.valid_for)
        rows.append((fact_in_words(name, vocabulary), "" if fact.ages is None else str(fact.ages), asked, lasts))
    yield Table(("Of", "Ages", "Asked if", "Counts for"), tuple(rows), (4, 4, 6, 2))
    yield from material.sign("facts.asking")


def _span(span: timedelta) -> str:
    minutes = int(span.total_seconds()) // 60
    return f"{minutes // 60} h" if minutes % 60 == 0 else f"{minutes} min"
