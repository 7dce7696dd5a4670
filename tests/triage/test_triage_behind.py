"""The rules behind one rule: with these alone it comes out as with all."""

from pathlib import Path

from bot.script.load import load_script, read_folder
from bot.triage.assess import assess
from bot.triage.behind import rules_behind
from bot.triage.examples import child_of

ROOT = Path(__file__).parents[2]
SCRIPT = load_script(read_folder(ROOT / "dialogs", ROOT / "content"))
BOOK = SCRIPT.book


def test_a_rule_comes_out_the_same_with_the_rules_behind_it_alone() -> None:
    for rule in BOOK.rules.values():
        behind = rules_behind(BOOK, rule)
        for example in (*rule.fires_for[:2], *rule.quiet_for[:2]):
            child = child_of(SCRIPT.vocabulary, example)
            all_of_them, alone = assess(BOOK, child), assess(BOOK, child, only=behind)
            assert alone.truths[rule.id] is all_of_them.truths[rule.id], example
            assert alone.raised.get(rule.id) == all_of_them.raised.get(rule.id), example
            assert alone.open_levels.get(rule.id) == all_of_them.open_levels.get(rule.id), example


def test_a_rule_that_counts_others_needs_them_and_a_rule_about_facts_needs_none() -> None:
    numbers = {name: len(rules_behind(BOOK, rule)) for name, rule in BOOK.rules.items()}

    assert min(numbers.values()) == 1
    assert max(numbers.values()) > 1
    assert all(rules_behind(BOOK, rule)[-1] is rule for rule in BOOK.rules.values())
