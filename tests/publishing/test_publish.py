"""`steady publish`: looked at as a whole, stored as a whole, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from publishing_helpers import KEY, NOW, WORDING, House, nobody_played, stage

from bot.authoring.changes.change import Change, Changes, LevelChange
from bot.authoring.proof.certificate import Certificate
from bot.authoring.publishing import compared, moves, stages
from bot.authoring.publishing.compared import private_questions
from bot.authoring.publishing.publish import Outcome, WishError
from bot.authoring.publishing.stages import Proved, usual
from bot.authoring.ready import Stage
from bot.facts.level import Level
from bot.places import Places
from bot.script.edit_class import EditClass
from bot.script.load import Folder, load_script
from bot.script.stored import unpack
from bot.service.publications import OvertakenError, Release
from bot.store.visit import write_once


@pytest.fixture
def home(tmp_path: Path) -> House:
    return House(tmp_path)


@pytest.fixture
def edits(monkeypatch: pytest.MonkeyPatch) -> dict[str, Changes]:
    """What a comparison finds: what a test puts under "is", or under the name of an old version."""
    found: dict[str, Changes] = {}

    def compare(old: Folder, new: Folder) -> Changes:
        return found[old.hash] if old.hash in found else found["is"]

    monkeypatch.setattr(compared, "compare", compare)
    monkeypatch.setattr(compared, "with_levels", nobody_played)
    monkeypatch.setattr(moves, "compare", compare)
    found["is"] = changed(EditClass.WORDING)
    return found


def changed(kind: EditClass, *questions: str, levels: tuple[LevelChange, ...] = ()) -> Changes:
    return Changes((Change(kind, "F-01", "A sentence for a nurse.", "dialogs/a.yaml", frozenset(questions)),), levels)


def test_the_first_version_is_stored_whole_and_is_what_parents_see(home: House) -> None:
    assert home.publish(note="the first") is Outcome.PUBLISHED

    current = home.current
    kept = home.look(lambda records: records.scripts.get(current.hash))
    assert unpack(kept.content, current.hash) == home.files
    assert (current.by, current.note, current.kind, current.edit_class) == ("Ada", "the first", "publish", None)
    assert current.for_parents is False
    assert home.said == [
        "Check: good",
        "Nothing was published before: there is nothing to compare with.",
        f"\nPublished as a test version, which says so to every parent: version {current.hash[:12]}.",
        "A running bot takes it up within seconds. See: steady versions",
    ]


@pytest.mark.usefixtures("edits")
def test_a_second_version_follows_and_the_trail_says_who_when_what_and_why(home: House) -> None:
    home.publish()
    first = home.current.hash
    home.edit(*WORDING)

    assert home.publish(by="Bo", note="warmer is what mothers say", approved_by="Cy") is Outcome.PUBLISHED

    [latest, _] = home.look(lambda records: records.audit.latest(limit=9))
    assert (latest.who, latest.what, latest.at) == ("Bo", "version published", home.current.at)
    assert latest.detail == {
        "version": home.files.hash,
        "before": first,
        "note": "warmer is what mothers say",
        "edit_class": "wording",
        "approved_by": "Cy",
        "for_parents": False,
        "certificate": None,
    }
    assert home.look(lambda records: records.scripts.moves(home.current.hash)) == {first: "wording"}
    assert "1 change: 1 wording. Together: wording (only words: every child gets the same)." in home.said
    assert "All 5 made-up parents are told the level that they were told before." in home.said


def test_what_parents_see_already_is_not_published_again(home: House) -> None:
    home.publish()

    assert home.publish() is Outcome.SAME
    assert len(home.publications) == 1
    assert home.said == ["Parents see exactly this already: nothing was published."]


def test_whatever_any_stage_finds_is_told_and_nothing_is_stored(home: House) -> None:
    home.publish()
    home.edit(*WORDING)

    done = home.publish(stage(name="Check"), stage("this rule is wrong."), stage("this chat differs.", name="Chats"))

    assert done is Outcome.REFUSED
    assert len(home.publications) == 1
    assert len(home.look(lambda records: records.scripts.all())) == 1
    assert home.said == [
        "Check: good",
        "Check: 1 to mend",
        "Chats: 1 to mend",
        "\nthis rule is wrong.",
        "\nthis chat differs.",
        "\nNothing was published: 2 things to mend.",
    ]


def test_a_folder_that_does_not_load_is_refused_even_where_no_stage_saw_it(home: House) -> None:
    home.publish()
    home.edit("dialogs/fever.yaml", "ask: feels_hot\n", "ask: feels_hat\n")

    assert home.publish() is Outcome.REFUSED
    assert "Did you mean 'feels_hot'?" in home.said[1]
    assert len(home.publications) == 1


@pytest.mark.parametrize("left", ["    todo: ask a nurse\n", "draft"])
def test_what_is_not_finished_is_refused(home: House, left: str) -> None:
    path = home.places.dialogs / "fever.yaml"
    text = path.read_text(encoding="utf-8")
    if left == "draft":
        path.write_text(f"draft: true\n{text}", encoding="utf-8")
    else:
        path.write_text(text.replace("    ask: |\n", f"{left}    ask: |\n", 1), encoding="utf-8")

    unfinished = [one for one in usual(Proved()) if one.name == "Drafts and things to do"]
    assert home.publish(*unfinished) is Outcome.REFUSED
    assert "1 thing to mend" in home.said[-1]


def test_the_stages_are_those_of_ready_and_the_proof_leaves_its_certificate(
    home: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = {"facts": 122, "edits since the seal": 2}
    shown = Certificate("d19a1ee2adfe0e9b99", "80fe30", "nobody yet", "cadical153", counts, {}, (), 1.0)
    monkeypatch.setattr(stages, "prove", lambda script, content: shown)
    proved = Proved()

    assert [one.name for one in usual(proved)] == [
        "Check",
        "Drafts and things to do",
        "Proof",
        "Chats",
        "Cases",
        "Searches",
    ]
    assert proved.look(home.places) == []
    assert proved.certificate == (
        "script d19a1ee2adfe0e9b proved in 0 questions, sealed table 80fe30 (sealed by nobody yet), "
        "2 edits since the seal, cadical153"
    )


@pytest.mark.usefixtures("edits")
def test_what_is_stored_is_what_was_looked_at_whoever_saves_meanwhile(home: House) -> None:
    before = home.files

    def saves(places: Places) -> list[str]:
        home.edit(*WORDING)
        assert places.dialogs != home.places.dialogs
        return []

    assert home.publish(Stage("Check", saves)) is Outcome.PUBLISHED
    assert home.current.hash == before.hash != home.files.hash


def test_who_is_overtaken_by_another_publisher_changes_nothing(home: House, edits: dict[str, Changes]) -> None:
    home.publish()
    home.edit(*WORDING)

    def another(_: Places) -> list[str]:
        release = Release("f" * 64, b"{}", "Bo", before=home.current.hash, edit_class=EditClass.WORDING)
        home.desk.publish(release, now=NOW)
        return []

    with pytest.raises(OvertakenError, match="steady versions"):
        home.publish(Stage("Check", another))
    assert [one.by for one in home.publications] == ["Bo", "Ada"]


def test_a_case_that_ends_at_another_level_is_told(home: House, edits: dict[str, Changes]) -> None:
    home.publish()
    home.edit(*WORDING)
    level = LevelChange("F-01-a", Level.URGENT, Level.EMERGENCY, "URGENT becomes EMERGENCY")
    edits["is"] = changed(EditClass.STRICTER, levels=(level,))

    home.publish()
    at = home.said.index("1 made-up parent of 5 told another level:")
    assert home.said[at + 1] == "  F-01-a: URGENT becomes EMERGENCY"
    assert home.current.edit_class == "stricter"


@pytest.mark.parametrize("lower", [Level.URGENT, None])
def test_whoever_is_told_a_lower_level_makes_the_edit_looser_whatever_else_was_found(
    home: House, edits: dict[str, Changes], lower: Level | None
) -> None:
    home.publish()
    home.edit(*WORDING)
    edits["is"] = changed(EditClass.STRICTER, levels=(LevelChange("F-01-a", Level.EMERGENCY, lower, "lower"),))

    home.publish()

    assert home.current.edit_class == "looser"
    assert home.look(lambda records: records.scripts.moves(home.current.hash)) == {home.publications[1].hash: "looser"}


def test_words_that_the_engine_cannot_use_are_refused_though_the_files_load(home: House) -> None:
    home.publish()
    path = home.places.content / "words.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("signs:", "sings:"), encoding="utf-8")

    assert home.publish() is Outcome.REFUSED
    assert "content/words.yaml or content/emergency_numbers.yaml cannot be used" in home.said[1]
    assert len(home.publications) == 1


# Parents in the middle of a check.


def test_parents_in_the_middle_are_counted_and_few_of_them_not_told_at_a_question(
    home: House, edits: dict[str, Changes]
) -> None:
    home.publish()
    for number in range(12):
        home.talks(f"{number}", "fever.feels_hot")
    home.talks("13", "fever.feeding")
    home.edit(*WORDING)
    edits["is"] = changed(EditClass.LOOSER, "fever.feels_hot", "fever.feeding", "fever.other")

    home.publish()

    at = home.said.index("13 parents are in the middle of a check.")
    assert home.said[at + 1 : at + 5] == [
        "  at a question that changes, fever.feeding: fewer than 10",
        "  at a question that changes, fever.feels_hot: 12",
        "They go on with their version until their check ends, for 24 hours at most.",
        "New checks begin with the new one.",
    ]


def test_one_parent_in_the_middle_of_a_stricter_edit_goes_on_with_it(home: House, edits: dict[str, Changes]) -> None:
    home.publish()
    home.talks("1", "fever.feels_hot")
    home.edit(*WORDING)
    edits["is"] = changed(EditClass.STRICTER)

    home.publish()

    at = home.said.index("1 parent is in the middle of a check.")
    assert home.said[at + 1] == "They go on with the new version at their next message."


def test_a_question_about_something_private_is_never_named(home: House, edits: dict[str, Changes]) -> None:
    home.edit("content/facts.yaml", "  feels_hot:\n", "  feels_hot:\n    private: yes\n")
    home.publish()
    for number in range(12):
        home.talks(f"{number}", "fever.feels_hot", "fever.temperature_c")
    # A question stays private to those who were asked it as one.
    home.edit("content/facts.yaml", "    private: yes\n", "")
    edits["is"] = changed(EditClass.WORDING, "fever.feels_hot", "fever.temperature_c")

    home.publish()

    assert "12 parents are in the middle of a check." in home.said
    assert "  at a question that changes, fever.temperature_c: 12" in home.said
    assert not any("feels_hot" in line for line in home.said)


def test_a_list_with_a_line_about_something_private_is_private_too(home: House) -> None:
    home.edit("content/facts.yaml", "  colour:\n", "  colour:\n    private: yes\n")

    found = private_questions(load_script(home.files))
    assert found >= {"danger.danger_signs", "fever.ill"}
    assert "fever.temperature_c" not in found


def test_only_running_checks_of_this_channel_count_and_none_that_was_left(home: House) -> None:
    home.publish()
    home.talks("1", "a.b")
    home.talks("2", "a.b", ended=True)
    home.talks("3", "a.b", channel="terminal")
    home.talks("4", "a.b", at=NOW - timedelta(days=1))
    home.stores("5", "what nobody can read", home.current.hash)

    running = home.desk.published(NOW).running
    assert running.total == 2
    assert running.versions == {home.current.hash: 2}
    assert running.questions == {"a.b": 1}


def test_each_version_that_somebody_talks_with_is_compared_with_the_new_one(
    home: House, edits: dict[str, Changes]
) -> None:
    home.publish()
    first = home.current.hash
    home.edit(*WORDING)
    home.publish()
    second = home.current.hash
    home.talks("1", "a.b", version=first)
    home.talks("2", "a.b", version="e" * 64)
    home.edit(WORDING[0], WORDING[2], "yes: Hotter than yesterday")
    edits.update({first: changed(EditClass.LOOSER), second: changed(EditClass.STRICTER)})

    home.publish()

    moved = home.look(lambda records: records.scripts.moves(home.current.hash))
    # Of a version whose files nobody has, nobody knows what the edit means.
    assert moved == {first: "looser", second: "stricter", "e" * 64: "structural"}


# For parents.


def test_for_parents_nothing_goes_out_that_no_clinician_has_approved(home: House) -> None:
    home.publish()

    assert home.publish(for_parents=True, approved_by="Bo") is Outcome.REFUSED
    assert home.current.for_parents is False
    assert "are not approved by a clinician (" in home.said[-2]
    assert "steady open-questions" in home.said[-2]


@pytest.fixture
def approved(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a clinician had signed everything."""
    monkeypatch.setattr("bot.script.approval.Approvals.complete", property(lambda _: True))


@pytest.mark.usefixtures("approved")
@pytest.mark.parametrize("kind", [EditClass.LOOSER, EditClass.STRUCTURAL])
def test_for_parents_an_edit_that_may_give_less_needs_a_second_person(
    home: House, edits: dict[str, Changes], kind: EditClass
) -> None:
    home.publish()
    home.edit(*WORDING)
    edits["is"] = changed(kind)

    assert home.publish(for_parents=True) is Outcome.REFUSED
    assert home.said[-2] == (
        f"\nthis edit is {kind.value}: a second person has to approve it. Give that name: --approved-by NAME"
    )
    assert home.publish(for_parents=True, approved_by="Bo") is Outcome.PUBLISHED
    assert (home.current.for_parents, home.current.approved_by) == (True, "Bo")
    assert home.said[-2].startswith("\nPublished for parents: version ")


@pytest.mark.usefixtures("approved", "edits")
def test_for_parents_other_words_need_one_person(home: House) -> None:
    home.publish()
    home.edit(*WORDING)

    assert home.publish(for_parents=True) is Outcome.PUBLISHED


@pytest.mark.usefixtures("approved")
def test_a_test_version_becomes_one_for_parents_without_any_edit(home: House) -> None:
    home.publish()

    assert home.publish(for_parents=True) is Outcome.PUBLISHED
    assert [one.for_parents for one in home.publications] == [True, False]
    assert len({one.hash for one in home.publications}) == 1


@pytest.mark.parametrize("name", ["Ada", " ada ", "ADA"])
def test_nobody_approves_an_own_edit(home: House, name: str) -> None:
    with pytest.raises(WishError, match="a second person"):
        home.publish(approved_by=name)
    assert not home.database.exists()


# What parents see now may be broken.


def test_a_current_version_that_is_broken_can_still_be_replaced(home: House) -> None:
    home.publish()
    first = home.current.hash
    home.spoil(first, "UPDATE script_versions SET content = ? WHERE hash = ?", [b"x\x9c\x03\x00\x00\x00\x00\x01"])
    home.edit(*WORDING)

    assert home.publish() is Outcome.PUBLISHED
    assert home.current.edit_class == "structural"
    assert home.look(lambda records: records.scripts.moves(home.current.hash)) == {first: "structural"}
    assert any(line.startswith("What parents see now cannot be compared: ") for line in home.said)


def test_without_a_solver_an_edit_beyond_wording_counts_as_looser_too(
    home: House, edits: dict[str, Changes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.script.approval.Approvals.complete", property(lambda _: True))
    home.publish()
    home.edit(*WORDING)
    edits["is"] = replace(changed(EditClass.STRUCTURAL), proved=False)

    assert home.publish(for_parents=True) is Outcome.REFUSED
    assert "this edit is looser" in home.said[-2]


def test_a_store_that_is_held_for_a_moment_is_tried_again(home: House, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.authoring.publishing import desk
    from bot.store.errors import BusyError

    home.publish()
    home.edit(*WORDING)
    tries: list[int] = []

    def busy_once(path: Path, key: object, job: object) -> object:
        tries.append(1)
        if len(tries) == 1:
            raise BusyError("another process holds the database, so nothing was written.", cure="Try again.")
        return write_once(path, KEY, job)  # type: ignore[arg-type]

    release = Release(home.files.hash, b"{}", "Ada", before=home.current.hash)
    monkeypatch.setattr(desk, "write_once", busy_once)
    home.desk.publish(release, now=NOW)
    assert len(tries) == 2

    monkeypatch.setattr(desk, "TRIES", 1)
    tries.clear()
    with pytest.raises(BusyError):
        home.desk.publish(release, now=NOW)
