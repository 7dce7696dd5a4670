"""The first page, and the page that says how a level comes about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.authoring.document.blocks import Block, Bullets, Front, Heading, Para, Table
from bot.authoring.document.material import Material
from bot.facts.level import Level

HOW = "How it decides"
DIGITS = 12
"""Letters of the version's fingerprint on the first page."""

_MEANING = {
    Level.EMERGENCY: ("now: call, or go to the emergency department", "interrupts at once and ends the questions"),
    Level.URGENT: ("today, at night and on weekends too", "is told at once; then the questions go on"),
    Level.SOON: ("a visit within 7 days", "is told at the end"),
    Level.ROUTINE: ("at the next check-up", "is told at the end"),
    Level.REASSURE: ("nothing to do but watch", "is told only where every rule is ruled out"),
}


def front(material: Material, today: date) -> Front:
    """What stands on the first page; the fingerprint is that of every file of the script."""
    script = material.script
    signables = script.approvals.signables.values()
    signed = sum(one.approved for one in signables)
    facts = (
        ("Version", script.hash[:DIGITS]),
        ("Made on", today.isoformat()),
        (
            "Holds",
            f"{len(material.texts)} texts, {len(script.book.rules)} rules, {len(script.dialogs)} conversations and "
            "their parts",
        ),
        ("Signed", f"{signed} of {len(signables)} things to sign"),
    )
    return Front(
        "Steady: all texts and rules, for review",
        script.hash[:DIGITS],
        today.isoformat(),
        facts,
        "Not clinically validated. No clinician has approved this as a whole. It is no medical device.",
        "Steady is a chat for adults who care for a child from birth to 3 years who trembles, twitches, or feels "
        "stiff or floppy. It asks one question at a time, says how soon to get help, and shows what is safe to do at "
        "home. It names no illness as a fact and no medicine, and writes nothing by itself: every sentence that a "
        "parent can read stands in this document, with a number.",
        (
            ("Every reader", "this page and \u201cHow it decides\u201d: 2 pages"),
            ("Paediatrician, neonatologist, neurologist", "chapters 1, 3 and 6: rules, danger questions, results"),
            (
                "Emergency physician, nurse, call handler",
                "chapter 1 (EMERGENCY, URGENT), chapter 6, and emergency words",
            ),
            ("Physiotherapist, midwife, health visitor", "the how-tos, when they have to wait, and the warnings"),
            ("Editor, native speaker", "the numbered texts; emergency words of your language"),
            ("Whoever answers for it", "open questions, what changed, sources, signatures"),
        ),
        (
            "Each text has a number beside it. Write the number and your words: \u201cno. 12: say one hour\u201d.",
            "A rule is named by its letter and number, such as F-01.",
            "{baby} becomes the name of the child, {emergency_number} the number to call where the parent is.",
            "Under what has to be signed stands a line: agree, or what to change, then name and date.",
            "Wrong and dangerous? Write it in red and tell the operator the same day: a conversation can be closed "
            "at once.",
        ),
    )


def how_it_decides(material: Material) -> Iterator[Block]:
    """The whole logic on one page."""
    yield Heading(1, HOW)
    languages = len(material.script.words.get("languages", {}))
    rows = tuple((level.name, *_MEANING[level]) for level in sorted(Level, reverse=True))
    yield Table(("Level", "How soon", "In the chat"), rows, (2, 5, 6))
    yield Bullets(
        (
            "The gravest rule counts. After every answer all rules are looked at, in every conversation. No "
            "conversation can leave one out.",
            "Not known is not \u201cno\u201d. A rule is not raised because nobody asked yet. But as long as a rule "
            "could still raise the level for this child, the end is never REASSURE.",
            "\u201cNot sure\u201d is always offered. Where it leaves a rule open, that rule counts one level lower, "
            "or what stands at the rule. About a danger sign the parent first gets a simple check to do.",
            "A raised level stays. Only a corrected answer to that very question lowers it, and an EMERGENCY or "
            "URGENT is remembered for 24 hours: the next check begins with \u201cWas the child seen?\u201d",
            "Age means two ages. For a child born early most rules take the age from birth or the corrected age, "
            "whichever is lower (\u201cyounger age\u201d). An age that is not known leaves a rule open, and counts "
            "as \u201cnot sure\u201d.",
            "Danger first. The danger signs (list A) are asked before all else; \u201cYes, one of these\u201d is an "
            "EMERGENCY before the parent has said which.",
            f"Words of danger are heard at any time, in any message, in {languages} languages, before consent.",
            "An answer about harm to the child is private: its reason is shown nowhere, and it is deleted after the "
            "check.",
            "A mathematical proof, run before each publication, looks for a child for whom a rule is missed, for "
            "whom a worse answer lowers the level, or whom the chat would reassure wrongly.",
        )
    )
    yield Para("In conditions, \u201cflag X\u201d means that rule X is raised.")
