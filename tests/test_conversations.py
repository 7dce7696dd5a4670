"""Golden chats: each claims what must come out, and records what the parent sees.

A text has changed on purpose? `steady test --update` (or `pytest tests/test_conversations.py --update`), then read
`git diff tests/conversations`.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.authoring.coverage import everything, report, uncovered
from bot.authoring.golden import chats, engine, everyone, files
from bot.authoring.suite import FileJudged, Judged, record_file
from bot.facts.level import Level
from bot.talk.effects import AnswerKept

UNCOVERED_STATES = {
    # List F tells of the last 72 hours, and no rule looks closer: only a gate does (massage).
    "after_sleep.do_vaccination#2",
    "after_vaccination.do_vaccination#2",
    "fever_screen.do_vaccination#2",
    "muscle_tone.do_vaccination#2",
    "new_episode.do_vaccination#2",
    "older_child.do_vaccination#2",
    "right_now.do_vaccination#2",
    "tremor_triage.do_vaccination#2",
    # Lists D and E tell the length as closely as any rule needs it.
    "episode.ask_duration_s",
}

UNCOVERED_RULES = {
    # They inform and have no level, so nothing can raise them.
    "A-04",
    "V-03",
    "V-06",
}


@pytest.mark.parametrize("path", files(), ids=lambda path: path.stem)
def test_every_chat_comes_out_as_it_claims_and_shows_what_was_recorded(
    path: Path, request: pytest.FixtureRequest
) -> None:
    file = FileJudged(path, tuple(Judged.of(one) for one in chats(path)))
    update = request.config.getoption("--update")
    if update:
        record_file(engine().script, file)
    failed = [chat for chat in file.chats if chat.failed and (not update or chat.faults)]
    if failed:
        hint = "" if update else "\nIs what is shown now meant? Then: steady test --update"
        pytest.fail("\n".join(row for chat in failed for row in chat.told()) + hint, pytrace=False)


def test_there_are_golden_chats_over_all_flows() -> None:
    flows = {dialog.id for dialog in engine().script.dialogs.values() if not dialog.part}
    menu = engine().script.menu
    begun = {one.conversation.start for one in everyone()}
    begun |= {entry.start for one in everyone() for entry in menu.way_to(one.conversation.menu or "") if entry.start}

    assert flows <= begun
    assert len(everyone()) >= 60


def test_every_danger_and_temperature_rule_is_claimed_on_both_sides() -> None:
    wanted = {rule for rule in engine().script.book.rules if re.match(r"[EF]-\d", rule)}
    claims = [one.conversation.expected for one in everyone()]

    assert wanted <= {rule for one in claims for rule in one.rules}
    lower = {rule for one in claims for rule, level in one.rules.items() if level is not None}
    assert wanted <= {rule for one in claims for rule in one.quiet} | lower


def test_no_chat_leaves_a_step_or_a_rule_uncovered_but_those_listed() -> None:
    script = engine().script
    missing = uncovered(script, everyone())

    titles = {rule.id: rule.title for rule in script.book.rules.values()}
    assert missing.states == UNCOVERED_STATES, report(missing, titles)
    assert missing.rules == UNCOVERED_RULES, report(missing, titles)
    assert not missing.steps, report(missing, titles)


def test_what_is_listed_as_uncovered_is_there() -> None:
    there = everything(engine().script)

    assert there.states >= UNCOVERED_STATES
    assert there.rules >= UNCOVERED_RULES


def test_no_message_shows_a_placeholder() -> None:
    shown = [(one.conversation.chat, text) for one in everyone() for line in one.chat.lines for text in line.bot]

    assert [pair for pair in shown if re.search(r"\{[a-z_]+\}", pair[1])] == []


def test_every_fact_of_a_parent_is_told_where_the_chat_comes_to_its_end() -> None:
    """A fact that nobody asks about claims nothing; where an EMERGENCY ended the questions that is as it should be."""
    for one in everyone():
        if one.conversation.deeds or one.result.level is Level.EMERGENCY:
            continue
        effects = [effect for line in one.chat.lines for effect in line.effects]
        told = {effect.fact for effect in effects if isinstance(effect, AnswerKept)}
        assert one.conversation.parent.facts.keys() - told <= NOT_ASKED, one.conversation.chat


NOT_ASKED = {
    # one arm or leg alone has no other side
    "symmetric",
    # asked only where it could still matter: these chats claim that it does not
    "named_by_doctor",
    "birth_size",
    "no_vitamin_d",
}
