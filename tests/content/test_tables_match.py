"""The tables of the product say what the clinical tables say, but for the stricter edits that are listed here.

The clinical tables lie beside the checkout (`../shared/clinical`). Without them the comparison is skipped.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
CONTENT = ROOT / "content"
CLINICAL = ROOT.parent / "shared" / "clinical"
DECISION = ROOT / "docs" / "decisions" / "0004-stricter-than-the-table.md"
MARK = "# stricter than rules.yaml: "

beside_the_tables = pytest.mark.skipif(
    not (CLINICAL / "rules.yaml").is_file(),
    reason="../shared/clinical is not beside this checkout, so there is nothing to compare with",
)


@dataclass(frozen=True)
class Edit:
    """One place where the product is stricter than the clinical table, and why."""

    path: tuple[str | int, ...]
    was: str | None  # None: a row that is put in front of the one at `path`
    now: str
    why: str

    @property
    def name(self) -> str:
        """The rule or derived fact that it changes."""
        return str(self.path[0])


RULE_EDITS = [
    Edit(
        ("F-07", "when"),
        "{temperature_c: 37.45 to 37.9499, not: {temperature_again_c: at least 37.95}}",
        "{temperature_c: 37.45 to 37.9499, "
        "any: [{temperature_again_c: [none, not sure]}, {temperature_again_c: under 37.95}]}",
        "a second reading that is due and not taken left the whole rule open, and `as no` then silenced it",
    ),
    Edit(
        ("F-07", "not_sure"),
        "as no",
        "[{level: SOON, when: {temperature_c: known}}, {level: as no, when: {}}]",
        "`as no` is meant for an unknown temperature, not for a sign that is not sure beside a known one",
    ),
    Edit(
        ("E-04", "levels", 1, "when", "fit_seen_by_doctor"),
        "no",
        "[no, not sure]",
        "the fact is harmless when not sure, so neither `no` nor `yes` matched and the fit fell silent",
    ),
    Edit(
        ("E-04", "not_sure", 0),
        "{level: ROUTINE, when: {tremor: yes, movement: tremble, age_younger: under 3 months, in_series: no, "
        "symmetric: yes, duration_s: under 30, state: [crying, startled, hungry, dressing, bathing, cold, "
        "falling_asleep, waking, straining, discontent], recovered_after: yes}}",
        "{level: ROUTINE, when: {tremor: yes, movement: tremble, age_younger: under 3 months, in_series: no, "
        "symmetric: yes, duration_s: under 30, state: [crying, startled, hungry, dressing, bathing, cold, "
        "falling_asleep, waking, straining, discontent], recovered_after: yes, age: known, "
        "any: [{gestation_weeks: known}, {age: under 3 months}]}}",
        "an age or a gestation that is not known counts as the younger, which is the lenient side here",
    ),
    Edit(
        ("E-04", "not_sure", 0),
        None,
        "{level: URGENT, when: {any: [{fit_signs: yes}, {stops_when_held: no}]}}",
        "a sign of a fit that was seen became ROUTINE when only its time or its place was not sure",
    ),
    Edit(
        ("J-03", "levels", 0, "when", "jaundice_seen"),
        "no",
        "[no, not sure]",
        "the fact is harmless when not sure, so neither row matched and yellow skin fell silent",
    ),
    Edit(
        ("E-17", "levels", 0, "when", "any", 1),
        "{fast_breathing: yes, age_younger: up to 3 months, not: {breathing_rate: up to 60}}",
        "{fast_breathing: yes, age_younger: up to 3 months, "
        "any: [{breathing_rate: not sure}, {not: {breathing_rate: up to 60}}]}",
        "a count that failed made EMERGENCY into URGENT, while no count at all left it EMERGENCY",
    ),
    Edit(
        ("J-02", "levels", 0, "when", "any", 0, "any", 4),
        "{age: from 14 days, not: {gestation_weeks: under 37}}",
        "{age: from 14 days, any: [{gestation_weeks: not sure}, {not: {gestation_weeks: under 37}}]}",
        "weeks that are not sure gave SOON where a birth on time gives URGENT",
    ),
    Edit(
        ("R-14", "when", "not"),
        "{wakes_and_stops: yes, age_younger: under 3 months}",
        "{wakes_and_stops: yes, age_younger: under 3 months, age: known, "
        "any: [{gestation_weeks: known}, {age: under 3 months}]}",
        "an age or a gestation that is not known switched the rule off for jerks in sleep",
    ),
    Edit(
        ("R-14", "levels", 0, "when"),
        "{age_younger: under 28 days}",
        "{age_younger: under 28 days, not: {wakes_and_stops: yes}}",
        "keeps the edit above at URGENT for an age that is not known; nothing changes for a known age",
    ),
    Edit(
        ("T-01", "levels", 0, "when"),
        "{tone_concern: yes, moves_freely: yes, age_corrected: under 5 months, "
        "not: {flags: {tagged: tone, at least: 1}}}",
        "{tone_concern: yes, moves_freely: yes, age_corrected: under 5 months, "
        "not: {flags: {tagged: tone, at least: 1}}, age: known}",
        "an age that is not known counted as under 5 months, reassured, and switched off T-10",
    ),
    Edit(
        ("R-36", "levels", 0, "when"),
        "{tremor: yes, stops_when_held: not sure, limb_or_body: yes, "
        "any: [{quiet_start: yes}, {duration_s: at least 30}], not: {state: asleep}}",
        "{tremor: yes, stops_when_held: not sure, limb_or_body: yes, "
        "any: [{quiet_start: yes}, {duration_s: at least 30}], "
        "all: [{any: [{state: not sure}, {not: {state: asleep}}]}]}",
        "a trigger that is not sure counts as calm everywhere else; here it cost a level and an amber flag",
    ),
    Edit(
        ("F-10", "levels", 0, "when", "not"),
        "{temperature_c: not sure, feels_cold: no}",
        "{temperature_c: not sure, feels_cold: no, "
        "any: [{temperature_again_c: [none, not sure]}, {temperature_again_c: at least 35.0}]}",
        "a warm touch cancelled a second reading under 35.0",
    ),
    Edit(
        ("F-10", "not_sure"),
        "as no",
        "[{level: SOON, when: {temperature_c: not sure, feels_cold: yes}}, {level: as no, when: {}}]",
        "cold to touch with no reading was URGENT on the day of turning 3 months and nothing a day later",
    ),
    Edit(
        ("N-02", "not_sure"),
        "[{level: ROUTINE, when: {age: up to 14 days}}, {level: as no, when: {}}]",
        "[{level: URGENT, when: {tremor: yes, withdrawal_exposure: yes}}, "
        "{level: SOON, when: {withdrawal_exposure: yes}}, "
        "{level: ROUTINE, when: {age: up to 14 days}}, {level: as no, when: {}}]",
        "the low rows are meant for an exposure that is not sure, and silenced signs that were not sure as well",
    ),
    Edit(
        ("N-03", "not_sure"),
        "[{level: ROUTINE, when: {age: up to 14 days, tremor: yes}}, {level: as no, when: {}}]",
        "[{level: SOON, when: {maternal_thyroid: yes}}, "
        "{level: ROUTINE, when: {age: up to 14 days, tremor: yes}}, {level: as no, when: {}}]",
        "as in N-02, for the thyroid illness",
    ),
    Edit(
        ("N-05", "not_sure"),
        "ROUTINE",
        "[{level: SOON, when: {no_vitamin_d: yes}}, {level: ROUTINE, when: {}}]",
        "as in N-02, for the missing vitamin D",
    ),
]

DERIVED_EDITS = [
    Edit(
        ("fit_signs", "from", "any", 7),
        "{tremor: yes, movement: stiffening, not: {state: straining}}",
        "{tremor: yes, movement: stiffening, any: [{state: not sure}, {not: {state: straining}}]}",
        "a trigger that is not sure counts as calm; here it made EMERGENCY into URGENT",
    ),
    Edit(
        ("went_on_when_held", "from"),
        "{tremor: yes, stops_when_held: no, limb_or_body: yes, state: [calm_awake, crying, startled, hungry, feeding, "
        "dressing, bathing, excited, falling_asleep, waking, discontent, cold, straining, not sure], "
        "not: {movement: [startle, jerk], in_series: no}}",
        "{tremor: yes, stops_when_held: no, limb_or_body: yes, state: [calm_awake, crying, startled, hungry, feeding, "
        "dressing, bathing, excited, falling_asleep, waking, discontent, cold, straining, not sure], "
        "any: [{movement: not sure}, {not: {movement: [startle, jerk], in_series: no}}]}",
        "shaking that went on in the hand was EMERGENCY as a tremble and URGENT as a movement that is not sure",
    ),
    Edit(
        ("fever", "from", "not"),
        "{temperature_c: not sure, feels_hot: no}",
        "{temperature_c: not sure, feels_hot: no, "
        "any: [{temperature_again_c: [none, not sure]}, {temperature_again_c: under 37.95}]}",
        "a cool touch cancelled a second reading of 38.0",
    ),
    Edit(
        ("low_temp", "from", "not"),
        "{temperature_c: not sure, feels_cold: no}",
        "{temperature_c: not sure, feels_cold: no, "
        "any: [{temperature_again_c: [none, not sure]}, {temperature_again_c: at least 36.0}]}",
        "a warm touch cancelled a second reading under 36.0",
    ),
    Edit(
        ("not_well", "of", 8),
        "{jaundice: yes, jaundice_seen: no}",
        "{jaundice: yes, jaundice_seen: [no, not sure]}",
        "the fact is harmless when not sure, so yellow skin was not counted; compare J-03",
    ),
]

RULE_KEYS = "title when levels unless not_sure stratum tags private text open_question split_from information".split()


def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def _flow(text: str) -> Any:
    return yaml.load(text, Loader=yaml.BaseLoader)


def _apply(edit: Edit, table: dict[str, Any]) -> None:
    """Make the edit in a copy of the clinical table, which must still say what the edit says it was."""
    around: Any = table
    for step in edit.path[:-1]:
        around = around[step]
    last = edit.path[-1]
    if edit.was is None:
        around.insert(last, _flow(edit.now))
        return
    assert around[last] == _flow(edit.was), f"{edit.path}: the clinical table has changed"
    around[last] = _flow(edit.now)


def _edited(table: dict[str, Any], edits: list[Edit]) -> dict[str, Any]:
    result = copy.deepcopy(table)
    for edit in edits:
        _apply(edit, result)
    return result


def _without(entry: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key not in keys}


def _places() -> dict[str, str]:
    text = (CLINICAL / "seed_inventory.md").read_text(encoding="utf-8")
    found = re.findall(r"^\| (S-\d{3}) \| (00[01]):(\d+) \|", text, re.MULTILINE)
    return {item: f"{'tremor' if document == '000' else 'dystonia'}:{line}" for item, document, line in found}


@beside_the_tables
def test_every_rule_is_there_in_the_same_order() -> None:
    assert list(_read(CONTENT / "red_flags.yaml")["rules"]) == list(_read(CLINICAL / "rules.yaml")["rules"])


@beside_the_tables
def test_every_rule_says_what_the_clinical_table_says() -> None:
    ours = _read(CONTENT / "red_flags.yaml")["rules"]
    theirs = _edited(_read(CLINICAL / "rules.yaml")["rules"], RULE_EDITS)
    for name, rule in theirs.items():
        for key in RULE_KEYS:
            assert ours[name].get(key) == rule.get(key), f"{name}, {key}"


@beside_the_tables
def test_every_source_of_a_rule_is_kept() -> None:
    ours = _read(CONTENT / "red_flags.yaml")["rules"]
    places = _places()
    for name, rule in _read(CLINICAL / "rules.yaml")["rules"].items():
        theirs = [places.get(one, re.sub("^GK: ", "general knowledge: ", one)) for one in rule["sources"]]
        kept = list(dict.fromkeys(theirs))
        # Ours may add lines of the articles behind them, where a rule says what they say.
        assert ours[name]["sources"][: len(kept)] == kept, name
        assert all(re.fullmatch(r"(tremor|dystonia):\d+", one) for one in ours[name]["sources"][len(kept) :]), name


TREMBLES = {"any": [{"tremor": ["yes", "not sure"]}, {"suspected_fit": ["yes", "not sure"]}]}
CONCERNS = {"any": [{"tremor": ["yes", "not sure"]}, {"tone_concern": ["yes", "not sure"]}]}
STIFF = {"tone_concern": ["yes", "not sure"]}
NOT_MEASURED = {"measured": "no"}
ASKED_IF: dict[str, Any] = {
    # The method matters only near the limits (rules.md section 6, step 4).
    "temperature_method": {
        "all": [{"temperature_c": "known"}],
        "any": [{"temperature_c": "37.0 to 38.5"}, {"temperature_c": "under 36.5"}],
    },
    # Only readings of F-07 to F-10 are measured again.
    "temperature_again_c": {
        "all": [{"temperature_c": "known"}],
        "any": [{"temperature_c": "37.45 to 37.9499"}, {"temperature_c": "under 36.45"}],
    },
    # "Asked when there is no valid reading" (facts.yaml, note).
    "feels_hot": NOT_MEASURED,
    "feels_cold": NOT_MEASURED,
    # Nothing happened that could go on, or that could have been long ago.
    "ongoing_now": TREMBLES,
    "when_last": TREMBLES,
    "fit_seen_by_doctor": {"when_last": ["earlier", "not sure"]},
    # List D is asked with trembling (rules.yaml, asked_in); eyes and awareness with stiffness too, for T-04.
    "awareness": CONCERNS,
    "eyes": CONCERNS,
    # List T is asked with stiffness or floppiness (rules.yaml, asked_in).
    **dict.fromkeys(
        [
            "stiff_limbs",
            "scissoring",
            "fist_one_side",
            "one_side_preference",
            "arching",
            "twisting",
            "arms_loose",
            "cramps",
            "floppy_always",
            "hardly_moves",
        ],
        STIFF,
    ),
}
"""Facts that the clinical vocabulary asks in a list with a condition; here the condition stands with the fact."""


@beside_the_tables
def test_every_fact_says_what_the_clinical_vocabulary_says() -> None:
    theirs = _read(CLINICAL / "facts.yaml")
    groups = [name for name in theirs if name not in ("version", "derived", "renamed", "persona")]
    expected = {name: fact for group in groups for name, fact in theirs[group].items() if name != "age_days"}
    ours = _read(CONTENT / "facts.yaml")["facts"]
    assert list(ours) == list(expected)
    for name, fact in expected.items():
        wanted = _without(fact, "note")
        if wanted.get("usual") == "unknown":
            wanted["usual"] = "not sure"
        if name in ASKED_IF:
            assert "ask_if" not in wanted, name
            wanted["ask_if"] = ASKED_IF[name]
        assert _without(ours[name], "about") == wanted, name


@beside_the_tables
def test_every_derived_fact_is_computed_as_in_the_clinical_vocabulary() -> None:
    theirs = _edited(_read(CLINICAL / "facts.yaml")["derived"], DERIVED_EDITS)
    ours = _read(CONTENT / "facts.yaml")["derived"]
    assert list(ours) == list(theirs)
    for name, fact in theirs.items():
        wanted = _without(fact, "note")
        assert _without(ours[name], "about") == wanted, name


@beside_the_tables
def test_every_gate_closes_and_opens_as_in_the_clinical_table() -> None:
    theirs, ours = _read(CLINICAL / "rules.yaml"), _read(CONTENT / "gates.yaml")
    assert list(ours["gates"]) == list(theirs["gates"])
    for name, gate in theirs["gates"].items():
        for part in ("closed", "otherwise"):
            told = [_without(row, "because", "sources") for row in ours["gates"][name][part]]
            wanted = [_without(row, "because") for row in gate[part]]
            assert told == wanted, f"{name}, {part}"
    assert {name: line["when"] for name, line in ours["always_said"].items()} == {
        name: line["when"] for name, line in theirs["always_said"].items()
    }


def test_every_stricter_edit_is_marked_where_it_stands_and_explained() -> None:
    decision = DECISION.read_text(encoding="utf-8")
    for file, edits in (("red_flags.yaml", RULE_EDITS), ("facts.yaml", DERIVED_EDITS)):
        marked = _marked(CONTENT / file)
        assert marked == {edit.name for edit in edits}, file
        for edit in edits:
            assert f"`{edit.name}`" in decision, f"{edit.name} is missing in {DECISION.name}"


def _marked(path: Path) -> set[str]:
    """The rules or derived facts under which a line says that it is stricter."""
    found: set[str] = set()
    name = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if entry := re.fullmatch(r"  ([A-Za-z][\w-]*):", line):
            name = entry[1]
        if line.strip().startswith(MARK):
            found.add(name)
    return found


def test_every_source_that_is_named_is_listed() -> None:
    listed = _read(CONTENT / "sources.yaml")["sources"]
    gates = _read(CONTENT / "gates.yaml")
    rows = [row for gate in gates["gates"].values() for part in ("closed", "otherwise") for row in gate[part]]
    named = [*_read(CONTENT / "red_flags.yaml")["rules"].values(), *rows, *gates["always_said"].values()]
    for source in (source for one in named for source in one["sources"]):
        name = source.partition(":")[0] if re.fullmatch(r"(tremor|dystonia):\d+", source) else source
        assert name in listed, source


def test_what_nobody_has_seen_says_so() -> None:
    for name, source in _read(CONTENT / "sources.yaml")["sources"].items():
        unseen = name.startswith("general knowledge: ")
        assert (source["kind"] == "general knowledge") is unseen, name
        assert source["seen"] == ("no" if unseen else "yes"), name
        assert unseen or source["kind"] == "document" or source["address"], name


def test_every_reason_is_short_enough_for_a_message() -> None:
    for name, rule in _read(CONTENT / "red_flags.yaml")["rules"].items():
        assert len(rule["because"]) <= 110, name
