"""A signature is for exactly what was read: any edit of what a parent reads, or when, voids it."""

from dataclasses import replace

import pytest
from script_helpers import base_files, edited, load

from bot.script.approval import Approval, Approvals, fingerprint
from bot.script.load import Folder, look_at
from bot.script.load_approvals import notes

RULES, FACTS, OUTCOMES = "content/red_flags.yaml", "content/facts.yaml", "content/outcomes.yaml"
SCRIPT = load()
FEVER_RULE = "    because: a baby this young with a fever needs a check now\n    sources: [tremor:36]\n    approved: "


def covers(name: str, changed: dict[str, str] | None = None) -> str:
    return load(changed).approvals.signables[name].covers


def signed() -> dict[str, str]:
    by = f'{{by: Dr. A. Person, role: paediatrician, on: 2026-11-22, covers: "{covers("F-01")}"}}'
    return edited(RULES, (f"{FEVER_RULE}{{by: nobody yet}}", FEVER_RULE + by))


def then(changed: dict[str, str], file: str, old: str, new: str) -> dict[str, str]:
    text = (base_files() | changed)[file]
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    return changed | {file: text.replace(old, new)}


def test_nothing_is_approved_in_a_script_that_nobody_signed() -> None:
    assert set(SCRIPT.unapproved) == set(SCRIPT.approvals.signables)
    assert not SCRIPT.approvals.complete


def test_all_that_decides_how_fast_a_child_is_seen_is_to_be_signed() -> None:
    assert {
        "E-02",
        "F-01",
        "C-07",
        "gates.gates.massage",
        "facts.asking",
        "facts.typing",
        "outcomes.levels.emergency_call",
        "outcomes.instead.blue",
        "outcomes.safety_net.worse",
        "danger.checklists.danger_signs",
        "fever.checklists.ill",
        "fever.questions.temperature_c",
    } <= SCRIPT.approvals.signables.keys()


def test_who_signed_in_which_role_and_when_is_known() -> None:
    script = load(signed())
    approval = script.approvals.signables["F-01"].approval

    assert isinstance(approval, Approval)
    assert (approval.by, approval.role, str(approval.on)) == ("Dr. A. Person", "paediatrician", "2026-11-22")
    assert "F-01" not in script.unapproved
    assert "E-02" in script.unapproved


def test_a_new_wording_voids_the_signature_and_says_so_without_being_a_mistake() -> None:
    changed = then(signed(), RULES, "a baby this young with a fever needs", "a baby so young with a fever needs")
    loaded = look_at(Folder(base_files() | changed))

    assert loaded.problems == ()
    assert loaded.script is not None
    assert "F-01" in loaded.script.unapproved
    assert [str(note) for note in notes(loaded.script.approvals)] == [
        "content/red_flags.yaml, line 18: the approval of F-01 by Dr. A. Person (paediatrician) is void since its "
        "content has changed. After a new look: steady approve F-01 --by NAME --role ROLE."
    ]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        pytest.param(RULES, "age: up to 3 months, fever: yes", "age: up to 2 months, fever: yes", id="limit"),
        pytest.param(RULES, "        action: go", "        action: call", id="action"),
        pytest.param(RULES, "    because: a baby", "    private: yes\n    because: a baby", id="private"),
        pytest.param(RULES, "now\n    sources: [tremor:36]", "now\n    sources: [tremor:37]", id="source"),
        pytest.param(FACTS, "not sure, feels_hot: yes}", "not sure, feels_hot: [yes, not sure]}", id="derived fact"),
        pytest.param(FACTS, "    ask_if: {temperature_c: not sure}", "    ages: under 6 months", id="age limit"),
        pytest.param(FACTS, "    usual: 36.8", "    usual: 36.5", id="what a fact is taken for"),
    ],
)
def test_an_edit_of_the_rule_or_of_a_fact_behind_it_voids_its_signature(file: str, old: str, new: str) -> None:
    assert "F-01" in load(then(signed(), file, old, new)).unapproved


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (RULES, "# Which answers mean", "# What answers mean"),
        (RULES, "    title: Fever under 3 months", "    title: Fever of the youngest"),
        (RULES, "temperature_c: 38.0}", "temperature_c: 39.0}"),
        (RULES, "blue lips can mean", "blue lips may mean"),
        (FACTS, "    options: [normal, pale, blue]", "    options: [normal, pale, blue, grey]"),
        (FACTS, "    scope: child", "    scope: child\n    about: The day of birth."),
    ],
    ids=["comment", "title", "example", "another rule", "a fact that it does not look at", "remark"],
)
def test_an_edit_that_changes_nothing_for_a_parent_leaves_the_signature(file: str, old: str, new: str) -> None:
    assert "F-01" not in load(then(signed(), file, old, new)).unapproved


def test_a_rule_that_takes_another_away_is_signed_with_it() -> None:
    looser = edited(RULES, ("when: {colour: blue}", "when: {colour: [blue, pale]}"))

    assert covers("C-07", looser) != covers("C-07")
    assert covers("F-01", looser) == covers("F-01")


def test_a_rule_that_counts_a_tag_is_signed_with_the_names_of_the_rules_that_carry_it() -> None:
    one_more = edited(RULES, ("    title: Fever under 3 months", "    title: Fever under 3 months\n    tags: [danger]"))

    assert covers("C-07", one_more) != covers("C-07")


def test_a_gate_is_signed_with_the_gate_that_it_looks_at() -> None:
    longer = edited("content/gates.yaml", ("when: {age: under 35 days}", "when: {age: under 28 days}"))

    assert covers("gates.gates.gymnastics", longer) != covers("gates.gates.gymnastics")


def test_a_list_is_signed_with_what_its_lines_tell() -> None:
    name = "danger.checklists.danger_signs"
    text = edited("dialogs/danger.yaml", ("text: Blue lips", "text: Blue toes"))
    sets = edited("dialogs/danger.yaml", ("sets: {colour: blue}", "sets: {colour: pale}"))

    assert len({covers(name), covers(name, text), covers(name, sets)}) == 3


def test_the_words_of_a_language_are_signed_with_the_signs_that_they_mean() -> None:
    name = "words.languages.en"
    words = """\
        signs: {blue: {sets: {colour: blue}}}
        languages: {en: {name: English, reviewed: no, signs: {blue: {phrases: [is blue]}}}}
        """
    first = covers(name, {"content/words.yaml": words})

    assert first != covers(name, {"content/words.yaml": words.replace("[is blue]", "[turned blue]")})
    assert first != covers(name, {"content/words.yaml": words.replace("{colour: blue}", "{colour: pale}")})
    assert first == covers(name, {"content/words.yaml": words.replace("reviewed: no", "reviewed: yes")})


def test_the_order_of_names_makes_no_difference_and_a_name_does() -> None:
    assert fingerprint("F-01", {"a": "x", "b": ["y"]}) == fingerprint("F-01", {"b": ["y"], "a": "x\n"})
    assert fingerprint("F-01", {"a": "x"}) != fingerprint("F-02", {"a": "x"})
    assert fingerprint("F-01", ["a", "b"]) != fingerprint("F-01", ["b", "a"])


def test_a_file_that_nobody_reviewed_is_named() -> None:
    reviewed = edited("dialogs/fever.yaml", ("by: not yet reviewed by a clinician", "by: N. Urse"))

    assert "dialogs/fever.yaml" in SCRIPT.approvals.unreviewed
    assert "dialogs/fever.yaml" not in load(reviewed).approvals.unreviewed


def test_a_version_that_was_published_as_a_test_version_is_never_complete() -> None:
    signed = Approvals({"F-01": next(iter(SCRIPT.approvals.signables.values()))})

    assert signed.complete
    assert not replace(signed, test=True).complete
    assert look_at(Folder(base_files()), test=True).script.approvals.test  # type: ignore[union-attr]
