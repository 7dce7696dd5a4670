"""Ten edits of the shipped scripts, as a moderator would make them, and what has to be said of each."""

from __future__ import annotations

from dataclasses import dataclass

from changed import LABEL_EDIT, Edit

TEMPERATURE, RULES = "dialogs/temperature.yaml", "content/red_flags.yaml"
F_01 = "when: {fever: yes, age_younger: up to 3 months}}"


@dataclass(frozen=True)
class Prepared:
    """An edit, and the class and sentence of each of its changes."""

    name: str
    edits: tuple[Edit, ...]
    told: tuple[tuple[str, str], ...]


WORDING = Prepared(
    "other words",
    ((TEMPERATURE, "How did you measure it?", "How did you take it?"),),
    (
        (
            "wording",
            "“How did you take it?” [temperature_method]: “How did you measure it?” is now “How did you take it?”.",
        ),
    ),
)

LABEL = Prepared(
    "another label of a button",
    (LABEL_EDIT,),
    (
        (
            "wording",
            "“How does it feel?” [feels_hot]: the button “Hotter than usual” is now “Warmer than usual”.",
        ),
    ),
)

STRICTER_LIMIT = Prepared(
    "a stricter limit",
    ((RULES, F_01, "when: {any: [{fever: yes}, {temperature_c: at least 37.5}], age_younger: up to 3 months}}"),),
    (
        (
            "stricter",
            "High temperature under 3 months [F-01]: more children get EMERGENCY. “EMERGENCY, go, when fever: yes and "
            "younger age ...” is now “EMERGENCY, go, when (fever: yes or temperature at least 37.5 °C) and younger age "
            "...”. For example age 0 days, temperature 37.5 °C: URGENT becomes EMERGENCY.",
        ),
    ),
)

LOOSER_LIMIT = Prepared(
    "a looser limit",
    ((RULES, F_01, "when: {fever: yes, age_younger: up to 2 months}}"),),
    (
        (
            "looser",
            "High temperature under 3 months [F-01]: fewer children get EMERGENCY. “... age up to 3 months.” is now "
            "“... age up to 2 months.”. For example age 62 days, temperature again 37.95 °C: EMERGENCY becomes "
            "REASSURE.",
        ),
    ),
)

_FACT = """
facts:
  hard_belly:
    type: yes_no
    scope: check
    usual: no
    about: The belly is hard and swollen.
"""
_RULE = """
rules:
  X-01:
    title: Hard belly
    levels:
      - {level: EMERGENCY, action: call, when: {hard_belly: yes}}
    because: a hard, swollen belly needs help at once
    sources: [NHS]
    approved: {by: nobody yet}
    fires_for:
      - {age: 2 months, hard_belly: yes}
    quiet_for:
      - {age: 2 months, hard_belly: no}
"""
_BEFORE = "      - text: Has become weak or floppy, over hours or days\n"
_LINE = "      - text: A hard, swollen belly\n        sets: {hard_belly: yes}\n        rule: X-01\n"

NEW_LINE = Prepared(
    "a new danger line",
    (
        ("content/facts.yaml", "\nfacts:\n", _FACT),
        (RULES, "\nrules:\n", _RULE),
        ("dialogs/warning_signs.yaml", _BEFORE, _LINE + _BEFORE),
    ),
    (
        (
            "stricter",
            "Hard belly [X-01]: more children get EMERGENCY. It is new: EMERGENCY, call, when hard belly: yes. Where "
            "answers leave that open it counts one level lower: URGENT. For example age 0 days, hard belly: yes: "
            "REASSURE becomes EMERGENCY.",
        ),
        (
            "wording",
            "“hard belly” [hard_belly]: what it does stands with the rules and questions. It is new: The belly is hard "
            "and swollen.",
        ),
        (
            "stricter",
            "“What is different now?” [changes]: new line “A hard, swollen belly”, which tells “hard belly: yes”. For "
            "example age 0 days: REASSURE becomes EMERGENCY.",
        ),
    ),
)

REMOVED_LINE = Prepared(
    "a danger line that is gone",
    (
        (
            "dialogs/danger_signs.yaml",
            "      - text: Suddenly limp, like a rag doll\n        sets: {floppy_sudden: yes}\n        rule: E-03\n",
            "",
        ),
    ),
    (
        (
            "looser",
            "“Is any of this true, now or since yesterday?” [danger_signs]: the line “Suddenly limp, like a rag doll” "
            "is gone, so nobody hears of “floppy sudden: yes” here (E-03, E-11, E-13, V-01, C-05). For example age 0 "
            "days: EMERGENCY becomes URGENT.",
        ),
    ),
)

_FEELS_COLD = """  feels_cold:
    ask: |
      Feel once more, under the clothes. Do the chest and tummy feel cold?
    options:
      yes: Yes
      no: No
    sources: [WHO IMCI, neonatal temperature guidance]

"""

DELETED = Prepared(
    "a question that is deleted",
    ((TEMPERATURE, "  - ask: feels_cold\n", ""), (TEMPERATURE, _FEELS_COLD, "")),
    (
        (
            "structural",
            "“Do the chest and tummy feel cold?” [feels_cold] is no longer asked here. The rules that look at it: "
            "F-08, F-10, N-01.",
        ),
    ),
)

ORDER = Prepared(
    "another order",
    (("dialogs/fever_screen.yaml", "  - do: tone\n  - do: worry\n", "  - do: worry\n  - do: tone\n"),),
    (("structural", "the part “How it feels to you” comes after the part “Last vaccine” now."),),
)

RENAMED = Prepared(
    "a question under another name",
    (
        ("dialogs/right_now.yaml", "  how_it_goes_on:\n    ask: |", "  goes_on_now:\n    ask: |"),
        ("dialogs/right_now.yaml", "sets: {how_it_goes_on: goes_on, ", "sets: {goes_on_now: goes_on, "),
        ("dialogs/right_now.yaml", "sets: {how_it_goes_on: over, ", "sets: {goes_on_now: over, "),
        ("dialogs/right_now.yaml", "ask: how_it_goes_on\n", "ask: goes_on_now\n"),
    ),
    (("structural", "“What happens now?” [how_it_goes_on] is called [goes_on_now] now, and is asked once more."),),
)

_DECLARED = "  goes_on_now:\n    renamed_from: [how_it_goes_on]\n    ask: |"

DECLARED = Prepared(
    "a question under another name that is declared",
    (("dialogs/right_now.yaml", "  how_it_goes_on:\n    ask: |", _DECLARED), *RENAMED.edits[1:]),
    (("wording", "[how_it_goes_on] is called [goes_on_now] now; answers are kept."),),
)

_TEXT = """  clean_hands:
    when: {tremor: yes}
    say: |
      • Wash your hands.
    sources: [NHS]

"""

_ARTICLE = """---
article: clean_hands
title: "Clean hands"
label: "Clean hands"
reviewed: {by: not yet reviewed by a clinician, on: 2026-11-22}
---
Wash your hands before you touch {baby}.

sources: [NHS]
"""

NEW_TEXT = Prepared(
    "a new text at the end and a new article",
    (
        ("content/outcomes.yaml", "\nsafety_net:\n", f"{_TEXT}safety_net:\n"),
        ("content/library.yaml", "tone_on_papers]", "tone_on_papers, clean_hands]"),
        ("content/articles/clean_hands.md", "", _ARTICLE),
    ),
    (
        ("wording", "Newly said when tremor: yes: “• Wash your hands.” [clean_hands]"),
        ("wording", "The article is new, with 1 page."),
        ("wording", "chapters, body, articles: new “clean_hands”."),
    ),
)

TEN_AND_ONE = (
    WORDING, LABEL, STRICTER_LIMIT, LOOSER_LIMIT, NEW_LINE, REMOVED_LINE, DELETED, ORDER, RENAMED, NEW_TEXT, DECLARED,
)  # fmt: skip
